"""Many areas: a table of a million, projected over 120 months, against the same job written by hand.

Run with `make benchmark`. Ratios are of whole processes in one run; memory is the peak of each process.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MONTHS = 120
ROUNDS = 3
SIZES = (153, 10_000, 100_000, 1_000_000)

PLACE = """\
place: Everywhere
year: 2024
source: made-up
sources:
  made-up: {publisher: nobody, title: synthetic areas, year: 2024}
table:
  file: areas.csv
  name: name
  region: region
  figures:
    shared_lives.learning_disability.current_people: {column: weeks, divided_by: 52}
    learning_disability.eligible_people: {column: adults}
plan:
  shared_lives:
    catch_up: {learning_disability: best}
"""

BY_HAND = """
import sys
import numpy as np, polars as pl
months, source, target = int(sys.argv[1]), sys.argv[2], sys.argv[3]
frame = pl.read_csv(source)
now = frame["weeks"].cast(pl.Float64, strict=False).to_numpy() / 52
eligible = frame["adults"].cast(pl.Float64, strict=False).to_numpy()
rate = now / eligible
best = np.nanmax(np.where(eligible >= 100, rate, np.nan))
gap = np.maximum(best - rate, 0)
more = np.maximum(best * eligible - now, 0)
saving = more * 26000.0
set_up = more / 75 * 250000
count = len(more)
month_back, peak, total = np.empty(count), np.empty(count), np.empty(count)
for start in range(0, count, 8192):
    part = slice(start, start + 8192)
    so_far, lowest = np.zeros_like(more[part]), np.full_like(more[part], np.inf)
    back, size = np.full_like(more[part], np.inf), np.zeros_like(more[part])
    for month in range(months + 1):
        share = min(max((month - 7) / max(18, 1), 0), 1)
        so_far = so_far + saving[part] * share / 12
        left = so_far - set_up[part]
        lowest = np.minimum(lowest, left)
        size = np.maximum(size, np.abs(left))
        back = np.where(left >= -1e-9 * size, np.minimum(back, month), np.inf)
    month_back[part], peak[part], total[part] = back, np.maximum(-lowest, 0), so_far
month_back[~np.isfinite(month_back)] = np.nan
month_back[np.isnan(more)] = np.nan
out = pl.DataFrame({
    "place": pl.repeat("Everywhere", count, eager=True), "scenario": pl.repeat("as-published", count, eager=True),
    "code": frame["code"], "name": frame["name"], "region": frame["region"], "rate_base": eligible,
    "people_now": now, "rate_now": rate, "benchmark_rate": np.full(count, best), "rate_gap": gap,
    "additional_people": more, "total_people": now + more, "net_saving_council": saving, "set_up_cost_council": set_up,
    "break_even_month_council": month_back, "peak_funding_council": peak, "net_saving_by_horizon_council": total,
}).fill_nan(None)
missing = pl.col("rate_now").is_null()
out = out.with_columns(status=pl.when(missing).then(pl.lit("not returned")).otherwise(pl.lit("known")))
out.write_csv(target)
"""


def make_table(path: Path, count: int) -> None:
    """Synthetic areas: one in fifty has not returned its weeks."""
    rng = random.Random(count)
    with path.open("w") as file:
        file.write("code,name,region,adults,weeks\n")
        for i in range(count):
            weeks = "-" if rng.random() < 0.02 else str(rng.randrange(0, 5000))
            file.write(f"E06{i:06d},Area {i},Region {i % 9},{rng.randrange(20_000, 900_000)},{weeks}\n")


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """Wall-clock seconds and peak memory in megabytes of a whole process."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return seconds, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Print the table; exit code 1 where a promise is broken."""
    carescale = str(Path(sys.executable).with_name("carescale"))
    print(f"{'areas':>10} {'ours':>8} {'by hand':>8} {'ratio':>6} {'ours MB':>8} {'hand MB':>8} {'µs a row':>9}")
    broken = False
    for count in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "place.yaml").write_text(PLACE)
            (folder / "by_hand.py").write_text(BY_HAND)
            make_table(folder / "areas.csv", count)
            ours_command = [carescale, "project", "place.yaml", "--months", str(MONTHS), "-o", "ours.csv"]
            hand_command = [sys.executable, "by_hand.py", str(MONTHS), "areas.csv", "hand.csv"]
            rounds = [(run(ours_command, folder), run(hand_command, folder)) for _ in range(ROUNDS)]
            assert_same(folder / "ours.csv", folder / "hand.csv")
        ours, hand = (statistics.median(pair[side][0] for pair in rounds) for side in (0, 1))
        memory, hand_memory = (max(pair[side][1] for pair in rounds) for side in (0, 1))
        ratio = statistics.median(pair[0][0] / pair[1][0] for pair in rounds)
        row = f"{count:10,} {ours:7.2f}s {hand:7.2f}s {ratio:6.2f} {memory:8.0f} {hand_memory:8.0f}"
        print(f"{row} {ours / count * 1e6:9.1f}", flush=True)
        broken = broken or (count == SIZES[-1] and (ratio > 2.0 or memory > 1024))
    return int(broken)


def assert_same(ours: Path, hand: Path) -> None:
    """The two jobs write the same columns and the same numbers."""
    import polars

    first, second = polars.read_csv(ours), polars.read_csv(hand)
    shared = [column for column in second.columns if column in first.columns]
    assert shared == second.columns, set(second.columns) - set(first.columns)
    for column in shared:
        if second[column].dtype == polars.Float64:
            gap = (first[column].cast(polars.Float64) - second[column]).abs() / (second[column].abs() + 1)
            assert (gap.max() or 0) < 1e-9, column
            assert first[column].null_count() == second[column].null_count(), column


if __name__ == "__main__":
    sys.exit(main())
