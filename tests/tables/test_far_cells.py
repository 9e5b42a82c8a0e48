"""A small workbook may ask for hundreds of gigabytes: it is refused by what its cells say, in little memory.

All of them are read in one process of their own, whose memory is limited and measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tables.making import CELLS, THREE, only_problem, place, read, rows_of, write_ods, write_xlsx
from tables.odd_workbooks import (
    cell,
    cell_in_single_quotes,
    cell_without_reference,
    shared_texts,
    write_odd_ods,
    write_odd_xlsx,
    write_xls,
    write_xlsb,
)

from carescale.inputs.tables.workbook_counters import Extent
from carescale.problems import Problems

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MEGABYTES = 500


def _ods_cell(**attributes: int) -> str:
    repeats = "".join(f' table:{name.replace("_", "-")}="{count}"' for name, count in attributes.items())
    return f'<table:table-cell office:value-type="float" office:value="1"{repeats}/>'


def _ods_text(text: str, count: int) -> str:
    inside = f'office:value-type="string" table:number-columns-repeated="{count}"><text:p>{text}</text:p>'
    return f'<table:table-row table:number-rows-repeated="1000"><table:table-cell {inside}</table:table-cell>{_END}'


_END = "</table:table-row>"


_EMPTY_ROWS = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
_EMPTY_CELLS = '<table:table-cell table:number-columns-repeated="16000"/>'
_SHOWN = "<row>" + "<c t='s'><v>0</v></c>" * 100 + "</row>"  # a hundred cells of the first text that is shared

# What it is: the file that makes it, and what is said of it.
FAR_CELLS = {
    "a cell in the last corner": (
        lambda: write_odd_xlsx("1.xlsx", far=cell(LAST_ROW, LAST_COLUMN, 1)),
        "1.xlsx: a sheet reaches over 1,048,576 rows and 16,384 columns, more than any table",
    ),
    "a cell whose own reference is beyond every sheet": (
        lambda: write_odd_xlsx("2.xlsx", far=cell(99_999_999, 1, 1)),
        "2.xlsx: a sheet reaches over 99,999,999 rows",
    ),
    "attributes in another order, quotes and lines": (
        lambda: write_odd_xlsx("3.xlsx", far=cell_in_single_quotes(LAST_ROW, LAST_COLUMN, 1)),
        "3.xlsx: a sheet reaches over 1,048,576 rows",
    ),
    "elements with a prefix": (
        lambda: write_odd_xlsx("4.xlsx", far=cell(LAST_ROW, LAST_COLUMN, 1), prefix="x"),
        "4.xlsx: a sheet reaches over 1,048,576 rows",
    ),
    "a sheet that is kept under another name": (
        lambda: write_odd_xlsx("5.xlsx", far=cell(LAST_ROW, LAST_COLUMN, 1), part="media/picture.png"),
        "5.xlsx: a sheet reaches over 1,048,576 rows",
    ),
    "a row that says where it is, and a cell that does not": (
        lambda: write_odd_xlsx("6.xlsx", far=f"<row r='{LAST_ROW}'>{'<c><v>1</v></c>' * 100}</row>"),
        "6.xlsx: a sheet reaches over 1,048,576 rows",
    ),
    "another sheet than the one that is read": (
        lambda: write_odd_xlsx(
            "7.xlsx", parts={"second.xml": f"<worksheet><sheetData>{cell(LAST_ROW, 99, 1)}</sheetData></worksheet>"}
        ),
        "7.xlsx: a sheet reaches over 1,048,576 rows",
    ),
    "a million rows of fifty columns": (
        lambda: write_odd_xlsx("8.xlsx", far=cell(1_000_000, 50, 1)),
        "8.xlsx: a sheet reaches over 1,000,000 rows and 50 columns",
    ),
    "a text that a hundred thousand cells share": (
        lambda: write_odd_xlsx("9.xlsx", far=_SHOWN * 1_000, parts=shared_texts("x" * 30_000)),
        "9.xlsx: the texts of a sheet come to more than 30,000,000 characters",
    ),
    "an XLSB": (
        lambda: write_xlsb("10.xlsb", (LAST_ROW, 2_000, 1.0)),
        "10.xlsb: a sheet reaches over 1,048,576 rows",
    ),
    "an XLS": (lambda: write_xls("11.xls", (65_536, 65_536, 1.0)), "11.xls: a sheet reaches over 65,536 rows"),
    "a text that two thousand cells of an XLSB share": (
        lambda: write_xlsb("16.xlsb", shared="x" * 30_000, shown=2_000),
        "16.xlsb: the texts of a sheet come to more than 30,000,000 characters",
    ),
    "a text that two thousand cells of an XLS share": (
        lambda: write_xls("17.xls", shared="x" * 30_000, shown=2_000),
        "17.xls: the texts of a sheet come to more than 30,000,000 characters",
    ),
    "empty rows and cells that are repeated before one": (
        lambda: write_odd_ods("12.ods", f"{_EMPTY_ROWS}<table:table-row>{_EMPTY_CELLS}{_ods_cell()}</table:table-row>"),
        "12.ods: a sheet reaches over 1,048,005 rows and 16,001 columns",
    ),
    "a row that is repeated": (
        lambda: write_odd_ods(
            "13.ods", f'<table:table-row table:number-rows-repeated="1000000">{_ods_cell() * 60}</table:table-row>'
        ),
        "13.ods: a sheet reaches over 1,000,004 rows and 5 columns",
    ),
    "a text that is repeated": (
        lambda: write_odd_ods("14.ods", _ods_text("x" * 10_000, 100)),
        "14.ods: the texts of a sheet come to more than 30,000,000 characters",
    ),
    "a blank that is repeated in a text": (
        lambda: write_odd_ods("15.ods", _ods_text('<text:s text:c="999999999"/>', 1)),
        "15.ods: the texts of a sheet come to more than 30,000,000 characters",
    ),
}  # fmt: skip

_CHILD = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))
from carescale.inputs.loading import load
from carescale.problems import Problems
said = {}
for what, path in json.load(sys.stdin).items():
    try:
        load(path)
        said[what] = "read"
    except Problems as problems:
        said[what] = str(problems)
status = open("/proc/self/status").read() if sys.platform == "linux" else ""
print(json.dumps([said, int(status.partition("VmHWM:")[2].split()[0]) if status else None]))
"""


