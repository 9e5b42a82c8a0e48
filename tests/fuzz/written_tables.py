"""Tables of areas and of what happened, as CSV, XLSX and ODS: mostly in order, some with odd cells, some broken."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from fuzz import words
from mutations import ODD_NUMBERS, ODD_TEXTS
from tables.making import write_ods

Cells = list[list[Any]]
WRITTEN = datetime(2000, 1, 1)
REGIONS = ("West Midlands", "North", "=A1", "")
ODD_CELLS = (
    *ODD_NUMBERS,
    *ODD_TEXTS,
    '"',
    "a,b",
    "\n",
    ";",
    "[c]",
    "..",
    "–",
    "-",
    "n/k",
    "#REF!",
    "(5)",
    "5%",
    "E92000001",
)
SIGNS = (
    b'"',
    b"\n",
    b"\r",
    b",",
    b";",
    b"\t",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\x1b[31m",
    b"\xc2\x85",
    b"\xe2\x80\xae",
)


def areas(random: Random) -> Cells:
    """Councils with the people there and those supported."""
    rows: Cells = [["code", "name", "region", "people", "eligible"]]
    for at in range(random.choice((1, 3, 14, 40))):
        many = random.choice((0, 1, 5, 30, 1000, 2177, 1e6))
        name = words.title(random) if random.random() < 0.2 else f"Council {at}"
        rows.append([f"E08{at:06}", name, random.choice(REGIONS), min(many, random.choice((0, 1, 10, 78, 0.5))), many])
    return spoilt(rows, random)


def spoilt(rows: Cells, random: Random) -> Cells:
    """The same with an odd cell, a row twice, or a row too short."""
    if random.random() < 0.15:
        row = random.choice(rows)
        row[random.randrange(len(row))] = random.choice(ODD_CELLS)
    if random.random() < 0.03:
        rows.append(list(random.choice(rows)))
    if random.random() < 0.05:
        del random.choice(rows)[-1:]
    return rows


def delimited(rows: Sequence[Sequence[Any]], random: Random) -> bytes:
    """As CSV, with the commas, line ends and marks that spreadsheets give it."""
    comma = random.choice((",", ",", ",", ";", "\t"))
    end = random.choice(("\n", "\n", "\r\n", "\r"))

    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in (comma, '"', "\n", "\r")) else text

    text = end.join(comma.join(map(cell, row)) for row in rows) + random.choice(("", end, end * 3))
    data = text.encode(random.choice((*["utf-8"] * 20, "utf-8-sig", "utf-8-sig", "utf-16")), "surrogatepass")
    return broken(data, random) if random.random() < 0.08 else data


def broken(data: bytes, random: Random) -> bytes:
    """With a byte that is another, a sign in the middle, or its end cut off."""
    at = random.randrange(len(data) + 1)
    return random.choice(
        (
            data[:at],
            data[:at] + random.choice(SIGNS) + data[at:],
            data[:at] + bytes([random.randrange(256)]) + data[at + 1 :],
        )
    )


def xlsx(rows: Sequence[Sequence[Any]], random: Random) -> bytes:
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": WRITTEN})  # not the clock's time: the same bytes each time
        sheet = book.add_worksheet("a")
        for row, cells in enumerate(rows, random.choice((0, 0, 0, 3))):
            for column, value in enumerate(cells):
                if isinstance(value, str) and random.random() < 0.01:
                    sheet.write_formula(row, column, f"={value or 1}", value=value)
                elif value is not None:
                    sheet.write(row, column, value)
    data = held.getvalue()
    return broken(data, random) if random.random() < 0.1 else data


def ods(rows: Sequence[Sequence[Any]], random: Random) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.ods"
        cells = [[_in_xml(value) for value in row] for row in rows]
        data = Path(write_ods({"a": cells}, str(path))).read_bytes()
    return broken(data, random) if random.random() < 0.1 else data


def _in_xml(value: Any) -> Any:
    """A text without the signs that no XML can hold."""
    return "".join(sign for sign in value if sign.isprintable() or sign in "\n\t") if isinstance(value, str) else value


def rows_of(blocks: Sequence[dict[str, Any]]) -> Cells:
    """Blocks of a file as the rows of a table."""
    names = list(dict.fromkeys(name for block in blocks for name in block))
    return [names, *([block.get(name) for name in names] for block in blocks)]


def place_of(file: str, random: Random) -> dict[str, Any]:
    """A place file that names a table of areas."""
    how: dict[str, Any] = random.choice((
        {"catch_up": {"learning_disability": random.choice(("best", "median", "top_decile", "best_3", "top_quartile"))}},
        {"rate": {"learning_disability": {"value": "5%", "assumption": "made up"}}},
        {"add": {"learning_disability": {"value": "10", "assumption": "made up"}}},
    ))  # fmt: skip
    columns = {
        "shared_lives.learning_disability.current_people": {"column": "people"},
        "learning_disability.eligible_people": {"column": "eligible"},
    }
    table: dict[str, Any] = {"file": file, "code": "code", "name": "name", "region": "region", "figures": columns}
    if random.random() < 0.3:
        table["missing"] = {"–": "not returned", "..": "suppressed"}
    if random.random() < 0.2:
        table["peers"] = random.choice(
            ({"same": "region"}, {"nearest": "2", "by": {"eligible": "1"}}, {"codes": ["E08000001"]})
        )
    if random.random() < 0.2:
        table["only"] = random.choice(({"region": "North"}, {"eligible": "over 10"}, {"people": "0"}))
    return {
        "place": words.title(random),
        "year": "2021-22",
        "source": "hscic-2011",
        "table": table,
        "plan": {"shared_lives": how},
    }
