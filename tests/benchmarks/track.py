"""How often is the pace's interval right, when is it too early to say, and do forecasts narrow? Made months of known
truth, 200 seeds each, told apart by the report's month: `python tests/benchmarks/track.py` prints the table.

The truth: starts a month as counts with more or less scatter than chance alone has, from the month of the first match
on; of those there such a share leaves. The last rows break what the interval takes for granted: starts that come in
runs (a month like the one before), and a pace that doubles half-way.

Measured: of a constant pace the interval held 89 to 97 in 100 at a first look (months 15 to 20), 90 to 96 at a second
and 90 to 95 at a third; where starts come in runs, 80 to 83. Of full scale 87 to 96 held, narrowing from 30 months wide
at month 18 to 19 at month 27, and from 20 to 14.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace

from carescale import load
from carescale.actuals import Actuals, Months, Report
from carescale.analysis.pace import pace_of, too_early
from carescale.analysis.track import Tracked
from carescale.case import Case
from carescale.problems import NOWHERE

FEWEST = (10.0, 6.0)  # as scenarios/method/tracking.yaml has them
SEEDS = 200
REPORTS = (range(12, 13), range(15, 21), range(21, 33), range(33, 49))  # the months of a first, a second, a later look


@dataclass(frozen=True)
class Truth:
    """A pace a month, how much more it scatters than chance, who leaves, and the earliest month of the first match."""

    name: str
    pace: float
    dispersion: float = 1.0
    leaving: float = 0.0
    first: int = 7
    runs: float = 0.0  # how much of a month's luck is that of the month before
    later: float = 1.0  # the pace of later months, from the twelfth after the first match on, beside the earlier


TRUTHS = (
    Truth("1 a month, chance alone", 1.0),
    Truth("1.5 a month, scattered", 1.5, 1.5),
    Truth("2 a month, chance alone", 2.0),
    Truth("2 a month, much scattered", 2.0, 2.5),
    Truth("4 a month, scattered", 4.0, 1.5, 0.01),
    Truth("4 a month, much scattered", 4.0, 2.5, 0.01),
)
BROKEN = (
    Truth("2 a month, in runs", 2.0, 2.0, runs=0.6),
    Truth("2 a month, then 4", 2.0, later=2.0),
)


def starts(truth: Truth, months: int, seed: int) -> list[int]:
    """The starts of months 1 to `months`."""
    random = np.random.default_rng(np.random.SeedSequence([seed, *truth.name.encode()]))
    found, luck = [], 0.0
    for month in range(1, months + 1):
        pace = 0.0 if month < truth.first else truth.pace * (truth.later if month > truth.first + 12 else 1.0)
        if truth.runs:  # a log-normal that remembers, with the same scatter a month
            sigma = np.sqrt(np.log(1 + (truth.dispersion - 1) / truth.pace))
            luck = truth.runs * luck + np.sqrt(1 - truth.runs**2) * random.normal()
            found.append(int(random.poisson(pace * np.exp(sigma * luck - sigma**2 / 2))))
        elif truth.dispersion == 1 or not pace:
            found.append(int(random.poisson(pace)))
        else:
            found.append(int(random.negative_binomial(pace / (truth.dispersion - 1), 1 / truth.dispersion)))
    return found


def reports(truth: Truth, months: int, seed: int, intervention: str = "shared_lives") -> list[Report]:
    """The same as rows, with who is there and who left."""
    random = np.random.default_rng([seed, 1])
    rows, there = [], 0
    for month, started in enumerate(starts(truth, months, seed), 1):
        left = int(random.binomial(there, truth.leaving))
        there += started - left
        rows.append(Report(month=month, intervention=intervention, people=float(there), starts=float(started),
                           leavers=float(left), position=NOWHERE))  # fmt: skip
    return rows


def months_of(rows: list[Report]) -> Months:
    return Months([{row.month: row for row in rows}])


@dataclass(frozen=True)
class Told:
    """What 200 seeds gave at one report: how often it was too early, and how often the interval held the truth."""

    early: float
    held: float
    width: float  # of the interval, by the true pace


def told(truth: Truth, months: Sequence[int], seeds: int = SEEDS) -> Told:
    """The pace at the report of a month, or of several in turn: counts are whole, so one month may be lucky."""
    holds, widths = [], []
    for seed in range(seeds):
        month = months[seed % len(months)]
        rows = months_of(reports(truth, month, seed))
        pace = pace_of(rows)
        if too_early(pace, rows, FEWEST) or pace is None:
            continue
        low, high = pace.interval
        mean = true_mean(truth, pace.first_match, month)
        holds.append(low <= mean <= high)
        widths.append((high - low) / mean)
    return Told(1 - len(holds) / seeds, float(np.mean(holds)) if holds else np.nan,
                float(np.median(widths)) if widths else np.nan)  # fmt: skip


def true_mean(truth: Truth, first: int, month: int) -> float:
    """The true pace of the months that are counted, on average."""
    paces = [truth.pace * (truth.later if one > truth.first + 12 else 1.0) for one in range(first + 1, month + 1)]
    return statistics.fmean(paces)


def forecast(case: Case, truth: Truth, month: int, seed: int) -> tuple[float, float, float, float]:
    """The month of full scale: the low end, middle and high end that are forecast in a month, and what it came to."""
    whole = reports(truth, case.horizon, seed)
    rows = tuple(whole[:month])
    actuals = Actuals(source="made", file="made", reports=rows)
    path = "shared_lives"
    entity = next(one for one in case.interventions if one.path == path)
    tracked = Tracked(replace(case, actuals=actuals), entity, actuals.of(path), FEWEST)
    target = tracked.plan[f"{path}.additional_people"].value
    came = next((row.month for row in whole if row.people is not None and row.people >= target), np.inf)
    found = tracked.summary("month_all_are_there")
    if found is None:
        return np.nan, np.nan, np.nan, came
    return found.low.value, found.median.value, found.high.value, came


def forecasts(truth: Truth, month: int, seeds: int) -> tuple[float, float, float]:
    """Of the seeds that were not there yet: how often the interval held what came, its width, and how many told."""
    case = load("northtown", tracked=True, settings=("horizon_months=120",))
    found = [forecast(case, truth, month, seed) for seed in range(seeds)]
    ahead = [one for one in found if not np.isnan(one[0]) and one[3] > month]
    holds = [low <= came <= high for low, _, high, came in ahead]
    widths = [high - low for low, _, high, _ in ahead]
    return float(np.mean(holds)), float(np.median(widths)), len(ahead) / seeds


def table() -> Iterator[str]:
    yield f"{'The pace: 90% interval, 200 seeds':34}{'month':>7}{'too early':>11}{'holds':>7}{'width':>7}"
    for truth in (*TRUTHS, *BROKEN):
        for months in REPORTS:
            one = told(truth, months)
            held = "" if np.isnan(one.held) else f"{one.held:>7.0%}{one.width:>7.0%}"
            when = f"{months[0]}–{months[-1]}" if len(months) > 1 else f"{months[0]}"
            yield f"{truth.name:34}{when:>7}{one.early:>11.0%}{held}"
    yield ""
    yield f"{'Full scale, 40 people: 90% interval':36}{'month':>6}{'told':>6}{'holds':>7}{'months wide':>13}"
    for truth in (Truth("1.5 a month, scattered", 1.5, 1.5), Truth("2 a month, 1% leave", 2.0, 1.5, 0.01)):
        for month in (15, 18, 21, 24, 27):
            held, width, many = forecasts(truth, month, SEEDS // 4)  # each is worked out over a thousand draws
            yield f"{truth.name:36}{month:>6}{many:>6.0%}{held:>7.0%}{width:>13.0f}"


if __name__ == "__main__":
    for line in table():
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
