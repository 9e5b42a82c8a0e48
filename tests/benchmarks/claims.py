"""How long a file of 1,000 claims takes to check, beside composing its YAML and 1,000 sums by hand: a ratio."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from carescale.analysis.check import check
from carescale.analysis.projection import Projection, project
from carescale.inputs.loading import load
from carescale.numbers import round_to

CLAIMS, FIGURES, ROUNDS = 1_000, 60, 7
MOST = 3.0  # times


def text() -> str:
    """A file as somebody would write it who checks a long report: 1,000 sums over figures and printed numbers."""
    lines = ["place: Testshire", "year: 2020", "source: nesta-2015", "published:"]
    lines += [f"  figure_{number}: £{1000 + 7 * number:,}" for number in range(FIGURES)]
    lines.append("claims:")
    for number in range(CLAIMS):
        one, other = number % FIGURES, (7 * number + 1) % FIGURES
        lines += [
            f"  - that: (figure_{one} + figure_{other}) * {number + 3} people / £140",
            f"    is: {sum_by_hand(one, other, number):,.0f} people",
            f"    note: table {number}, as the report has it",
        ]
    return "\n".join(lines) + "\n"


def sum_by_hand(one: int, other: int, number: int) -> float:
    return ((1000 + 7 * one) + (1000 + 7 * other)) * (number + 3) / 140


def by_hand(written: str, projection: Projection) -> None:
    """What it takes without claims: the nodes of the file, and each sum asked of the library, rounded and compared."""
    yaml.compose(written, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for number in range(CLAIMS):
        one, other = (f"published.figure_{place}" for place in (number % FIGURES, (7 * number + 1) % FIGURES))
        value = projection.apply(lambda a, b, n=number: (a + b) * (n + 3) / 140, one, other)
        round_to(value, 1) == Decimal(number)  # noqa: B015


def ours(file: Path) -> None:
    checked = check(load(file))
    assert len(checked.judged) == CLAIMS
    assert sum(item.verdict == "reproduced" for item in checked.judged) > 0.95 * CLAIMS  # halves print either way


def best(function: Callable[[], None]) -> float:
    """The least time of a few rounds, in seconds of the processor."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        function()
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    with TemporaryDirectory() as folder:
        file, written = Path(folder) / "claims.yaml", text()
        file.write_text(written, encoding="utf-8")
        empty = Path(folder) / "none.yaml"
        empty.write_text(written.split("claims:")[0], encoding="utf-8")
        projection = project(load(empty))
        least, taken = best(lambda: by_hand(written, projection)), best(lambda: ours(file))
    print(f"1,000 claims: {1000 * taken:.0f} ms, and by hand {1000 * least:.0f} ms")
    print(f"{taken / least:.2f} times as long; the aim is {MOST}")


if __name__ == "__main__":
    main()
