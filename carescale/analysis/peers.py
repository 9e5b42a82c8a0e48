"""Peers: whom each area is measured against."""

from __future__ import annotations

from typing import Any

from carescale.inputs.areas import AreaTable
from carescale.numbers import NotANumber, read_number
from carescale.problems import Place, Problem, Problems, did_you_mean

Array = Any


def peer_positions(table: AreaTable) -> Array | None:
    """The positions of each area's peers, areas × peers, filled up with −1; None for everyone."""
    peers = table.map.peers
    if peers is None:
        return None
    if peers.codes:
        return _named(table, peers.codes)
    if peers.same:
        return _sharing(table.peer_columns[peers.same])
    if peers.nearest and peers.on_columns:
        return _nearest(table, _count(peers.nearest), {c: _count(w) for c, w in peers.on_columns.items()})
    message = "peers are those of the `same:` column, `codes:`, or the `nearest:` so many `by:` some columns"
    raise Problems([Problem("missing-key", message, Place(str(table.map.path)))])


def _count(text: str) -> float:
    try:
        return float(read_number(text).value)
    except NotANumber as why:
        raise Problems([Problem("not-a-number", f"`{text[:60]}` under `peers:`: {why}", Place("peers"))]) from None


def _named(table: AreaTable, codes: list[str]) -> Array:
    import numpy as np

    positions = {code: i for i, code in enumerate(table.codes)}
    unknown = [code for code in codes if code not in positions]
    if unknown:
        hint = did_you_mean(unknown[0], positions, "Areas")
        raise Problems([Problem("unknown-name", f"no area has the code `{unknown[0][:40]}`", Place("peers"), hint)])
    return np.tile([positions[code] for code in codes], (len(table), 1))


def _sharing(column: Any) -> Array:
    """Areas with the same word in a column."""
    import numpy as np

    groups: dict[str, list[int]] = {}
    for i, word in enumerate(column):
        groups.setdefault(word, []).append(i)
    widest = max(map(len, groups.values()))
    filled = {word: members + [-1] * (widest - len(members)) for word, members in groups.items()}
    return np.array([filled[word] for word in column])


def _nearest(table: AreaTable, number: float, weights: dict[str, float]) -> Array:
    """The areas most alike in some columns, each standardised and weighted; an area with one missing has no peers."""
    import numpy as np

    columns = [table.peer_columns[name] for name in weights]
    spread = [(values - np.nanmean(values)) / (np.nanstd(values) or 1.0) for values in columns]
    points = np.column_stack([values * weight**0.5 for values, weight in zip(spread, weights.values(), strict=True)])
    distances = np.linalg.norm(points[:, None, :] - points[None, :, :], axis=2)
    np.fill_diagonal(distances, np.inf)  # nobody is a peer of itself
    order = np.argsort(np.where(np.isnan(distances), np.inf, distances), axis=1, kind="stable")
    nearest: Array = order[:, : int(number)]
    lonely = np.isnan(points).any(axis=1)
    nearest[lonely] = -1
    return nearest
