"""Councils that merged, split or changed their code: a dated table, so that years are joined on codes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from carescale.inputs.library import shipped


class Succession(Struct, frozen=True):
    """One council that became another: `how` is renamed (the same area), changed, merged or split."""

    old: str
    old_name: str
    new: str
    new_name: str
    date: str
    how: str
    note: str
    unverified: str = ""

    def __str__(self) -> str:
        verb = {"renamed": "became", "changed": "became, in other boundaries,", "merged": "went into"}.get(
            self.how, "was split, in part into"
        )
        doubt = f" (unverified: {self.unverified})" if self.unverified else ""
        return f"{self.old_name} ({self.old}) {verb} {self.new_name} ({self.new}) on {self.date}{doubt}"


@cache
def successions() -> tuple[Succession, ...]:
    """All that are known, the oldest first."""
    path = shipped("scenarios") / "england" / "successors.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_succession(row) for row in csv.DictReader(file))


def _succession(row: Mapping[str, str]) -> Succession:
    old, new = (row["from"], row["from_name"]), (row["to"], row["to_name"])
    return Succession(*old, *new, row["date"], row["how"], row["note"], row["unverified"])


def same_area() -> Mapping[str, str]:
    """Codes that stand for the same area as a newer one: old code to new."""
    return {one.old: one.new for one in successions() if one.how == "renamed"}


def before(code: str) -> tuple[Succession, ...]:
    """What a council was made from."""
    return tuple(one for one in successions() if one.new == code)


def after(code: str) -> tuple[Succession, ...]:
    """What became of a council."""
    return tuple(one for one in successions() if one.old == code)
