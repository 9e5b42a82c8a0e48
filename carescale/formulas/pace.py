"""Pace: a plan beside what happened, how fast people start, and what comes of it if it goes on so. Asked for.

A month that was reported is a report. Who is there is as it was counted, and after the last report as the pace makes
it: so many start in a month, and of those there such a share leaves. The account then says the rest, as of any plan.
The interval of a pace is the score interval of a count that scatters more than chance alone would have it.
"""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import (
    carry,
    complete,
    first_month,
    less,
    lowest,
    maximum,
    minimum,
    more,
    power,
    running_total,
    total,
    where,
)
from carescale.formulas.vocabulary import (
    MONTHS_PER_YEAR,
    ONE_MONTH,
    ONE_PERSON,
    formula,
    rolled_up,
)

_AS_SEEN = {"ramp": "as_seen"}

# --- the pace, and how far off it may be ------------------------------------------------------------------------------


def seen(count: Number, dispersion: Number, deviate: Number) -> Number:
    """The count that is this many deviates from one that was seen: its score interval, with both signs of a deviate.

    A count of mean m has the variance dispersion × m; the ends are those m from which the count lies so many standard
    deviations (Wilson's idea for shares, 1927, for counts; dispersion as McCullagh and Nelder, 1989, section 6.2).
    """
    spread = dispersion * deviate * deviate / 2
    return count + spread + deviate * power(dispersion * count + spread * dispersion / 2, 0.5)


def dispersion_of(squares: Number, mean: Number, counts: Number) -> Number:
    """How much more counts differ than by chance alone, at least 1: Pearson's chi-square by its degrees of freedom."""
    return maximum(squares / mean / (counts - 1), 1)


def change_of_pace(
    earlier: Number, later: Number, months_earlier: Number, months_later: Number, dispersion: Number
) -> Number:
    """By how many standard deviations the starts of later months differ from those of as good as the same pace."""
    pace = (earlier + later) / (months_earlier + months_later)
    apart = later / months_later - earlier / months_earlier
    return apart / power(dispersion * pace * (1 / months_earlier + 1 / months_later), 0.5)


def evidence_for(counted: Number, ahead: Number) -> Number:
    """So many months tell of the months ahead, whose own chance counts too: 12 seen and 12 ahead are as good as 6."""
    return counted * ahead / (counted + ahead)


@formula("Starts a month, as seen", unit="person/month", per="intervention", given="starts_counted")
def pace_of_starts(
    starts_counted: Number,
    months_counted: Number,
    months_of_evidence: Number,
    dispersion_of_starts: Number,
    deviate_of_pace: Number,
) -> Number:
    """Those who started in the months after that of the first match, over these months; or an end of its interval."""
    expected = starts_counted * (months_of_evidence / months_counted)
    return seen(expected / ONE_PERSON, dispersion_of_starts, deviate_of_pace) * ONE_PERSON / months_of_evidence


@formula("Share who leave in a month", unit="", per="intervention", given="leavers_counted")
def leaving_rate(leavers_counted: Number, person_months_counted: Number, deviate_of_leaving: Number) -> Number:
    """Those who left, over the months that people were there; or an end of its interval."""
    leavers = seen(leavers_counted / ONE_PERSON, 1, deviate_of_leaving) * ONE_PERSON
    return minimum(leavers * ONE_MONTH / person_months_counted, 1)


@formula("Pace against plan", unit="", per="intervention")
def pace_against_plan(pace_of_starts: Number, planned_pace: Number) -> Number:
    """The pace that was seen over the one that the plan has for the same months after its own first match."""
    return pace_of_starts / planned_pace


# --- who is there: as it was reported, then as the pace makes it ------------------------------------------------------


def _within(month: Number, first: Number, last: Number) -> Number:
    return (first <= month) * (month <= last)


@formula("People there, by report", unit="person", per="intervention, report", when=_AS_SEEN)
def people_reported(
    month: Number, people_at_report: Number, first_month_of_report: Number, last_month_of_report: Number
) -> Number:
    """Those who are there under the plan at the end of a month; a month that is open has those of the next report."""
    return where(_within(month, first_month_of_report, last_month_of_report) > 0, people_at_report, 0)


