"""An input by its seed: some files, a command line, and what is piped in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random

from fuzz import lines, places, sums, words
from fuzz import written_tables as tables
from mutations import mutate

from carescale.inputs.library import shipped


@dataclass(frozen=True, kw_only=True)
class Input:
    """What one run is given. `reader` says which of our readers it is aimed at."""

    seed: int
    reader: str
    words: tuple[str, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    stdin: bytes = b""

    @property
    def command(self) -> str:
        return self.words[0]


OF_PLACES = {"project": 30, "check": 8, "explain": 14, "calc": 4, "chart": 5, "list": 1.5, "solve": 5, "compare": 1, "appraise": 3,
             "budget": 3, "simulate": 3, "track": 1, "read": 1}  # fmt: skip
OF_TABLES = {
    "project": 6,
    "read": 6,
    "explain": 1,
    "budget": 0.3,
    "simulate": 0.3,
    "compare": 0.5,
    "chart": 1,
    "appraise": 0.3,
}
Made = tuple[tuple[str, ...], dict[str, bytes]]


def picked(random: Random, weights: Mapping[str, float]) -> str:
    return random.choices([*weights], [*weights.values()])[0]


def command_on(
    random: Random, file: str, names: list[str], weights: Mapping[str, float] = OF_PLACES
) -> tuple[str, ...]:
    """A command that reads a place file, with what it needs beside it."""
    command = picked(random, weights)
    before = {
        "explain": [file, words.quantity(random, names)[0]],
        "calc": [sums.of_quantities(random, names), file],
        "list": [random.choice(("quantities", "assumptions")), file],
    }.get(command, [file])
    return lines.line(random, command, before, names)


def of_place(random: Random) -> Made:
    block, names = places.place(random)
    return command_on(random, "place.yaml", names), {"place.yaml": places.dumped(block)}


@cache
def examples() -> dict[str, str]:
    """Those of one area, which no other file belongs to."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(shipped("examples").glob("*.yaml"))}
    return {name: text for name, text in found.items() if "\ntable:" not in text and "northtown" not in name}


def of_changed_example(random: Random) -> Made:
    """An example that ships, changed once or more at random, in what is written or in the letters of it."""
    text = mutate(examples()[random.choice([*examples()])], random)
    return command_on(random, "place.yaml", ["shared_lives", "living_well"]), {
        "place.yaml": text.encode("utf-8", "surrogatepass")
    }


def of_intervention(random: Random) -> Made:
    block, cohort = places.intervention(random)
    data = places.dumped(block)
    if random.random() < 0.15:
        data = mutate(data.decode(), random).encode("utf-8", "surrogatepass")
    if random.random() < 0.2:
        return lines.line(random, random.choice(("show", "check")), ["own.yaml"], ["shared_lives"]), {"own.yaml": data}
    place = {"place": words.title(random), "year": "2026", "source": "scie-2017", "use": "own.yaml",
             "plan": {"own": {"add": {cohort: {"value": words.number("person", random), "assumption": "made up"}}}}}  # fmt: skip
    return command_on(random, "place.yaml", ["portfolio"]), {"place.yaml": places.dumped(place), "own.yaml": data}


def of_scenario(random: Random) -> Made:
    data = places.dumped(places.scenario(random))
    if random.random() < 0.15:
        data = mutate(data.decode(), random).encode("utf-8", "surrogatepass")
    command = random.choice(("project", "project", "check", "explain", "appraise"))
    before = {"explain": ["birmingham", words.quantity(random, ["shared_lives"])[0]]}.get(command, ["birmingham"])
    given = lines.line(random, command, before, ["shared_lives"])
    return (*given, *(() if "--scenario" in given else ("--scenario", "own.yaml"))), {"own.yaml": data}


