"""Appraisal: what flows over years are worth today, as HM Treasury's Green Book has it. Asked for, never silent.

Real prices throughout. Year 0 is the decision, month 0, and is not discounted; months 1 to 12 are year 1.
"""

from __future__ import annotations

from carescale.engine.registry import Reference
from carescale.engine.tree import Number
from carescale.engine.verbs import complete, maximum, minimum, net, power, round_up, total, where
from carescale.formulas.vocabulary import MONTHS_PER_YEAR, ONE_MONTH, ONE_YEAR, formula, rolled_up

_ASKED = {"appraisal": "discounted"}
_DISCOUNTING = Reference("green-book-2026", "A6, discounting")
_SHORTLIST = Reference("green-book-2026", "5, shortlist options appraisal")


def rebased(amount: Number, index_then: Number, index_of_base: Number) -> Number:
    """An amount in the prices of a base year: £26,000 of 2013, index 73.48, is £35,384 where the index is 100."""
    return amount * index_of_base / index_then


def financial_year_index(first: Number, second: Number) -> Number:
    """The index of April to March from those of two calendar years: nine months of the first, three of the next."""
    return (9 * first + 3 * second) / 12


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
    third_discount_rate: Number,
    third_discount_rate_until: Number,
    fourth_discount_rate: Number,
    fourth_discount_rate_until: Number,
    fifth_discount_rate: Number,
    fifth_discount_rate_until: Number,
    last_discount_rate: Number,
) -> Number:
    """What a pound of that year is worth today; each rate is compounded over its own years."""
    growth = power(1 + discount_rate, minimum(appraisal_year, discount_rate_until) / ONE_YEAR)
    before = discount_rate_until
    for rate, until in (
        (later_discount_rate, later_discount_rate_until),
        (third_discount_rate, third_discount_rate_until),
        (fourth_discount_rate, fourth_discount_rate_until),
        (fifth_discount_rate, fifth_discount_rate_until),
    ):
        growth = growth * power(1 + rate, maximum(minimum(appraisal_year, until) - before, 0) / ONE_YEAR)
        before = until
    return 1 / (growth * power(1 + last_discount_rate, maximum(appraisal_year - before, 0) / ONE_YEAR))


rolled_up(
    "people_supported",
    "case",
    "More people supported, over the interventions.",
    title="People supported in the month",
    when=_ASKED,
    of="people_in_month",
)


# --- present values --------------------------------------------------------------------------------------------------


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
    """Present value of savings less that of costs; it leaves out, by name, what is not known."""
    return net(present_value_of_savings, present_value_of_costs)


@formula("Benefit-cost ratio", unit="", per="intervention, payer", when=_ASKED, reference=_SHORTLIST)
@formula("Benefit-cost ratio", unit="", per="case, payer", when=_ASKED, reference=_SHORTLIST)
def benefit_cost_ratio(present_value_of_savings: Number, present_value_of_costs: Number) -> Number:
    """Pounds saved for each pound spent, on set-up and on running and arrangements, as far as both sides are known."""
    return present_value_of_savings / complete(present_value_of_costs)


@formula("Present value of set-up", unit="GBP", per="intervention, payer", when=_ASKED)
def present_value_of_set_up(set_up_spent: Number, discount_factor: Number) -> Number:
    """Set-up at what it is worth today."""
    return total(set_up_spent * discount_factor)


rolled_up(
    "present_value_of_set_up", "case, payer", "Set-up at what it is worth today, over the interventions.", when=_ASKED
)


@formula("Return on set-up", unit="", per="intervention, payer", when=_ASKED)
@formula("Return on set-up", unit="", per="case, payer", when=_ASKED)
def return_on_set_up(
    present_value_of_savings: Number, present_value_of_costs: Number, present_value_of_set_up: Number
) -> Number:
    """Pounds left after every other cost for each pound spent on setting up alone: far above the ratio to all costs."""
    left = present_value_of_savings - complete(present_value_of_costs) + present_value_of_set_up
    return left / present_value_of_set_up


@formula("Lost while savings are not yet cash", unit="GBP", per="intervention, payer")
def lag_loss_by_horizon(adjusted_saving: Number, share_not_yet_cash: Number) -> Number:
    """What falls beyond the horizon because savings are released late."""
    return adjusted_saving * total(share_not_yet_cash) / MONTHS_PER_YEAR


@formula("Lost to drop-off", unit="GBP", per="intervention, payer")
def drop_off_loss_by_horizon(adjusted_saving: Number, share_dropped_off: Number) -> Number:
    """What has faded by the horizon."""
    return adjusted_saving * total(share_dropped_off) / MONTHS_PER_YEAR


rolled_up("present_value_of_savings", "case", "Savings over the payers that somebody asked to have added.", when=_ASKED)
rolled_up("present_value_of_costs", "case", "Costs over the payers that somebody asked to have added.", when=_ASKED)


@formula("Net present value", unit="GBP", per="case", when=_ASKED, reference=_SHORTLIST)
def net_present_value__case(present_value_of_savings: Number, present_value_of_costs: Number) -> Number:
    """Present value of savings less that of costs, over the payers added."""
    return net(present_value_of_savings, present_value_of_costs)


@formula("Benefit-cost ratio", unit="", per="case", when=_ASKED, reference=_SHORTLIST)
def benefit_cost_ratio__case(present_value_of_savings: Number, present_value_of_costs: Number) -> Number:
    """Pounds saved for each pound spent, over the payers added."""
    return present_value_of_savings / complete(present_value_of_costs)


# --- year by year ----------------------------------------------------------------------------------------------------


@formula("Falls in the period", unit="", per="case, period", when={"appraisal": ("discounted", "cash")})
def falls_in_period(month: Number, first_month_of_period: Number, last_month_of_period: Number) -> Number:
    """1 in the months of a year of the appraisal, or of a financial year where the plan has a start; 0 otherwise."""
    return (first_month_of_period <= month) * (month <= last_month_of_period)


@formula("People at the year's end", unit="person", per="case, period", when=_ASKED)
def people_at_year_end(month: Number, people_supported: Number, last_month_of_period: Number) -> Number:
    """More people supported in the last month of the period."""
    is_last = (last_month_of_period <= month) * (month <= last_month_of_period)
    return total(where(is_last, people_supported, 0)) / ONE_MONTH


@formula("Cost avoided in the year", unit="GBP", per="case, payer, period", when=_ASKED)
def cost_avoided_of_year(falls_in_period: Number, monthly_cost_avoided: Number) -> Number:
    """Cost avoided that falls in the period."""
    return total(where(falls_in_period > 0, monthly_cost_avoided, 0))


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
