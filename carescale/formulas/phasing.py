"""Phasing: who is there month by month. Month 0 is the decision.

The ramp says how many are there; who leaves says how many must start to keep them there; how many can start in a month
slows the ramp. What nobody gives is neutral: nobody leaves, and as many start as the ramp asks for.
"""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import (
    added,
    carry,
    delayed,
    first_month,
    less,
    maximum,
    minimum,
    more,
    power,
    running_total,
    where,
)
from carescale.formulas.vocabulary import MONTHS_OF_A_YEAR, MONTHS_PER_YEAR, ONE_MONTH, TWELFTH, TWELVE, formula

# --- the ramp: the share of full scale, as planned -------------------------------------------------------------------


@formula("Month of the first match, from the decision", unit="month", per="intervention")
def match_month(coordinator_start_month: Number, first_match_month: Number) -> Number:
    """The first match is counted from the month the coordinator starts, which may lie after the decision."""
    return coordinator_start_month + first_match_month


@formula("Progress of the ramp", unit="", per="intervention", when={"ramp": ("straight", "s_shaped")})
def ramp_progress(month: Number, match_month: Number, ramp_months: Number) -> Number:
    """From 0 at the first match to 1 at full scale; a ramp of no months is over at the next month's end."""
    return minimum(maximum((month - match_month) / maximum(ramp_months, ONE_MONTH), 0), 1)


@formula("Share of full scale, as planned", unit="", per="intervention", when={"ramp": "straight"})
def planned_share__straight(ramp_progress: Number) -> Number:
    """An equal step each month."""
    return ramp_progress


@formula("Share of full scale, as planned", unit="", per="intervention", when={"ramp": "s_shaped"})
def planned_share__s_shaped(ramp_progress: Number) -> Number:
    """Slow, fast, slow: the smooth step 3x² − 2x³."""
    return ramp_progress * ramp_progress * (3 - 2 * ramp_progress)


@formula("Share of full scale, as planned", unit="", per="intervention", when={"ramp": "yearly_shares"})
def planned_share__yearly_shares(
    month: Number,
    share_in_year_1: Number,
    share_in_year_2: Number,
    share_in_year_3: Number,
    share_in_year_4: Number,
    share_in_year_5: Number,
) -> Number:
    """The plan's own share for each year (months 1 to 12 are year 1); nothing at month 0; the last one holds."""
    shares = (share_in_year_1, share_in_year_2, share_in_year_3, share_in_year_4, share_in_year_5)
    year, chosen = month / MONTHS_OF_A_YEAR, shares[-1]
    for number, share in reversed(list(enumerate(shares[:-1], 1))):
        chosen = where(year <= number, share, chosen)
    return where(month < ONE_MONTH, 0, chosen)


@formula("Month of full scale", unit="month", per="intervention", when={"ramp": ("straight", "s_shaped")})
def full_scale_month(match_month: Number, ramp_months: Number) -> Number:
    """The month from which everyone in the plan is there, if enough can start."""
    return match_month + ramp_months


# --- stock and flow: who is there, who leaves, who starts ------------------------------------------------------------


@formula(
    "Share who leave in a month", unit="", per="intervention", when={"counted": "people_at_a_time"},
    absent="leavers_counted",
)  # fmt: skip
def leaving_rate(leavers_a_year: Number, stay_months: Number) -> Number:
    """A twelfth of those who leave in a year, and those whose support has run its months: a third a month of three."""
    return added(leavers_a_year / TWELVE, ONE_MONTH / stay_months)


@formula(
    "Share that can start in a month", unit="", per="intervention", when={"counted": "people_at_a_time"},
    absent="starts_counted",
)  # fmt: skip
def share_that_can_start(starts_a_month: Number, additional_people: Number) -> Number:
    """Of all in the plan, those for whom there can be a start in a month: carers can be approved for so many."""
    return where(additional_people > 0, starts_a_month * ONE_MONTH / additional_people, 1)


@formula("Share held back", unit="", per="intervention")
def share_held_back(planned_share: Number, share_that_can_start: Number, leaving_rate: Number) -> Number:
    """How far those there fall short of the ramp, as only so many can start in a month and others leave."""
    kept = 1 / more(1, leaving_rate)
    return planned_share - carry(kept, kept * share_that_can_start, planned_share)


@formula("Share of full scale", unit="", per="intervention")
def share_of_full_scale(planned_share: Number, share_held_back: Number) -> Number:
    """Those there, of all in the plan; where people are counted by the year, those who start, of as many as will."""
    return less(planned_share, share_held_back)


@formula("Month from which the ramp is kept", unit="month", per="intervention")
def month_ramp_is_kept(share_held_back: Number) -> Number:
    """When everyone planned is there although only so many can start in a month; never, where more leave than can."""
    return first_month(-share_held_back)


@formula("Most people that can be held", unit="person", per="intervention", when={"counted": "people_at_a_time"})
def most_people_held(starts_a_month: Number, leaving_rate: Number) -> Number:
    """So many start in a month and such a share leaves: more than this are never there at once."""
    return starts_a_month * ONE_MONTH / leaving_rate


