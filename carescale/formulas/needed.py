"""What it would take to have everything back by the horizon: how many people, or how much each of them would save.

At the planned pace, after every adjustment, with all that is paid however few there are.
"""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import added, complete, less, maximum, more, round_up, total
from carescale.formulas.vocabulary import MONTHS_PER_YEAR, ONE_BLOCK, formula


@formula("Paid by the horizon however few are there", unit="GBP", per="intervention, payer")
def fixed_cost_by_horizon(monthly_fixed_cost: Number, optimism_of_costs: Number) -> Number:
    """What the programme and its coordinators cost over the months looked ahead, with what optimism has left out."""
    return total(monthly_fixed_cost) * more(1, optimism_of_costs)


@formula("Left by the planned people at the horizon", unit="GBP", per="intervention, payer")
def left_by_people_at_horizon(net_saving_by_horizon: Number, fixed_cost_by_horizon: Number) -> Number:
    """What the people planned save, less what is paid for them, before anything that is paid however few there are."""
    return more(complete(net_saving_by_horizon), fixed_cost_by_horizon)


@formula("People needed to break even", unit="person", per="intervention, payer")
def break_even_people(
    set_up_cost: Number, fixed_cost_by_horizon: Number, left_by_people_at_horizon: Number, additional_people: Number
) -> Number:
    """How many more people, at the planned pace and saving, repay by the horizon the set-up cost as planned and all
    that is paid however few there are. No number does, where people do not bring in what is paid for them.
    """
    fixed = more(set_up_cost, fixed_cost_by_horizon)
    return round_up(fixed * additional_people / maximum(left_by_people_at_horizon, 0))


@formula("People a year needed to break even", unit="person/year", per="intervention, payer")
def break_even_people_a_year(
    set_up_cost: Number,
    fixed_cost_by_horizon: Number,
    left_by_people_at_horizon: Number,
    additional_people_a_year: Number,
) -> Number:
    """The same, where people are counted by the year."""
    fixed = more(set_up_cost, fixed_cost_by_horizon)
    return round_up(fixed * additional_people_a_year / maximum(left_by_people_at_horizon, 0))


@formula(
    "People needed, set-up with them",
    unit="person",
    per="intervention, payer",
    when={"set_up_basis": "pro_rata"},
)
def break_even_people_and_set_up__pro_rata(
    set_up_cost: Number, fixed_cost_by_horizon: Number, left_by_people_at_horizon: Number, additional_people: Number
) -> Number:
    """The same where set-up shrinks and grows with the plan: none, where nothing is paid however few there are and each
    person repays their own set-up.
    """
    fixed = more(0 * set_up_cost, fixed_cost_by_horizon)
    return round_up(fixed * additional_people / maximum(left_by_people_at_horizon - set_up_cost, 0))


@formula("People for whom a block is", unit="person/block", per="intervention", when={"set_up_basis": "whole_blocks"})
def people_per_block(arrangements_per_block: Number, planned_arrangements: Number, additional_people: Number) -> Number:
    """As many as have the arrangements of a block, at what the plan has for each of them."""
    return arrangements_per_block / planned_arrangements * additional_people


@formula(
    "A payer's part of a block", unit="GBP/block", per="intervention, payer", when={"set_up_basis": "whole_blocks"}
)
def cost_of_block(set_up_cost_per_block: Number, set_up_share: Number, optimism_of_costs: Number) -> Number:
    """A payer's part of the investment for a block, with what optimism has left out."""
    return set_up_cost_per_block * set_up_share * more(1, optimism_of_costs)


@formula("Blocks needed to break even", unit="block", per="intervention, payer", when={"set_up_basis": "whole_blocks"})
def break_even_blocks(
    fixed_cost_by_horizon: Number,
    left_by_people_at_horizon: Number,
    additional_people: Number,
    people_per_block: Number,
    cost_of_block: Number,
) -> Number:
    """The fewest whole blocks that, full, repay themselves and what is paid however few there are."""
    left_by_block = people_per_block * (left_by_people_at_horizon / additional_people) - cost_of_block
    fixed = more(0 * left_by_people_at_horizon, fixed_cost_by_horizon)
    return maximum(round_up(fixed / maximum(left_by_block, 0)), ONE_BLOCK)


