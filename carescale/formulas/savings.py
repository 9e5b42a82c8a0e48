"""Savings: what a payer no longer spends, pounds a year with everyone there, and what of it can be counted on.

A published saving may already be net of what the new arrangement costs. Where both yearly costs are known the account
has both sides: what is avoided stands here, what is incurred in `costs`.
"""

from __future__ import annotations

from collections.abc import Iterable

from carescale.engine.registry import Reference
from carescale.engine.tree import Number
from carescale.engine.verbs import added, less, more, summed, where
from carescale.formulas.vocabulary import GRADES, formula, rolled_up

OPTIMISM = Reference("gm-cba-2014", "confidence grades and optimism bias correction")


@formula("People who bear the saving", unit="person", per="cohort", when={"counted": "people_at_a_time"})
def people_bearing_saving(additional_people: Number, share_bearing_saving: Number) -> Number:
    """Only those whose arrangement replaces a costlier one save money: reach and saving are two linked sums."""
    return additional_people * share_bearing_saving


rolled_up("people_bearing_saving", "intervention", "Those who bear the saving, over its cohorts.")


@formula("People a year who bear the saving", unit="person/year", per="cohort")
def people_a_year_bearing_saving(additional_people_a_year: Number, share_bearing_saving: Number) -> Number:
    """Those helped in a year whose help replaces something costlier."""
    return additional_people_a_year * share_bearing_saving


rolled_up("people_a_year_bearing_saving", "intervention", "Those helped in a year who bear it, over its cohorts.")


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
    arrangement_cost_per_person: Number,
    weeks_per_year: Number,
) -> Number:
    """From local weekly costs, each less what the person contributes to it: the council saves the difference."""
    return less(weekly_cost_now, weekly_contribution_now) * weeks_per_year - arrangement_cost_per_person


@formula("Local saving a person, at most", unit="GBP/person/year", per="cohort, payer", given="price_index_now")
def local_saving_upper_bound(
    weekly_cost_now: Number,
    weekly_contribution_now: Number,
    weeks_per_year: Number,
    annual_cost_new: Number,
    price_index_now: Number,
    price_index_then: Number,
) -> Number:
    """What care in a home costs here, less what people contribute to it, less the arrangement in the same prices.

    An upper bound: unit costs of homes are of those who live there, many of whom need more than the arrangement gives,
    and most people whom it would support do not live in a home. Never what a plan counts unasked.
    """
    cost_of_care = less(weekly_cost_now, weekly_contribution_now) * weeks_per_year
    return cost_of_care - annual_cost_new * price_index_now / price_index_then


@formula("Saving a person", unit="GBP/person/year", per="cohort, payer", when={"saving_basis": "mix"})
def saving_per_person__mix(weighted_saving: Number, people_in_mix: Number) -> Number:
    """The average over the strands of the mix."""
    return summed(weighted_saving) / summed(people_in_mix)


@formula("Gross saving", unit="GBP/year", per="cohort, payer", when={"counted": "people_at_a_time"})
def gross_saving__at_a_time(people_bearing_saving: Number, saving_per_person: Number) -> Number:
    """Saved each year by the people who bear it, as their saving is published."""
    return people_bearing_saving * saving_per_person


@formula("Gross saving", unit="GBP/year", per="cohort, payer", when={"counted": "people_a_year"})
def gross_saving__a_year(people_a_year_bearing_saving: Number, saving_per_episode: Number) -> Number:
    """Saved by those helped in a year, each of them once."""
    return people_a_year_bearing_saving * saving_per_episode


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
def gross_saving__spend_line(covered_spend: Number, spend_reduction: Number) -> Number:
    """The part of the spend that is no longer needed each year."""
    return covered_spend * spend_reduction


rolled_up("gross_saving", "intervention, payer", "Gross saving over its cohorts and spend lines.")


@formula("Average saving a person", unit="GBP/person/year", per="intervention, payer")
def average_saving_per_person(gross_saving: Number, people_bearing_saving: Number) -> Number:
    """Gross saving over those who bear it."""
    return gross_saving / people_bearing_saving


# --- the yearly cost of the arrangement, where the saving was published net of it ------------------------------------


@formula(
    "Yearly cost of the arrangement, a person",
    unit="GBP/person/year",
    per="cohort, payer",
    when={"saving_basis": "weekly_costs"},
)
def arrangement_cost_per_person__weekly_costs(
    weekly_cost_new: Number, weekly_contribution_new: Number, weeks_per_year: Number
) -> Number:
    """Its weekly cost, less what the person contributes to it."""
    return less(weekly_cost_new, weekly_contribution_new) * weeks_per_year


@formula(
    "Yearly cost of the arrangement, a person",
    unit="GBP/person/year",
    per="cohort, payer",
    when={"saving_basis": "annual_costs"},
)
@formula(
    "Yearly cost of the arrangement, a person",
    unit="GBP/person/year",
    per="cohort, payer",
    when={"saving_basis": "published", "running_cost_basis": "already_deducted"},
    given="annual_cost_new",
)
def arrangement_cost_per_person__annual_costs(annual_cost_new: Number) -> Number:
    """As given beside the yearly cost of what it replaces."""
    return annual_cost_new