@formula("Starts, by report", unit="person/month", per="intervention, report", when=_AS_SEEN)
def starts_reported(
    month: Number, starts_at_report: Number, first_month_of_report: Number, last_month_of_report: Number
) -> Number:
    """Those who start in a month; a month that is open has the starts of the next report."""
    return where(_within(month, first_month_of_report, last_month_of_report) > 0, starts_at_report / ONE_MONTH, 0)


rolled_up("people_reported", "intervention", "As they were counted.", title="People there, as reported", when=_AS_SEEN)
rolled_up("starts_reported", "intervention", "As they were counted.", title="Starts, as reported", when=_AS_SEEN)


@formula("Share of full scale, as seen", unit="", per="intervention", when={**_AS_SEEN, "counted": "people_at_a_time"})
def planned_share__as_seen(
    month: Number,
    last_month_reported: Number,
    people_reported: Number,
    people_now_there: Number,
    additional_people: Number,
    pace_of_starts: Number,
    leaving_rate: Number,
) -> Number:
    """As it was counted; then each month some leave and as many start as the pace says, until all are there."""
    is_reported = month <= last_month_reported
    kept = 1 / more(1, leaving_rate)
    counted = people_reported / additional_people
    started = kept * (pace_of_starts * ONE_MONTH) / additional_people
    most = maximum(where(is_reported, counted, people_now_there / additional_people), 1)
    return carry(where(is_reported, 0, kept), where(is_reported, counted, started), most)


@formula("Share of full scale, as seen", unit="", per="intervention", when={**_AS_SEEN, "counted": "people_a_year"})
def planned_share__as_seen_a_year(
    month: Number,
    last_month_reported: Number,
    starts_reported: Number,
    additional_people_a_year: Number,
    pace_of_starts: Number,
) -> Number:
    """Those who start in a month, of as many as will; after the last report as the pace says."""
    in_full = additional_people_a_year / MONTHS_PER_YEAR
    return where(month <= last_month_reported, starts_reported / in_full, minimum(pace_of_starts / in_full, 1))


@formula("Month in which all are there", unit="month", per="intervention")
def month_all_are_there(share_of_full_scale: Number) -> Number:
    """From which the plan is at full scale and stays there."""
    return first_month(share_of_full_scale - 1)


# --- to date: the plan's months, and those that were reported ---------------------------------------------------------


@formula("People there by now", unit="person", per="intervention")
def people_by_now(month: Number, people_in_month: Number, last_month_reported: Number) -> Number:
    """Those who are there in the last month that was reported."""
    is_now = _within(month, last_month_reported, last_month_reported)
    return total(where(is_now > 0, people_in_month, 0)) / ONE_MONTH


@formula("Started by now", unit="person", per="intervention", when={"counted": "people_at_a_time"})
def started_by_now(month: Number, starters_in_month: Number, last_month_reported: Number) -> Number:
    """All who have started."""
    return total(where(month <= last_month_reported, starters_in_month, 0)) / ONE_MONTH


@formula("Started by now", unit="person", per="intervention", when={"counted": "people_a_year"})
def started_by_now__a_year(
    month: Number, additional_people_a_year: Number, share_of_full_scale: Number, last_month_reported: Number
) -> Number:
    """All who have started."""
    started = additional_people_a_year / MONTHS_PER_YEAR * share_of_full_scale
    return total(where(month <= last_month_reported, started, 0))


@formula("Left by now", unit="person", per="intervention")
def left_by_now(month: Number, leavers_in_month: Number, last_month_reported: Number) -> Number:
    """All who have left."""
    return total(where(month <= last_month_reported, leavers_in_month, 0)) / ONE_MONTH


@formula("Planned starts a month", unit="person/month", per="intervention", given="months_counted")
def planned_pace(started_by_month_counted: Number, months_counted: Number) -> Number:
    """What the plan has in as many months after its own first match as the pace is counted over."""
    return started_by_month_counted / months_counted


@formula("Planned starts, months counted", unit="person", per="intervention", when={"counted": "people_at_a_time"})
def started_by_month_counted(
    month: Number, starters_in_month: Number, match_month: Number, months_counted: Number
) -> Number:
    """The starts of the plan in so many months after its first match."""
    return total(where(month <= match_month + months_counted, starters_in_month, 0)) / ONE_MONTH


