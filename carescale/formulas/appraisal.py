"""Appraisal: what flows over years are worth today, as HM Treasury's Green Book has it. Asked for, never silent.

Real prices throughout. Year 0 is the decision, month 0, and is not discounted; months 1 to 12 are year 1.
"""

from __future__ import annotations

from carescale.engine.registry import Reference
from carescale.engine.tree import Number
from carescale.engine.verbs import complete, less, maximum, minimum, more, power, round_up, summed, total, where
from carescale.formulas.vocabulary import ADJUSTED, DELAYED, MONTHS_PER_YEAR, ONE_MONTH, ONE_YEAR, formula, rolled_up

_ASKED = {"appraisal": "discounted"}
_DISCOUNTING = Reference("green-book", "A6, discounting")
_SHORTLIST = Reference("green-book", "5, shortlist options appraisal")


def rebased(amount: Number, index_then: Number, index_of_base: Number) -> Number:
    """An amount in the prices of a base year: £26,000 of 2013, index 73.48, is £35,384 where the index is 100."""
    return amount * index_of_base / index_then


@formula("Year of the appraisal", unit="year", per="case", when=_ASKED)
def appraisal_year(month: Number) -> Number:
    """Month 0 is year 0, months 1 to 12 are year 1."""
    return round_up(month / MONTHS_PER_YEAR)


@formula("Discount factor", unit="", per="case", when=_ASKED, reference=_DISCOUNTING)
def discount_factor(
    appraisal_year: Number,
    discount_rate: Number,
    discount_rate_until: Number,
    later_discount_rate: Number,
    later_discount_rate_until: Number,
    last_discount_rate: Number,
) -> Number:
    """What a pound of that year is worth today; each rate is compounded over its own years."""
    first = minimum(appraisal_year, discount_rate_until)
    later = maximum(minimum(appraisal_year, later_discount_rate_until) - discount_rate_until, 0)
    last = maximum(appraisal_year - later_discount_rate_until, 0)
    growth = power(1 + discount_rate, first / ONE_YEAR) * power(1 + later_discount_rate, later / ONE_YEAR)
    return 1 / (growth * power(1 + last_discount_rate, last / ONE_YEAR))


# --- what each month brings and costs a payer -----------------------------------------------------------------------


@formula("Monthly saving", unit="GBP/month", per="intervention, payer", when=_ASKED, absent=ADJUSTED)
def monthly_saving__unadjusted(monthly_gross_saving: Number) -> Number:
    """Without adjustments, the gross saving."""
    return monthly_gross_saving


@formula("Monthly saving", unit="GBP/month", per="intervention, payer", when=_ASKED, given=ADJUSTED, absent=DELAYED)
def monthly_saving__adjusted(adjusted_saving: Number, share_of_full_scale: Number) -> Number:
    """A twelfth of the adjusted saving, as far as the ramp has come."""
    return adjusted_saving * share_of_full_scale / MONTHS_PER_YEAR


@formula("Monthly saving", unit="GBP/month", per="intervention, payer", when=_ASKED, given=DELAYED)
def monthly_saving__delayed(adjusted_saving: Number, share_of_saving: Number) -> Number:
    """A twelfth of the adjusted saving, as it is released and fades."""
    return adjusted_saving * share_of_saving / MONTHS_PER_YEAR


@formula("Set-up spent in the month", unit="GBP/month", per="intervention, payer", when=_ASKED)
def set_up_spent(month: Number, set_up_cost: Number) -> Number:
    """All of it at month 0."""
    return where(month < ONE_MONTH, set_up_cost, 0) / ONE_MONTH


@formula(
    "Monthly cost",
    unit="GBP/month",
    per="intervention, payer",
    when={**_ASKED, "running_cost_basis": ("per_person", "lump_sum")},
)
def monthly_cost__with_running_cost(monthly_running_cost: Number, set_up_spent: Number) -> Number:
    """Running cost, and set-up at month 0; where that is not known it is left out by name, and no net is given."""
    return more(monthly_running_cost, set_up_spent)


@formula(
    "Monthly cost",
    unit="GBP/month",
    per="intervention, payer",
    when={**_ASKED, "running_cost_basis": "already_deducted"},
)
def monthly_cost__set_up_alone(set_up_spent: Number) -> Number:
    """Set-up alone: the saving is already net of running cost, so a ratio is of savings net of it to set-up."""
    return set_up_spent


@formula("Monthly saving", unit="GBP/month", per="case, payer", when=_ASKED)
def monthly_saving__case_payer(monthly_saving: Number, monthly_overlap: Number) -> Number:
    """Saving over the interventions, less their overlap."""
    return less(summed(monthly_saving), monthly_overlap)


rolled_up(
    "monthly_cost",
    "case, payer",
    "Cost over the interventions; it leaves out, by name, what is not known.",
    when=_ASKED,
)


@formula("Net flow", unit="GBP/month", per="case, payer", when=_ASKED)
def net_flow(monthly_saving: Number, monthly_cost: Number) -> Number:
    """Savings less all costs in a month; only where every cost is known."""
    return monthly_saving - complete(monthly_cost)


rolled_up(
    "people_supported",
    "case",
    "More people supported, over the interventions.",
    title="People supported in the month",
    when=_ASKED,
    of="people_in_month",
)


# --- present values -------------------------------------------------------------------------------------------------


