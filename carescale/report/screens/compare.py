"""The screen of `compare`, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

from carescale.analysis.compare import Compared
from carescale.analysis.projection import Result
from carescale.case import Case
from carescale.formulas.vocabulary import CHOICES, GROUPS
from carescale.report.blocks import (
    NOTHING,
    Block,
    Cell,
    Column,
    Headline,
    Line,
    Records,
    Row,
    Screen,
    Table,
    Value,
    legend,
    table,
    there,
)
from carescale.report.formats import number, text
from carescale.report.screens.appraisal_summary import outcomes, summary
from carescale.report.screens.notes import more
from carescale.report.view import View
from carescale.report.words import name_of, place_of, unit_words
from carescale.report.writers.data import named

FORMAT = "carescale.comparison/1"
COLUMNS = ("direction", "key", "case", "value", "unit", "status")
_HEADING = 14  # letters of a column's heading before it goes on below


def compare_screen(compared: Compared) -> Screen:
    """An appraisal summary, what differs going in and coming out, a column a case."""
    records = Records(COLUMNS, lambda: compare_rows(compared))
    return Screen(
        blocks=lambda: _blocks(compared),
        first=lambda: _first(_blocks(compared)),
        records=records,
        document=lambda: {"format": FORMAT, "rows": named(records)},
        book=lambda path, command: _write_book(compared, path, command),
        report=lambda: _blocks(compared),
    )


def _write_book(compared: Compared, path: Path, command: str) -> None:
    from carescale.report.screens.project import PlaceScreen

    shown = [PlaceScreen(View(projection)).blocks for projection in compared.projections]
    write_plans(compared, path, command, shown)


def write_plans(compared: Compared, path: Path, command: str, shown: Sequence[Sequence[Block]]) -> None:
    """Write the live workbook of the plans that are compared, with what is `shown` of each by itself."""
    from carescale.report.screens.committee import options
    from carescale.report.workbook.plans import write_plans_workbook

    views = [View(projection) for projection in compared.projections]
    decides = options(views, compared.names, "What decides")
    write_plans_workbook(compared, path, command, [decides, *_blocks(compared)], shown)


def _blocks(compared: Compared) -> list[Block]:
    views = [View(projection) for projection in compared.projections]
    coming = [Row((_name(compared, key), *_shown(views, values))) for key, values in compared.results]
    found = there(
        summary(compared, views),
        _table(compared, "Going in", _figures(compared), part="going-in"),
        _table(compared, "Chosen", _choices(compared), kind="words", part="chosen"),
        outcomes(compared, views),
        _table(compared, "Coming out", coming, part="coming-out"),
    )
    return [
        Headline((" beside ".join(compared.names),)),
        *(found or [Line(("nothing differs",))]),
        *there(legend(found, "legend")),
    ]


def _first(shown: Sequence[Block]) -> list[Block]:
    """What decides, and what differs going in; without an appraisal, what differs coming out, too."""
    appraised = any(block.part == "summary" for block in shown)
    kept = [block for block in shown if not appraised or block.part not in ("outcomes", "coming-out", "legend")]
    return [*kept, *there(legend(kept) if appraised else None, more(shown))]


def _table(
    compared: Compared, title: str, rows: Sequence[Row], *, kind: str = "numbers", part: str = ""
) -> Table | None:
    """A column for every case, also where it has nothing; a cohort and its intervention that say the same, once."""
    shown = [Column(title, "words"), *(Column(fill(name, _HEADING), kind) for name in compared.names)]
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        found.setdefault(_said(row), row)
    return table(shown, list(found.values()), part, keep_empty=True)


def _said(row: Row) -> tuple[str, ...]:
    """What a row says, whatever it is of."""
    return tuple(map(text, row.cells))


def _shown(views: Sequence[View], values: Sequence[Result | None]) -> Iterator[Cell]:
    for view, value in zip(views, values, strict=True):
        yield view(value) if value else NOTHING


def _figures(compared: Compared) -> list[Row]:
    cases = [projection.case for projection in compared.projections]
    given = [key for key, _ in compared.given if not _is_choice(key)]
    return [Row((_name(compared, key), *(_figure(case, key) for case in cases))) for key in given]


def _figure(case: Case, key: str) -> Cell:
    """A given figure as its source prints it."""
    figure = case.figures.get(key)
    if figure is None or figure.number is None:
        return "not known" if figure else "not given"
    return Value(key=key, unit=figure.unit, number=float(figure.number.value), printed=figure.number.text)


def _choices(compared: Compared) -> list[Row]:
    """Each choice in the words of what it means."""
    given = [(key, key.rpartition(".")[2], values) for key, values in compared.given if _is_choice(key)]
    return [
        Row((_name(compared, key), *(CHOICES[name][value] if value else "not chosen" for value in values)))
        for key, name, values in given
    ]


def _is_choice(key: str) -> bool:
    return key.rpartition(".")[2] in CHOICES


def _name(compared: Compared, key: str) -> str:
    """A key in words that hold for every case: a cohort is named unless it is the only one in all that have it."""
    cases = [projection.case for projection in compared.projections]
    named = _choice_name if _is_choice(key) else name_of
    return max((named(case, key) for case in cases if _has(case, key)), key=len)


def _choice_name(case: Case, key: str) -> str:
    path, _, name = key.rpartition(".")
    where = place_of(case, path)
    return f"{where}: {name.replace('_', ' ')}" if where else name.replace("_", " ").capitalize()


def _has(case: Case, key: str) -> bool:
    """Whether a case knows what a key is about."""
    if _is_choice(key):
        return key.rpartition(".")[0] in {*case.model.entities, *GROUPS}
    try:
        case.plan.need(key)
    except KeyError:
        return False
    return True


def compare_rows(compared: Compared) -> Iterator[Sequence[Any]]:
    """One row for each difference and case: what, which way, which case, value, unit, status."""
    for key, texts in compared.given:
        for name, given in zip(compared.names, texts, strict=True):
            yield "in", key, name, given.replace("_", " "), "", "given" if given else "not given"
    for key, results in compared.results:
        for name, result in zip(compared.names, results, strict=True):
            if result is None:
                yield "out", key, name, None, "", "not applicable"
            else:
                yield "out", key, name, number(result.value), unit_words(result.unit), result.status