@formula("Saved by now", unit="GBP", per="intervention, payer")
def saved_by_now(month: Number, monthly_saving: Number, last_month_reported: Number) -> Number:
    """Worked out from who is there, not measured."""
    return total(where(month <= last_month_reported, monthly_saving, 0))


@formula("Cost of a reported month, as planned", unit="GBP", per="intervention, payer, report", given="spend_at_report")
def planned_cost_at_report(
    month: Number, monthly_cost: Number, first_month_of_spend: Number, last_month_of_report: Number
) -> Number:
    """Every cost of the account in a month of which the spend is known; set-up at the decision is in the first."""
    return total(where(_within(month, first_month_of_spend, last_month_of_report) > 0, monthly_cost, 0))


rolled_up(
    "planned_cost_at_report", "intervention, payer", "Over the months of which the spend is known.",
    title="Cost by now, of the months reported",
)  # fmt: skip

# --- if it goes on so -------------------------------------------------------------------------------------------------


@formula(
    "Spent beyond the account", unit="GBP/month", per="intervention, payer, report", given="spend_at_report",
    when=_AS_SEEN,
)  # fmt: skip
def spent_otherwise(
    month: Number,
    spend_at_report: Number,
    monthly_cost: Number,
    first_month_of_spend: Number,
    last_month_of_report: Number,
) -> Number:
    """What was spent in a month, less what the account has for it."""
    is_spent = _within(month, last_month_of_report, last_month_of_report)
    in_account = where(_within(month, first_month_of_spend, last_month_of_report) > 0, monthly_cost, 0)
    return where(is_spent > 0, spend_at_report / ONE_MONTH, 0) - in_account


rolled_up("spent_otherwise", "intervention, payer", "Over the months of which the spend is known.", when=_AS_SEEN)


@formula("Net saving so far, as seen", unit="GBP", per="intervention, payer", when=_AS_SEEN)
def cumulative_as_seen(monthly_saving: Number, monthly_cost: Number, spent_otherwise: Number) -> Number:
    """Savings on those who are there less costs, with what was spent where that is known."""
    return running_total(less(monthly_saving - complete(monthly_cost), spent_otherwise))


@formula("Break-even month, as seen", unit="month", per="intervention, payer", when=_AS_SEEN)
def break_even_as_seen(cumulative_as_seen: Number) -> Number:
    """The first month from which the money spent is back, and stays back, if it goes on so."""
    return first_month(cumulative_as_seen)


@formula("Peak funding, as seen", unit="GBP", per="intervention, payer", when=_AS_SEEN)
def peak_as_seen(cumulative_as_seen: Number) -> Number:
    """The most that has to be found before savings catch up, if it goes on so."""
    return maximum(-lowest(cumulative_as_seen), 0)


# --- what two published numbers say of a pace: people reached, and weeks of care --------------------------------------


@formula("Starts a month, on average", unit="person/month", per="intervention")
def average_pace(people_reached: Number, seen_by_month: Number) -> Number:
    """All who were reached over all the months, those before the first match among them."""
    return people_reached / seen_by_month


@formula("Starts a month of each scheme, on average", unit="person/month/scheme", per="intervention")
def average_pace_of_a_scheme(average_pace: Number, schemes: Number) -> Number:
    """What is left of a pace when it is shared over the schemes; how they differed is not in it."""
    return average_pace / schemes


@formula("People there at a time, on average", unit="person", per="intervention")
def average_people(weeks_of_care: Number, seen_by_month: Number, weeks_per_year: Number) -> Number:
    """Weeks of care over the weeks that there were."""
    return weeks_of_care / (seen_by_month * weeks_per_year / MONTHS_PER_YEAR) * ONE_PERSON


@formula("Weeks for each person", unit="week/person", per="intervention")
def weeks_a_person(weeks_of_care: Number, people_reached: Number) -> Number:
    """How long each has been supported so far, on average."""
    return weeks_of_care / people_reached


@formula("Weeks at an even pace with nobody leaving", unit="week", per="intervention")
def weeks_at_an_even_pace(people_reached: Number, seen_by_month: Number, weeks_per_year: Number) -> Number:
    """Those who start evenly are there for half of the time on average."""
    return people_reached / ONE_PERSON * (seen_by_month / 2) * weeks_per_year / MONTHS_PER_YEAR
