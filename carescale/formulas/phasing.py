"""Phasing: the share of full scale that is reached month by month. Month 0 is the decision."""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import maximum, minimum, where
from carescale.formulas.vocabulary import MONTHS_OF_A_YEAR, ONE_MONTH, formula


def ramp_by(month: Number, first_match_month: Number, ramp_months: Number) -> Number:
    """How far a straight ramp has come by a month, 0 to 1; a ramp of no months is over at the next month's end."""
    return minimum(maximum((month - first_match_month) / maximum(ramp_months, ONE_MONTH), 0), 1)


def smooth_step(progress: Number) -> Number:
    """Slow, fast, slow: 3x² − 2x³."""
    return progress * progress * (3 - 2 * progress)


def share_by_year(month: Number, *shares: Number) -> Number:
    """The share for the year that a month falls in (months 1 to 12 are year 1); nothing before; the last one holds."""
    year, chosen = month / MONTHS_OF_A_YEAR, shares[-1]
    for number, share in reversed(list(enumerate(shares[:-1], 1))):
        chosen = where(year <= number, share, chosen)
    return where(month < ONE_MONTH, 0, chosen)


@formula("Progress of the ramp", unit="", per="intervention", when={"ramp": ("straight", "s_shaped")})
def ramp_progress(month: Number, first_match_month: Number, ramp_months: Number) -> Number:
    """From 0 at the first match to 1 at full scale; a ramp of no months is over at the next month's end."""
    return ramp_by(month, first_match_month, ramp_months)


@formula("Share of full scale", unit="", per="intervention", when={"ramp": "straight"})
def share_of_full_scale__straight(ramp_progress: Number) -> Number:
    """An equal step each month."""
    return ramp_progress


@formula("Share of full scale", unit="", per="intervention", when={"ramp": "s_shaped"})
def share_of_full_scale__s_shaped(ramp_progress: Number) -> Number:
    """Slow, fast, slow: the smooth step 3x² − 2x³."""
    return smooth_step(ramp_progress)


@formula("Share of full scale", unit="", per="intervention", when={"ramp": "yearly_shares"})
def share_of_full_scale__yearly_shares(
    month: Number,
    share_in_year_1: Number,
    share_in_year_2: Number,
    share_in_year_3: Number,
    share_in_year_4: Number,
    share_in_year_5: Number,
) -> Number:
    """The plan's own share for each year (months 1 to 12 are year 1); nothing at month 0; the last one holds."""
    yearly = (share_in_year_1, share_in_year_2, share_in_year_3, share_in_year_4, share_in_year_5)
    return share_by_year(month, *yearly)


@formula("Month of full scale", unit="month", per="intervention", when={"ramp": ("straight", "s_shaped")})
def full_scale_month(first_match_month: Number, ramp_months: Number) -> Number:
    """The month from which everyone in the plan is reached."""
    return first_match_month + ramp_months


@formula("More people in the month", unit="person", per="intervention")
def people_in_month(additional_people: Number, share_of_full_scale: Number) -> Number:
    """Additional people supported in a month."""
    return additional_people * share_of_full_scale
