"""What was seen where a model was tried: outcomes that are not money, and what came back for each pound put in.

Outcomes are counted for the plan where they can be, and never turned into pounds; totals of a study are not scaled.
"""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.formulas.vocabulary import formula


@formula("Change a year", unit="event/year", per="outcome")
def change_in_events(additional_people: Number, outcome_baseline: Number, outcome_change: Number) -> Number:
    """A change of so much on what happened to each person before; unknown where nobody counted that."""
    return additional_people * outcome_baseline * outcome_change


@formula("People with the outcome", unit="person", per="outcome")
def people_with_outcome(additional_people: Number, outcome_share: Number) -> Number:
    """So many of the additional people, if it goes for them as for those who were asked."""
    return additional_people * outcome_share


@formula("Came back for each pound", unit="GBP/GBP", per="intervention, payer", given="study_return")
def studied_return__as_printed(study_return: Number) -> Number:
    """What a study or pilot prints as having come back to a payer for each pound put in."""
    return study_return


@formula("Came back for each pound", unit="GBP/GBP", per="intervention, payer", absent="study_return")
def studied_return__worked_out(study_benefit: Number, study_cost: Number) -> Number:
    """What came back to a payer over what was put in, where a study or pilot gives both; below 1, less than that."""
    return study_benefit / study_cost


@formula("Put in, as what came back implies", unit="GBP", per="intervention, payer")
def implied_study_cost(study_benefit: Number, study_return: Number) -> Number:
    """What must have been put in for so much to come back: £1,104,000 where £552,000 is 50p for each pound."""
    return study_benefit / study_return
