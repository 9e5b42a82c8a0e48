"""Costs: what is spent once, at month 0, and what the new support costs each year with everyone there, by payer.

A cost is never lost: one that is known counts whether or not anybody knows what is saved.
"""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import added, more, round_up
from carescale.formulas.savings import OPTIMISM, at_grade
from carescale.formulas.vocabulary import ONE_MONTH, formula, rolled_up


@formula("Optimism bias of costs", unit="", per="intervention", reference=OPTIMISM)
def optimism_of_costs(
    cost_evidence_grade: Number,
    optimism_at_grade_1: Number,
    optimism_at_grade_2: Number,
    optimism_at_grade_3: Number,
    optimism_at_grade_4: Number,
    optimism_at_grade_5: Number,
    optimism_at_grade_6: Number,
) -> Number:
    """The correction for the grade of evidence behind the costs, every one of them."""
    lower = (optimism_at_grade_1, optimism_at_grade_2, optimism_at_grade_3, optimism_at_grade_4, optimism_at_grade_5)
    return at_grade(cost_evidence_grade, *lower, optimism_at_grade_6)


# --- set-up: spent once ----------------------------------------------------------------------------------------------


@formula("Set-up cost", unit="GBP", per="intervention", when={"set_up_basis": "pro_rata"})
def set_up_cost__pro_rata(
    planned_arrangements: Number, arrangements_per_block: Number, set_up_cost_per_block: Number
) -> Number:
    """The investment for a block of arrangements, in proportion to those planned."""
    return planned_arrangements / arrangements_per_block * set_up_cost_per_block


@formula("Set-up cost", unit="GBP", per="intervention", when={"set_up_basis": "whole_blocks"})
def set_up_cost__whole_blocks(
    planned_arrangements: Number, arrangements_per_block: Number, set_up_cost_per_block: Number
) -> Number:
    """The investment for as many whole blocks as hold the arrangements planned."""
    return round_up(planned_arrangements / arrangements_per_block) * set_up_cost_per_block


@formula("Set-up cost", unit="GBP", per="intervention", when={"set_up_basis": "lump_sum"})
def set_up_cost__lump_sum(set_up_lump_sum: Number) -> Number:
    """One sum for the programme."""
    return set_up_lump_sum


@formula("Set-up cost", unit="GBP", per="intervention, payer")
def set_up_cost__payer(set_up_cost: Number, set_up_share: Number, optimism_of_costs: Number) -> Number:
    """A payer's part of the set-up cost, with what optimism has left out."""
    return set_up_cost * set_up_share * more(1, optimism_of_costs)


@formula("Optimism added to set-up", unit="GBP", per="intervention, payer")
def optimism_on_set_up(set_up_cost: Number, optimism_of_costs: Number) -> Number:
    """The part of a payer's set-up cost that was added because its evidence is weak."""
    return set_up_cost - set_up_cost / (1 + optimism_of_costs)


rolled_up("set_up_cost", "case, payer", "A payer's part of the set-up cost, over the interventions.")


# --- each year, with everyone there ----------------------------------------------------------------------------------


@formula(
    "Running cost",
    unit="GBP/year",
    per="cohort",
    when={"running_cost_basis": "per_person", "counted": "people_at_a_time"},
)
def running_cost__at_a_time(additional_people: Number, running_cost_per_person: Number) -> Number:
    """What it costs each year to support the additional people."""
    return additional_people * running_cost_per_person


@formula(
    "Running cost", unit="GBP/year", per="cohort", when={"running_cost_basis": "per_person", "counted": "people_a_year"}
)
def running_cost__a_year(additional_people_a_year: Number, running_cost_per_episode: Number) -> Number:
    """What it costs to help those helped in a year, each of them once."""
    return additional_people_a_year * running_cost_per_episode


rolled_up(
    "running_cost",
    "intervention",
    "What it costs each year, over its cohorts.",
    when={"running_cost_basis": "per_person"},
)


@formula("Running cost", unit="GBP/year", per="intervention", when={"running_cost_basis": "lump_sum"})
def running_cost__lump_sum(annual_running_cost: Number) -> Number:
    """What the programme costs each year, however many it supports."""
    return annual_running_cost


