"""Makes tables and the place files that name them, in the folder one stands in, and reads or projects them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest

from carescale.analysis.areas import AreaProjection, project_areas
from carescale.area_table import AreaTable
from carescale.inputs.loading import load
from carescale.problems import Problem, Problems

COHORT = "shared_lives.learning_disability"
PEOPLE, ELIGIBLE = f"{COHORT}.current_people", "learning_disability.eligible_people"
ADDITIONAL, RATE, BENCHMARK = f"{COHORT}.additional_people", f"{COHORT}.rate_now", f"{COHORT}.benchmark_rate"
SHARED = Path(__file__).parents[3] / "shared" / "data"

HEADINGS = "code,name,region,people,eligible\n"
BIRMINGHAM = 'E08000025,Birmingham,West Midlands,10,"1,000"\n'
COVENTRY = 'E08000026,Coventry,West Midlands,20,"1,000"\n'
DUDLEY = 'E08000027,Dudley,West Midlands,40,"2,000"\n'
PLAIN = HEADINGS + BIRMINGHAM + COVENTRY + DUDLEY

Rows = Sequence[Sequence[Any]]
CELLS: Rows = (
    ("code", "name", "region", "people", "eligible"),
    ("E08000025", "Birmingham", "West Midlands", 10, 1000),
    ("E08000026", "Coventry", "West Midlands", 20, 1000),
    ("E08000027", "Dudley", "West Midlands", 40, 2000),
)


def place(
    file: str = "areas.csv",
    *,
    code: str = "code",
    name: str = "name",
    people: str = "column: people",
    eligible: str = "column: eligible",
    benchmark: str = "best",
    table: str = "",
    more: str = "",
) -> str:
    """Write a place file for a table. `table` is more of the `table:` block, `more` more of the file."""
    text = f"""
place: Our region
year: 2021-22
source: hscic-2011
table:
  file: {file}
  code: {code}
  name: {name}
{"".join(f"  {line}{chr(10)}" for line in table.splitlines())}  figures:
    {PEOPLE}: {{{people}}}
    {ELIGIBLE}: {{{eligible}}}
plan:
  shared_lives:
    catch_up:
      learning_disability: {benchmark}
{more}"""
    Path("place.yaml").write_text(text, encoding="utf-8")
    return "place.yaml"


def read(content: str | bytes | None = None, file: str = "areas.csv", **options: str) -> AreaTable:
    """Read a table as areas; `content` is written first, where there is any."""
    return areas(content, file, **options).table


def areas(content: str | bytes | None = None, file: str = "areas.csv", **options: str) -> AreaProjection:
    """Project a table."""
    if content is not None:
        Path(file).write_bytes(content.encode() if isinstance(content, str) else content)
    return projected(place(file, **options))


def projected(path: str, *settings: str, significant_only: bool = False) -> AreaProjection:
    """Project a place file that names a table and plans one cohort."""
    (only,) = project_areas(load(path, settings=settings), significant_only=significant_only)
    return only


def problems(content: str | bytes | None = None, file: str = "areas.csv", **options: str) -> tuple[Problem, ...]:
    """The problems of a table that cannot be read."""
    with pytest.raises(Problems) as caught:
        read(content, file, **options)
    return caught.value.problems


def only_problem(content: str | bytes | None = None, file: str = "areas.csv", **options: str) -> Problem:
    found = problems(content, file, **options)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def rows_of(table: AreaTable) -> list[tuple[str, str, float, float]]:
    """Code, name, people and eligible people of every area."""
    columns = (table.codes, table.names, table.figures[PEOPLE], table.figures[ELIGIBLE])
    return [(str(code), str(name), float(a), float(b)) for code, name, a, b in zip(*columns, strict=True)]


THREE = [
    ("E08000025", "Birmingham", 10.0, 1000.0),
    ("E08000026", "Coventry", 20.0, 1000.0),
    ("E08000027", "Dudley", 40.0, 2000.0),
]


def rated(rates: Sequence[float | str], eligible: Sequence[float | str] | None = None) -> str:
    """A table of areas with these many people, out of 1,000 eligible in each or as many as given."""
    of = eligible or [1000] * len(rates)
    rows = [
        f"E08{i:06},Area {i},North,{people},{many}\n" for i, (people, many) in enumerate(zip(rates, of, strict=True))
    ]
    return HEADINGS + "".join(rows)


# --- workbooks -----------------------------------------------------------------------------------------------------


def write_xlsx(sheets: Mapping[str, Rows], file: str = "areas.xlsx") -> str:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(file)
    return file


_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def write_ods(sheets: Mapping[str, Rows], file: str = "areas.ods", below: str = "") -> str:
    """An OpenDocument spreadsheet. `below` is XML under the rows of each sheet."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_row, rows))}{below}</table:table>'
        for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    manifest = f'<m:file-entry m:full-path="/" m:media-type="{_TYPE}"/>'
    parts = {
        "mimetype": _TYPE,
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_MANIFEST}">{manifest}</m:manifest>',
        "content.xml": f"<office:document-content {_NAMES}>{body}</office:document-content>",
    }
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():  # a ZipInfo has a date of its own, not the clock's: the same bytes each time
            archive.writestr(
                zipfile.ZipInfo(name), text, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            )
    return file


def _row(cells: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(value: Any) -> str:
    if value in (None, ""):
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}><text:p>{value:,}</text:p></table:table-cell>"
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
