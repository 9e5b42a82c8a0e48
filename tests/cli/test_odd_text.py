"""A council may be called anything: no name is run as a formula, read as markup or obeyed as a control character."""

import csv
import html
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars
import pytest
from cli.running import Ran, carescale
from markdown_it import MarkdownIt

from carescale.charts.picture import Bar, Bars, Picture
from carescale.report.blocks import Column, Drawing, Headline, Line, Notes, Outline, Row, Table
from carescale.report.writers.data import data_frame
from carescale.report.writers.text import write_text

FORMULAS = ["=cmd()", "@SUM(1)", "-1+1", "+44 20", "|calc", "%x"]
WIDE = ["＝cmd()", "＋1", "－1", "＠SUM(1)", "\u200d=cmd()", "\u200b=cmd()", "\ufeff@x", "  =cmd()"]  # read so by some
MARKUP = ["[red]x[/red]", "a|b", "*bold* `code`", "<b>&amp;x</b>", "[link](http://example.org)", ":smile:", "a\\b"]
LANGUAGES = ["👩 council 🏠", "مرحبا", "שלום", "Ynys Môn", "東京都"]
HARMLESS = [*FORMULAS, *MARKUP, *LANGUAGES]
OBEYED = ["a\x1b[31mred", "\x9b31mred", "a\x07b", "\u202eevil", "\u2066x", "a\x7fb"]  # by a terminal, if it saw them
NAMES = [*HARMLESS, *OBEYED]
SCREENS = ["table", "plain", "grid", "markdown", "html", "latex", "rst"]

PLACE = """
place: {name}
year: 2015
title: {name}
plan:
  living_well:
    add: {{value: 325, assumption: {name}}}
claims:
  - that: living_well.gross_saving.council
    is: £400,001
    expect: reproduced
    note: {note}
"""
NOTE = "{}\n::error::an injected, line: 100%"


def in_yaml(text: str) -> str:
    """A text as a quoted scalar; what does not print is written as an escape, as YAML demands."""
    letters = (letter if letter.isprintable() and letter not in '"\\' else f"\\U{ord(letter):08x}" for letter in text)
    return f'"{"".join(letters)}"'


def run_on(name: str, *words: str, columns: int = 120) -> Ran:
    """Run a command on a place that is called this."""
    Path("odd.yaml").write_text(PLACE.format(name=in_yaml(name), note=in_yaml(NOTE.format(name))), encoding="utf-8")
    return carescale(words[0], "odd.yaml", *words[1:], columns=columns)


def shown(name: str) -> str:
    """A name as a screen shows it."""
    return "".join(letter if letter.isprintable() else "�" for letter in name)


