"""Adjustments: what stands between a saving as claimed and a saving that can be counted on.

Each is off unless a scenario, a place or a setting gives it, and each has its own line. They follow one another: every
line is a share of what the lines before it have left.
"""

from __future__ import annotations

from carescale.engine.registry import Reference
from carescale.engine.tree import Number
from carescale.engine.verbs import less, more, where
from carescale.formulas.reach import staffed
from carescale.formulas.vocabulary import ADJUSTED, GRADES, MONTHS_PER_YEAR, formula

_OPTIMISM = Reference("gm-cba-2014", "confidence grades and optimism bias correction")

# --- delivery: how many of those planned are reached -----------------------------------------------------------------


@formula("Additional people", unit="person", per="cohort", given="delivery_against_plan")
def additional_people(
    planned_additional_people: Number,
    people_without_carers: Number,
    people_without_volunteers: Number,
    delivery_against_plan: Number,
) -> Number:
    """Those planned, as far as such plans have been kept; what is spent on setting up is spent as planned."""
    people = staffed(planned_additional_people, people_without_carers, people_without_volunteers)
    return people * delivery_against_plan


# --- savings, a year at full scale: each line a share of what is left -----------------------------------------------


def _at_grade(grade: Number, *corrections: Number) -> Number:
    """The correction of a grade of evidence, the best grade first."""
    chosen = corrections[-1]
    for limit, correction in reversed(list(zip(GRADES, corrections[:-1], strict=False))):
        chosen = where(grade <= limit, correction, chosen)
    return chosen


@formula("Optimism bias of savings", unit="", per="intervention", given="saving_evidence_grade", reference=_OPTIMISM)
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
    return _at_grade(saving_evidence_grade, *lower, optimism_at_grade_6)


@formula("Optimism bias of costs", unit="", per="intervention", given="cost_evidence_grade", reference=_OPTIMISM)
def optimism_of_costs(
    cost_evidence_grade: Number,
    optimism_at_grade_1: Number,
    optimism_at_grade_2: Number,
    optimism_at_grade_3: Number,
    optimism_at_grade_4: Number,
    optimism_at_grade_5: Number,
    optimism_at_grade_6: Number,
) -> Number:
    """The correction for the grade of evidence behind the costs."""
    lower = (optimism_at_grade_1, optimism_at_grade_2, optimism_at_grade_3, optimism_at_grade_4, optimism_at_grade_5)
    return _at_grade(cost_evidence_grade, *lower, optimism_at_grade_6)


@formula("Lost to deadweight", unit="GBP/year", per="cohort, payer", given="deadweight")
@formula("Lost to deadweight", unit="GBP/year", per="intervention, payer", given="deadweight")
def deadweight_loss(gross_saving: Number, deadweight: Number) -> Number:
    """What would have been saved anyway."""
    return gross_saving * deadweight


@formula("Lost to displacement", unit="GBP/year", per="cohort, payer", given="displacement")
@formula("Lost to displacement", unit="GBP/year", per="intervention, payer", given="displacement")
def displacement_loss(gross_saving: Number, deadweight_loss: Number, displacement: Number) -> Number:
    """What is gained here and lost elsewhere, as when home-care providers lose their staff."""
    return less(gross_saving, deadweight_loss) * displacement


@formula("Optimism taken off savings", unit="GBP/year", per="cohort, payer", given="saving_evidence_grade")
@formula("Optimism taken off savings", unit="GBP/year", per="intervention, payer", given="saving_evidence_grade")
def optimism_off_savings(
    gross_saving: Number, deadweight_loss: Number, displacement_loss: Number, optimism_of_savings: Number
) -> Number:
    """Weak evidence tends to promise too much: the weaker, the more is taken off."""
    return less(less(gross_saving, deadweight_loss), displacement_loss) * optimism_of_savings


@formula("Not cashable", unit="GBP/year", per="cohort, payer", given="cashable_share")
@formula("Not cashable", unit="GBP/year", per="intervention, payer", given="cashable_share")
def not_cashable(
    gross_saving: Number,
    deadweight_loss: Number,
    displacement_loss: Number,
    optimism_off_savings: Number,
    cashable_share: Number,
) -> Number:
    """Capacity that is freed and not taken out of a budget: a bed that fills again saves no money."""
    left = less(less(less(gross_saving, deadweight_loss), displacement_loss), optimism_off_savings)
    return left * (1 - cashable_share)


@formula("Adjusted saving", unit="GBP/year", per="cohort, payer", given=ADJUSTED)
@formula("Adjusted saving", unit="GBP/year", per="intervention, payer", given=ADJUSTED)
def adjusted_saving(
    gross_saving: Number,
    deadweight_loss: Number,
    displacement_loss: Number,
    optimism_off_savings: Number,
    not_cashable: Number,
) -> Number:
    """Gross saving less every adjustment that is given, a year at full scale; delay and drop-off go by month."""
    return less(less(less(less(gross_saving, deadweight_loss), displacement_loss), optimism_off_savings), not_cashable)


# --- costs ----------------------------------------------------------------------------------------------------------


@formula("Optimism added to running cost", unit="GBP/year", per="cohort, payer", given="cost_evidence_grade")
@formula("Optimism added to running cost", unit="GBP/year", per="intervention, payer", given="cost_evidence_grade")
def optimism_on_running_cost(running_cost: Number, optimism_of_costs: Number) -> Number:
    """Costs that are poorly known tend to be higher than hoped."""
    return running_cost * optimism_of_costs


@formula("Optimism added to set-up", unit="GBP", per="intervention, payer", given="cost_evidence_grade")
def optimism_on_set_up(set_up_cost: Number, optimism_of_costs: Number) -> Number:
    """The part of a payer's set-up cost that was added because its evidence is weak."""
    return set_up_cost - set_up_cost / (1 + optimism_of_costs)


@formula("Set-up cost", unit="GBP", per="intervention, payer", given="cost_evidence_grade")
def set_up_cost(set_up_cost: Number, set_up_share: Number, optimism_of_costs: Number) -> Number:
    """A payer's part of the set-up cost, with what optimism has left out."""
    return set_up_cost * set_up_share * (1 + optimism_of_costs)


@formula("Net saving", unit="GBP/year", per="intervention, payer", given=ADJUSTED)
def net_saving(adjusted_saving: Number, running_cost: Number, optimism_on_running_cost: Number) -> Number:
    """Adjusted saving less running cost with its optimism, each year at full scale; set-up is not taken off here."""
    return less(less(adjusted_saving, running_cost), optimism_on_running_cost)


@formula(
    "Net saving",
    unit="GBP/year",
    per="cohort, payer",
    when={"running_cost_basis": ("per_person", "already_deducted")},
    given=ADJUSTED,
)
def net_saving__cohort_payer(adjusted_saving: Number, running_cost: Number, optimism_on_running_cost: Number) -> Number:
    """Adjusted saving less running cost with its optimism, each year at full scale; set-up is not taken off here."""
    return less(less(adjusted_saving, running_cost), optimism_on_running_cost)


@formula("Monthly running cost", unit="GBP/month", per="intervention, payer", given="cost_evidence_grade")
def monthly_running_cost(running_cost: Number, optimism_on_running_cost: Number, share_of_full_scale: Number) -> Number:
    """A twelfth of the yearly running cost with its optimism, as far as the ramp has come."""
    return more(running_cost, optimism_on_running_cost) * share_of_full_scale / MONTHS_PER_YEAR
