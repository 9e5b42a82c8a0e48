"""Social investment: money lent for set-up, and paid back for each week that a new arrangement lives.

An investor is paid for what is delivered: where growth falls short of plan, the investor waits, and may lose. Funding
is drawn in equal parts from month 0; premium and fee fall at month ends. No interest is charged beside the premium.
"""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import (
    added,
    complete,
    first_month,
    irr,
    less,
    lowest,
    maximum,
    minimum,
    net,
    power,
    round_up,
    running_total,
    total,
    where,
)
from carescale.formulas.vocabulary import (
    BEYOND_HORIZON,
    MONTHS_PER_YEAR,
    ONE_ARRANGEMENT,
    ONE_MONTH,
    TWELVE,
    formula,
    rolled_up,
)


@formula("Funding", unit="GBP", per="intervention")
def funding(funding_per_scheme: Number, schemes: Number) -> Number:
    """What the investor lends in all: four schemes at £220,000 are £880,000."""
    return funding_per_scheme * schemes


@formula("Arrangement-weeks to repay a scheme", unit="arrangement*week/scheme", per="intervention")
def weeks_to_repay_a_scheme(funding_per_scheme: Number, growth_premium: Number) -> Number:
    """Weeks of one arrangement until its premium has repaid a scheme's funding: 6,286 at £35 for £220,000."""
    return round_up(funding_per_scheme / growth_premium)


@formula("Funding for each person reached", unit="GBP/person", per="intervention")
def funding_per_person(funding: Number, people_reached: Number) -> Number:
    """An upper bound where the number reached is given as a lower one."""
    return funding / people_reached


@formula("Funding for each week of care", unit="GBP/week", per="intervention")
def funding_per_week_of_care(funding: Number, weeks_of_care: Number) -> Number:
    """An upper bound where the weeks are given as a lower one."""
    return funding / weeks_of_care


@formula("People reached, against plan, as seen", unit="", per="intervention")
def delivery_seen(
    set_up_cost_per_block: Number,
    arrangements_per_block: Number,
    arrangements_per_person: Number,
    funding_per_person: Number,
) -> Number:
    """The planned cost of a new arrangement over what was paid for each person: 38% at £3,333 and £8,800."""
    return set_up_cost_per_block / arrangements_per_block * arrangements_per_person / funding_per_person


# --- how fast it went elsewhere: people reached, or weeks of care, against what was planned --------------------------


@formula("Weeks of care against plan, as seen", unit="", per="intervention")
def delivery_seen_by_weeks(
    month: Number,
    weeks_of_care: Number,
    planned_arrangements: Number,
    planned_share: Number,
    weeks_per_year: Number,
    seen_by_month: Number,
) -> Number:
    """Weeks of care lived, over those that the plan would have had by then: weeks grow as the ramp has grown before."""
    weeks = planned_arrangements * planned_share * weeks_per_year / MONTHS_PER_YEAR
    return weeks_of_care * ONE_ARRANGEMENT / total(where(month <= seen_by_month, weeks, 0))


@formula("Weeks of care by the month that was seen", unit="arrangement*week", per="intervention")
def weeks_by_month_seen(month: Number, arrangement_weeks: Number, seen_by_month: Number) -> Number:
    """Weeks that new arrangements are lived in by the month in which they were counted elsewhere."""
    return total(where(month <= seen_by_month, arrangement_weeks, 0))


# --- the plan's own months -------------------------------------------------------------------------------------------


@formula("Arrangements in the month", unit="arrangement", per="intervention")
def arrangements_in_month(additional_arrangements: Number, share_of_full_scale: Number) -> Number:
    """New arrangements that live in a month."""
    return additional_arrangements * share_of_full_scale


@formula("Arrangement-weeks in the month", unit="arrangement*week/month", per="intervention")
def arrangement_weeks(arrangements_in_month: Number, weeks_per_year: Number) -> Number:
    """Each new arrangement for the weeks of a month."""
    return arrangements_in_month * weeks_per_year / MONTHS_PER_YEAR


@formula("Drawn in the month", unit="GBP/month", per="intervention")
def drawn(month: Number, funding: Number, draw_down_months: Number) -> Number:
    """Equal parts from month 0 on; all of it at month 0 where it is drawn over one month or none."""
    months = maximum(draw_down_months, ONE_MONTH)
    return where(month < months, funding / months, 0)


