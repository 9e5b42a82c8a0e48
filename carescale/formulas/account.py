"""The account: what is avoided and what is incurred, for each payer, in a year with everyone there and month by month.

Everything else reads it. Set-up is spent at month 0; savings and costs fall at month ends. A saving that nobody knows
is left out and named; where a cost is not known there is no net to break even with.
"""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import (
    added,
    complete,
    first_month,
    less,
    lowest,
    maximum,
    more,
    net,
    round_up,
    running_total,
    total,
    where,
)
from carescale.formulas.vocabulary import MONTHS_PER_YEAR, ONE_BLOCK, ONE_MONTH, ONE_YEAR, formula

# --- a year at full scale: the account with everyone there -----------------------------------------------------------


@formula("Net saving", unit="GBP/year", per="intervention, payer")
@formula(
    "Net saving",
    unit="GBP/year",
    per="cohort, payer",
    when={"running_cost_basis": ("per_person", "already_deducted")},
)
def net_saving(adjusted_saving: Number, cost_incurred: Number) -> Number:
    """What is avoided, as adjusted, less what is incurred, each year at full scale; set-up is not taken off here."""
    return net(adjusted_saving, cost_incurred)


@formula("First full year after set-up", unit="GBP", per="intervention, payer")
def first_full_year_after_set_up(net_saving: Number, set_up_cost: Number) -> Number:
    """What one year at full scale leaves when the set-up cost is taken off it."""
    return net_saving * ONE_YEAR - set_up_cost


@formula("Saving as a share of the budget", unit="", per="intervention, payer")
def saving_share_of_budget(current_saving: Number, net_saving: Number, adult_social_care_budget: Number) -> Number:
    """Saving of those reached now and then, beside the council's adult social care budget."""
    return (current_saving + net_saving) / adult_social_care_budget


# --- month by month --------------------------------------------------------------------------------------------------


@formula("Monthly gross saving", unit="GBP/month", per="intervention, payer")
def monthly_gross_saving(gross_saving: Number, share_who_save: Number) -> Number:
    """A twelfth of the yearly gross saving, for those who save."""
    return gross_saving * share_who_save / MONTHS_PER_YEAR


@formula("Cost avoided in the month", unit="GBP/month", per="intervention, payer")
def monthly_cost_avoided(cost_avoided: Number, share_who_save: Number) -> Number:
    """A twelfth of the cost avoided in a year, for those who save, before anything is taken off."""
    return cost_avoided * share_who_save / MONTHS_PER_YEAR


@formula("Monthly saving", unit="GBP/month", per="intervention, payer")
def monthly_saving(adjusted_saving: Number, share_of_saving: Number) -> Number:
    """A twelfth of the adjusted saving, for those who save, as it is released and fades."""
    return adjusted_saving * share_of_saving / MONTHS_PER_YEAR


@formula("Paid in the month however few are there", unit="GBP/month", per="intervention, payer")
def monthly_fixed_cost(
    programme_cost: Number, running_cost_begun: Number, coordinator_pay: Number, coordinators_begun: Number
) -> Number:
    """A twelfth of what the programme and its coordinators cost a year, in full from their first month on."""
    return added(
        programme_cost * running_cost_begun / MONTHS_PER_YEAR, coordinator_pay * coordinators_begun / MONTHS_PER_YEAR
    )


@formula("Paid in the month for those who are there", unit="GBP/month", per="intervention, payer")
def monthly_cost_of_people(
    support_cost: Number, arrangement_cost: Number, void_cost: Number, share_of_full_scale: Number
) -> Number:
    """A twelfth of what support, arrangements and empty places cost a year, as far as people have come."""
    return added(support_cost, arrangement_cost, void_cost) * share_of_full_scale / MONTHS_PER_YEAR


@formula("Double running in the month", unit="GBP/month", per="intervention, payer")
def monthly_double_running(cost_avoided: Number, share_in_double_running: Number) -> Number:
    """The placements that new people have left and that are still paid for."""
    return cost_avoided * share_in_double_running / MONTHS_PER_YEAR


@formula("Monthly running cost, as given", unit="GBP/month", per="intervention, payer")
def monthly_cost_as_given(
    monthly_fixed_cost: Number, monthly_cost_of_people: Number, monthly_double_running: Number
) -> Number:
    """Every cost of the month that somebody gave, beside set-up and before optimism."""
    return added(monthly_fixed_cost, monthly_cost_of_people, monthly_double_running)


