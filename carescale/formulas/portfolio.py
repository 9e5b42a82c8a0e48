"""Portfolio: the interventions together, for one payer at a time, less what they would count twice."""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import (
    complete,
    first_month,
    less,
    lowest,
    maximum,
    more,
    running_total,
    summed,
    total,
    where,
)
from carescale.formulas.vocabulary import formula, rolled_up

rolled_up("gross_saving", "case, payer", "Gross saving over the interventions.")
rolled_up("deadweight_loss", "case, payer", "What would have been saved anyway, over the interventions.")
rolled_up("displacement_loss", "case, payer", "What is gained here and lost elsewhere, over the interventions.")
rolled_up("optimism_off_savings", "case, payer", "What weak evidence promises too much, over the interventions.")
rolled_up("not_cashable", "case, payer", "What is freed and not taken out of a budget, over the interventions.")
rolled_up("running_cost", "case, payer", "Running cost over the interventions.")
rolled_up(
    "optimism_on_running_cost", "case, payer", "What is added because costs are poorly known, over the interventions."
)
rolled_up(
    "net_saving_before_overlap",
    "case, payer",
    "Net saving over the interventions, as if nobody were helped by two of them.",
    title="Net saving before overlap",
    of="net_saving",
)
rolled_up(
    "overlap_of_pairs",
    "case, payer",
    "What pairs of interventions would count twice, over the pairs of which somebody says so.",
    title="Overlap, by pair",
    of="pair_overlap",
)


@formula("Overlap", unit="GBP/year", per="case, payer", given="overlap")
def total_overlap__with_overlap(overlap: Number, overlap_of_pairs: Number) -> Number:
    """What would be counted twice: in all, as given, and beyond that by pair."""
    return more(overlap, overlap_of_pairs)


@formula("Overlap", unit="GBP/year", per="case, payer", absent="overlap")
def total_overlap__without_overlap(overlap_of_pairs: Number) -> Number:
    """What would be counted twice, where it is given by pair alone."""
    return overlap_of_pairs


@formula("Net saving", unit="GBP/year", per="case, payer")
def net_saving(net_saving_before_overlap: Number, total_overlap: Number) -> Number:
    """Net saving over the interventions, less their overlap."""
    return less(net_saving_before_overlap, total_overlap)


rolled_up("monthly_gross_saving", "case, payer", "Monthly gross saving over the interventions.")


@formula("Overlap in the month", unit="GBP/month", per="case, payer")
def monthly_overlap(total_overlap: Number, monthly_gross_saving: Number, gross_saving: Number) -> Number:
    """The overlap phases in with the gross savings that it corrects."""
    return total_overlap * (monthly_gross_saving / gross_saving)


@formula("Monthly net saving", unit="GBP/month", per="case, payer")
def monthly_net_saving(monthly_net_saving: Number, monthly_overlap: Number) -> Number:
    """Monthly net saving over the interventions, less their overlap."""
    return less(summed(monthly_net_saving), monthly_overlap)


@formula("Cumulative net saving", unit="GBP", per="case, payer")
def cumulative_net_saving(monthly_net_saving: Number, set_up_cost: Number) -> Number:
    """Net saving so far less set-up; only where every intervention's set-up cost is known."""
    return running_total(monthly_net_saving) - complete(set_up_cost)


@formula("Break-even month", unit="month", per="case, payer")
def break_even_month(cumulative_net_saving: Number) -> Number:
    """The first month from which the money spent is back, and stays back."""
    return first_month(cumulative_net_saving)


@formula("Peak funding", unit="GBP", per="case, payer")
def peak_funding(cumulative_net_saving: Number) -> Number:
    """The most that has to be found before savings catch up."""
    return maximum(-lowest(cumulative_net_saving), 0)


@formula("Net saving in the year", unit="GBP", per="case, payer, year")
def net_saving_in_year(
    month: Number, monthly_net_saving: Number, first_month_of_year: Number, last_month_of_year: Number
) -> Number:
    """What falls between April and March, over the interventions."""
    falls_in_year = (first_month_of_year <= month) * (month <= last_month_of_year)
    return total(where(falls_in_year, monthly_net_saving, 0))