@formula("Premium in the month, without an end", unit="GBP/month", per="intervention")
def premium(arrangement_weeks: Number, growth_premium: Number) -> Number:
    """The premium for each arrangement-week, as long as arrangements live."""
    return arrangement_weeks * growth_premium


@formula("Premium after the contract", unit="GBP/month", per="intervention")
def premium_after_contract(month: Number, premium: Number, premium_months: Number) -> Number:
    """What is no longer paid once the contract has ended."""
    return where(premium_months < month, premium, 0)


@formula("Repaid in the month", unit="GBP/month", per="intervention")
def repaid(premium: Number, premium_after_contract: Number) -> Number:
    """The premium for each arrangement-week, until the contract ends."""
    return less(premium, premium_after_contract)


@formula("Management fee in the month", unit="GBP/month", per="intervention")
def fee_in_month(arrangement_weeks: Number, management_fee: Number) -> Number:
    """The fee for each arrangement-week; it pays the scheme's management and repays nothing."""
    return arrangement_weeks * management_fee


@formula("Investor's flow", unit="GBP/month", per="intervention")
def investor_flow(repaid: Number, drawn: Number) -> Number:
    """What the investor gets in a month, less what is drawn."""
    return repaid - drawn


@formula("Investor's flow so far", unit="GBP", per="intervention")
def investor_flow_so_far(investor_flow: Number) -> Number:
    """Below zero, what is still owed; above it, the investor's gain."""
    return running_total(investor_flow)


@formula("Balance outstanding", unit="GBP", per="intervention")
def balance(investor_flow_so_far: Number) -> Number:
    """What is drawn and not repaid, month by month."""
    return maximum(-investor_flow_so_far, 0)


@formula("Total drawn", unit="GBP", per="intervention")
def total_drawn(drawn: Number) -> Number:
    """Funding drawn by the horizon."""
    return total(drawn)


@formula("Total repaid", unit="GBP", per="intervention")
def total_repaid(repaid: Number) -> Number:
    """Premium paid to the investor by the horizon."""
    return total(repaid)


@formula("Total paid", unit="GBP", per="intervention")
def total_paid(total_repaid: Number, fee_in_month: Number) -> Number:
    """What the commissioner pays by the horizon: premium, and the fee where one is known."""
    return added(total_repaid, total(fee_in_month))


@formula("Most outstanding", unit="GBP", per="intervention")
def most_outstanding(investor_flow_so_far: Number) -> Number:
    """The most that the investor has at risk at once."""
    return maximum(-lowest(investor_flow_so_far), 0)


@formula("Balance left at the horizon", unit="GBP", per="intervention")
def balance_left(total_drawn: Number, total_repaid: Number) -> Number:
    """Drawn and not repaid by the horizon: the investor's loss, unless arrangements live on."""
    return maximum(total_drawn - total_repaid, 0)


@formula("Month repaid", unit="month", per="intervention")
def month_repaid(investor_flow_so_far: Number) -> Number:
    """The first month from which nothing is owed; never, where that lies beyond the horizon."""
    return first_month(investor_flow_so_far)


@formula("Money multiple", unit="", per="intervention")
def money_multiple(total_repaid: Number, total_drawn: Number) -> Number:
    """Pounds repaid for each pound drawn."""
    return total_repaid / total_drawn


@formula("Investor's rate of return a month", unit="", per="intervention")
def monthly_rate_of_return(investor_flow: Number) -> Number:
    """The rate a month at which the investor's flows are worth nothing together."""
    return irr(investor_flow)


@formula("Investor's rate of return", unit="", per="intervention")
def rate_of_return(monthly_rate_of_return: Number) -> Number:
    """The same a year, compounded; below zero where less comes back than was lent."""
    return power(1 + monthly_rate_of_return, TWELVE) - 1


def paid_less(total_repaid: Number, total_repaid_slower: Number) -> Number:
    """How much less an investor is paid where growth is slower than planned."""
    return total_repaid - total_repaid_slower


# --- the funder in the account: funding pays set-up, once; premium and fee are costs of who would have paid ---


