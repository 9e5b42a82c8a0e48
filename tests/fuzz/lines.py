"""Command lines: every option of every command, with a value that fits and now and then one that does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from random import Random
from typing import Any

from fuzz import sums, words
from mutations import ODD_NUMBERS, ODD_TEXTS

from carescale.cli.commands import COMMANDS

OUTPUTS = ("out.csv", "out.json", "out.md", "out.txt", "out.html", "out.tsv")
DEAR_OUTPUTS = ("out.xlsx", "out.docx", "out.png", "out.svg", "out.parquet", "out.xml", "out.odd", "no/such/folder.csv")
FORMATS = (
    *("table", "plain", "markdown", "csv", "json", "tsv", "html", "grid") * 3,
    "github",
    "junit",
    "latex",
    "scenario",
    "xlsx",
    "nothing",
)
PARTS = ("reach", "savings", "notes", "years", "cash", "figures", "sources", "evidence", "pace", "nothing")
AREAS = ("E08000025", "Birmingham", "Council 1", "E08000001", "Nowhere", "North", "=A1")


def some(*values: str) -> Callable[[Random, list[str]], str]:
    return lambda random, _: random.choice(values)


def setting(random: Random, names: list[str]) -> str:
    """What `--set` is given: a figure or a choice, a rule of the plan, a sum, more or less than now."""
    path, unit = words.figure(random, names)
    scope = random.choice([scope for scope in words.scopes() if scope.split(".")[0] in names])
    return random.choice((
        f"{path}={words.number(unit, random)}", f"{path}={words.number(unit, random)}", f"{path}=unknown",
        f"{path}=x{random.choice(('1.5', '0', '-1', '1e9'))}", f"{path}=+{words.number(unit, random)}",
        f"{scope}.add={words.number('person', random)}", f"{scope}.share=50%", "{}.{}={}".format(random.choice(names), *words.choice(random)),
        f"{path}={sums.numbers(random, 1)}", random.choice((path, "=", f"{path}==1", f"figures.{path}=1", "horizon_months=12")),
    ))  # fmt: skip


def known(random: Random, names: list[str]) -> str:
    return words.quantity(random, names)[0] if random.random() < 0.8 else sums.of_quantities(random, names)


def by_figure(random: Random, names: list[str]) -> str:
    return random.choice(("added_people", "ramp_months", "set_up_lump_sum", words.figure(random, names)[0]))


# What each option takes, by its name: an option that is not here is not attacked, and a test says so.
VALUES: Mapping[str, Callable[[Random, list[str]], str]] = {
    "--scenario": some("as-published", "fixed-number", "incubator-pace", "incubator-funding", "catch-up-with-a-rate", "all", "nothing"),
    "--set": setting, "--months": some("1", "12", "24", "60", "0", "-1", "1200", "1201"), "--top": some("1", "3", "0", "99999"),
    "--area": some(*AREAS), "--show": some(*PARTS), "--format": some(*FORMATS), "--for": known, "--by": by_figure,
    "--reach": some("£1m", "0", "24 months", "52", "-5", "1e9", "£0.01", "half"), "--payer": some("council", "nhs", "society"),
    "--kind": some("cumulative", "waterfall", "chance", "tornado", "rates", "plan-vs-actual", "intervention", "place"),
    "--width": some("300", "720", "2000", "1"), "--draws": some("1024", "2000", "1024", "1", "-1", "10000001"), "--seed": some("0", "7", "-1", "9" * 30),
    "--depth": some("0", "1", "99"), "--together": some("fiscal", "everyone"), "--prices": some("2025/26", "printed", "2016", "1066", "x"),
    "--rates": some("green-book-2026", "own.yaml", "nothing"), "--deflator": some("deflator.yaml", "missing.yaml"),
    "--start": some(*words.STARTS, "2026-13", "x"), "--years": some("1", "5", "30", "31"), "--actuals": some("actuals.csv", "missing.csv"),
    "--report": some("report.md", "missing.md"), "--with": some(*words.interventions(), "nothing"), "--council": some("Leeds", "E08000035", "Kent", "x"),
    "--tables": some("missing.csv", "areas.csv"), "--reading": some("nhs-asc-activity-finance", "dhsc-outcomes", "x"), "--year": some("2022-23", "x"),
}  # fmt: skip
SELDOM = {
    "--simulate": 0.05,
    "--chart": 0.1,
    "--each-draw": 0.1,
    "--library": 0.03,
    "--output": 0.0,
    "--help": 0.01,
    "--bom": 0.1,
    "--area": 0.15,
    "--report": 0.05,
    "--format": 0.5,
}  # dear, or apart
NEEDED = {"solve": ("--for", "--reach", "--by"), "update-england": ("--output",)}
# Of a command that takes a while when it is left to itself, or is refused without it.
MOSTLY = {"simulate": ("--draws", "1024"), "budget": ("--start", "2026-09"), "compare": ("--set", "horizon_months=12")}


@cache
def options(command: str) -> tuple[Any, ...]:
    """The options of a command as it has them."""
    return tuple(one for one in COMMANDS[command].built(command).params if one.opts[0].startswith("-"))


def takes(command: str, option: str) -> bool:
    return any(option in one.opts for one in options(command))


def line(random: Random, command: str, before: list[str], names: list[str], outputs: float = 0.15) -> tuple[str, ...]:
    """A command with the arguments that it needs, and some of its options."""
    given = [command, *before]
    for name in NEEDED.get(command, ()):
        given += [name, VALUES[name](random, names) if name in VALUES else "out.csv"]
    few = random.choice((0, 0, 1, 2, 3))
    for option in random.sample(options(command), k=min(few, len(options(command)))):
        name = random.choice((*option.opts, *option.secondary_opts))
        given += _option(random, option, name, names)
    if command in MOSTLY and MOSTLY[command][0] not in given and random.random() < 0.9:
        given += MOSTLY[command]
    if takes(command, "--output") and "--output" not in given and random.random() < outputs:
        given += ["-o", random.choice(OUTPUTS if random.random() < 0.85 else DEAR_OUTPUTS)]
    if random.random() < 0.01:
        given.insert(
            random.randint(1, len(given)),
            random.choice((*ODD_TEXTS, *ODD_NUMBERS, "--nothing", "-", "--", "")).replace("\x00", "0"),
        )
    return tuple(given)


def _option(random: Random, option: Any, name: str, names: list[str]) -> list[str]:
    long = option.opts[0]
    if random.random() > SELDOM.get(long, 1.0):
        return []
    if option.is_flag:
        return [name]
    value = (
        VALUES[long](random, names)
        if random.random() > words.ODD
        else random.choice(("", "-1", "\x1b[31m", "\u202e", "x" * 3_000))
    )
    return [name, value]
