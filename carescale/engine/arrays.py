"""What each verb does to numpy arrays: many authorities, or many draws, at once. The same rows as `scalars.FLOATS`."""

from __future__ import annotations

from typing import Any

import numpy as np

from carescale.engine.scalars import NOISE, Verbs


def _divide(top: Any, bottom: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.equal(bottom, 0), np.nan, np.divide(top, bottom))


def _round_up(value: Any) -> Any:
    nearest = np.rint(value)
    return np.where(np.abs(value - nearest) <= NOISE * np.abs(value), nearest, np.ceil(value))


def _summed(*parts: Any) -> Any:
    return sum(parts[1:], start=parts[0])


ARRAYS: Verbs = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": _divide,
    "negate": np.negative,
    "less_than": lambda a, b: np.less(a, b).astype(float),
    "at_most": lambda a, b: np.less_equal(a, b).astype(float),
    "minimum": np.minimum,
    "maximum": np.maximum,
    "where": lambda condition, then, otherwise: np.where(np.not_equal(condition, 0), then, otherwise),
    "round_up": _round_up,
    "less": np.subtract,
    "more": np.add,
    "complete": lambda a: a,
    "summed": _summed,
}
