"""Set-up: what is spent once, at month 0, and who pays it."""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import round_up
from carescale.formulas.vocabulary import ONE_YEAR, formula, rolled_up


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


@formula("Set-up cost", unit="GBP", per="intervention, payer", absent="cost_evidence_grade")
def set_up_cost__intervention_payer(set_up_cost: Number, set_up_share: Number) -> Number:
    """A payer's part of the set-up cost."""
    return set_up_cost * set_up_share


rolled_up("set_up_cost", "case, payer", "A payer's part of the set-up cost, over the interventions.")


@formula("First full year after set-up", unit="GBP", per="intervention, payer")
def first_full_year_after_set_up(net_saving: Number, set_up_cost: Number) -> Number:
    """What one year at full scale leaves when the set-up cost is taken off it."""
    return net_saving * ONE_YEAR - set_up_cost
