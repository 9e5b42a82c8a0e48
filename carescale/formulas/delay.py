"""Delay and drop-off: savings that come later than the people, and fade. Off unless they are given."""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import carry, less, power, total
from carescale.formulas.phasing import ramp_by, share_by_year, smooth_step
from carescale.formulas.vocabulary import (
    ADJUSTED,
    DELAYED,
    MONTHS_PER_YEAR,
    TWELFTH,
    formula,
)  # fmt: skip

_LAG = "cashable_lag_months"


@formula("Month before the lag", unit="month", per="intervention, payer", given=_LAG)
def released_month(month: Number, cashable_lag_months: Number) -> Number:
    """The month whose savings are cash now: a block contract or a bed is let go only some time after."""
    return month - cashable_lag_months


@formula(
    "Progress of the release", unit="", per="intervention, payer", when={"ramp": ("straight", "s_shaped")}, given=_LAG
)
def released_progress(released_month: Number, first_match_month: Number, ramp_months: Number) -> Number:
    """The ramp as it was the lag ago."""
    return ramp_by(released_month, first_match_month, ramp_months)


@formula("Share released", unit="", per="intervention, payer", given="drop_off", absent=_LAG)
def share_released__at_once(share_of_full_scale: Number) -> Number:
    """Savings are cash as soon as they are made."""
    return share_of_full_scale


@formula("Share released", unit="", per="intervention, payer", when={"ramp": "straight"}, given=_LAG)
def share_released__straight(released_progress: Number) -> Number:
    """An equal step each month, the lag later."""
    return released_progress


@formula("Share released", unit="", per="intervention, payer", when={"ramp": "s_shaped"}, given=_LAG)
def share_released__s_shaped(released_progress: Number) -> Number:
    """Slow, fast, slow, the lag later."""
    return smooth_step(released_progress)


@formula("Share released", unit="", per="intervention, payer", when={"ramp": "yearly_shares"}, given=_LAG)
def share_released__yearly_shares(
    released_month: Number,
    share_in_year_1: Number,
    share_in_year_2: Number,
    share_in_year_3: Number,
    share_in_year_4: Number,
    share_in_year_5: Number,
) -> Number:
    """The plan's own share for each year, the lag later."""
    yearly = (share_in_year_1, share_in_year_2, share_in_year_3, share_in_year_4, share_in_year_5)
    return share_by_year(released_month, *yearly)


@formula("Share dropped off", unit="", per="intervention, payer", given="drop_off")
def share_dropped_off(share_released: Number, drop_off: Number) -> Number:
    """Savings that have faded: each month a part of what is left goes, so that `drop_off` has gone after a year."""
    kept = power(1 - drop_off, TWELFTH)
    return carry(kept, (1 - kept) * share_released)


@formula("Share of the saving", unit="", per="intervention, payer", given=DELAYED)
def share_of_saving(share_released: Number, share_dropped_off: Number) -> Number:
    """How much of the full saving is had in a month: what is released, less what has dropped off since."""
    return less(share_released, share_dropped_off)


@formula("Monthly net saving", unit="GBP/month", per="intervention, payer", given=DELAYED)
def monthly_net_saving(adjusted_saving: Number, share_of_saving: Number, monthly_running_cost: Number) -> Number:
    """Savings as they are released and fade; the running cost goes on in full."""
    return less(adjusted_saving * share_of_saving / MONTHS_PER_YEAR, monthly_running_cost)


# --- each line over the months looked ahead, for the appraisal ------------------------------------------------------


@formula("Years at full scale", unit="year", per="intervention", given=ADJUSTED)
def years_at_full_scale(share_of_full_scale: Number) -> Number:
    """The months looked ahead, each for as much of full scale as is reached, in years."""
    return total(share_of_full_scale) / MONTHS_PER_YEAR


@formula("Lost while savings are not yet cash", unit="GBP", per="intervention, payer", given=_LAG)
def lag_loss_by_horizon(adjusted_saving: Number, share_of_full_scale: Number, share_released: Number) -> Number:
    """What falls beyond the horizon because savings are released late."""
    return adjusted_saving * total(share_of_full_scale - share_released) / MONTHS_PER_YEAR


@formula("Lost to drop-off", unit="GBP", per="intervention, payer", given="drop_off")
def drop_off_loss_by_horizon(adjusted_saving: Number, share_dropped_off: Number) -> Number:
    """What has faded by the horizon."""
    return adjusted_saving * total(share_dropped_off) / MONTHS_PER_YEAR