@formula("Running cost", unit="GBP/year", per="cohort, payer")
@formula("Running cost", unit="GBP/year", per="intervention, payer")
def running_cost__payer(running_cost: Number, running_cost_share: Number) -> Number:
    """A payer's part of the running cost; the split is the file's to state."""
    return running_cost * running_cost_share


@formula("Cost of the programme", unit="GBP/year", per="intervention, payer", when={"running_cost_basis": "lump_sum"})
def programme_cost(running_cost: Number) -> Number:
    """Running cost that is paid however few are there."""
    return running_cost


@formula("Cost of support", unit="GBP/year", per="cohort, payer", when={"running_cost_basis": "per_person"})
@formula("Cost of support", unit="GBP/year", per="intervention, payer", when={"running_cost_basis": "per_person"})
def support_cost(running_cost: Number) -> Number:
    """Running cost that is paid for those who are there."""
    return running_cost


@formula("Cost of empty places", unit="GBP/year", per="cohort, payer")
def void_cost(arrangement_cost: Number, support_cost: Number, void_share: Number) -> Number:
    """Places that stand empty and are paid for: where 5% of all places do, 5 for every 95 that are lived in."""
    return added(arrangement_cost, support_cost) * (void_share / (1 - void_share))


rolled_up("void_cost", "intervention, payer", "Places that stand empty and are paid for, over its cohorts.")


@formula("Cost of coordinators", unit="GBP/year", per="intervention, payer")
def coordinator_pay(additional_coordinators: Number, coordinator_cost: Number, running_cost_share: Number) -> Number:
    """A payer's part of coordinators who are paid beside the running cost; they start before the first match."""
    return additional_coordinators * coordinator_cost * running_cost_share


@formula("Cost of double running", unit="GBP/year", per="cohort, payer")
@formula("Cost of double running", unit="GBP/year", per="intervention, payer")
def double_running_cost(cost_avoided: Number, leaving_rate: Number, double_running_months: Number) -> Number:
    """The placements that those who replace leavers have left, still paid for; none where nobody leaves."""
    return cost_avoided * (leaving_rate * (double_running_months / ONE_MONTH))


@formula("Yearly cost, as given", unit="GBP/year", per="cohort, payer")
def cost_as_given__cohort(
    running_cost: Number, arrangement_cost: Number, void_cost: Number, double_running_cost: Number
) -> Number:
    """Every cost of a year that somebody gave, before optimism; what nobody gave is not in it."""
    return added(running_cost, arrangement_cost, void_cost, double_running_cost)


@formula("Yearly cost, as given", unit="GBP/year", per="intervention, payer")
def cost_as_given(
    running_cost: Number,
    arrangement_cost: Number,
    void_cost: Number,
    double_running_cost: Number,
    coordinator_pay: Number,
) -> Number:
    """Every cost of a year that somebody gave, before optimism; what nobody gave is not in it."""
    return added(running_cost, arrangement_cost, void_cost, double_running_cost, coordinator_pay)


@formula("Optimism added to yearly costs", unit="GBP/year", per="cohort, payer")
@formula("Optimism added to yearly costs", unit="GBP/year", per="intervention, payer")
def optimism_on_running_cost(cost_as_given: Number, optimism_of_costs: Number) -> Number:
    """Costs that are poorly known tend to be higher than hoped."""
    return cost_as_given * optimism_of_costs


@formula("Cost incurred", unit="GBP/year", per="cohort, payer")
@formula("Cost incurred", unit="GBP/year", per="intervention, payer")
def cost_incurred(cost_as_given: Number, optimism_on_running_cost: Number) -> Number:
    """All that is spent in a year with everyone there; set-up is not in it."""
    return more(cost_as_given, optimism_on_running_cost)


@formula("Saved for each pound of running cost", unit="GBP/GBP", per="intervention, payer")
def saving_per_pound(gross_saving: Number, running_cost: Number) -> Number:
    """Gross saving over running cost, for the payer of both; below 1, less comes back than goes in."""
    return gross_saving / running_cost
