"""The normal distribution's quantiles for arrays: Wichura's algorithm AS 241 (Applied Statistics, 1988), PPND16.

Python's statistics.NormalDist has the same for one number; scipy's takes a tenth of a second to import.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# Numerator and denominator, highest power first, of the middle, the shoulders and the tails.
_MIDDLE = (
    (2.50908_09287_30122_6727e3, 3.34305_75583_58812_8105e4, 6.72657_70927_00870_0853e4, 4.59219_53931_54987_1457e4,
     1.37316_93765_50946_1125e4, 1.97159_09503_06551_4427e3, 1.33141_66789_17843_7745e2, 3.38713_28727_96366_6080e0),
    (5.22649_52788_52854_5610e3, 2.87290_85735_72194_2674e4, 3.93078_95800_09271_0610e4, 2.12137_94301_58659_5867e4,
     5.39419_60214_24751_1077e3, 6.87187_00749_20579_0830e2, 4.23133_30701_60091_1252e1, 1.0),
)  # fmt: skip
_SHOULDERS = (
    (7.74545_01427_83414_07640e-4, 2.27238_44989_26918_45833e-2, 2.41780_72517_74506_11770e-1,
     1.27045_82524_52368_38258e0, 3.64784_83247_63204_60504e0, 5.76949_72214_60691_40550e0,
     4.63033_78461_56545_29590e0, 1.42343_71107_49683_57734e0),
    (1.05075_00716_44416_84324e-9, 5.47593_80849_95344_94600e-4, 1.51986_66563_61645_71966e-2,
     1.48103_97642_74800_74590e-1, 6.89767_33498_51000_04550e-1, 1.67638_48301_83803_84940e0,
     2.05319_16266_37758_82187e0, 1.0),
)  # fmt: skip
_TAILS = (
    (2.01033_43992_92288_13265e-7, 2.71155_55687_43487_57815e-5, 1.24266_09473_88078_43860e-3,
     2.65321_89526_57612_30930e-2, 2.96560_57182_85048_91230e-1, 1.78482_65399_17291_33580e0,
     5.46378_49111_64114_36990e0, 6.65790_46435_01103_77720e0),
    (2.04426_31033_89939_78564e-15, 1.42151_17583_16445_88870e-7, 1.84631_83175_10054_68180e-5,
     7.86869_13114_56132_59100e-4, 1.48753_61290_85061_48525e-2, 1.36929_88092_27358_05310e-1,
     5.99832_20655_58879_37690e-1, 1.0),
)  # fmt: skip
_SPLIT_MIDDLE, _MIDDLE_CONSTANT = 0.425, 0.180625
_SPLIT_TAIL, _SHOULDER_CONSTANT = 5.0, 1.6
SPLITS = (_SPLIT_MIDDLE, _MIDDLE_CONSTANT, _SPLIT_TAIL, _SHOULDER_CONSTANT)


def coefficients() -> list[tuple[Sequence[float], Sequence[float]]]:
    """The coefficients, for a program elsewhere: of the middle, the shoulders and the tails."""
    return [_MIDDLE, _SHOULDERS, _TAILS]


def normal_quantiles(shares: Any) -> Any:
    """The standard normal's quantiles: `normal_quantiles(0.975)` is 1.96. An array in, an array out."""
    import numpy as np

    shares = np.asarray(shares, dtype=float)
    off = shares - 0.5
    found = np.asarray(off * _ratio(_MIDDLE, _MIDDLE_CONSTANT - off * off))
    outside = np.abs(off) > _SPLIT_MIDDLE
    if outside.any():
        found[outside] = _outside(shares[outside])
    return found


def _outside(shares: Any) -> Any:
    import numpy as np

    depth = np.sqrt(-np.log(np.minimum(shares, 1 - shares)))
    found = _ratio(_SHOULDERS, depth - _SHOULDER_CONSTANT)
    far = depth > _SPLIT_TAIL
    if far.any():
        found = np.where(far, _ratio(_TAILS, depth - _SPLIT_TAIL), found)
    return np.copysign(found, shares - 0.5)


def _ratio(coefficients: tuple[Sequence[float], Sequence[float]], at: Any) -> Any:
    top, bottom = (_polynomial(some, at) for some in coefficients)
    return top / bottom


def _polynomial(coefficients: Sequence[float], at: Any) -> Any:
    value = at * coefficients[0] + coefficients[1]
    for coefficient in coefficients[2:]:
        value *= at
        value += coefficient
    return value
