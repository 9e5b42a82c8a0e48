"""A table that cannot be used is told of in plain words, with its place, quickly, and with exit code 2."""

from __future__ import annotations

import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.running import carescale as run
from cli.running import process as start
from cli.running import ran
from tables.making import BIRMINGHAM, CELLS, COVENTRY, HEADINGS, PLAIN, areas, place, write_ods, write_xlsx

SECONDS = 3  # for one bad table; they take hundredths


def told(file: str = "areas.csv", **options: str) -> str:
    """What a person reads who projects a table, checked to be plain, quick and a failure."""
    path = place(file, **options)
    started = time.perf_counter()
    result = run("project", path)
    assert time.perf_counter() - started < SECONDS
    assert result.code == 2
    assert result.out == ""
    assert "Traceback" not in result.err
    assert "please report" not in result.err
    assert len(result.err) < 6_000
    assert result.err.replace("\n", "").isprintable()
    return result.err


def write(content: str | bytes, file: str = "areas.csv") -> str:
    Path(file).write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_a_table_that_is_fine_is_not_told_of() -> None:
    areas(PLAIN)
    assert run("project", "place.yaml").code == 0


# --- text ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "areas.csv: there is nothing in this table"),
        (" \n\n \n", "areas.csv: there is nothing in this table"),
        ("\ufeff", "areas.csv: there is nothing in this table"),
        (HEADINGS, "areas.csv: no row of it is an area"),
        ("just words\n", "areas.csv: no column is headed `code`"),
        (b"\x00\x01\x02", "areas.csv: it is not plain text"),
        (b"PK\x03\x04" + bytes(range(256)), "areas.csv: it is not plain text"),
        (PLAIN.replace("Coventry", '"Coventry'), "areas.csv:3: a quotation mark is opened here and not closed"),
        (PLAIN.replace("Coventry", '"Coven"try,"'), "areas.csv:3: a quotation mark is opened here and not closed"),
        (HEADINGS + "x" * 200_000, "areas.csv: it cannot be read as a table: field larger than field limit"),
        (PLAIN + BIRMINGHAM, "areas.csv:5:1: the code `E08000025` is in the table twice"),
        (PLAIN.replace("E08000026", "E0800026"), "areas.csv:3:1: `E0800026` is not an area code"),
        (PLAIN.replace(",20,", ",twenty,"), "areas.csv:3:4: `twenty` is not a number, in the column `people`"),
        (PLAIN.replace(",20,", ",-20,"), "areas.csv:3:4: -20 for `current_people`: it cannot be negative"),
        (PLAIN.replace("people,eligible", "poeple,eligible"), "areas.csv: no column is headed `people`"),
        (PLAIN.replace("eligible", "people"), "areas.csv: more than one column is headed `people`"),
    ],
)  # fmt: skip
def test_a_bad_table_of_text_is_told_of(content: str | bytes, message: str) -> None:
    write(content)
    assert told().startswith(message)


def test_a_wrong_column_is_told_with_the_nearest_heading() -> None:
    write(PLAIN)
    assert "did you mean `people`?" in told(people="column: poeple")


def test_two_heading_rows_that_are_swapped_are_told_of() -> None:
    lower, upper = "code,name,region,people,eligible\n", ",,,Clients,Population\n"
    write(upper + lower + BIRMINGHAM + COVENTRY)
    assert run("project", place(people="column: Clients / people", eligible="column: Population / eligible")).code == 0
    write(lower + upper + BIRMINGHAM + COVENTRY)
    assert "no column is headed `Clients / people`" in told(people="column: Clients / people", eligible="column: E")


def test_a_column_and_its_neighbour_swapped_is_told_of_where_the_numbers_cannot_be() -> None:
    write(PLAIN)
    assert "`Birmingham` is not a number" in told(people="column: name")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_ten_thousand_columns_are_refused(sign: str) -> None:
    headings = ["code", "name", "people", "eligible", *(f"column {i}" for i in range(9_996))]
    write(f"{sign.join(headings)}\n{sign.join(['E08000025'] + ['1'] * 9_999)}\n")
    assert told().startswith("areas.csv: it has 10,000 columns; the most that is read is 2,000")


def test_everything_wrong_with_a_table_is_told_at_once() -> None:
    write(HEADINGS + "E08000025,B,W,ten,100\nE08000026,C,W,1,a hundred\n")
    text = told()
    assert "areas.csv:2:4" in text
    assert "areas.csv:3:5" in text


