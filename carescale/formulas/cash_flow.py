"""Cash flow: what each month brings a payer, when the money is back, and how much must be found until then.

Set-up is spent at month 0; savings and running costs fall at month ends.
"""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import first_month, lowest, maximum, more, round_up, running_total, total, where
from carescale.formulas.vocabulary import DELAYED, MONTHS_PER_YEAR, formula


@formula("Monthly gross saving", unit="GBP/month", per="intervention, payer")
def monthly_gross_saving(gross_saving: Number, share_of_full_scale: Number) -> Number:
    """A twelfth of the yearly gross saving, as far as the ramp has come."""
    return gross_saving * (share_of_full_scale / MONTHS_PER_YEAR)


@formula("Monthly net saving", unit="GBP/month", per="intervention, payer", absent=DELAYED)
def monthly_net_saving(net_saving: Number, share_of_full_scale: Number) -> Number:
    """A twelfth of the yearly net saving, as far as the ramp has come."""
    return net_saving * (share_of_full_scale / MONTHS_PER_YEAR)


@formula("Cumulative net saving", unit="GBP", per="intervention, payer")
def cumulative_net_saving(monthly_net_saving: Number, set_up_cost: Number) -> Number:
    """Net saving so far, less the payer's part of the set-up cost."""
    return running_total(monthly_net_saving) - set_up_cost


@formula("Break-even month", unit="month", per="intervention, payer")
def break_even_month(cumulative_net_saving: Number) -> Number:
    """The first month from which the money spent is back, and stays back."""
    return first_month(cumulative_net_saving)


@formula("Peak funding", unit="GBP", per="intervention, payer")
def peak_funding(cumulative_net_saving: Number) -> Number:
    """The most that has to be found before savings catch up."""
    return maximum(-lowest(cumulative_net_saving), 0)


@formula("Net saving by the horizon", unit="GBP", per="intervention, payer")
def net_saving_by_horizon(monthly_net_saving: Number) -> Number:
    """Net saving over all the months looked ahead, before set-up."""
    return total(monthly_net_saving)


@formula("People needed to break even", unit="person", per="intervention, payer")
def break_even_people(set_up_cost: Number, additional_people: Number, net_saving_by_horizon: Number) -> Number:
    """How many more people would repay the planned set-up cost by the horizon, at the planned pace and saving."""
    return round_up(set_up_cost * additional_people / maximum(net_saving_by_horizon, 0))


@formula("Years of people who bear the saving", unit="person*year", per="intervention")
def saving_years_by_horizon(people_bearing_saving: Number, share_of_full_scale: Number) -> Number:
    """One person for one year is 1, over the months looked ahead."""
    return total(people_bearing_saving * share_of_full_scale) / MONTHS_PER_YEAR


@formula("Monthly running cost", unit="GBP/month", per="intervention, payer", absent="cost_evidence_grade")
def monthly_running_cost(running_cost: Number, share_of_full_scale: Number) -> Number:
    """A twelfth of the yearly running cost, as far as the ramp has come."""
    return running_cost * (share_of_full_scale / MONTHS_PER_YEAR)


@formula(
    "Outlay by the horizon",
    unit="GBP",
    per="intervention, payer",
    when={"running_cost_basis": ("per_person", "lump_sum")},
)
def outlay_by_horizon__with_running_cost(monthly_running_cost: Number, set_up_cost: Number) -> Number:
    """Running cost over the months looked ahead, and the set-up cost where one is known."""
    return more(total(monthly_running_cost), set_up_cost)


@formula(
    "Outlay by the horizon", unit="GBP", per="intervention, payer", when={"running_cost_basis": "already_deducted"}
)
def outlay_by_horizon__set_up_alone(set_up_cost: Number) -> Number:
    """The set-up cost alone: the saving is already net of running cost."""
    return set_up_cost


@formula("Saving a person needed to break even", unit="GBP/person/year", per="intervention, payer")
def break_even_saving_per_person(outlay_by_horizon: Number, saving_years_by_horizon: Number) -> Number:
    """What each person who bears the saving would have to save a year for the outlay to be back by the horizon."""
    return outlay_by_horizon / saving_years_by_horizon


@formula("Net saving in the year", unit="GBP", per="intervention, payer, year")
def net_saving_in_year(
    month: Number, monthly_net_saving: Number, first_month_of_year: Number, last_month_of_year: Number
) -> Number:
    """What falls between April and March: a part-year effect first, then the full-year effect."""
    falls_in_year = (first_month_of_year <= month) * (month <= last_month_of_year)
    return total(where(falls_in_year, monthly_net_saving, 0))
