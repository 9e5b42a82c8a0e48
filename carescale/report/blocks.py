"""What a screen is made of, before anyone decides how it looks: values and words, in lines, tables, notes and drawings.

A cell is a value or words; it holds no padding. Marks, legend and notes are functions of the blocks that are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

if TYPE_CHECKING:
    import polars

    from carescale.charts.picture import Picture

NOT_KNOWN = "n/k"
NOTHING = "–"
CONTRADICTED = "†"
MARKS: Mapping[str, str] = {
    NOT_KNOWN: "not known",
    "*": "leaves out a part that is not known",
    CONTRADICTED: "rests on a figure that later evidence contradicts",
    "‡": "rests on a figure solved from a published result, so is no evidence for it",
    "°": "rests on a source that has not been read at first hand",
    "§": "adjusted, where only the saving net of its cost is known",
}


class Value(Struct, frozen=True, kw_only=True):
    """A number of a quantity in a unit; or what stands in its place; or the ends of its range, where it has no number.

    `printed` is how a source writes a number that was given, `month` is there for one month of a series, and `horizon`
    says beyond which month a month is not counted. `within` are words around the number, with {} for it, and `beyond`
    what is said instead of one beyond the horizon.
    """

    key: str = ""
    unit: str = ""
    number: float | None = None
    printed: str = ""
    absent: str = ""
    marks: str = ""
    low: float | None = None
    high: float | None = None
    taken_off: bool = False
    month: int | None = None
    horizon: int = 0
    within: str = "{}"
    beyond: str = ""


Cell = Value | str
Said = tuple[Cell, ...]  # a sentence with values in it


class Headline(Struct, frozen=True):
    """The answer in a sentence."""

    said: Said
    part: str = ""


class Heading(Struct, frozen=True):
    """The heading of a part of a report."""

    text: str
    part: str = ""


class Line(Struct, frozen=True):
    """A line of small print. `instead` is what a workbook says in its place, which holds one plan and no other."""

    said: Said
    part: str = ""
    instead: Said | None = None


class Column(Struct, frozen=True):
    """A heading and what stands below it: `numbers`, `words` (which may be folded) or `names` to type (which may not).

    It is not `live` where it would not follow an input that is changed: the ends of ranges, another plan.
    """

    heading: str
    kind: str = "numbers"
    live: bool = True


class Row(Struct, frozen=True):
    """A row of a table. `kind` is plain, section (a heading among the rows), part (indented) or total."""

    cells: Said
    kind: str = "plain"


class Table(Struct, frozen=True):
    """Rows under columns; the heading of the first says what the table is."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    part: str = ""


class Notes(Struct, frozen=True):
    """Labelled remarks under a heading; where they are brief, each is one line."""

    title: str
    items: tuple[tuple[str, str], ...]
    part: str = ""
    brief: bool = False


class Outline(Struct, frozen=True):
    """Lines set in by depth."""

    lines: tuple[tuple[int, str], ...]
    part: str = ""


class Drawing(Struct, frozen=True, kw_only=True):
    """A chart. `says` and `told` are its message and the sentence in its stead, with their values.

    `keys` are the quantities behind its lines or steps, in their order, so that a page can draw them anew; `mark` is
    the quantity whose month is pointed at, on the first line.
    """

    picture: Picture
    says: Said
    told: Said
    keys: tuple[str, ...] = ()
    mark: str = ""
    part: str = "chart"


Block = Headline | Heading | Line | Table | Notes | Outline | Drawing


class Records(Struct, frozen=True):
    """The same answer as data, a row an entry, at full precision. Many areas are a frame of columns instead."""

    columns: Sequence[str]
    rows: Callable[[], Iterable[Sequence[Any]]] = tuple
    frame: Callable[[], polars.DataFrame] | None = None