def test_a_table_with_nothing_wrong_but_signs_that_move_the_cursor_does_not_move_it() -> None:
    write(PLAIN.replace(",20,", ",\x1b[2J\u202e,"))
    assert "is not a number" in told()


# --- files ---------------------------------------------------------------------------------------------------------


def test_a_table_that_is_not_there_or_elsewhere_is_told_at_the_line_that_names_it() -> None:
    assert told("nowhere.csv").startswith("place.yaml:6:9: there is no file `nowhere.csv`")
    Path("folder.csv").mkdir()
    assert told("folder.csv").startswith("place.yaml:6:9: ")
    assert told("../areas.csv").startswith("place.yaml:6:9: `../areas.csv` is outside the folder")


@pytest.mark.parametrize("write_workbook", [write_xlsx, write_ods], ids=["XLSX", "ODS"])
@pytest.mark.parametrize("part", [0, 1, 10, 100, 0.3, 0.5, 0.9, -1, -30])
def test_a_workbook_that_is_cut_off_is_told_to_be(write_workbook: Callable[..., str], part: float) -> None:
    file = write_workbook({"a": CELLS})
    data = Path(file).read_bytes()
    write(data[: int(part * len(data)) if 0 < part < 1 else int(part)], file)
    assert told(file).startswith(f"{file}: it is not a whole workbook")


def test_an_empty_sheet_is_told_with_the_others() -> None:
    text = told(write_xlsx({"Title": [], "Table 1": CELLS}))
    assert text.startswith("areas.xlsx: the sheet `Title` is empty")
    assert "Table 1" in text


@pytest.mark.parametrize("file", ["areas.xlsx", "areas.ods", "areas.xls", "areas.xlsb"])
@pytest.mark.parametrize("content", [PLAIN, "<html><table></table></html>"], ids=["CSV", "HTML"])
def test_text_that_is_called_a_workbook_is_told_of(file: str, content: str) -> None:
    assert told(write(content, file)).startswith(f"{file}: it ")


def test_an_archive_that_is_no_workbook_is_told_of() -> None:
    with zipfile.ZipFile("areas.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert told("areas.xlsx").startswith("areas.xlsx: it cannot be read as a workbook")


def test_an_archive_that_unfolds_into_600_megabytes_is_refused_before_it_does() -> None:
    write_xlsx({"a": CELLS})
    with (
        zipfile.ZipFile("areas.xlsx", "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w") as entry,
    ):
        for _ in range(60):
            entry.write(bytes(10_000_000))
    assert Path("areas.xlsx").stat().st_size < 5_000_000
    assert told("areas.xlsx").startswith("areas.xlsx: it unfolds into 600,")


def test_a_workbook_with_ten_thousand_columns_is_refused() -> None:
    assert "columns; the most that is read is 2,000" in told(write_xlsx({"a": [[*CELLS[0], *range(9_995)]]}))


def test_one_cell_in_the_last_corner_of_a_sheet_is_refused_and_does_not_fill_the_memory() -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    for row in CELLS:
        workbook.active.append(row)
    workbook.active["XFD1048576"] = "x"
    workbook.save("areas.xlsx")
    done = ran(start("project", place("areas.xlsx")))
    assert (done.code, done.err.split("\n")[0][:21]) == (2, "areas.xlsx: a sheet r")


def test_a_cell_repeated_over_a_whole_sheet_is_refused_and_does_not_fill_the_memory() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    below = f'<table:table-row table:number-rows-repeated="1048570">{cell}</table:table-row>'
    assert told(write_ods({"a": CELLS}, below=below)).startswith("areas.ods: a sheet reaches over 1,048,574 rows")


def test_damage_anywhere_in_a_workbook_is_told_of_or_does_no_harm() -> None:
    data = Path(write_xlsx({"a": CELLS})).read_bytes()
    codes = set()
    for seed in range(60):
        random.seed(seed)
        broken = bytearray(data)
        for _ in range(random.choice((1, 3, 10))):
            broken[random.randrange(len(broken))] = random.randrange(256)
        write(bytes(broken), "areas.xlsx")
        result = run("project", place("areas.xlsx"))
        assert "Traceback" not in result.err
        assert "please report" not in result.err, (seed, result.err)
        codes.add(result.code)
    assert codes == {0, 2}
