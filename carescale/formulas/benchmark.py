"""Benchmarks: what catching up means, measured against the other areas of a table.

The single best is set by one scheme, often a small one; so several benchmarks, a floor under the denominator, and
only areas below the line move.
"""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import best, maximum, mean_of_best, quantile
from carescale.formulas.vocabulary import ONE_YEAR, formula


@formula("Large enough to be a benchmark", unit="", per="cohort", when={"target": "catch_up"})
def large_enough(rate_base: Number, minimum_eligible: Number) -> Number:
    """An area with few people behind its rate may have a high one by chance; it is measured, but sets no line."""
    return minimum_eligible <= rate_base


@formula("Benchmark rate", unit="", per="cohort", when={"benchmark": "best"})
def benchmark_rate__best(rate_now: Number, large_enough: Number) -> Number:
    """The highest rate of any area."""
    return best(rate_now, large_enough)


@formula("Benchmark rate", unit="", per="cohort", when={"benchmark": "top_decile"})
def benchmark_rate__top_decile(rate_now: Number, large_enough: Number) -> Number:
    """The rate that one area in ten reaches, inclusive."""
    return quantile(rate_now, large_enough, 0.9)


@formula("Benchmark rate", unit="", per="cohort", when={"benchmark": "top_quartile"})
def benchmark_rate__top_quartile(rate_now: Number, large_enough: Number) -> Number:
    """The rate that one area in four reaches, inclusive."""
    return quantile(rate_now, large_enough, 0.75)


@formula("Benchmark rate", unit="", per="cohort", when={"benchmark": "median"})
def benchmark_rate__median(rate_now: Number, large_enough: Number) -> Number:
    """The rate that half the areas reach, inclusive."""
    return quantile(rate_now, large_enough, 0.5)


@formula("Benchmark rate", unit="", per="cohort", when={"benchmark": "mean_of_best"})
def benchmark_rate__mean_of_best(rate_now: Number, large_enough: Number, benchmark_areas: Number) -> Number:
    """The mean rate of the best few areas."""
    return mean_of_best(rate_now, large_enough, benchmark_areas)


@formula("Gap to the benchmark", unit="", per="cohort")
def rate_gap(benchmark_rate: Number, rate_now: Number) -> Number:
    """How far an area lies below the benchmark; nothing where it is past it."""
    return maximum(benchmark_rate - rate_now, 0)


@formula("Target people", unit="person", per="cohort", when={"target": "catch_up"})
def target_people(benchmark_rate: Number, rate_base: Number) -> Number:
    """The benchmark rate times those it is a rate of here."""
    return benchmark_rate * rate_base


@formula(
    "Additional people, as planned",
    unit="person",
    per="cohort",
    when={"target": "catch_up", "gaps": "all", "counted": "people_at_a_time"},
)
def planned_additional_people__every_gap(target_people: Number, current_people: Number) -> Number:
    """People reached beyond those reached today; an area already past the benchmark stays where it is."""
    return maximum(target_people - current_people, 0)


@formula(
    "Additional people, as planned",
    unit="person",
    per="cohort",
    when={"target": "catch_up", "gaps": "beyond_chance", "counted": "people_at_a_time"},
)
def planned_additional_people__beyond_chance(
    target_people: Number, current_people: Number, upper_rate: Number, benchmark_rate: Number
) -> Number:
    """The same, counted only where the interval of the area's own rate ends below the benchmark."""
    return (upper_rate < benchmark_rate) * maximum(target_people - current_people, 0)


@formula(
    "More people helped a year, as planned",
    unit="person/year",
    per="cohort",
    when={"target": "catch_up", "gaps": "all", "counted": "people_a_year"},
)
def planned_additional_people_a_year__every_gap(target_people: Number, current_people_a_year: Number) -> Number:
    """People helped in a year beyond those helped now; an area already past the benchmark stays where it is."""
    return maximum(target_people / ONE_YEAR - current_people_a_year, 0)


@formula(
    "More people helped a year, as planned",
    unit="person/year",
    per="cohort",
    when={"target": "catch_up", "gaps": "beyond_chance", "counted": "people_a_year"},
)
def planned_additional_people_a_year__beyond_chance(
    target_people: Number, current_people_a_year: Number, upper_rate: Number, benchmark_rate: Number
) -> Number:
    """The same, counted only where the interval of the area's own rate ends below the benchmark."""
    return (upper_rate < benchmark_rate) * maximum(target_people / ONE_YEAR - current_people_a_year, 0)


# --- where an area stands among the others: asked beside the plan, and no quantity of it -----------------------------


def quarter(rate_now: Number) -> Number:
    """The quarter of the areas' rates that an area is in, 1 the highest."""
    below = [rate_now < quantile(rate_now, 1, share) for share in (0.75, 0.5, 0.25)]
    return 1 + below[0] + below[1] + below[2]


def is_below(rate: Number, benchmark_rate: Number) -> Number:
    """Whether a rate lies below the benchmark; with the upper end of its interval, whether by more than chance."""
    return rate < benchmark_rate


def is_far_outside(rate_now: Number, large_enough: Number) -> Number:
    """Whether a rate lies so far above the others that it is no neighbour of theirs (Tukey's upper fence: one and a
    half times the distance of the quartiles beyond the upper one).
    """
    upper, lower = quantile(rate_now, large_enough, 0.75), quantile(rate_now, large_enough, 0.25)
    return upper + 1.5 * (upper - lower) < rate_now


def is_too_small(large_enough: Number, rate_now: Number) -> Number:
    """Whether an area has a rate and is too small for it to be a benchmark."""
    return (large_enough < 1) * (rate_now <= rate_now)
