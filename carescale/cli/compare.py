"""`carescale compare`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from carescale.cli.opening import say_if_example, typed
from carescale.cli.options import Format, Full, OutputFile, Scenarios, Settings, Show

if TYPE_CHECKING:
    from carescale.case import Case


def compare(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Place files, or names of examples that ship.")],
    scenario: Scenarios = None,
    settings: Settings = None,
    areas: Annotated[
        list[str] | None,
        typer.Option("--area", metavar="NAME", help="An area of a table, by code or name; again for more."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every quantity that differs, not only the main ones.")
    ] = False,
    sure: Annotated[
        bool, typer.Option("--simulate", help="The chance of each, over draws of the figures' ranges.")
    ] = False,
    full: Full = False,
    parts: Show = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    """Each file, area, scenario and setting is a column; beside a setting stands the same without it."""
    from carescale.analysis.compare import compare, each_setting
    from carescale.analysis.lookup import choose_area
    from carescale.inputs.loading import load, scenario_names
    from carescale.report.screens.compare import compare_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output, ("xlsx", "docx"), full=full, parts=parts, command=typed())
    wanted: list[str | None] = [*areas] if areas else [None]
    columns = [(name, given) for name in scenario_names(scenario or []) for given in each_setting(settings or [])]
    cases: list[Case] = []
    for file in files:
        loaded = [load(file, scenario=name, settings=given, appraise=True) for name, given in columns]
        cases += [choose_area(case, area) for area in wanted for case in loaded]
        say_if_example(file, loaded[0].file)
    _refuse_what_has_no_side(cases)
    everything = everything or chosen.format in ("csv", "tsv", "json")
    write(compare_screen(compare(cases, everything=everything, sure=sure)), chosen)


def _refuse_what_has_no_side(cases: Sequence[Case]) -> None:
    from carescale.problems import Position, Problem, Problems

    if len(cases) < 2 or any(case.areas is not None for case in cases):
        message = "compare takes two places, areas, files, scenarios or settings; of a table it takes areas by name"
        hint = "such as two files, --scenario twice, --area twice, or --set shared_lives.ramp_months=24"
        raise Problems([Problem("bad-option", message, Position("compare"), hint)])
