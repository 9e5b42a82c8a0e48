"""Portfolio: the interventions together, for one payer at a time, less what they would count twice."""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import added, less, net, summed, where
from carescale.formulas.vocabulary import formula, rolled_up

rolled_up("gross_saving", "case, payer", "Gross saving over the interventions.")
rolled_up("cost_avoided", "case, payer", "What is no longer spent, over the interventions.")
rolled_up("deadweight_loss", "case, payer", "What would have been saved anyway, over the interventions.")
rolled_up("displacement_loss", "case, payer", "What is gained here and lost elsewhere, over the interventions.")
rolled_up("optimism_off_savings", "case, payer", "What weak evidence promises too much, over the interventions.")
rolled_up("not_cashable", "case, payer", "What is freed and not taken out of a budget, over the interventions.")
rolled_up("taken_off_savings", "case, payer", "Every adjustment that is given, over the interventions.")
rolled_up("adjusted_saving", "case, payer", "What is avoided, as adjusted, over the interventions.")
rolled_up("running_cost", "case, payer", "Running cost over the interventions.")
rolled_up(
    "optimism_on_running_cost", "case, payer", "What is added because costs are poorly known, over the interventions."
)
rolled_up("cost_incurred", "case, payer", "All that is spent in a year, over the interventions.")
rolled_up(
    "overlap_of_pairs",
    "case, payer",
    "What pairs of interventions would count twice, over the pairs of which somebody says so.",
    title="Overlap, by pair",
    of="pair_overlap",
)


rolled_up(
    "net_saving_before_overlap",
    "case, payer",
    "Saving less cost over the interventions, as if nobody were helped by two of them.",
    title="Net saving before overlap",
    of="net_saving",
)


@formula("Overlap", unit="GBP/year", per="case, payer")
def total_overlap(overlap: Number, overlap_of_pairs: Number) -> Number:
    """What would be counted twice: in all, as given, and beyond that by pair."""
    return added(overlap, overlap_of_pairs)


@formula("Net saving", unit="GBP/year", per="case, payer")
def net_saving(net_saving_before_overlap: Number, total_overlap: Number) -> Number:
    """Net saving over the interventions, less their overlap."""
    return less(net_saving_before_overlap, total_overlap)


def savings_together(*savings: Number) -> Number:
    """What some of the interventions save together, as if nobody were helped by two of them."""
    return added(*savings)


# --- month by month --------------------------------------------------------------------------------------------------

rolled_up("monthly_gross_saving", "case, payer", "Monthly gross saving over the interventions.")
rolled_up("monthly_cost_avoided", "case, payer", "Cost avoided in a month, over the interventions.")
rolled_up("monthly_running_cost", "case, payer", "All that is paid in a month beside set-up, over the interventions.")
rolled_up("monthly_cost", "case, payer", "Every cost of a month, over the interventions; it names what is not known.")


@formula("Overlap in the month", unit="GBP/month", per="case, payer")
def monthly_overlap(total_overlap: Number, monthly_gross_saving: Number, gross_saving: Number) -> Number:
    """The overlap phases in with the gross savings that it corrects; none where nothing is saved."""
    return where(gross_saving > 0, total_overlap * (monthly_gross_saving / gross_saving), 0)


@formula("Monthly saving", unit="GBP/month", per="case, payer")
def monthly_saving(monthly_saving: Number, monthly_overlap: Number) -> Number:
    """Saving over the interventions, less their overlap."""
    return less(summed(monthly_saving), monthly_overlap)


@formula("Monthly net saving", unit="GBP/month", per="case, payer")
def monthly_net_saving(monthly_saving: Number, monthly_running_cost: Number) -> Number:
    """What a month brings before set-up."""
    return net(monthly_saving, monthly_running_cost)
