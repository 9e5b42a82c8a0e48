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
    lowest,
    maximum,
    more,
    net,
    running_total,
    total,
    where,
)
from carescale.formulas.vocabulary import BEYOND_HORIZON, MONTHS_PER_YEAR, ONE_MONTH, ONE_YEAR, formula

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
    """Saving of those reached now, where they are known, and then, beside the adult social care budget."""
    return more(net_saving, current_saving) / adult_social_care_budget


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


@formula("Cost of the programme in the month", unit="GBP/month", per="intervention, payer")
def monthly_programme_cost(programme_cost: Number, running_cost_begun: Number) -> Number:
    """A twelfth of what the programme costs a year, in full from its first month on."""
    return programme_cost * running_cost_begun / MONTHS_PER_YEAR


@formula("Coordinators' pay in the month", unit="GBP/month", per="intervention, payer")
def monthly_coordinator_pay(coordinator_pay: Number, coordinators_begun: Number) -> Number:
    """A twelfth of what the coordinators cost a year, in full from their first month on."""
    return coordinator_pay * coordinators_begun / MONTHS_PER_YEAR


@formula("Paid in the month however few are there", unit="GBP/month", per="intervention, payer")
def monthly_fixed_cost(monthly_programme_cost: Number, monthly_coordinator_pay: Number) -> Number:
    """The programme and its coordinators."""
    return added(monthly_programme_cost, monthly_coordinator_pay)


@formula("Cost of support in the month", unit="GBP/month", per="intervention, payer")
def monthly_support_cost(support_cost: Number, share_of_full_scale: Number) -> Number:
    """A twelfth of what support costs a year, as far as people have come."""
    return support_cost * share_of_full_scale / MONTHS_PER_YEAR


@formula("Cost of arrangements in the month", unit="GBP/month", per="intervention, payer")
def monthly_arrangement_cost(arrangement_cost: Number, void_cost: Number, share_of_full_scale: Number) -> Number:
    """A twelfth of what arrangements and empty places cost a year, as far as people have come."""
    return added(arrangement_cost, void_cost) * share_of_full_scale / MONTHS_PER_YEAR


@formula("Paid in the month for those who are there", unit="GBP/month", per="intervention, payer")
def monthly_cost_of_people(monthly_support_cost: Number, monthly_arrangement_cost: Number) -> Number:
    """Support, arrangements and empty places."""
    return added(monthly_support_cost, monthly_arrangement_cost)


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
def peak_funding(cumulative_net_saving: Number, break_even_month: Number, horizon_months: Number) -> Number:
    """The most that has to be found before savings catch up; where they do not by the horizon, nobody knows yet."""
    return where(horizon_months < break_even_month, BEYOND_HORIZON, maximum(-lowest(cumulative_net_saving), 0))


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