@formula("Present value of savings", unit="GBP", per="intervention, payer", when=_ASKED)
@formula("Present value of savings", unit="GBP", per="case, payer", when=_ASKED)
def present_value_of_savings(monthly_saving: Number, discount_factor: Number) -> Number:
    """Savings over the months looked ahead, each at what it is worth today."""
    return total(monthly_saving * discount_factor)


@formula("Present value of costs", unit="GBP", per="intervention, payer", when=_ASKED)
@formula("Present value of costs", unit="GBP", per="case, payer", when=_ASKED)
def present_value_of_costs(monthly_cost: Number, discount_factor: Number) -> Number:
    """Costs over the months looked ahead, each at what it is worth today."""
    return total(monthly_cost * discount_factor)


@formula("Present value of the overlap", unit="GBP", per="case, payer", when=_ASKED)
def present_value_of_overlap(monthly_overlap: Number, discount_factor: Number) -> Number:
    """What the interventions would count twice over the months looked ahead, at what it is worth today."""
    return total(monthly_overlap * discount_factor)


@formula("Net present value", unit="GBP", per="intervention, payer", when=_ASKED, reference=_SHORTLIST)
@formula("Net present value", unit="GBP", per="case, payer", when=_ASKED, reference=_SHORTLIST)
def net_present_value(present_value_of_savings: Number, present_value_of_costs: Number) -> Number:
    """Present value of savings less that of costs; only where every cost is known."""
    return present_value_of_savings - complete(present_value_of_costs)


@formula("Benefit-cost ratio", unit="", per="intervention, payer", when=_ASKED, reference=_SHORTLIST)
@formula("Benefit-cost ratio", unit="", per="case, payer", when=_ASKED, reference=_SHORTLIST)
def benefit_cost_ratio(present_value_of_savings: Number, present_value_of_costs: Number) -> Number:
    """Pounds saved for each pound spent, at present values; below 1 it costs more than it saves."""
    return present_value_of_savings / complete(present_value_of_costs)


rolled_up("present_value_of_savings", "case", "Savings over the payers that somebody asked to have added.", when=_ASKED)
rolled_up("present_value_of_costs", "case", "Costs over the payers that somebody asked to have added.", when=_ASKED)


@formula("Net present value", unit="GBP", per="case", when=_ASKED, reference=_SHORTLIST)
def net_present_value__case(present_value_of_savings: Number, present_value_of_costs: Number) -> Number:
    """Present value of savings less that of costs, over the payers added."""
    return present_value_of_savings - complete(present_value_of_costs)


@formula("Benefit-cost ratio", unit="", per="case", when=_ASKED, reference=_SHORTLIST)
def benefit_cost_ratio__case(present_value_of_savings: Number, present_value_of_costs: Number) -> Number:
    """Pounds saved for each pound spent, over the payers added."""
    return present_value_of_savings / complete(present_value_of_costs)


# --- year by year ---------------------------------------------------------------------------------------------------


@formula("Falls in the period", unit="", per="case, period", when=_ASKED)
def falls_in_period(month: Number, first_month_of_period: Number, last_month_of_period: Number) -> Number:
    """1 in the months of a year of the appraisal, or of a financial year where the plan has a start; 0 otherwise."""
    return (first_month_of_period <= month) * (month <= last_month_of_period)


@formula("People at the year's end", unit="person", per="case, period", when=_ASKED)
def people_at_year_end(month: Number, people_supported: Number, last_month_of_period: Number) -> Number:
    """More people supported in the last month of the period."""
    is_last = (last_month_of_period <= month) * (month <= last_month_of_period)
    return total(where(is_last, people_supported, 0)) / ONE_MONTH


@formula("Gross saving of the year", unit="GBP", per="case, payer, period", when=_ASKED)
def gross_saving_of_year(falls_in_period: Number, monthly_gross_saving: Number) -> Number:
    """Gross saving that falls in the period."""
    return total(where(falls_in_period > 0, monthly_gross_saving, 0))


@formula("Saving of the year", unit="GBP", per="case, payer, period", when=_ASKED)
def saving_of_year(falls_in_period: Number, monthly_saving: Number) -> Number:
    """Saving after adjustments and overlap that falls in the period."""
    return total(where(falls_in_period > 0, monthly_saving, 0))


@formula("Cost of the year", unit="GBP", per="case, payer, period", when=_ASKED)
def cost_of_year(falls_in_period: Number, monthly_cost: Number) -> Number:
    """Running cost and set-up that fall in the period."""
    return total(where(falls_in_period > 0, monthly_cost, 0))


@formula("Net of the year", unit="GBP", per="case, payer, period", when=_ASKED)
def net_of_year(falls_in_period: Number, net_flow: Number) -> Number:
    """Savings after adjustments and overlap, less costs, that fall in the period."""
    return total(where(falls_in_period > 0, net_flow, 0))


@formula("Net so far", unit="GBP", per="case, payer, period", when=_ASKED)
def net_so_far(month: Number, net_flow: Number, last_month_of_period: Number) -> Number:
    """The net of this period and all before it."""
    return total(where(month <= last_month_of_period, net_flow, 0))


@formula("Discounted net of the year", unit="GBP", per="case, payer, period", when=_ASKED)
def discounted_net_of_year(falls_in_period: Number, net_flow: Number, discount_factor: Number) -> Number:
    """The net of the period at what it is worth today; over the periods they add up to the net present value."""
    return total(where(falls_in_period > 0, net_flow * discount_factor, 0))