@pytest.fixture(scope="module")
def read_in_a_process(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], int]:
    """What is said of each file, and the most memory that the process had, in kilobytes.

    From /proc and not from `getrusage`, which counts the process that started this one, too.
    """
    pytest.importorskip("resource")
    folder, before = tmp_path_factory.mktemp("far"), os.getcwd()
    os.chdir(folder)
    try:
        places = {}
        for number, (what, (make, _)) in enumerate(FAR_CELLS.items()):
            places[what] = str(Path(place(make())).rename(f"place-{number}.yaml"))
        done = subprocess.run(
            [sys.executable, "-c", _CHILD], input=json.dumps(places), capture_output=True, text=True, check=False
        )
    finally:
        os.chdir(before)
    assert done.returncode == 0, done.stderr[-2_000:]
    said, kilobytes = json.loads(done.stdout)
    return said, kilobytes


@pytest.mark.parametrize("what", FAR_CELLS)
def test_a_small_file_that_unfolds_into_a_large_table_is_refused(
    what: str, read_in_a_process: tuple[dict[str, str], int]
) -> None:
    assert read_in_a_process[0][what].startswith(FAR_CELLS[what][1])


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is where Linux tells")
def test_refusing_them_takes_less_than_500_megabytes(read_in_a_process: tuple[dict[str, str], int]) -> None:
    assert read_in_a_process[1] < MEGABYTES * 1_000