@formula("Set-up that the funding pays", unit="GBP", per="intervention, payer")
def funded_set_up(set_up_cost: Number, funding: Number, set_up_share: Number) -> Number:
    """A payer's set-up cost as far as the funding goes; the payer need not find it."""
    return minimum(set_up_cost, funding * set_up_share)


@formula("Lent beyond the set-up cost", unit="GBP", per="intervention")
def lent_beyond_set_up(funding: Number, set_up_cost: Number) -> Number:
    """Money that is lent, and repaid, and that setting up does not need; it is no income of the account."""
    return maximum(funding - set_up_cost, 0)


@formula("Paid for the funding in the month", unit="GBP/month", per="intervention, payer")
def paid_for_funding(repaid: Number, fee_in_month: Number, set_up_share: Number) -> Number:
    """Premium and fee, by who would have paid for setting up."""
    return added(repaid * set_up_share, fee_in_month * set_up_share)


@formula("What finance brings in the month", unit="GBP/month", per="intervention, payer")
def finance_effect(month: Number, funded_set_up: Number, paid_for_funding: Number) -> Number:
    """Set-up that need not be found at month 0, less what is paid for that."""
    return net(where(month < ONE_MONTH, funded_set_up, 0) / ONE_MONTH, paid_for_funding)


rolled_up("finance_effect", "case, payer", "What finance brings and costs in a month, over the interventions.")


@formula("Net flow with finance", unit="GBP/month", per="intervention, payer")
@formula("Net flow with finance", unit="GBP/month", per="case, payer")
def net_flow_with_finance(net_flow: Number, finance_effect: Number) -> Number:
    """Savings less all costs, with the funder in the account."""
    return net_flow + finance_effect


@formula("Cumulative net saving with finance", unit="GBP", per="intervention, payer")
@formula("Cumulative net saving with finance", unit="GBP", per="case, payer")
def cumulative_with_finance(cumulative_net_saving: Number, finance_effect: Number) -> Number:
    """Savings so far less costs so far, premium and fee among them; only where every cost is known."""
    return cumulative_net_saving + running_total(complete(finance_effect))


@formula("Break-even month with finance", unit="month", per="intervention, payer")
@formula("Break-even month with finance", unit="month", per="case, payer")
def break_even_month_with_finance(cumulative_with_finance: Number) -> Number:
    """The first month from which the money spent is back, and stays back, with the funder in the account."""
    return first_month(cumulative_with_finance)


@formula("Peak funding with finance", unit="GBP", per="intervention, payer")
@formula("Peak funding with finance", unit="GBP", per="case, payer")
def peak_funding_with_finance(
    cumulative_with_finance: Number, break_even_month_with_finance: Number, horizon_months: Number
) -> Number:
    """The most that the payer still has to find; where it is not back by the horizon, nobody knows yet."""
    left = maximum(-lowest(cumulative_with_finance), 0)
    return where(horizon_months < break_even_month_with_finance, BEYOND_HORIZON, left)


@formula("Present value of finance", unit="GBP", per="intervention, payer", when={"appraisal": "discounted"})
@formula("Present value of finance", unit="GBP", per="case, payer", when={"appraisal": "discounted"})
def present_value_of_finance(finance_effect: Number, discount_factor: Number) -> Number:
    """What finance brings and costs, at what it is worth today."""
    return total(finance_effect * discount_factor)


@formula("Net present value with finance", unit="GBP", per="intervention, payer", when={"appraisal": "discounted"})
@formula("Net present value with finance", unit="GBP", per="case, payer", when={"appraisal": "discounted"})
def net_present_value_with_finance(net_present_value: Number, present_value_of_finance: Number) -> Number:
    """Net present value with the funder in the account."""
    return net_present_value + present_value_of_finance


@formula("Benefit-cost ratio with finance", unit="", per="intervention, payer", when={"appraisal": "discounted"})
@formula("Benefit-cost ratio with finance", unit="", per="case, payer", when={"appraisal": "discounted"})
def benefit_cost_ratio_with_finance(
    present_value_of_savings: Number, present_value_of_costs: Number, present_value_of_finance: Number
) -> Number:
    """Pounds saved for each pound that the payer spends, premium and fee among it."""
    return present_value_of_savings / (complete(present_value_of_costs) - complete(present_value_of_finance))
