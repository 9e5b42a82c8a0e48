"""Peers: whom each area is measured against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carescale.area_table import AreaTable
from carescale.inputs.library import display_name
from carescale.numbers import NotANumber, read_number
from carescale.problems import Position, Problem, Problems, did_you_mean, quoted

Array = Any
_MOST = 25_000_000  # peers of all areas together; a table of ten thousand areas has room for 2,500 each


def peer_positions(table: AreaTable) -> Array | None:
    """The positions of each area's peers, areas × peers, filled up with −1; None for everyone. Raises Problems."""
    peers = table.map.peers
    if peers is None:
        return None
    if peers.codes:
        return _named(table, peers.codes)
    if peers.same:
        return _sharing(table, table.peer_columns[peers.same])
    if peers.nearest and peers.weights:
        number = _number(table, "nearest", peers.nearest, least=1)
        if number != int(number):
            raise _problem(
                table, "not-a-number", f"{quoted(peers.nearest)} peers are asked for", "write a whole number"
            )
        weights = {column: _number(table, column, text) for column, text in peers.weights.items()}
        return _nearest(table, int(number), weights)
    message = "it is not said who the peers are"
    hint = (
        "under `peers:` write `same:` and a column, `codes:` and a list, or `nearest:` a number and `by:` some columns"
    )
    raise _problem(table, "missing-key", message, hint)


def _problem(table: AreaTable, code: str, message: str, hint: str) -> Problems:
    return Problems([Problem(code, message, Position(display_name(table.map.path)), hint)])


def _number(table: AreaTable, name: str, text: str, least: int = 0) -> float:
    try:
        number = float(read_number(text).value)
    except NotANumber as why:
        message = f"{quoted(text)} is not a number, for {quoted(name)} of the peers"
        raise _problem(table, "not-a-number", message, str(why)) from None
    if number < least:
        message = f"{quoted(text)} cannot be, for {quoted(name)} of the peers"
        raise _problem(table, "out-of-range", message, f"write {least} or more")
    return number


def _named(table: AreaTable, codes: Sequence[str]) -> Array:
    """The same areas for everyone, each once however often it is named."""
    import numpy as np

    positions = {code: i for i, code in enumerate(table.codes)}
    unknown = [code for code in codes if code not in positions]
    if unknown:
        hint = did_you_mean(unknown[0], positions, "Areas")
        raise _problem(table, "unknown-name", f"no area has the code {quoted(unknown[0])}, named as a peer", hint)
    peers = [positions[code] for code in dict.fromkeys(codes)]
    _room_for(table, len(peers))
    return np.tile(peers, (len(table), 1))


def _room_for(table: AreaTable, widest: int) -> int:
    """So many peers an area, where memory has room for them. Raises Problems."""
    if len(table) * widest > _MOST:
        message = f"{len(table):,} areas with up to {widest:,} peers each are more than any table has"
        raise _problem(table, "too-large", message, "choose peers by something that fewer areas share")
    return widest


def _sharing(table: AreaTable, column: Any) -> Array:
    """Areas with the same word in a column. Those with none there have no peers."""
    import numpy as np

    groups: dict[str, list[int]] = {"": []}
    for i, word in enumerate(column):
        groups.setdefault(word, []).extend([i] if word else [])
    widest = _room_for(table, max(1, *map(len, groups.values())))
    filled = {word: members + [-1] * (widest - len(members)) for word, members in groups.items()}
    return np.array([filled[word] for word in column])


def _nearest(table: AreaTable, number: int, weights: dict[str, float]) -> Array:
    """The areas most alike in some columns, each standardised and weighted; an area with one missing has no peers."""
    import numpy as np

    columns = np.column_stack([table.peer_columns[name] for name in weights])
    whole = ~np.isnan(columns).any(axis=1)
    found = np.full((len(table), _room_for(table, max(min(number, int(whole.sum()) - 1), 1))), -1)
    points = _standardised(columns[whole]) * np.sqrt(list(weights.values()))
    members = np.flatnonzero(whole)
    for i, point in zip(members, points, strict=True):
        distances = np.linalg.norm(points - point, axis=1)
        others = members[np.argsort(distances, kind="stable")]
        others = others[others != i][:number]  # nobody is a peer of itself
        found[i, : len(others)] = others
    return found


def _standardised(values: Array) -> Array:
    """Each column with mean 0 and spread 1; one that is the same everywhere says nothing."""
    spread = values.std(axis=0) if len(values) else 1.0
    middle = values.mean(axis=0) if len(values) else 0.0
    return (values - middle) / (spread + (spread == 0))