@formula(
    "People needed, set-up with them",
    unit="person",
    per="intervention, payer",
    when={"set_up_basis": "whole_blocks"},
)
def break_even_people_and_set_up__whole_blocks(
    break_even_blocks: Number,
    cost_of_block: Number,
    fixed_cost_by_horizon: Number,
    left_by_people_at_horizon: Number,
    additional_people: Number,
) -> Number:
    """As many in those blocks as repay them."""
    fixed = more(break_even_blocks * cost_of_block, fixed_cost_by_horizon)
    return round_up(fixed * additional_people / maximum(left_by_people_at_horizon, 0))


@formula("Share of the saving that is kept", unit="", per="intervention, payer")
def kept_share(deadweight: Number, displacement: Number, optimism_of_savings: Number, cashable_share: Number) -> Number:
    """What every adjustment together leaves of each pound avoided."""
    certain = less(1, deadweight) * less(1, displacement) * less(1, optimism_of_savings)
    return certain * less(1, 1 - cashable_share)


@formula("Years of people who bear the saving", unit="person*year", per="intervention, payer")
def saving_years_by_horizon(people_bearing_saving: Number, share_of_saving: Number, kept_share: Number) -> Number:
    """One person whose saving is had in full for one year is 1, over the months looked ahead."""
    return total(people_bearing_saving * share_of_saving) / MONTHS_PER_YEAR * kept_share


@formula("People whose saving is had", unit="person", per="intervention, payer")
def savers_by_horizon(people_a_year_bearing_saving: Number, share_of_saving: Number, kept_share: Number) -> Number:
    """One person whose saving is had in full is 1, where people are counted by the year."""
    return total(people_a_year_bearing_saving * share_of_saving) / MONTHS_PER_YEAR * kept_share


@formula("Years of double running", unit="person*year", per="intervention, payer")
def double_years_by_horizon(
    people_bearing_saving: Number, share_in_double_running: Number, optimism_of_costs: Number
) -> Number:
    """One person whose old placement is still paid for, for a year, is 1; with what optimism has left out."""
    years = total(people_bearing_saving * share_in_double_running) / MONTHS_PER_YEAR
    return years * more(1, optimism_of_costs)


@formula("Outlay by the horizon", unit="GBP", per="intervention, payer")
def outlay_by_horizon(
    monthly_fixed_cost: Number, monthly_cost_of_people: Number, optimism_of_costs: Number, set_up_cost: Number
) -> Number:
    """Every cost over the months looked ahead but double running, and the set-up cost where one is known."""
    spent = total(added(monthly_fixed_cost, monthly_cost_of_people))
    return added(spent * more(1, optimism_of_costs), set_up_cost)


@formula("Saving a person needed to break even", unit="GBP/person/year", per="intervention, payer")
def break_even_saving_per_person(
    outlay_by_horizon: Number,
    saving_years_by_horizon: Number,
    double_years_by_horizon: Number,
    arrangement_cost: Number,
    people_bearing_saving: Number,
) -> Number:
    """What each person who bears the saving would have to save a year for every cost to be back by the horizon, after
    all adjustments; where both sides are known, the difference of the two.
    """
    avoided = outlay_by_horizon / less(saving_years_by_horizon, double_years_by_horizon)
    return less(avoided, arrangement_cost / people_bearing_saving)


@formula("Saving for each person helped needed to break even", unit="GBP/person", per="intervention, payer")
def break_even_saving_per_episode(outlay_by_horizon: Number, savers_by_horizon: Number) -> Number:
    """The same, for each person helped, once."""
    return outlay_by_horizon / savers_by_horizon