@formula("Cost of the arrangements", unit="GBP/year", per="cohort, payer")
def arrangement_cost(people_bearing_saving: Number, arrangement_cost_per_person: Number) -> Number:
    """What the new arrangements cost each year: a saving that is published net has it taken off already."""
    return people_bearing_saving * arrangement_cost_per_person


rolled_up("arrangement_cost", "intervention, payer", "What the new arrangements cost each year, over its cohorts.")


@formula("Cost avoided", unit="GBP/year", per="cohort, payer")
def cost_avoided(gross_saving: Number, arrangement_cost: Number) -> Number:
    """What is no longer spent: the saving, and the cost of the arrangement where the saving was net of it."""
    return more(gross_saving, arrangement_cost)


@formula("Cost avoided", unit="GBP/year", per="spend_line, payer")
def cost_avoided__spend_line(gross_saving: Number) -> Number:
    """What is no longer spent."""
    return gross_saving


rolled_up("cost_avoided", "intervention, payer", "What is no longer spent, over its cohorts and spend lines.")


# --- what of it can be counted on: each line a share of what the lines before it have left ---------------------------


def at_grade(grade: Number, *corrections: Number) -> Number:
    """The correction of a grade of evidence, the best grade first."""
    chosen = corrections[-1]
    for limit, correction in reversed(list(zip(GRADES, corrections[:-1], strict=False))):
        chosen = where(grade <= limit, correction, chosen)
    return chosen


@formula("Optimism bias of savings", unit="", per="intervention", reference=OPTIMISM)
def optimism_of_savings(
    saving_evidence_grade: Number,
    optimism_at_grade_1: Number,
    optimism_at_grade_2: Number,
    optimism_at_grade_3: Number,
    optimism_at_grade_4: Number,
    optimism_at_grade_5: Number,
    optimism_at_grade_6: Number,
) -> Number:
    """The correction for the grade of evidence behind the savings."""
    lower = (optimism_at_grade_1, optimism_at_grade_2, optimism_at_grade_3, optimism_at_grade_4, optimism_at_grade_5)
    return at_grade(saving_evidence_grade, *lower, optimism_at_grade_6)


@formula("Lost to deadweight", unit="GBP/year", per="cohort, payer")
@formula("Lost to deadweight", unit="GBP/year", per="intervention, payer")
def deadweight_loss(cost_avoided: Number, deadweight: Number) -> Number:
    """What would have been saved anyway."""
    return cost_avoided * deadweight


@formula("Lost to displacement", unit="GBP/year", per="cohort, payer")
@formula("Lost to displacement", unit="GBP/year", per="intervention, payer")
def displacement_loss(cost_avoided: Number, deadweight_loss: Number, displacement: Number) -> Number:
    """What is gained here and lost elsewhere, as when home-care providers lose their staff."""
    return less(cost_avoided, deadweight_loss) * displacement


@formula("Optimism taken off savings", unit="GBP/year", per="cohort, payer")
@formula("Optimism taken off savings", unit="GBP/year", per="intervention, payer")
def optimism_off_savings(
    cost_avoided: Number, deadweight_loss: Number, displacement_loss: Number, optimism_of_savings: Number
) -> Number:
    """Weak evidence tends to promise too much: the weaker, the more is taken off."""
    return less(less(cost_avoided, deadweight_loss), displacement_loss) * optimism_of_savings


@formula("Not cashable", unit="GBP/year", per="cohort, payer")
@formula("Not cashable", unit="GBP/year", per="intervention, payer")
def not_cashable(
    cost_avoided: Number,
    deadweight_loss: Number,
    displacement_loss: Number,
    optimism_off_savings: Number,
    cashable_share: Number,
) -> Number:
    """Capacity that is freed and not taken out of a budget: a bed that fills again saves no money."""
    left = less(less(less(cost_avoided, deadweight_loss), displacement_loss), optimism_off_savings)
    return left * (1 - cashable_share)


@formula("Taken off savings", unit="GBP/year", per="cohort, payer")
@formula("Taken off savings", unit="GBP/year", per="intervention, payer")
def taken_off_savings(
    deadweight_loss: Number, displacement_loss: Number, optimism_off_savings: Number, not_cashable: Number
) -> Number:
    """Every adjustment that is given, together."""
    return added(deadweight_loss, displacement_loss, optimism_off_savings, not_cashable)


@formula("Adjusted saving", unit="GBP/year", per="cohort, payer")
@formula("Adjusted saving", unit="GBP/year", per="intervention, payer")
def adjusted_saving(cost_avoided: Number, taken_off_savings: Number) -> Number:
    """Cost avoided less every adjustment that is given; lag and drop-off go by month."""
    return less(cost_avoided, taken_off_savings)


# --- those who are reached already -----------------------------------------------------------------------------------


@formula("Saving of those reached now", unit="GBP/year", per="cohort, payer")
def current_saving(current_people: Number, share_bearing_saving: Number, saving_per_person: Number) -> Number:
    """What the people already in the arrangement save each year; never part of what scaling adds."""
    return current_people * share_bearing_saving * saving_per_person


rolled_up("current_saving", "intervention, payer", "What those already reached save each year, over its cohorts.")


def share_in_all(shares: Iterable[Number]) -> Number:
    """What payers pay together of a cost: 1 where all of it is paid, and nothing twice."""
    return sum(shares)