@formula("More people in the month", unit="person", per="intervention")
def people_in_month(additional_people: Number, share_of_full_scale: Number) -> Number:
    """Additional people supported in a month."""
    return additional_people * share_of_full_scale


@formula("Leavers in the month", unit="person", per="intervention")
def leavers_in_month(people_in_month: Number, leaving_rate: Number) -> Number:
    """Those who leave, of those who are there in the month."""
    return people_in_month * leaving_rate


@formula("Starters in the month", unit="person", per="intervention", when={"counted": "people_at_a_time"})
def starters_in_month(people_in_month: Number, leavers_in_month: Number) -> Number:
    """As many as there are more than the month before, and one for each who leaves."""
    return maximum(more(people_in_month - delayed(people_in_month, ONE_MONTH), leavers_in_month), 0)


@formula("Starters a year, to stay at full scale", unit="person/year", per="intervention")
def replacements_a_year(additional_people: Number, leaving_rate: Number) -> Number:
    """Those who must start in a year to take the place of leavers."""
    return additional_people * (leaving_rate / ONE_MONTH) * MONTHS_PER_YEAR


@formula("Carers a year, for those who replace leavers", unit="carer/year", per="intervention")
def replacement_carers_a_year(additional_carers: Number, leaving_rate: Number) -> Number:
    """Carers to find in a year beside those of the plan, if a carer goes with each arrangement that ends."""
    return additional_carers * (leaving_rate / ONE_MONTH) * MONTHS_PER_YEAR


# --- whose saving is had in a month ----------------------------------------------------------------------------------


@formula("Share started so far", unit="", per="intervention", when={"counted": "people_at_a_time"})
def share_started(share_of_full_scale: Number, leaving_rate: Number) -> Number:
    """All who have started so far, over those planned; above 1 where some replace others."""
    risen = share_of_full_scale - delayed(share_of_full_scale, ONE_MONTH)
    return running_total(maximum(more(risen, share_of_full_scale * leaving_rate), 0) / ONE_MONTH)


@formula("Share started so far", unit="", per="intervention", when={"counted": "people_a_year"})
def share_started__a_year(share_of_full_scale: Number) -> Number:
    """All who have started so far, over those who start in a month at full scale."""
    return running_total(share_of_full_scale / ONE_MONTH)


@formula("Share whose saving is over", unit="", per="intervention", when={"counted": "people_at_a_time"})
def share_saving_over(share_of_full_scale: Number, share_started: Number, saving_lasts_months: Number) -> Number:
    """Those there who started longer ago than a saving lasts, less those who left and still save."""
    return share_of_full_scale - (share_started - delayed(share_started, saving_lasts_months))


@formula("Share who save", unit="", per="intervention", when={"counted": "people_at_a_time"})
def share_who_save(share_of_full_scale: Number, share_saving_over: Number) -> Number:
    """Those who are there; where a saving lasts so many months, those who started within them."""
    return less(share_of_full_scale, share_saving_over)


@formula("Share who save", unit="", per="intervention", when={"counted": "people_a_year"})
def share_who_save__a_year(share_started: Number, episode_saving_months: Number) -> Number:
    """What one person saves is had in equal parts over so many months from the start."""
    return (share_started - delayed(share_started, episode_saving_months)) / (episode_saving_months / ONE_MONTH)


@formula("Share not yet cash", unit="", per="intervention, payer")
def share_not_yet_cash(share_who_save: Number, cashable_lag_months: Number) -> Number:
    """Savings made and not yet released: a block contract or a bed is let go only some time after."""
    return share_who_save - delayed(share_who_save, cashable_lag_months)


@formula("Share dropped off", unit="", per="intervention, payer")
def share_dropped_off(share_who_save: Number, share_not_yet_cash: Number, drop_off: Number) -> Number:
    """Savings that have faded: each month a part of what is left goes, so that `drop_off` has gone after a year."""
    kept = power(1 - drop_off, TWELFTH)
    return carry(kept, (1 - kept) * less(share_who_save, share_not_yet_cash))


@formula("Share of the saving", unit="", per="intervention, payer")
def share_of_saving(share_who_save: Number, share_not_yet_cash: Number, share_dropped_off: Number) -> Number:
    """How much of the full saving is had in a month: what is released, less what has dropped off since."""
    return less(less(share_who_save, share_not_yet_cash), share_dropped_off)


# --- when costs fall -------------------------------------------------------------------------------------------------


@formula("Running cost has begun", unit="", per="intervention")
def running_cost_begun(month: Number, running_cost_from_month: Number) -> Number:
    """A sum for the programme is paid every month from its first, however few are there."""
    return running_cost_from_month <= month


@formula("Coordinators have begun", unit="", per="intervention")
def coordinators_begun(month: Number, coordinator_start_month: Number) -> Number:
    """They are all paid from the end of their first month on: before the first match, too."""
    return coordinator_start_month < month


@formula("Share in double running", unit="", per="intervention")
def share_in_double_running(share_started: Number, double_running_months: Number) -> Number:
    """Those who started so lately that the placement they left is still paid for."""
    return share_started - delayed(share_started, double_running_months)
