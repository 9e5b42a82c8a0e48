"""Draws against numpy written by hand: whole processes, a million draws, many areas; in time and in memory, paired.

Run with `make benchmark`. What is written by hand works out the same results from the same figures: net saving, present
value and the month in which the money is back, of the interventions of Birmingham where they are known, and totals. Of
many areas, both tell of each its yearly saving (P5, median, P95, mean, above nothing) and the chance that it is back
by each month, and add up all areas; by hand each area is a run of its own, with its own draws. Results are held to each
other first: what is not the same is not compared. squigglepy is timed where it is installed: the extra `benchmark`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from speed import paired, process_seconds

from carescale import load, project, simulate
from carescale.analysis.simulate_areas import simulate_areas

MILLION, CHUNK, HORIZON = 1_000_000, 16_384, 60  # the size of a chunk with which what is by hand is fastest
RESULTS = ("net", "value", "month", "in all", "whole value")
BY_HAND = '''
import numpy as np
import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


def drawn(low, high, draws, generator):
    """Between two ends that cover 80%."""
    centre, width = np.log(low * high) / 2, np.log(high / low) / 2 / 1.2815515655446004
    return np.exp(centre + width * generator.standard_normal(draws))


def results(saving, delay, ramp):
    """What the same plan comes to: by the year, at present value, and when it is back."""
    avoided, arrangements, set_up = 51 * saving + 8_000 + 1_754_000, 1_754_000, 250_000 / 75 * 52
    net, discharge, living = avoided - arrangements, 4_690_000, 1_181_000
    balance, value, month = -set_up, np.full(len(saving), -set_up), np.full(len(saving), np.inf)
    whole_value = np.zeros(len(saving))
    for number in range(1, 61):
        share = np.clip((number - delay) / ramp, 0, 1)
        saved = avoided / 12 * share
        flow = saved - arrangements / 12 * share
        factor = 1 / 1.035 ** -(-number // 12)
        balance, value = balance + flow, value + flow * factor
        month = np.where(balance >= 0, np.minimum(month, number), np.inf)
        others = discharge / 12 * min(1, number / 12) + living / 12 * min(1, max(0, (number - 3) / 12))
        overlap = 350_000 * (flow + others) / (net + discharge + living)
        whole_value = whole_value + (saved + others - overlap) * factor
    in_all = net + discharge + living - 200_000 - 350_000
    return {"net": net, "value": value, "month": month, "in all": in_all, "whole value": whole_value}


def figures(draws, generator):
    return [drawn(low, high, draws, generator) for low, high in ((12_000, 26_000), (6, 7), (12, 36))]


def one_area(people, draws, generator, together):
    """A council that takes on so many more people: its saving a year, and the chance that it is back by each month.
    Savings and balances are added to those of all `together`."""
    saving, delay, ramp = figures(draws, generator)
    net = people * saving
    monthly, balance, month = net / 12, np.full(draws, -250_000 / 75 * people), np.full(draws, np.inf)
    for number in range(1, 61):
        balance = balance + monthly * np.clip((number - delay) / ramp, 0, 1)
        month = np.where(balance >= 0, np.minimum(month, number), np.inf)
        together[number] += balance
    together[0] += net
    ends = np.quantile(net, (0.05, 0.5, 0.95))
    return [*ends, net.mean(), (net > 0).mean()], [(month <= number).mean() for number in range(61)]
'''
SCRIPT = (
    BY_HAND
    + '''

@app.command()
def main() -> None:
    """Print what the draws say."""
    generator = np.random.default_rng(0)
    found = results(*figures(10_000, generator))
    table = Table(title="Draws")
    for heading in ("Result", "P5", "Median", "P95", "Above 0"):
        table.add_column(heading)
    for name, values in found.items():
        low, middle, high = np.quantile(values, (0.05, 0.5, 0.95), method="inverted_cdf")
        table.add_row(name, f"{low:,.0f}", f"{middle:,.0f}", f"{high:,.0f}", f"{(values > 0).mean():.0%}")
    Console().print(table)
    chances = Table(title="Broken even")
    for month in range(6, 61, 6):
        chances.add_column(str(month))
    chances.add_row(*(f"{(found['month'] <= month).mean():.0%}" for month in range(6, 61, 6)))
    Console().print(chances)


app()
'''
)


def by_hand(draws: int, chunk: int = CHUNK) -> dict[str, Any]:
    """The same, chunk after chunk, in this process."""
    names: dict[str, Any] = {}
    exec(BY_HAND, names)
    drawn = names["figures"](draws, np.random.default_rng(0))
    found = {name: np.empty(draws) for name in RESULTS}
    for start in range(0, draws, chunk):
        part = slice(start, start + chunk)
        for name, values in names["results"](*(one[part] for one in drawn)).items():
            found[name][part] = values
    return found


KEYS = (
    *(f"shared_lives.{name}.council" for name in ("net_saving", "net_present_value", "break_even_month")),
    *(f"portfolio.{name}.council" for name in ("net_saving", "present_value_of_savings")),
)


def by_carescale(draws: int, months: int = HORIZON) -> Any:
    """The same by carescale."""
    made = simulate(load("birmingham", settings=[f"horizon_months={months} months"]), draws)
    made.drawn.ask(KEYS)
    return made


def check_birmingham() -> None:
    """Both come to the same medians and chances of Shared Lives. Raises AssertionError."""
    made, hand = by_carescale(100_000), by_hand(100_000)
    for key, name in zip(KEYS, RESULTS, strict=True):
        ours, theirs = (np.median(values) for values in (made[key].value, hand[name]))
        assert abs(ours / theirs - 1) < 0.02, (key, ours, theirs)


def people_of(table: Any) -> list[float]:
    """How many more people each area of the table takes on, as its benchmark has it."""
    return [float(value) for value in project(table)["shared_lives.additional_people"].value]


def separately(table: Any) -> list[Any]:
    """By hand, an area after the other."""
    names: dict[str, Any] = {}
    exec(BY_HAND, names)
    generator, together = np.random.default_rng(0), np.zeros((HORIZON + 1, 10_000))
    return [names["one_area"](people, 10_000, generator, together) for people in people_of(table)]


def told_of(table: Any) -> Any:
    """The same by carescale."""
    made = simulate_areas(table, 10_000)
    return made.summaries, made.broken_even


def check_areas(table: Any) -> None:
    """Both say the same of each area. Raises AssertionError."""
    (summaries, broken_even), hand = told_of(table), separately(table)
    pairs = zip(*(found[next(iter(found))].areas for found in (summaries, broken_even)), hand, strict=True)
    for summary, chances, ((low, middle, high, *_), back) in pairs:
        if middle:
            for ours, theirs in ((summary.low, low), (summary.median, middle), (summary.high, high)):
                assert abs(ours.value / theirs - 1) < 0.04, (ours, theirs)
            assert abs(chances[24].value - back[24]) < 0.02, (chances[24], back[24])


def seconds(work: Callable[[], object]) -> float:
    """The processor's seconds of one call, which others on the machine disturb less than the clock's."""
    start = time.process_time()
    work()
    return time.process_time() - start


def megabytes(code: str) -> float:
    """The most memory that a process of its own held."""
    program = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import draws\n{code}\n"
    told = program + "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    return float(subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout) / 1024


SQUIGGLE = '''
import squigglepy as sq
import numpy as np

saving, delay, ramp = (sq.lognorm(*ends, credibility=80) for ends in ((12_000, 26_000), (6, 7), (12, 36)))


def model():
    """One draw of Shared Lives: its saving a year, its present value, and when it is back."""
    one, two, three = sq.sample(saving), sq.sample(delay), sq.sample(ramp)
    net, balance, value, month = 51 * one + 8_000, -250_000 / 75 * 52, -250_000 / 75 * 52, np.inf
    for number in range(1, 61):
        flow = net / 12 * min(1, max(0, (number - two) / three))
        balance, value = balance + flow, value + flow / 1.035 ** -(-number // 12)
        month = min(month, number) if balance >= 0 else np.inf
    return [net, value, month]
'''
SQUIGGLE_SCRIPT = BY_HAND.replace("import typer", "import squigglepy as sq\nimport typer") + SCRIPT.removeprefix(
    BY_HAND
).replace(
    "figures(10_000, generator)",
    "(sq.sample(sq.lognorm(*ends, credibility=80), n=10_000) for ends in ((12_000, 26_000), (6, 7), (12, 36)))",
)


def table_of(areas: int, folder: Path) -> Path:
    """A table of made-up councils, which catch up with the best of them."""
    rows = [
        f"E{6_000_000 + number:08d},Area {number},{100_000 + 997 * number},{20 + number % 60}"
        for number in range(areas)
    ]
    (folder / "areas.csv").write_text("code,name,adults,people\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / "areas.yaml").write_text(
        "place: Areas\nyear: 2025\nsource: scie-2017\n"
        "table:\n  file: areas.csv\n  code: code\n  name: name\n  figures:\n"
        "    shared_lives.learning_disability.current_people: {column: people}\n"
        "    learning_disability.adult_population: {column: adults}\n"
        "choices:\n  shared_lives: {rate_of: population}\n"
        "plan:\n  shared_lives:\n    catch_up:\n      learning_disability: best\n",
        encoding="utf-8",
    )
    return folder / "areas.yaml"


def main() -> int:
    failed = False

    def told(what: str, ours: float, theirs: float, ratio: float, bound: float, unit: str = "s") -> None:
        nonlocal failed
        failed |= ratio > bound
        print(f"{what:<58} {ours:8.3f} {unit} {theirs:8.3f} {unit}   ratio {ratio:5.2f}   bound {bound:.2f}")

    with tempfile.TemporaryDirectory() as name:
        script = Path(name) / "by_hand.py"
        script.write_text(SCRIPT, encoding="utf-8")
        ours = [str(Path(sys.executable).parent / "carescale"), "simulate", "birmingham", "--draws", "10000"]
        pair = paired(lambda: process_seconds(ours), lambda: process_seconds([sys.executable, str(script)]))
        told("simulate birmingham, 10,000 draws, whole processes", *pair, bound=1.5)
        check_birmingham()
        pair = paired(lambda: seconds(lambda: by_carescale(MILLION)), lambda: seconds(lambda: by_hand(MILLION)), 5)
        told("a million draws", *pair, bound=1.25)
        memory = megabytes(f"draws.by_carescale({MILLION})"), megabytes(f"draws.by_hand({MILLION})")
        told("the same in memory", *memory, memory[0] / memory[1], 1.3, "MB")
        pair = paired(
            lambda: seconds(lambda: by_carescale(MILLION)), lambda: seconds(lambda: by_carescale(MILLION // 4)), 5
        )
        told("four times as many draws", *pair, bound=4.4)
        pair = paired(
            lambda: seconds(lambda: by_carescale(50_000)), lambda: seconds(lambda: by_carescale(50_000, 12)), 5
        )
        told("four times as many months", *pair, bound=4.4)
        table = load(str(table_of(153, Path(name))))
        check_areas(table)
        pair = paired(lambda: seconds(lambda: told_of(table)), lambda: seconds(lambda: separately(table)), 5)
        told("153 areas × 10,000 draws", *pair, bound=0.8)
        if find_spec("squigglepy"):
            script.write_text(SQUIGGLE_SCRIPT, encoding="utf-8")
            pair = paired(lambda: process_seconds(ours), lambda: process_seconds([sys.executable, str(script)]), 5)
            told("whole processes, sampled by squigglepy, summed by numpy", *pair, bound=0.5)
            names: dict[str, Any] = {}
            exec(SQUIGGLE, names)
            sample = lambda: names["sq"].sample(names["model"], n=2_000)  # noqa: E731
            pair = paired(lambda: seconds(lambda: by_carescale(2_000)), lambda: seconds(sample), 3)
            told("2,000 draws of a squigglepy model of Shared Lives alone", *pair, bound=0.5)
        else:
            print("squigglepy is not installed, so it is not timed: pip install 'carescale[benchmark]'")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
