"""Social investment: money lent for set-up, and paid back for each week that a new arrangement lives.

An investor is paid for what is delivered: where growth falls short of plan, the investor waits, and may lose. Funding
is drawn in equal parts from month 0; premium and fee fall at month ends. No interest is charged beside the premium.
"""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import first_month, irr, lowest, maximum, more, power, round_up, running_total, total, where
from carescale.formulas.vocabulary import MONTHS_PER_YEAR, ONE_MONTH, TWELVE, formula

_FUNDED = "funding_per_scheme"


@formula("Funding", unit="GBP", per="intervention", given=_FUNDED)
def funding(funding_per_scheme: Number, schemes: Number) -> Number:
    """What the investor lends in all: four schemes at £220,000 are £880,000."""
    return funding_per_scheme * schemes


@formula("Arrangement-weeks to repay a scheme", unit="arrangement*week/scheme", per="intervention", given=_FUNDED)
def weeks_to_repay_a_scheme(funding_per_scheme: Number, growth_premium: Number) -> Number:
    """Weeks of one arrangement until its premium has repaid a scheme's funding: 6,286 at £35 for £220,000."""
    return round_up(funding_per_scheme / growth_premium)


@formula("Funding for each person reached", unit="GBP/person", per="intervention", given="people_reached")
def funding_per_person(funding: Number, people_reached: Number) -> Number:
    """An upper bound where the number reached is given as a lower one."""
    return funding / people_reached


@formula("Funding for each week of care", unit="GBP/week", per="intervention", given="weeks_of_care")
def funding_per_week_of_care(funding: Number, weeks_of_care: Number) -> Number:
    """An upper bound where the weeks are given as a lower one."""
    return funding / weeks_of_care


@formula("People reached, against plan, as seen", unit="", per="intervention", given="people_reached")
def delivery_seen(
    set_up_cost_per_block: Number,
    arrangements_per_block: Number,
    arrangements_per_person: Number,
    funding_per_person: Number,
) -> Number:
    """The planned cost of a new arrangement over what was paid for each person: 38% at £3,333 and £8,800."""
    return set_up_cost_per_block / arrangements_per_block * arrangements_per_person / funding_per_person


@formula("Arrangements in the month", unit="arrangement", per="intervention", given=_FUNDED)
def arrangements_in_month(additional_arrangements: Number, share_of_full_scale: Number) -> Number:
    """New arrangements that live in a month."""
    return additional_arrangements * share_of_full_scale


@formula("Arrangement-weeks in the month", unit="arrangement*week/month", per="intervention", given=_FUNDED)
def arrangement_weeks(arrangements_in_month: Number, weeks_per_year: Number) -> Number:
    """Each new arrangement for the weeks of a month."""
    return arrangements_in_month * weeks_per_year / MONTHS_PER_YEAR


@formula("Drawn in the month", unit="GBP/month", per="intervention", given=_FUNDED)
def drawn(month: Number, funding: Number, draw_down_months: Number) -> Number:
    """Equal parts from month 0 on; all of it at month 0 where it is drawn over one month or none."""
    months = maximum(draw_down_months, ONE_MONTH)
    return where(month < months, funding / months, 0)


@formula("Repaid in the month", unit="GBP/month", per="intervention", given=_FUNDED, absent="premium_months")
def repaid__open_ended(arrangement_weeks: Number, growth_premium: Number) -> Number:
    """The premium for each arrangement-week, as long as arrangements live."""
    return arrangement_weeks * growth_premium


@formula("Repaid in the month", unit="GBP/month", per="intervention", given="premium_months")
def repaid__until_premium_ends(
    month: Number, arrangement_weeks: Number, growth_premium: Number, premium_months: Number
) -> Number:
    """The premium for each arrangement-week, until the contract ends."""
    return where(month <= premium_months, arrangement_weeks * growth_premium, 0)


@formula("Management fee in the month", unit="GBP/month", per="intervention", given=_FUNDED)
def fee_in_month(arrangement_weeks: Number, management_fee: Number) -> Number:
    """The fee for each arrangement-week; it pays the scheme's management and repays nothing."""
    return arrangement_weeks * management_fee


@formula("Investor's flow", unit="GBP/month", per="intervention", given=_FUNDED)
def investor_flow(repaid: Number, drawn: Number) -> Number:
    """What the investor gets in a month, less what is drawn."""
    return repaid - drawn


@formula("Investor's flow so far", unit="GBP", per="intervention", given=_FUNDED)
def investor_flow_so_far(investor_flow: Number) -> Number:
    """Below zero, what is still owed; above it, the investor's gain."""
    return running_total(investor_flow)


@formula("Balance outstanding", unit="GBP", per="intervention", given=_FUNDED)
def balance(investor_flow_so_far: Number) -> Number:
    """What is drawn and not repaid, month by month."""
    return maximum(-investor_flow_so_far, 0)


@formula("Total drawn", unit="GBP", per="intervention", given=_FUNDED)
def total_drawn(drawn: Number) -> Number:
    """Funding drawn by the horizon."""
    return total(drawn)


@formula("Total repaid", unit="GBP", per="intervention", given=_FUNDED)
def total_repaid(repaid: Number) -> Number:
    """Premium paid to the investor by the horizon."""
    return total(repaid)


@formula("Total paid", unit="GBP", per="intervention", given=_FUNDED)
def total_paid(total_repaid: Number, fee_in_month: Number) -> Number:
    """What the commissioner pays by the horizon: premium, and the fee where one is known."""
    return more(total_repaid, total(fee_in_month))


@formula("Most outstanding", unit="GBP", per="intervention", given=_FUNDED)
def most_outstanding(investor_flow_so_far: Number) -> Number:
    """The most that the investor has at risk at once."""
    return maximum(-lowest(investor_flow_so_far), 0)


@formula("Balance left at the horizon", unit="GBP", per="intervention", given=_FUNDED)
def balance_left(total_drawn: Number, total_repaid: Number) -> Number:
    """Drawn and not repaid by the horizon: the investor's loss, unless arrangements live on."""
    return maximum(total_drawn - total_repaid, 0)


@formula("Month repaid", unit="month", per="intervention", given=_FUNDED)
def month_repaid(investor_flow_so_far: Number) -> Number:
    """The first month from which nothing is owed; never, where that lies beyond the horizon."""
    return first_month(investor_flow_so_far)


@formula("Money multiple", unit="", per="intervention", given=_FUNDED)
def money_multiple(total_repaid: Number, total_drawn: Number) -> Number:
    """Pounds repaid for each pound drawn."""
    return total_repaid / total_drawn


@formula("Investor's rate of return a month", unit="", per="intervention", given=_FUNDED)
def monthly_rate_of_return(investor_flow: Number) -> Number:
    """The rate a month at which the investor's flows are worth nothing together."""
    return irr(investor_flow)


@formula("Investor's rate of return", unit="", per="intervention", given=_FUNDED)
def rate_of_return(monthly_rate_of_return: Number) -> Number:
    """The same a year, compounded; below zero where less comes back than was lent."""
    return power(1 + monthly_rate_of_return, TWELVE) - 1


def paid_less(total_repaid: Number, total_repaid_slower: Number) -> Number:
    """How much less an investor is paid where growth is slower than planned."""
    return total_repaid - total_repaid_slower
