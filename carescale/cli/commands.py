"""Every command: what it is for, an example that runs, and where it is written. A command more is a row here.

Only the command that is asked for is imported; help lists them all from this table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer
from msgspec import Struct, field
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command


class Row(Struct, frozen=True, eq=False):
    """A command: the sentence that says what for, the example in its help, and the function in `carescale/cli/`."""

    summary: str
    example: str
    function: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    def built(self, name: str) -> Any:
        """The command itself. What the function's docstring adds stands below the sentence."""
        module, _, function = self.function.partition(":")
        callback = getattr(import_module(f"carescale.cli.{module}"), function)
        more = callback.__doc__ or ""
        app = typer.Typer(add_completion=False, rich_markup_mode="markdown", pretty_exceptions_enable=False)
        text, example = "\n\n".join(filter(None, (self.summary, more))), f"Example: {self.example}"
        app.command(name, help=text, epilog=example, context_settings=dict(self.settings))(callback)
        return get_command(app)


COMMANDS: Mapping[str, Row] = {
    "project": Row(
        "Project a place, or every area of a table: reach, savings a year and break-even, and what to read with care.",
        "carescale project birmingham.yaml --set shared_lives.ramp_months=24",
        "project:project",
    ),
    "appraise": Row(
        "Appraise a plan: net present value and benefit-cost ratio by payer, year by year, and social investment.",
        "carescale appraise birmingham.yaml --together fiscal --output appraisal.xlsx",
        "appraise:appraise",
    ),
    "budget": Row(
        "Cash by April to March for the medium-term plan: savings line, costs, set-up, and what is no cash.",
        "carescale budget birmingham --start 2026-09 --set fee_uplift=5%",
        "budget:budget",
    ),
    "track": Row(
        "Plan and what happened: the difference to date, the pace, and what comes of it if it goes on so.",
        "carescale track northtown",
        "track:track",
    ),
    "explain": Row(
        "Explain a number: its formula, the numbers put in, and so down to figures with source, year and line.",
        "carescale explain birmingham.yaml shared_lives.net_saving.council",
        "explain:explain",
    ),
    "check": Row(
        "Hold each published claim against the engine. Exit code 1 where a verdict is not the one the file expects.",
        "carescale check birmingham.yaml england.yaml",
        "check:check",
    ),
    "calc": Row(
        "Work out one sum: its value, what its printed numbers leave open, its unit, how it was read. Needs no file.",
        'carescale calc "480 * (17% - 3%)"',
        "calc:calc",
        {"ignore_unknown_options": True},  # a sum may begin with a minus
    ),
    "compare": Row(
        "Put places, areas, scenarios, files or settings side by side: a summary, and what differs in and out.",
        "carescale compare birmingham --set shared_lives.ramp_months=24 --set deadweight=20%",
        "compare:compare",
    ),
    "chart": Row(
        "Draw a picture: in the terminal, as SVG or PNG, or the numbers behind it as a table, CSV or JSON.",
        "carescale chart birmingham.yaml --kind waterfall -o gross-to-net.svg",
        "chart:chart",
    ),
    "simulate": Row(
        "Draw every figure that has a range many times: how sure, when it is back, what moves it, what to find out.",
        "carescale simulate birmingham.yaml --for shared_lives.net_saving.council",
        "simulate:simulate",
    ),
    "solve": Row(
        "Find the value of one figure at which a quantity reaches a target: people, saving, delay or set-up to bear.",
        "carescale solve cornwall --for net_saving.nhs --reach £1m --by added_people",
        "solve:solve",
    ),
    "read": Row(
        "Show what was understood of a place's table: areas, columns, what is missing and why, before any sum.",
        "carescale read west-midlands.yaml",
        "read:read",
    ),
    "list": Row(
        "List what there is: interventions, scenarios, quantities, sources, examples, designs of evidence, councils.",
        "carescale list interventions",
        "library:list_",
    ),
    "show": Row(
        "Show one entry of the library: what it is, what it rests on, how sure it is.",
        "carescale show shared_lives",
        "library:show",
    ),
    "new": Row(
        "Start a file: commented, with every figure it needs, and it loads as it is. Never overwrites.",
        "carescale new leeds.yaml --council Leeds --with shared_lives --with hospital_discharge",
        "library:new",
    ),
    "schema": Row(
        "Print the JSON Schema that lets an editor complete and check a file.",
        "carescale schema --output place.schema.json",
        "library:schema",
    ),
    "update-england": Row(
        "Make a table of every council out of a yearly workbook: each number with its year, sheet and cell.",
        "carescale update-england asc_activity_finance_2022-23.xlsx --output england-2022-23.csv",
        "update:update_england",
    ),
}


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What is typed is data: a message that repeats it shows what would control a terminal as what it is."""
    try:
        yield
    except TyperException as error:
        from carescale.problems import printable

        error.message = printable(error.message)
        raise


class Commands(TyperGroup):
    """The group of them all: a name and a sentence each, until one is asked for."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.commands = {name: TyperCommand(name, help=row.summary) for name, row in COMMANDS.items()}

    def make_context(self, *words: Any, **keywords: Any) -> Any:
        """The options before the command."""
        with _told_plainly():
            return super().make_context(*words, **keywords)

    def invoke(self, ctx: Any) -> Any:
        """The command and its own options."""
        with _told_plainly():
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is named, imported now."""
        if args[0] in COMMANDS:
            self.commands[args[0]] = COMMANDS[args[0]].built(args[0])
        return super().resolve_command(ctx, args)
