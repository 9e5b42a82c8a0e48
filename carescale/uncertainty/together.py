"""Figures that move together: a Gaussian copula that gives each pair the rank correlation that a file asks for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct


class Impossible(ValueError):
    """Rank correlations that cannot hold at once; `pair` is the one at which they stop fitting."""

    def __init__(self, pair: tuple[str, str]) -> None:
        super().__init__(f"{pair[0]} and {pair[1]} cannot move together like that")
        self.pair = pair


class Together(Struct, frozen=True):
    """Figures that move together, in order, and the factor that mixes their normals: row by row, lower triangle."""

    keys: tuple[str, ...]
    factor: tuple[tuple[float, ...], ...]

    def mixed(self, normals: Mapping[str, Any]) -> dict[str, Any]:
        """The normals of its figures, made to move together; the first figure's stay as they are."""
        return {
            key: sum(weight * normals[other] for weight, other in zip(row, self.keys, strict=False))
            for key, row in zip(self.keys, self.factor, strict=True)
        }


def normal_correlation(spearman: float) -> float:
    """The correlation of normals that have a rank correlation: 2 sin(πρ/6) (Pearson, 1907)."""
    return 2 * math.sin(math.pi * spearman / 6)


def together(keys: Sequence[str], spearman: Mapping[tuple[str, str], float]) -> Together:
    """The factor for rank correlations by pair; pairs that are not named do not move together. Raises Impossible.

    The factor is Cholesky's.
    """
    rows: list[tuple[float, ...]] = []
    for key in keys:
        row: list[float] = []
        for other, above in zip(keys, rows, strict=False):
            asked = spearman.get((key, other), spearman.get((other, key), 0.0))
            rest = normal_correlation(asked) - sum(a * b for a, b in zip(row, above, strict=False))
            row.append(rest / above[-1] if above[-1] else 0.0)
            if sum(weight * weight for weight in row) > 1 or (not above[-1] and abs(rest) > 1e-12):
                raise Impossible((other, key))
        rows.append((*row, math.sqrt(max(0.0, 1 - sum(weight * weight for weight in row)))))
    return Together(tuple(keys), tuple(rows))