# --- what is refused is the far cell, not the form -------------------------------------------------------------------


@pytest.mark.parametrize(
    "make",
    [
        lambda: write_odd_xlsx("a.xlsx"),
        lambda: write_odd_xlsx("a.xlsx", write=cell_in_single_quotes),
        lambda: write_odd_xlsx("a.xlsx", write=cell_without_reference, numbered=False),
        lambda: write_odd_xlsx("a.xlsx", prefix="x"),
        lambda: write_odd_xlsx("a.xlsx", part="media/picture.png"),
        lambda: write_odd_xlsx("a.xlsx", far=f"<row><c r='XFD{LAST_ROW}' s='1'/></row>"),
        lambda: write_xlsb("a.xlsb"),
        lambda: write_xls("a.xls"),
        lambda: write_xlsb("a.xlsb", shared="x" * 30_000, shown=20),
        lambda: write_xls("a.xls", shared="x" * 30_000, shown=20),
        lambda: write_odd_ods("a.ods", _EMPTY_ROWS + f"<table:table-row>{_EMPTY_CELLS}</table:table-row>"),
    ],
    ids=[
        "plain", "quotes", "no references", "prefix", "odd name", "a cell only coloured",
        "XLSB", "XLS", "XLSB shared", "XLS shared", "ODS",
    ],
)  # fmt: skip
def test_the_same_table_without_the_far_cell_is_read(make) -> None:  # type: ignore[no-untyped-def]
    assert rows_of(read(file=make())) == THREE


def test_a_long_note_that_few_cells_share_does_no_harm() -> None:
    rows = "".join(f"<row><c t='s'><v>{i % 3 and 1}</v></c></row>" for i in range(3_000))
    assert rows_of(read(file=write_odd_xlsx("a.xlsx", far=rows, parts=shared_texts("x" * 20_000, "y")))) == THREE


@pytest.mark.parametrize("write", [write_xlsx, write_ods], ids=["XLSX", "ODS"])
def test_a_table_with_more_cells_than_a_sheet_may_have_is_refused_in_any_form(
    write,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    file = write({"a": CELLS})
    monkeypatch.setattr(Extent, "most_cells", 20)
    assert rows_of(read(file=file)) == THREE
    monkeypatch.setattr(Extent, "most_cells", 19)
    assert only_problem(file=file).code == "too-large"


def test_the_same_cell_written_over_and_over_counts_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Extent, "most_cells", 100)
    assert (
        "more than 100 cells" in only_problem(file=write_odd_xlsx("a.xlsx", far="<c r='A1'><v>1</v></c>" * 90)).message
    )


def test_a_type_of_document_is_refused_since_it_may_define_words_that_unfold() -> None:
    part = "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet><sheetData/></worksheet>"
    problem = only_problem(file=write_odd_xlsx("a.xlsx", parts={"xl/worksheets/sheet2.xml": part}))
    assert "it declares a type of document" in problem.message


def test_a_decoy_does_not_hide_the_texts_that_cells_share() -> None:
    decoy = {"a/sharedStrings.xml": "<sst><si><t>x</t></si></sst>"}
    file = write_odd_xlsx("a.xlsx", far=_SHOWN * 1_000, parts={**decoy, **shared_texts("x" * 30_000)})
    assert "30,000,000 characters" in only_problem(file=file).message


def test_two_parts_of_one_name_are_both_looked_at() -> None:
    import zipfile

    file = write_odd_xlsx("a.xlsx", far=cell(LAST_ROW, LAST_COLUMN, 1))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>")
    assert "reaches over 1,048,576 rows" in only_problem(file=file).message


def test_areas_that_are_all_peers_of_each_other_are_refused_before_they_fill_the_memory() -> None:
    from tables.making import areas, rated

    table = areas(rated([1] * 6_000), table="peers: {same: region}")
    with pytest.raises(Problems, match="6,000 areas with up to 6,000 peers each"):
        table.peers  # noqa: B018
