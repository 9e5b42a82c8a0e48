"""Budget: the account in cash by April–March financial year, for the schedule of savings. Asked for, never silent.

The account is in the prices of one base year. Each line rises each April with what it is made of: placements and
arrangements with fees, coordinators with pay, the rest with prices. What the plan frees and nobody can take out of a
budget, and growth that it avoids, are shown and are no part of the cash.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from carescale.engine.tree import Number
from carescale.engine.verbs import added, carry, less, more, net, total, where
from carescale.formulas.vocabulary import MONTHS_PER_YEAR, ONE_MONTH, TWELVE, formula, registry, rolled_up

_ASKED = {"appraisal": "cash"}

# --- how pay, fees and prices rise ------------------------------------------------------------------------------------


def _begins(month: Number, first_month_of_period: Number) -> Number:
    """1 in the first month of a financial year."""
    return (first_month_of_period <= month) * (month <= first_month_of_period)


@formula("Rise of pay, by year", unit="", per="case, period", when=_ASKED)
def pay_rise(month: Number, first_month_of_period: Number, pay_uplift: Number) -> Number:
    """The year's pay award, in April."""
    return where(_begins(month, first_month_of_period) > 0, pay_uplift, 0)


@formula("Rise of fees, by year", unit="", per="case, period", when=_ASKED)
def fee_rise(month: Number, first_month_of_period: Number, fee_uplift: Number) -> Number:
    """The year's uplift of what providers and carers are paid, in April."""
    return where(_begins(month, first_month_of_period) > 0, fee_uplift, 0)


@formula("Rise of prices, by year", unit="", per="case, period", when=_ASKED)
def price_rise(month: Number, first_month_of_period: Number, price_uplift: Number) -> Number:
    """The year's rise of general prices, in April."""
    return where(_begins(month, first_month_of_period) > 0, price_uplift, 0)


rolled_up("pay_rise", "case", "The pay award that falls in the month.", title="Rise of pay", when=_ASKED)
rolled_up("fee_rise", "case", "The uplift of fees that falls in the month.", title="Rise of fees", when=_ASKED)
rolled_up("price_rise", "case", "The rise of prices that falls in the month.", title="Rise of prices", when=_ASKED)


@formula("Pay, beside the base year", unit="", per="case", when=_ASKED)
def pay_index(month: Number, pay_rise: Number, rise_until_start: Number) -> Number:
    """1 in the prices of the base year; from one April to the next it stays."""
    return carry(1 + pay_rise, where(month < ONE_MONTH, 1 + rise_until_start, 0))


@formula("Fees, beside the base year", unit="", per="case", when=_ASKED)
def fee_index(month: Number, fee_rise: Number, rise_until_start: Number) -> Number:
    """1 in the prices of the base year; from one April to the next it stays."""
    return carry(1 + fee_rise, where(month < ONE_MONTH, 1 + rise_until_start, 0))


@formula("Prices, beside the base year", unit="", per="case", when=_ASKED)
def price_index(month: Number, price_rise: Number, rise_until_start: Number) -> Number:
    """1 in the prices of the base year; from one April to the next it stays."""
    return carry(1 + price_rise, where(month < ONE_MONTH, 1 + rise_until_start, 0))


@formula("Costs avoided, beside the base year", unit="", per="intervention, payer", when=_ASKED)
@formula("Costs avoided, beside the base year", unit="", per="case, payer", when=_ASKED)
def saving_index(fee_index: Number, price_index: Number, fee_share_of_saving: Number) -> Number:
    """A placement that is no longer bought costs what fees have come to; a bed or a visit, what prices have."""
    return fee_index * fee_share_of_saving + price_index * (1 - fee_share_of_saving)


@formula("Running costs, beside the base year", unit="", per="intervention", when=_ASKED)
def running_index(pay_index: Number, price_index: Number, pay_share_of_running_cost: Number) -> Number:
    """A running cost rises with pay as far as it is pay, and with prices beyond that."""
    return pay_index * pay_share_of_running_cost + price_index * (1 - pay_share_of_running_cost)


# --- each line of the month, in cash ----------------------------------------------------------------------------------


