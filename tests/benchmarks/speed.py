"""Speed as ratios in one run: whole processes against a bare Typer app, loading against yaml.compose.

Run with `make benchmark`. Absolute times depend on the machine; the ratios are what is promised.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

BARE = '''
import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()

@app.command()
def main() -> None:
    """Print ten rows."""
    table = Table(title="Ten rows")
    table.add_column("Number")
    table.add_column("Square")
    for number in range(10):
        table.add_row(str(number), str(number * number))
    Console().print(table)

app()
'''
ROUNDS = 15


def process_seconds(command: list[str]) -> float:
    """Wall-clock seconds of a whole process."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "COLUMNS": "80"}
    environment.pop("PYTHONDONTWRITEBYTECODE")
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def paired(first: Callable[[], float], second: Callable[[], float], rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Medians of two timings taken in turn, and the median of their ratios."""
    pairs = [(first(), second()) for _ in range(rounds + 1)][1:]
    ratio = statistics.median(a / b for a, b in pairs)
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), ratio


def places_text(number: int) -> str:
    """A place file of twelve figures."""
    groups = ("physical_support", "sensory_support", "memory_and_cognition", "learning_disability", "mental_health")
    supported = "".join(f"  {group}:\n    eligible_people: {1000 + number + i:,}\n" for i, group in enumerate(groups))
    current = "".join(
        f"    {cohort}:\n      current_people: {number + i}\n      share_bearing_saving: {50 + i}%\n"
        for i, cohort in enumerate(("learning_disability", "mental_health", "dementia"))
    )
    more = "    ramp_months: 18 months\n"
    header = f"place: Authority {number}\ncode: E0800{number:04d}\nyear: 2015/16\nsource: scie-2017\n"
    plan = "plan:\n  shared_lives:\n    add:\n      learning_disability: 51\n"
    return f"{header}{plan}figures:\n{supported}  shared_lives:\n{current}{more}"


def loading_seconds(texts: list[str]) -> float:
    """Seconds to read and check the figures of many places; the interventions they share are read once, before."""
    from carescale.inputs.entities import scopes_of
    from carescale.inputs.layers import read_layer
    from carescale.inputs.library import read_intervention, read_shipped, shipped_names, sources_of
    from carescale.inputs.reading import parse_document
    from carescale.inputs.schema import PlaceFile, check_shape

    name = "shared_lives"
    interventions = {name: read_intervention(name, read_shipped(shipped_names("scenarios/interventions")[name]))}
    scopes, sources = scopes_of(interventions.values()), sources_of({})
    start = time.perf_counter()
    for text in texts:
        document = parse_document(text, "place.yaml")
        layer = read_layer(document, check_shape(document, PlaceFile), interventions, scopes, sources)
        assert len(layer.figures) == 13  # the twelve and what the plan adds
        document.problems.stop()
    return time.perf_counter() - start


def composing_seconds(texts: list[str]) -> float:
    """Seconds for PyYAML's C loader to compose the same texts."""
    import yaml

    start = time.perf_counter()
    for text in texts:
        yaml.compose(text, Loader=yaml.CSafeLoader)
    return time.perf_counter() - start


def main() -> int:
    """Print the table; exit code 1 where a promise is broken."""
    carescale = str(Path(sys.executable).with_name("carescale"))
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        app, helped = [sys.executable, str(bare)], [sys.executable, str(bare), "--help"]
        rows = [
            ("project birmingham / bare Typer app with a table", 1.5,
             paired(lambda: process_seconds([carescale, "project", "birmingham"]), lambda: process_seconds(app))),
            ("--help / bare Typer --help", 1.3,
             paired(lambda: process_seconds([carescale, "--help"]), lambda: process_seconds(helped))),
        ]  # fmt: skip
    texts = [places_text(number) for number in range(153)]
    rows.append(("load 153 places of 12 figures / yaml.compose", 3.0,
                 paired(lambda: loading_seconds(texts), lambda: composing_seconds(texts))))  # fmt: skip
    print(f"{'what':52} {'ours':>9} {'theirs':>9} {'ratio':>6} {'promise':>8}")
    for name, promise, (ours, theirs, ratio) in rows:
        print(f"{name:52} {ours * 1000:7.1f}ms {theirs * 1000:7.1f}ms {ratio:6.2f} {promise:8.1f}")
    return int(any(ratio > promise for _, promise, (_, _, ratio) in rows))


if __name__ == "__main__":
    sys.exit(main())
