"""Savings: pounds a year at full scale, for each payer, gross, less running cost, net."""

from __future__ import annotations

from collections.abc import Iterable

from carescale.engine.tree import Number
from carescale.engine.verbs import less, summed
from carescale.formulas.vocabulary import ADJUSTED, formula, rolled_up


@formula("People who bear the saving", unit="person", per="cohort")
def people_bearing_saving(additional_people: Number, share_bearing_saving: Number) -> Number:
    """Only those whose arrangement replaces a costlier one save money: reach and saving are two linked sums."""
    return additional_people * share_bearing_saving


rolled_up("people_bearing_saving", "intervention", "Those who bear the saving, over its cohorts.")


@formula("Difference of yearly costs", unit="GBP/person/year", per="cohort, payer")
def annual_cost_difference(annual_cost_now: Number, annual_cost_new: Number) -> Number:
    """What is replaced costs so much a year, the arrangement so much."""
    return annual_cost_now - annual_cost_new


@formula("Weighted saving", unit="GBP/year", per="strand, payer")
def weighted_saving(people_in_mix: Number, published_saving_per_person: Number) -> Number:
    """A strand's part in the average saving of a mix."""
    return people_in_mix * published_saving_per_person


@formula("Saving a person", unit="GBP/person/year", per="cohort, payer", when={"saving_basis": "published"})
def saving_per_person__published(published_saving_per_person: Number) -> Number:
    """As published, once a year for each person who bears it."""
    return published_saving_per_person


@formula("Saving a person", unit="GBP/person/year", per="cohort, payer", when={"saving_basis": "annual_costs"})
def saving_per_person__annual_costs(annual_cost_difference: Number) -> Number:
    """From the yearly costs of the two arrangements."""
    return annual_cost_difference


@formula("Saving a person", unit="GBP/person/year", per="cohort, payer", when={"saving_basis": "weekly_costs"})
def saving_per_person__weekly_costs(
    weekly_cost_now: Number,
    weekly_contribution_now: Number,
    weekly_cost_new: Number,
    weekly_contribution_new: Number,
    weeks_per_year: Number,
) -> Number:
    """From local weekly costs, each less what the person contributes to it: the council saves the difference."""
    net_now = less(weekly_cost_now, weekly_contribution_now)
    net_new = less(weekly_cost_new, weekly_contribution_new)
    return (net_now - net_new) * weeks_per_year


@formula("Saving a person", unit="GBP/person/year", per="cohort, payer", when={"saving_basis": "mix"})
def saving_per_person__mix(weighted_saving: Number, people_in_mix: Number) -> Number:
    """The average over the strands of the mix."""
    return summed(weighted_saving) / summed(people_in_mix)


@formula("Gross saving", unit="GBP/year", per="cohort, payer")
def gross_saving(people_bearing_saving: Number, saving_per_person: Number) -> Number:
    """Saved each year by the people who bear it."""
    return people_bearing_saving * saving_per_person


@formula("Covered spend", unit="GBP/year", per="spend_line", when={"target": "all"})
def covered_spend__all(spend: Number) -> Number:
    """All of the spend."""
    return spend


@formula("Covered spend", unit="GBP/year", per="spend_line", when={"target": "share"})
def covered_spend__share(spend: Number, covered_share: Number) -> Number:
    """The part of the spend that the plan reaches."""
    return spend * covered_share


rolled_up("covered_spend", "intervention", "The spend reached, over its lines.")


@formula("Gross saving", unit="GBP/year", per="spend_line, payer")
def gross_saving__spend_line_payer(covered_spend: Number, spend_reduction: Number) -> Number:
    """The part of the spend that is no longer needed each year."""
    return covered_spend * spend_reduction


rolled_up("gross_saving", "intervention, payer", "Gross saving over its cohorts and spend lines.")


@formula("Average saving a person", unit="GBP/person/year", per="intervention, payer")
def average_saving_per_person(gross_saving: Number, people_bearing_saving: Number) -> Number:
    """Gross saving over those who bear it."""
    return gross_saving / people_bearing_saving


@formula("Running cost", unit="GBP/year", per="cohort", when={"running_cost_basis": "per_person"})
def running_cost(additional_people: Number, running_cost_per_person: Number) -> Number:
    """What it costs each year to support the additional people."""
    return additional_people * running_cost_per_person


rolled_up(
    "running_cost",
    "intervention",
    "What it costs each year, over its cohorts.",
    when={"running_cost_basis": "per_person"},
)


@formula("Running cost", unit="GBP/year", per="intervention", when={"running_cost_basis": "lump_sum"})
def running_cost__intervention(annual_running_cost: Number) -> Number:
    """What the programme costs each year."""
    return annual_running_cost


@formula("Running cost", unit="GBP/year", per="cohort, payer")
def running_cost__cohort_payer(running_cost: Number, running_cost_share: Number) -> Number:
    """A payer's part of the running cost; the split is the file's to state."""
    return running_cost * running_cost_share


@formula("Running cost", unit="GBP/year", per="intervention, payer")
def running_cost__intervention_payer(running_cost: Number, running_cost_share: Number) -> Number:
    """A payer's part of the running cost; the split is the file's to state."""
    return running_cost * running_cost_share


@formula(
    "Net saving",
    unit="GBP/year",
    per="cohort, payer",
    when={"running_cost_basis": ("per_person", "already_deducted")},
    absent=ADJUSTED,
)
def net_saving(gross_saving: Number, running_cost: Number) -> Number:
    """Gross saving less running cost, each year at full scale; set-up is not taken off here."""
    return less(gross_saving, running_cost)


@formula("Net saving", unit="GBP/year", per="intervention, payer", absent=ADJUSTED)
def net_saving__intervention_payer(gross_saving: Number, running_cost: Number) -> Number:
    """Gross saving less running cost, each year at full scale; set-up is not taken off here."""
    return less(gross_saving, running_cost)


@formula("Saved for each pound of running cost", unit="GBP/GBP", per="intervention, payer")
def saving_per_pound(gross_saving: Number, running_cost: Number) -> Number:
    """Gross saving over running cost, for the payer of both; below 1, less comes back than goes in."""
    return gross_saving / running_cost


@formula("Saving of those reached now", unit="GBP/year", per="cohort, payer")
def current_saving(current_people: Number, share_bearing_saving: Number, saving_per_person: Number) -> Number:
    """What the people already in the arrangement save each year; never part of what scaling adds."""
    return current_people * share_bearing_saving * saving_per_person


rolled_up("current_saving", "intervention, payer", "What those already reached save each year, over its cohorts.")


@formula("Saving as a share of the budget", unit="", per="intervention, payer")
def saving_share_of_budget(current_saving: Number, net_saving: Number, adult_social_care_budget: Number) -> Number:
    """Saving of those reached now and then, beside the council's adult social care budget."""
    return (current_saving + net_saving) / adult_social_care_budget


def share_in_all(shares: Iterable[Number]) -> Number:
    """What payers pay together of a cost: 1 where all of it is paid, and nothing twice."""
    return sum(shares)