@formula("Optimism added in the month", unit="GBP/month", per="intervention, payer")
def monthly_optimism_on_cost(monthly_cost_as_given: Number, optimism_of_costs: Number) -> Number:
    """Costs that are poorly known tend to be higher than hoped."""
    return monthly_cost_as_given * optimism_of_costs


@formula("Monthly running cost", unit="GBP/month", per="intervention, payer")
def monthly_running_cost(monthly_cost_as_given: Number, monthly_optimism_on_cost: Number) -> Number:
    """All that is paid in a month beside set-up, with what optimism has left out."""
    return more(monthly_cost_as_given, monthly_optimism_on_cost)


@formula("Monthly net saving", unit="GBP/month", per="intervention, payer")
def monthly_net_saving(monthly_saving: Number, monthly_running_cost: Number) -> Number:
    """What a month brings before set-up."""
    return net(monthly_saving, monthly_running_cost)


@formula("Set-up spent in the month", unit="GBP/month", per="intervention, payer")
def set_up_spent(month: Number, set_up_cost: Number) -> Number:
    """All of it at month 0."""
    return where(month < ONE_MONTH, set_up_cost, 0) / ONE_MONTH


@formula("Monthly cost", unit="GBP/month", per="intervention, payer")
def monthly_cost(monthly_running_cost: Number, set_up_spent: Number) -> Number:
    """Every cost of the month; what is not known is left out by name, and no net is given."""
    return added(monthly_running_cost, set_up_spent)


@formula("Net flow", unit="GBP/month", per="intervention, payer")
@formula("Net flow", unit="GBP/month", per="case, payer")
def net_flow(monthly_saving: Number, monthly_cost: Number) -> Number:
    """Savings less all costs in a month; it leaves out, by name, what is not known."""
    return net(monthly_saving, monthly_cost)


# --- its running total -----------------------------------------------------------------------------------------------


@formula("Cumulative net saving", unit="GBP", per="intervention, payer")
@formula("Cumulative net saving", unit="GBP", per="case, payer")
def cumulative_net_saving(monthly_saving: Number, monthly_cost: Number) -> Number:
    """Savings so far less costs so far, set-up among them; only where every cost is known."""
    return running_total(monthly_saving - complete(monthly_cost))


@formula("Break-even month", unit="month", per="intervention, payer")
@formula("Break-even month", unit="month", per="case, payer")
def break_even_month(cumulative_net_saving: Number) -> Number:
    """The first month from which the money spent is back, and stays back."""
    return first_month(cumulative_net_saving)


@formula("Peak funding", unit="GBP", per="intervention, payer")
@formula("Peak funding", unit="GBP", per="case, payer")
def peak_funding(cumulative_net_saving: Number) -> Number:
    """The most that has to be found before savings catch up; where they never do, what is lost by the horizon."""
    return maximum(-lowest(cumulative_net_saving), 0)


@formula("Lost by the horizon", unit="GBP", per="intervention, payer")
@formula("Lost by the horizon", unit="GBP", per="case, payer")
def lost_by_horizon(monthly_saving: Number, monthly_cost: Number) -> Number:
    """What has not come back by the horizon, of a plan that does not break even by then."""
    return maximum(-total(monthly_saving - complete(monthly_cost)), 0)


@formula("Net saving by the horizon", unit="GBP", per="intervention, payer")
def net_saving_by_horizon(monthly_net_saving: Number) -> Number:
    """Net saving over all the months looked ahead, before set-up."""
    return total(monthly_net_saving)


@formula("Net saving in the year", unit="GBP", per="intervention, payer, year")
@formula("Net saving in the year", unit="GBP", per="case, payer, year")
def net_saving_in_year(
    month: Number, monthly_net_saving: Number, first_month_of_year: Number, last_month_of_year: Number
) -> Number:
    """What falls between April and March: a part-year effect first, then the full-year effect."""
    falls_in_year = (first_month_of_year <= month) * (month <= last_month_of_year)
    return total(where(falls_in_year, monthly_net_saving, 0))


# --- what it would take to break even by the horizon -----------------------------------------------------------------


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