@formula("Saving in cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
def cash_saving(monthly_saving: Number, saving_index: Number, growth_avoided_share: Number) -> Number:
    """What can be taken out of a budget: saved, adjusted and released, less what is only growth that does not come."""
    return monthly_saving * saving_index * less(1, growth_avoided_share)


@formula("Growth avoided", unit="GBP/month", per="intervention, payer", when=_ASKED)
def growth_avoided(monthly_saving: Number, saving_index: Number, growth_avoided_share: Number) -> Number:
    """What a later budget need not grow by: no budget of today falls for it."""
    return monthly_saving * saving_index * growth_avoided_share


@formula("Capacity freed", unit="GBP/month", per="intervention, payer", when=_ASKED)
def capacity_freed(not_cashable: Number, share_who_save: Number, saving_index: Number) -> Number:
    """Beds, hours and places that are free and are used by others: worth this much, and no cash."""
    return not_cashable * share_who_save / MONTHS_PER_YEAR * saving_index


@formula("Running cost in cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
def cash_running(
    monthly_programme_cost: Number, monthly_support_cost: Number, optimism_of_costs: Number, running_index: Number
) -> Number:
    """The programme, and support for those who are there."""
    return added(monthly_programme_cost, monthly_support_cost) * more(1, optimism_of_costs) * running_index


@formula("Arrangements in cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
def cash_arrangements(monthly_arrangement_cost: Number, optimism_of_costs: Number, fee_index: Number) -> Number:
    """What carers and providers are paid for the new arrangements, and for empty places."""
    return monthly_arrangement_cost * more(1, optimism_of_costs) * fee_index


@formula("Staff in cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
def cash_staff(monthly_coordinator_pay: Number, optimism_of_costs: Number, pay_index: Number) -> Number:
    """Coordinators who are priced beside the running cost."""
    return monthly_coordinator_pay * more(1, optimism_of_costs) * pay_index


@formula("Set-up in cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
def cash_set_up(set_up_spent: Number, price_index: Number) -> Number:
    """Spent once."""
    return set_up_spent * price_index


@formula("Double running in cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
def cash_double_running(monthly_double_running: Number, optimism_of_costs: Number, saving_index: Number) -> Number:
    """Placements that new people have left and that are still paid for."""
    return monthly_double_running * more(1, optimism_of_costs) * saving_index


@formula("Finance in cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
def cash_finance(finance_effect: Number, price_index: Number) -> Number:
    """What the funder pays, less what is paid to the funder, which rises with prices, as an appraisal takes it."""
    return finance_effect * price_index


@formula("Overlap in cash", unit="GBP/month", per="case, payer", when=_ASKED)
def cash_overlap(monthly_overlap: Number, saving_index: Number) -> Number:
    """What the interventions would count twice."""
    return monthly_overlap * saving_index


@formula("Saving in cash", unit="GBP/month", per="case, payer", when=_ASKED)
def cash_saving__case(cash_saving_before_overlap: Number, cash_overlap: Number) -> Number:
    """Over the interventions, less their overlap."""
    return less(cash_saving_before_overlap, cash_overlap)


for _name, _says, _of, _title in (
    ("cash_saving_before_overlap", "Saving in cash over the interventions.", "cash_saving", "Saving before overlap"),
    ("growth_avoided", "Growth avoided, over the interventions.", "", ""),
    ("capacity_freed", "Capacity freed, over the interventions.", "", ""),
    ("cash_running", "Running cost in cash, over the interventions.", "", ""),
    ("cash_arrangements", "Arrangements in cash, over the interventions.", "", ""),
    ("cash_staff", "Staff in cash, over the interventions.", "", ""),
    ("cash_set_up", "Set-up in cash, over the interventions.", "", ""),
    ("cash_double_running", "Double running in cash, over the interventions.", "", ""),
    ("cash_finance", "Finance in cash, over the interventions.", "", ""),
):
    rolled_up(_name, "case, payer", _says, of=_of, title=_title, when=_ASKED)


@formula("Recurrent cost in cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
@formula("Recurrent cost in cash", unit="GBP/month", per="case, payer", when=_ASKED)
def cash_recurrent_cost(cash_running: Number, cash_arrangements: Number, cash_staff: Number) -> Number:
    """What is paid year after year."""
    return added(cash_running, cash_arrangements, cash_staff)


@formula("Recurrent net saving in cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
@formula("Recurrent net saving in cash", unit="GBP/month", per="case, payer", when=_ASKED)
def cash_recurrent(cash_saving: Number, cash_recurrent_cost: Number) -> Number:
    """What the base budget can fall by."""
    return net(cash_saving, cash_recurrent_cost)


@formula("One-off cost in cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
@formula("One-off cost in cash", unit="GBP/month", per="case, payer", when=_ASKED)
def cash_one_off(cash_set_up: Number, cash_double_running: Number) -> Number:
    """What is paid to get there."""
    return added(cash_set_up, cash_double_running)


@formula("Net cash", unit="GBP/month", per="intervention, payer", when=_ASKED)
@formula("Net cash", unit="GBP/month", per="case, payer", when=_ASKED)
def cash_net(cash_recurrent: Number, cash_one_off: Number, cash_finance: Number) -> Number:
    """All that comes in and goes out in a month, with the funder in it where there is one."""
    return more(net(cash_recurrent, cash_one_off), cash_finance)


@formula("Net in the prices of the base year", unit="GBP/month", per="intervention, payer", when=_ASKED)
@formula("Net in the prices of the base year", unit="GBP/month", per="case, payer", when=_ASKED)
def real_net(cash_net: Number, price_index: Number) -> Number:
    """Net cash at what it would buy in the base year."""
    return cash_net / price_index


# --- what moves it, shown apart ---------------------------------------------------------------------------------------


@formula("From fees that rise otherwise than prices", unit="GBP/month", per="intervention, payer", when=_ASKED)
def beyond_prices_fees(
    cash_saving: Number,
    saving_index: Number,
    fee_share_of_saving: Number,
    cash_arrangements: Number,
    fee_index: Number,
    price_index: Number,
) -> Number:
    """How much the saving is wider, or narrower, than if fees had risen as prices do."""
    bought = net(cash_saving / saving_index * fee_share_of_saving, cash_arrangements / fee_index)
    return bought * (fee_index - price_index)


@formula("From pay that rises otherwise than prices", unit="GBP/month", per="intervention, payer", when=_ASKED)
def beyond_prices_pay(
    cash_running: Number,
    running_index: Number,
    pay_share_of_running_cost: Number,
    cash_staff: Number,
    pay_index: Number,
    price_index: Number,
) -> Number:
    """How much less is left than if pay had risen as prices do."""
    paid = added(cash_running / running_index * pay_share_of_running_cost, cash_staff / pay_index)
    return paid * (price_index - pay_index)


@formula("Saving on more demand", unit="GBP/month", per="intervention, payer", when=_ASKED)
def demand_on_saving(month: Number, cash_saving: Number, demand_growth: Number) -> Number:
    """What more would be saved on those who come to have the need, if the plan reached as many of them."""
    return cash_saving * (demand_growth * (month / ONE_MONTH) / TWELVE)


@formula("Cost of more demand", unit="GBP/month", per="intervention, payer", when=_ASKED)
def demand_on_cost(
    month: Number,
    monthly_support_cost: Number,
    optimism_of_costs: Number,
    running_index: Number,
    cash_arrangements: Number,
    demand_growth: Number,
) -> Number:
    """What more their support would cost."""
    support = monthly_support_cost * more(1, optimism_of_costs) * running_index
    return added(support, cash_arrangements) * (demand_growth * (month / ONE_MONTH) / TWELVE)


for _name, _says in (
    ("beyond_prices_fees", "What fees do beyond prices, over the interventions."),
    ("beyond_prices_pay", "What pay does beyond prices, over the interventions."),
    ("demand_on_saving", "Saving on more demand, over the interventions."),
    ("demand_on_cost", "Cost of more demand, over the interventions."),
):
    rolled_up(_name, "case, payer", _says, when=_ASKED)


# --- by financial year ------------------------------------------------------------------------------------------------


def _of_the_year(falls_in_period: Number, series: Number) -> Number:
    return total(where(falls_in_period > 0, series, 0))


def _by_year(of: str, title: str, says: str, levels: Sequence[str] = ("intervention", "case")) -> None:
    """The sum of a line over each financial year."""
    row = sys._getframe(1)
    for level in levels:
        registry.add(
            f"{of}_of_year", title, unit="GBP", per=f"{level}, payer, period", function=_of_the_year,
            arguments=("falls_in_period", of), where=f"{row.f_code.co_filename}:{row.f_lineno}", doc=says, when=_ASKED,
        )  # fmt: skip


_by_year("cash_saving", "Cash saved in the year", "What budgets fall by in the year.")
_by_year("cash_overlap", "Overlap of the year", "What the interventions would count twice.", levels=("case",))
_by_year("growth_avoided", "Growth avoided in the year", "What budgets of the year need not grow by.")
_by_year("capacity_freed", "Capacity freed in the year", "What is freed in the year and is no cash.")
_by_year("cash_running", "Running cost of the year", "Programme and support, in cash.")
_by_year("cash_arrangements", "Arrangements of the year", "What carers and providers are paid, in cash.")
_by_year("cash_staff", "Staff of the year", "Coordinators who are priced by themselves, in cash.")
_by_year("cash_set_up", "Set-up of the year", "Spent once, in cash.")
_by_year("cash_double_running", "Double running of the year", "Placements left and still paid for, in cash.")
_by_year("cash_finance", "Finance of the year", "What the funder pays, less what is paid to the funder.")
_by_year("cash_recurrent", "Recurrent net saving of the year", "What falls in the year of what recurs.")
_by_year("cash_one_off", "One-off cost of the year", "Set-up and double running.")
_by_year("cash_net", "Net cash of the year", "All that comes in and goes out in the year.")
_by_year("real_net", "Net of the year in the prices of the base year", "The same at what it buys in the base year.")
_by_year("beyond_prices_fees", "From fees beyond prices in the year", "What fees do beyond prices.")
_by_year("beyond_prices_pay", "From pay beyond prices in the year", "What pay does beyond prices.")
_by_year("demand_on_saving", "Saving on more demand in the year", "On those who come to have the need.")
_by_year("demand_on_cost", "Cost of more demand in the year", "Of those who come to have the need.")


@formula("Cash so far", unit="GBP", per="intervention, payer, period", when=_ASKED)
@formula("Cash so far", unit="GBP", per="case, payer, period", when=_ASKED)
def cash_so_far(month: Number, cash_net: Number, last_month_of_period: Number) -> Number:
    """The net cash of this year and all before it."""
    return total(where(month <= last_month_of_period, cash_net, 0))


@formula("Change from the year before", unit="GBP", per="intervention, payer, period", when=_ASKED)
@formula("Change from the year before", unit="GBP", per="case, payer, period", when=_ASKED)
def change_of_recurrent(
    month: Number,
    cash_recurrent: Number,
    cash_recurrent_of_year: Number,
    first_month_of_year_before: Number,
    last_month_of_year_before: Number,
) -> Number:
    """What the savings line of the year is: this year's level of what recurs less last year's."""
    before = (first_month_of_year_before <= month) * (month <= last_month_of_year_before)
    return cash_recurrent_of_year - total(where(before > 0, cash_recurrent, 0))


@formula("Change of net cash from the year before", unit="GBP", per="intervention, payer, period", when=_ASKED)
@formula("Change of net cash from the year before", unit="GBP", per="case, payer, period", when=_ASKED)
def change_of_net(
    month: Number,
    cash_net: Number,
    cash_net_of_year: Number,
    first_month_of_year_before: Number,
    last_month_of_year_before: Number,
) -> Number:
    """This year's net cash less last year's, one-off costs and finance among it."""
    before = (first_month_of_year_before <= month) * (month <= last_month_of_year_before)
    return cash_net_of_year - total(where(before > 0, cash_net, 0))


@formula("Full-year effect", unit="GBP/year", per="intervention, payer, period", when=_ASKED)
@formula("Full-year effect", unit="GBP/year", per="case, payer, period", when=_ASKED)
def full_year_effect(month: Number, cash_recurrent: Number, last_month_of_period: Number) -> Number:
    """Twelve times the last month of the year: what recurs if nobody more starts and no price rises."""
    is_last = (last_month_of_period <= month) * (month <= last_month_of_period)
    return total(where(is_last > 0, cash_recurrent, 0)) / ONE_MONTH * MONTHS_PER_YEAR


def growth_of(index_then: Number, index_now: Number) -> Number:
    """By how much an index rises from one year to another."""
    return index_now / index_then - 1
