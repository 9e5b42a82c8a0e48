"""Draws against numpy written by hand: whole processes, a million draws, many areas; in time and in memory, paired.

Run with `make benchmark`. What is written by hand works out the same results from the same figures: net saving, present
value and the month in which the money is back, of the interventions of Birmingham where they are known, and totals.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from speed import paired, process_seconds

MILLION, CHUNK, HORIZON = 1_000_000, 8_192, 60
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
    net, set_up = 51 * saving + 8_000, 250_000 / 75 * 52
    balance, value, month = -set_up, np.full(len(saving), -set_up), np.full(len(saving), np.inf)
    discharge, living, discharge_value, living_value = 4_690_000.0, 981_000.0, 0.0, 0.0
    whole, whole_value = np.zeros(len(saving)), np.zeros(len(saving))
    for number in range(1, 61):
        flow = net / 12 * np.clip((number - delay) / ramp, 0, 1)
        factor = 1 / 1.035 ** -(-number // 12)
        balance, value = balance + flow, value + flow * factor
        month = np.where(balance >= 0, np.minimum(month, number), np.inf)
        others = discharge / 12 * min(1, number / 12) + living / 12 * min(1, max(0, (number - 3) / 12))
        overlap = 350_000 * (flow + others) / (net + discharge + living)
        whole = whole + flow + others - overlap
        whole_value = whole_value + (flow + others - overlap) * factor
        living_value += living / 12 * min(1, max(0, (number - 3) / 12)) * factor
        discharge_value += discharge / 12 * min(1, number / 12) * factor
    return {"net": net, "value": value, "month": month, "in all": net + living + discharge - 350_000,
            "whole": whole, "whole value": whole_value}


def figures(draws, generator):
    return [drawn(low, high, draws, generator) for low, high in ((12_000, 26_000), (6, 7), (12, 36))]
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
    found = {name: np.empty(draws) for name in ("net", "value", "month", "in all", "whole", "whole value")}
    for start in range(0, draws, chunk):
        part = slice(start, start + chunk)
        for name, values in names["results"](*(one[part] for one in drawn)).items():
            found[name][part] = values
    return found


KEYS = (
    *(f"shared_lives.{name}.council" for name in ("net_saving", "net_present_value", "break_even_month")),
    *(f"portfolio.{name}.council" for name in ("net_saving", "present_value_of_savings")),
)


def by_carescale(draws: int) -> Any:
    """The same by carescale."""
    from carescale import load, simulate

    made = simulate(load("birmingham"), draws)
    made.drawn.ask(KEYS)
    return made


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
        by_carescale(2_048)
        by_hand(2_048)
        pair = paired(lambda: seconds(lambda: by_carescale(MILLION)), lambda: seconds(lambda: by_hand(MILLION)), 5)
        told("a million draws", *pair, bound=1.25)
        memory = megabytes(f"draws.by_carescale({MILLION})"), megabytes(f"draws.by_hand({MILLION})")
        told("the same in memory", *memory, memory[0] / memory[1], 1.3, "MB")
        pair = paired(
            lambda: seconds(lambda: by_carescale(MILLION)), lambda: seconds(lambda: by_carescale(MILLION // 4)), 5
        )
        told("four times as many draws", *pair, bound=4.4)
        from carescale import load
        from carescale.analysis.simulate_areas import simulate_areas

        table = load(str(table_of(153, Path(name))))
        separately = lambda: [by_hand(10_000) for _ in range(153)]  # noqa: E731
        pair = paired(lambda: seconds(lambda: simulate_areas(table, 10_000).summaries), lambda: seconds(separately), 5)
        told("153 areas × 10,000 draws", *pair, bound=0.8)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