def of_actuals(random: Random) -> Made:
    block, rows = places.tracked(random)
    files: dict[str, bytes] = {}
    if random.random() < 0.3:
        block["actuals"] = {"source": "made up", "months": rows}
    else:
        ending, write = random.choice(
            (("csv", tables.delimited), ("csv", tables.delimited), ("xlsx", tables.xlsx), ("ods", tables.ods))
        )
        block["actuals"] = {"source": "made up", "table": f"actuals.{ending}"}
        files[f"actuals.{ending}"] = write(tables.spoilt(tables.rows_of(rows), random), random)
    files["place.yaml"] = places.dumped(block)
    if random.random() < 0.15:
        return lines.line(random, "chart", ["place.yaml", "--kind", "plan-vs-actual"], ["shared_lives"]), files
    return lines.line(random, "track", ["place.yaml"], ["shared_lives"]), files


def of_table(ending: str, write: Callable[..., bytes]) -> Callable[[Random], Made]:
    def made(random: Random) -> Made:
        block = tables.place_of(f"areas.{ending}", random)
        files = {"place.yaml": places.dumped(block), f"areas.{ending}": write(tables.areas(random), random)}
        return command_on(random, "place.yaml", ["shared_lives"], OF_TABLES), files

    return made


def of_sum(random: Random) -> Made:
    text = sums.any_sum(random).replace("\x00", "0")
    if random.random() < 0.15:
        return lines.line(
            random, "project", ["cornwall", "--set", f"living_well.added_people={text}"], ["living_well"]
        ), {}
    return lines.line(random, "calc", ["--", text] if random.random() < 0.1 else [text], ["shared_lives"]), {}


def of_options(random: Random) -> Made:
    """Every command, on what ships."""
    command = random.choice([*lines.COMMANDS])
    place = random.choice(
        ("birmingham", "cornwall", "kent", "england", "derby", "incubator", "thurrock", "nothing.yaml")
    )
    before = {
        "track": ["northtown"], "read": [random.choice(("west-midlands", place))], "calc": [sums.plain(random, 2)],
        "explain": [place, words.quantity(random, ["shared_lives"])[0]], "schema": [random.choice(("place", "intervention", "scenario"))],
        "show": [random.choice((*words.interventions(), *words.sources(), "claims", "units", "deadweight", "net_saving", "nothing"))],
        "list": [random.choice(("interventions", "scenarios", "quantities", "sources", "examples", "designs", "councils"))],
        "new": [random.choice(("new.yaml", "a/b.yaml", "new file.yaml", ".", "=x.yaml"))], "update-england": ["workbook.xlsx"],
        "check": [place, "derby"], "compare": [place, "cornwall"], "simulate": [random.choice(("cornwall", "derby", "kent"))],
    }.get(command, [place])  # fmt: skip
    files = {}
    if command == "update-england":
        files["workbook.xlsx"] = tables.xlsx(tables.areas(random), random)
    return lines.line(random, command, before, ["shared_lives", "living_well"]), files


def of_written_report(random: Random) -> Made:
    """A report that `track` wrote, changed since."""
    text = mutate(report(), random)
    return lines.line(random, "check", ["northtown", "--report", "report.md"], ["shared_lives"], outputs=0.05), {
        "report.md": text.encode("utf-8", "surrogatepass")
    }


@cache
def report() -> str:
    from cli.running import carescale

    return carescale("track", "northtown", "-f", "markdown").out


READERS: Mapping[str, tuple[float, Callable[[Random], Made]]] = {
    "place": (27, of_place), "changed example": (9, of_changed_example), "intervention": (8, of_intervention), "scenario": (6, of_scenario),
    "actuals": (6, of_actuals), "csv": (9, of_table("csv", tables.delimited)), "xlsx": (4, of_table("xlsx", tables.xlsx)),
    "ods": (3, of_table("ods", tables.ods)), "sum": (16, of_sum), "options": (10, of_options), "report": (2, of_written_report),
}  # fmt: skip


def make(seed: int) -> Input:
    """The input of a seed, always the same."""
    random = Random(f"attack {seed}")
    reader = picked(random, {name: weight for name, (weight, _) in READERS.items()})
    given, files = READERS[reader][1](random)
    stdin = b""
    if "place.yaml" in files and random.random() < 0.02:
        stdin, given = files["place.yaml"], tuple("-" if word == "place.yaml" else word for word in given)
    return Input(seed=seed, reader=reader, words=given, files=files, stdin=stdin)