def prints(text: str) -> bool:
    """Whether a terminal would do nothing with a text but print it."""
    return all(letter.isprintable() or letter in "\n\r" for letter in text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("style", SCREENS)
def test_a_screen_holds_nothing_that_a_terminal_would_obey(name: str, style: str) -> None:
    result = run_on(name, "project", "--format", style)
    assert result.code == 0
    assert prints(result.out)
    assert prints(run_on(name, "explain", "living_well.additional_people", "--format", style).out)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("style", ["table", "plain", "grid"])
def test_a_screen_shows_a_name_as_it_is_written(name: str, style: str) -> None:
    assert f"\n{shown(name)} · 2015" in run_on(name, "project", "--format", style).out


@pytest.mark.parametrize("name", NAMES)
def test_markdown_escapes_what_it_would_read_as_a_table_a_link_or_html(name: str) -> None:
    subtitle = run_on(name, "project", "--format", "markdown").out.split("\n\n")[1]
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<\[\]`*]", subtitle)
    assert re.sub(r"\\(.)", r"\1", subtitle).startswith(f"{shown(name)} · 2015")


MARKED = [
    "# heading", "- item", "+ item", "1. item", "12) item", "> quote", "---", "___", "__bold__", "_it_ is", "~~gone~~",
    "&lt;b&gt;", "&#60;", "a | b", "| a |", "    code", "```", "![x](http://example.org)", "<script>", "a\n\n# b",
    "a\n===", "a\n---", "a\n- b", "a\n|-|", "a\\", "shared_lives.net_saving", "1.3m people", "= 5",
]  # fmt: skip
BLOCKS = [
    lambda text: Headline((text,)), lambda text: Line((text,)), lambda text: Notes(text, ((text, text),)),
    lambda text: Outline(((0, text), (1, text))),
    lambda text: Table((Column(text, "words"), Column("More", "words")), (Row((text, text)),)),
]  # fmt: skip


@pytest.mark.parametrize("text", MARKED)
@pytest.mark.parametrize("block", BLOCKS, ids=["headline", "line", "notes", "outline", "table"])
def test_a_reader_of_markdown_shows_text_as_it_is_written(text: str, block: Any) -> None:
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(write_text([block(text)], "markdown"))
    assert set(re.findall(r"<(\w+)", page)) <= {
        "p",
        "strong",
        "ul",
        "li",
        "br",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert page.count("<td") == (2 if "<table" in page else 0)
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert " ".join(text.split()) in words


@pytest.mark.parametrize("text", MARKED)
def test_a_bar_is_one_line_of_code_whatever_it_is_called(text: str) -> None:
    plot = Bars(bars=[Bar(name=text, start=0, end=1.0), Bar(name="Kent", start=0, end=0.5)], text=str, line=0.5)
    picture = Picture(name="rates", says="Rates", what="", told="", source="", plot=plot)
    chart = Drawing(picture=picture, says=("Rates",), told=("",))
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(write_text([chart], "markdown"))
    assert set(re.findall(r"<(\w+)", page)) == {"p", "strong", "pre", "code"}
    (bars,) = re.findall(r"<code[^>]*>(.*?)</code>", page, re.S)
    lines = bars.splitlines()[2:]
    assert len(lines) == 2
    assert html.unescape(lines[0]).startswith(" ".join(text.split())[:20])


@pytest.mark.parametrize("name", NAMES)
def test_html_shows_a_name_and_does_not_read_it(name: str) -> None:
    page = run_on(name, "project", "--format", "html").out
    assert "<b>" not in page
    texts = [html.unescape(text) for text in re.findall(r"<p>(.*?)</p>", page)]
    assert texts[0].startswith(f"{shown(name)} · 2015")


@pytest.mark.parametrize("name", [*WIDE, "\t=cmd()", "\r=cmd()", "\n=cmd()"])
@pytest.mark.parametrize(("words", "column"), [(("project",), "place"), (("check",), "note")], ids=str)
def test_no_cell_of_a_csv_starts_with_what_some_spreadsheet_runs(
    name: str, words: tuple[str, ...], column: str
) -> None:
    out = run_on(name, *words, "--format", "csv").out
    assert prints(out.replace("\u200d", ""))  # part of words in some languages
    for row in csv.DictReader(io.StringIO(out, newline="")):
        assert is_data(row[column])


def is_data(cell: str) -> bool:
    """Whether a cell starts with no sign of a formula, however wide it is and whatever unseen stands before it."""
    seen = unicodedata.normalize("NFKC", cell).lstrip("\u200b\u200c\u200d\ufeff\t\r\n ")
    return not seen.startswith(tuple("=+-@|%"))


AREAS = """
place: {name}
year: 2021-22
source: hscic-2011
table:
  file: areas.csv
  code: code
  name: name
  region: region
  missing: {{"?": {name}}}
  figures:
    shared_lives.learning_disability.current_people: {{column: people}}
    learning_disability.eligible_people: {{column: eligible}}
plan:
  shared_lives: {{catch_up: {{learning_disability: best}}}}
"""


def areas_called(name: str, *words: str) -> Ran:
    """Run a command on areas that are called this, in a region of that name, one of them missing for that reason."""
    rows = [("code", "name", "region", "people", "eligible"), ("E08000025", name, name, "10", "1000"),
            ("E08000026", name, name, "?", "1000"), ("E08000027", name, name, "40", "2000")]  # fmt: skip
    with open("areas.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    Path("areas.yaml").write_text(AREAS.format(name=in_yaml(name)), encoding="utf-8")
    result = carescale("project", "areas.yaml", *words)
    assert result.code == 0, result.err
    return result


@pytest.mark.parametrize("name", ["=cmd()", "＝cmd()", "\u200b=cmd()", "@x\x1b[2J", "a\x1b[31mred", "\u202eevil"])
@pytest.mark.parametrize("kind", ["csv", "tsv", "csv file"])
def test_every_column_of_text_of_a_table_of_areas_is_data(name: str, kind: str) -> None:
    style = kind.split()[0]
    out = areas_called(name, "--format", style, *(["--output", "out"] if "file" in kind else [])).out
    out = out or Path("out").read_text(encoding="utf-8")
    delimiter = "," if style == "csv" else "\t"
    assert prints(out.replace(delimiter, ""))
    rows = list(csv.DictReader(io.StringIO(out, newline=""), delimiter=delimiter))
    assert [row["status"] == "known" for row in rows] == [True, False, True]
    for row in rows:
        for column in ("place", "scenario", "cohort", "code", "name", "region", "status"):
            assert is_data(row[column]), column
    assert rows[0]["additional_people"] == "10"


def test_a_negative_number_is_a_number_and_json_has_a_name_as_it_is_written() -> None:
    document = json.loads(areas_called("=cmd()", "--format", "json").out)
    assert {area["name"] for area in document["areas"]} == {"=cmd()"}
    assert data_frame(polars.DataFrame({"n": [-1.5], "t": ["-1.5"]})).rows() == [(-1.5, "'-1.5")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("style", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_a_spreadsheet_gets_a_name_as_text_and_never_as_a_formula(name: str, style: str, delimiter: str) -> None:
    out = run_on(name, "project", "--format", style).out
    assert prints(out.replace(delimiter, ""))
    rows = list(csv.DictReader(io.StringIO(out, newline=""), delimiter=delimiter))
    assert {row["place"] for row in rows} == {f"'{name}" if name in FORMULAS else shown(name)}


@pytest.mark.parametrize("name", NAMES)
def test_json_holds_a_name_exactly_and_prints_safely(name: str) -> None:
    out = run_on(name, "project", "--format", "json").out
    assert prints(out)
    assert json.loads(out)["place"]["name"] == name


@pytest.mark.parametrize("name", NAMES)
def test_an_annotation_of_github_stays_on_its_line(name: str) -> None:
    result = run_on(name, "check", "--format", "github")
    assert result.code == 1
    assert prints(result.out)
    error, notice, end = result.out.split("\n")
    assert error.startswith("::error file=odd.yaml,line=9,col=5,title=carescale check::")
    assert notice.startswith("::notice file=odd.yaml::1 claim: 1 contradicted")
    assert end == ""
    assert error.replace("%0A", "\n").replace("%25", "%").endswith(NOTE.format(shown(name)))


def test_an_annotation_escapes_the_file_it_stands_on() -> None:
    folder = Path("a,b:c%")
    folder.mkdir()
    run_on("Leeds", "check")
    Path("odd.yaml").rename(folder / "odd.yaml")
    out = carescale("check", str(folder / "odd.yaml"), "--format", "github").out
    assert out.startswith("::error file=a%2Cb%3Ac%25/odd.yaml,line=9,")


@pytest.mark.parametrize("name", NAMES)
def test_a_junit_report_is_xml_whatever_a_note_says(name: str) -> None:
    result = run_on(name, "check", "--format", "junit")
    assert result.code == 1
    assert prints(result.out)
    suites = ElementTree.fromstring(result.out.encode())
    (failure,) = suites.iter("failure")
    assert shown(" ".join(name.split())) in failure.attrib["message"]


def test_a_junit_report_is_xml_whatever_a_file_is_called() -> None:
    run_on("Leeds", "check")
    Path("odd.yaml").rename("o\x1bdd.yaml")
    suite = ElementTree.fromstring(carescale("check", "o\x1bdd.yaml", "--format", "junit").out.encode())[0]
    assert suite.attrib == {"name": "o�dd.yaml", "tests": "1", "failures": "1"}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_called_anything_is_named_safely_in_a_problem(name: str) -> None:
    result = carescale("project", f"{name}.yaml".removeprefix("-"))
    assert result.code == 2
    assert prints(result.err)
    assert "there is no such file" in result.err
