"""Every council in England with three interventions, against the same sums written by hand.

Run with `make benchmark`. Ratios are of whole processes in one run, start-up included in both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from carescale.inputs.library import shipped

ROUNDS = 7
BY_HAND = """
import sys
import numpy as np, polars as pl
frame = pl.read_csv(sys.argv[1], infer_schema=False)
def column(name):
    return frame[name].cast(pl.Float64, strict=False).to_numpy()
eligible, now, older = (column(n) for n in
    ("ld_clients_18_64", "reablement_new_clients_65_plus", "population_65_plus"))
homes = column("spend_nursing_65_plus") + column("spend_residential_65_plus")
short = column("spend_other_short_term_65_plus")
short = np.where(short >= 0, short, np.nan)
shared_lives = eligible * 0.0234
rate = now / older
line = np.nanquantile(np.where(older >= 100, rate, np.nan), 0.75)
reablement = np.maximum(line * older - now, 0)
discharge = np.nan_to_num(homes) * 0.13 + np.nan_to_num(short) * 0.13
discharge[np.isnan(homes) & np.isnan(short)] = np.nan
saving, set_up = shared_lives * 26000.0, shared_lives / 75 * 250000
def together(*parts):
    known = ~np.all(np.isnan(parts), axis=0)
    return np.where(known, np.nansum(parts, axis=0), np.nan)
so_far, lowest, short_until = np.zeros_like(saving), np.full_like(saving, np.inf), np.zeros_like(saving)
for month in range(61):
    so_far = so_far + saving * min(max((month - 7) / 18, 0), 1) / 12
    left = so_far - set_up
    lowest = np.minimum(lowest, left)
    short_until = np.where(left < 0, month + 1, short_until)
back = np.where(short_until == 61, np.nan, short_until) + saving * 0
out = pl.DataFrame({"code": frame["code"], "name": frame["name"], "region": frame["region"],
    "additional_people": together(shared_lives, reablement * 1.4 / 12), "additional_people_a_year": reablement,
    "net_saving_council": together(saving, discharge, -reablement * 2088), "set_up_cost_council": set_up,
    "shared_lives_additional_people": shared_lives, "shared_lives_net_saving_council": saving,
    "shared_lives_set_up_cost_council": set_up, "shared_lives_break_even_month_council": back,
    "shared_lives_peak_funding_council": np.maximum(-lowest, 0),
    "hospital_discharge_net_saving_council": discharge, "reablement_additional_people": reablement * 1.4 / 12,
    "reablement_additional_people_a_year": reablement, "reablement_net_saving_council": -reablement * 2088,
    "reablement_cost_incurred_council": reablement * 2088})
out.fill_nan(None).write_csv(sys.argv[2])
"""
OURS = "import sys; sys.argv = ['carescale', 'project', sys.argv[2], '-o', sys.argv[1]]\n"
OURS += "from carescale.cli.start import start; start()"


def seconds(*words: str | Path) -> float:
    """The time of a process of its own."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", *map(str, words)], check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def assert_same(ours: Path, hand: Path) -> None:
    """The two jobs write the same numbers."""
    import polars

    first, second = polars.read_csv(ours), polars.read_csv(hand)
    assert (first["code"] == second["code"]).all()
    for name in second.columns[3:]:
        one, other = first[name].cast(polars.Float64), second[name].cast(polars.Float64)
        gap = ((one - other).abs() / (other.abs() + 1)).max()
        assert one.null_count() == other.null_count(), name
        assert (gap or 0.0) < 1e-9, name


def main() -> None:
    """Print the median of each, and their ratio; and that of one place, which is all of it start-up."""
    table = shipped("scenarios") / "england" / "2021-22.csv"
    with tempfile.TemporaryDirectory() as folder:
        every, hand, single = [], [], []
        for _ in range(ROUNDS):  # in turn, so that what else the machine does falls on all
            every.append(seconds(OURS, Path(folder) / "ours.csv", "england-councils"))
            hand.append(seconds(BY_HAND, table, Path(folder) / "hand.csv"))
            single.append(seconds(OURS, Path(folder) / "one.csv", "birmingham"))
        assert_same(Path(folder) / "ours.csv", Path(folder) / "hand.csv")
    one, other, place = map(statistics.median, (every, hand, single))
    print(f"project england-councils as CSV: {one:.2f} s, by hand {other:.2f} s, ratio {one / other:.2f}")
    print(f"project birmingham as CSV: {place:.2f} s, so that the councils take {one - place:.2f} s more")


if __name__ == "__main__":
    main()
