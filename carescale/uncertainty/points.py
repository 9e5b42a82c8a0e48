"""Points: for each key, numbers evenly spread between 0 and 1, as a sliced Latin hypercube permuted by the key.

A slice holds one point in each of its cells, and the slices together one in each finer cell, so that every slice is an
answer of its own and their spread says how far off the whole may be (Qian, Sliced Latin Hypercube Designs, 2012). Which
cell comes when hangs on seed and key alone: a figure keeps its points whatever stands beside it, and no two figures
share theirs. Only + × & ^ and >> on whole numbers are used, so that Python, numpy and JavaScript make the same bits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

SLICES = 16  # enough to tell the error from their spread
DRAWS = 16 * 1_024  # measured: medians within 0.1%, ends of the 90% interval within 0.3%
FEWEST = 16 * 64

_WORD = 0xFFFFFFFF
_ROUNDS = 4
_GOLDEN = 0x9E3779B1  # odd, with its bits well mixed: 2³² divided by the golden ratio
_MIXERS = ((15, 0x85EBCA6B), (13, 0xC2B2AE35))


class Design(Struct, frozen=True):
    """How many points there are: `slices` of `size` each, a power of two."""

    seed: int
    slices: int = SLICES
    size: int = DRAWS // SLICES

    @property
    def draws(self) -> int:
        return self.slices * self.size


def design(draws: int = DRAWS, seed: int = 0) -> Design:
    """The smallest design with at least so many draws: 10,000 becomes 20 slices of 512, 10,240 in all."""
    draws = max(draws, FEWEST)
    size = 1 << ((draws // SLICES).bit_length() - 1)
    return Design(seed, -(-draws // size), size)


def points(design: Design, key: str) -> Any:
    """The points of a key, slice after slice: an array of `design.draws` numbers between 0 and 1."""
    import numpy as np

    cells = np.arange(design.size, dtype=np.uint32)  # products lose their upper bits, which no step looks at
    found = np.empty((design.slices, design.size))
    for number in range(design.slices):
        found[number] = _slice(design, key, number, cells)
    found += _shift(design, key)
    found /= design.draws
    return found.ravel()


def point(design: Design, key: str, number: int) -> float:
    """One of the same points, in plain Python."""
    part, cell = divmod(number, design.size)
    return float((_slice(design, key, part, cell) + _shift(design, key)) / design.draws)


def recipe(design: Design, key: str) -> tuple[list[list[int]], int, float]:
    """What the points of a key are made from, for a program that has no hashes: for each slice the factors and summands
    of its rounds, one after the other; then what sets the slices apart, and where in their cells the points lie.
    """
    slices = (_hashed(design.seed, key, str(number)) for number in range(design.slices))
    rounds = [[part & (design.size - 1) for pair in _round_keys(bits) for part in pair] for bits in slices]
    return rounds, _hashed(design.seed, key, "apart") & _WORD, _shift(design, key)


def _slice(design: Design, key: str, number: int, cells: Any) -> Any:
    """The fine cells of a slice: its coarse cells in the key's order, each at the place no other slice has."""
    coarse = _permuted(cells, design.size, _hashed(design.seed, key, str(number)))
    apart = _mixed(coarse, _hashed(design.seed, key, "apart")) + number
    return coarse * design.slices + apart % design.slices


def _shift(design: Design, key: str) -> float:
    """Where in their cells the points of a key lie: between 0 and 1, never at an end."""
    return (_hashed(design.seed, key, "shift") % (1 << 52) + 0.5) / (1 << 52)


def _hashed(seed: int, key: str, use: str) -> int:
    """128 bits of a seed, a key and what they are for."""
    text = f"{seed}\n{key}\n{use}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=16).digest(), "big")


def _permuted(cells: Any, size: int, bits: int) -> Any:
    """The numbers below `size`, each once, in an order that the bits choose; every step can be undone."""
    mask, width = size - 1, size.bit_length() - 1
    for odd, added in _round_keys(bits):
        cells = (cells * odd + added) & mask
        cells = cells ^ (cells >> max(1, width // 2))
        cells = (cells * _GOLDEN) & mask
        cells = cells ^ (cells >> max(1, width // 3))
    return cells


def _round_keys(bits: int) -> Iterator[tuple[int, int]]:
    for turn in range(_ROUNDS):
        word = (bits >> (32 * turn)) & _WORD
        yield word | 1, word >> 7


def _mixed(numbers: Any, bits: int) -> Any:
    """Numbers of 25 bits without order, one for each number."""
    numbers = (numbers + (bits & _WORD)) & _WORD
    for shift, factor in _MIXERS:
        numbers = (numbers * factor) & _WORD
        numbers = numbers ^ (numbers >> shift)
    return numbers >> 7