class Screen(Struct, frozen=True, kw_only=True):
    """One description of an answer, which every writer reads: what is shown, and the same as data.

    `blocks` are all there is, in order; `first` is what decides, for a terminal that nobody asked for more. `document`
    is the answer as JSON (records with their columns as names, where there is none); `book` writes it as a workbook
    and `page` as a live page, each given the command that was typed; `report` are the blocks of a report for a
    committee;
    `other` are formats of this answer alone.
    """

    blocks: Callable[[], Sequence[Block]]
    records: Records
    first: Callable[[], Sequence[Block]] | None = None
    document: Callable[[], Any] | None = None
    book: Callable[[Path, str], None] | None = None
    page: Callable[[str], str] | None = None
    report: Callable[[], Sequence[Block]] | None = None
    other: Mapping[str, Callable[[], str | bytes]] = field(default_factory=dict)


def table(columns: Sequence[Column], rows: Sequence[Row], part: str = "", *, keep_empty: bool = False) -> Table | None:
    """A table without the columns that are empty in every row, unless they are to be kept; None without rows."""
    if not rows:
        return None
    kept = [i for i in range(len(columns)) if not i or keep_empty or any(map(_says, (row.cells[i] for row in rows)))]
    body = tuple(Row(tuple(row.cells[i] for i in kept), row.kind) for row in rows)
    return Table(tuple(columns[i] for i in kept), body, part)


def _says(cell: Cell) -> bool:
    return (cell if isinstance(cell, str) else cell.absent or "a number") not in ("", NOTHING)


def there(*blocks: Block | None) -> list[Block]:
    """The blocks that there are."""
    return [block for block in blocks if block is not None]


def notes(title: str, items: Iterable[tuple[str, str]], part: str = "", *, brief: bool = False) -> Notes | None:
    """Remarks under a heading; None where there are none."""
    found = tuple(items)
    return Notes(title, found, part, brief) if found else None


def values_in(blocks: Iterable[Block]) -> Iterator[Value]:
    """Every value that the blocks show, in order."""
    for block in blocks:
        match block:
            case Headline() | Line():
                yield from _values(block.said)
            case Drawing():
                yield from _values((*block.says, *block.told))
            case Table():
                for row in block.rows:
                    yield from _values(row.cells)


def _values(cells: Said) -> Iterator[Value]:
    return (cell for cell in cells if isinstance(cell, Value))


def keys_in(blocks: Iterable[Block]) -> list[str]:
    """The quantities that the tables and lines show, each once."""
    among = [block for block in blocks if not isinstance(block, Headline | Drawing)]
    return list(dict.fromkeys(value.key for value in values_in(among) if value.key))


def legend(blocks: Iterable[Block], part: str = "legend") -> Line | None:
    """What the marks in the blocks mean; None where there are none."""
    used = {mark for value in values_in(blocks) for mark in ((value.absent,) if value.absent else value.marks)}
    meanings = [f"{mark} {meaning}" for mark, meaning in MARKS.items() if mark in used]
    return Line((" · ".join(meanings),), part) if meanings else None


def parts_of(blocks: Iterable[Block]) -> list[str]:
    """The names of the parts that can be asked for by name."""
    named = dict.fromkeys(block.part for block in blocks)
    return [part for part in named if part not in ("", "legend")]


def joined(screens: Sequence[Screen]) -> Screen:
    """Several answers as one: one under the other; as JSON a list. Raises Problems where a workbook is asked for."""
    if len(screens) == 1:
        return screens[0]
    first = screens[0]
    return Screen(
        blocks=lambda: [block for screen in screens for block in screen.blocks()],
        first=lambda: [block for screen in screens for block in (screen.first or screen.blocks)()],
        records=_under_each_other([screen.records for screen in screens]),
        document=lambda: [screen.document() for screen in screens if screen.document],
        book=_refuse_several if first.book else None,
    )


def _under_each_other(records: Sequence[Records]) -> Records:
    def frames() -> polars.DataFrame:
        import polars

        return polars.concat([one.frame() for one in records if one.frame], how="diagonal")

    rows = lambda: (row for one in records for row in one.rows())  # noqa: E731
    return Records(records[0].columns, rows, frames if records[0].frame else None)


def _refuse_several(path: Path, command: str) -> None:
    from carescale.problems import Position, Problem, Problems

    message = "a live workbook of many areas is of one scenario"
    hint = "with --area NAME it has the scenarios of one area side by side; CSV and JSON hold them all"
    raise Problems([Problem("bad-option", message, Position("--output"), hint)])
