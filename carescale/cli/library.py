"""`carescale list`, `show`, `new` and `schema`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carescale.cli.opening import say_if_example
from carescale.cli.options import Format, OutputFile
from carescale.cli.streams import tell

NET = "portfolio.net_saving.council"

if TYPE_CHECKING:
    from carescale.report.writers.output import Output


class Shelf(StrEnum):
    """What can be listed."""

    interventions = "interventions"
    scenarios = "scenarios"
    quantities = "quantities"
    sources = "sources"
    examples = "examples"
    designs = "designs"
    assumptions = "assumptions"
    councils = "councils"


class Kind(StrEnum):
    """The kinds of file."""

    place = "place"
    intervention = "intervention"
    scenario = "scenario"


class Starter(StrEnum):
    """The kinds of file that can be started."""

    place = "place"
    intervention = "intervention"


def list_(
    what: Annotated[Shelf, typer.Argument(help="What to list.")],
    file: Annotated[str | None, typer.Argument(help="With quantities and assumptions: those of this place.")] = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    from carescale.problems import Position, Problem, Problems
    from carescale.report.screens.library import list_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output)
    if what is Shelf.assumptions:
        _list_assumptions(file, chosen)
        return
    if file and what is not Shelf.quantities:
        told = "only quantities and assumptions are listed of a place"
        raise Problems([Problem("bad-option", told, Position(f"list {what.value}"))])
    if file:
        _list_quantities(file, chosen)
        return
    write(list_screen(what.value), chosen)


def _list_quantities(file: str, output: Output) -> None:
    """The quantities of a place, with their values."""
    from carescale.inputs.loading import load
    from carescale.report.screens.quantities import quantities_screen
    from carescale.report.writers.output import write

    case = load(file)
    say_if_example(file, case.file)
    write(quantities_screen(case), output)


def _list_assumptions(file: str | None, output: Output) -> None:
    """What the library assumes, or a place's plan with how much hangs on it."""
    from carescale.analysis.assumptions import of_case, of_library
    from carescale.inputs.loading import load
    from carescale.report.screens.assumptions import assumptions_screen
    from carescale.report.writers.output import write

    if file is None:
        write(assumptions_screen(of_library()), output)
        return
    case = load(file)
    say_if_example(file, case.file)
    write(assumptions_screen(of_case(case, NET), NET), output)


def show(
    name: Annotated[
        str,
        typer.Argument(
            help="An intervention or its file, scenario, source, example, quantity, figure or choice."
            " Of what files may say: claims, published, formulas, assuming, units."
        ),
    ],
    style: Format = None,
    output: OutputFile = None,
) -> None:
    from carescale.analysis.catalogue import find
    from carescale.report.screens.library import show_screen
    from carescale.report.writers.output import choose_output, write

    write(show_screen(name, find(name)), choose_output(style, output))


def _refuse(option: str, why: str, hint: str = "") -> None:
    """Raise Problems for an option that does not fit; nothing where there is none."""
    from carescale.problems import Position, Problem, Problems

    if option:
        raise Problems([Problem("bad-option", why, Position(option), hint)])


def new(
    file: Annotated[Path, typer.Argument(help="The file to start.")],
    chosen: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="INTERVENTION", help="Plan it; again for more. Without: Shared Lives."),
    ] = None,
    kind: Annotated[Starter, typer.Option("--kind", help="A place, or an intervention of your own.")] = Starter.place,
    conversation: Annotated[
        bool, typer.Option("--conversation", help="With a conversation about the plan, its blanks named.")
    ] = False,
    council: Annotated[
        str | None,
        typer.Option("--council", metavar="NAME", help="Fill in what is published of it: its code or name."),
    ] = None,
    tables: Annotated[
        Path | None, typer.Option("--tables", metavar="FILE.csv", help="A newer table, made by update-england.")
    ] = None,
) -> None:
    from carescale.analysis.starter import conversation_starter, intervention_starter, place_starter
    from carescale.problems import Position, Problem, Problems
    from carescale.report.writers.output import write_quietly

    if file.exists():
        raise Problems([Problem("cannot-write", "there is a file of that name already", Position(str(file)))])
    if kind is Starter.intervention:
        of_places = {"--with": chosen, "--council": council or tables, "--conversation": conversation}
        wrong = next((option for option, given in of_places.items() if given), "")
        _refuse(wrong, "an intervention is nobody's in particular, and not made of others")
    _refuse("--tables" if tables and not council else "", "it is not said whose figures to take", "add --council")
    ours, names = kind is Starter.place, chosen or ["shared_lives"]
    if council:
        from carescale.analysis.council_starter import council_starter

        text = council_starter(council, names, tables)
    else:
        text = place_starter(file, names) if ours else intervention_starter(file)
    text += f"\n{conversation_starter()}" if conversation else ""
    write_quietly(file, lambda new_file: new_file.write_text(text, encoding="utf-8"))
    tell(f"wrote {file}; next: carescale {'project' if ours else 'show'} {file}")


def schema(
    kind: Annotated[Kind, typer.Argument(help="Of which kind of file.")] = Kind.place,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
) -> None:
    from carescale.inputs.json_schema import json_schema
    from carescale.report.writers.clean import json_text
    from carescale.report.writers.output import choose_output

    choose_output("json", output).write(json_text(json_schema(kind.value)))
