"""Tables joined on the codes of their areas: who is in both, who in only one, and how many people that leaves out.

A council that only changed its code is the same area; one that merged or was split is another, and is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carescale.area_table import Join, TableFile
from carescale.inputs.missing import read_numbers
from carescale.inputs.successors import after, before, same_area
from carescale.inputs.tables import Sheet

if TYPE_CHECKING:
    import polars


def with_newer_codes(frame: polars.DataFrame) -> polars.DataFrame:
    """The rows with the code that their area has today."""
    return frame.with_columns(was=frame["code"], code=frame["code"].replace(dict(same_area())))


def join_of(
    file: TableFile,
    sheet: Sheet,
    other: polars.DataFrame,
    councils: polars.DataFrame,
    frame: polars.DataFrame,
    names: Any,
    weights: Any,
    held: int | None,
) -> Join:
    """How a sheet met the first table.

    `councils` are all rows of the first table, `frame` those that its filters left, so that an area that was filtered
    out is not said to be lost; `weights` are people of the first table, `held` the column of people in the other.
    """
    here = with_newer_codes(frame.select("code"))
    known = set(other["code"])
    only_here = [
        (_named(str(code), str(code if names is None else names[i])), None if weights is None else _known(weights[i]))
        for i, code in enumerate(here["code"])
        if code not in known
    ]
    all_here = set(with_newer_codes(councils.select("code"))["code"])
    lost = other.filter(~other["code"].is_in(list(all_here)))
    position = sheet.find(file.name) if file.name else None
    titles = lost[f"c{position}"].fill_null("").to_list() if position is not None else lost["was"].to_list()
    people = read_numbers(lost[f"c{held}"], file.missing).values if held is not None else None
    only_there = [
        (_named(code, title or code), None if people is None else _known(people[i]))
        for i, (code, title) in enumerate(zip(lost["was"], titles, strict=True))
    ]
    olds = {str(code) for side in (here["was"], other["was"]) for code in side}
    met = [str(one) for old in sorted(olds) for one in after(old) if one.how == "renamed" and one.new in known]
    return Join(sheet.name, len(here) - len(only_here), tuple(only_here), tuple(only_there), tuple(met))


def _known(value: float) -> float | None:
    return None if value != value else float(value)


def _named(code: str, name: str) -> str:
    """An area, and what it was made from or became where its boundaries are not those of the other table."""
    came = sorted({one.old_name for one in before(code) if one.how != "renamed"})
    went = sorted({one.new_name for one in after(code) if one.how != "renamed"})
    said = [f"made from {' and '.join(came)}"] if came else [f"now {' and '.join(went)}"] if went else []
    return f"{name} ({'; '.join(said)})" if said else name
