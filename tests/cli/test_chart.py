"""`chart` and `project --chart`: the same picture in the terminal and in files, or why there is none."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cli.running import carescale, changed_example, said


def test_the_picture_says_when_the_money_is_back() -> None:
    out = carescale("chart", "birmingham").out
    assert out.startswith("Shared Lives: the money is back in month 15 (council)\n")
    assert "█" in out
    assert max(map(len, out.splitlines())) <= 80


def test_project_draws_it_below_its_tables_where_it_is_asked_for() -> None:
    assert "the money is back in month 15" in carescale("project", "birmingham", "--chart").out
    assert "the money is back in month 15" not in carescale("project", "birmingham").out


@pytest.mark.parametrize("kind", ["cumulative", "waterfall", "chance", "tornado"])
def test_a_file_is_a_picture_by_its_ending(tmp_path: Path, kind: str) -> None:
    for ending in ("svg", "png"):
        assert carescale("chart", "birmingham", "--kind", kind, "-o", str(tmp_path / f"c.{ending}")).code == 0
    assert ElementTree.parse(tmp_path / "c.svg").getroot().get("role") == "img"
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_the_numbers_behind_a_picture_are_a_table() -> None:
    rows = list(csv.reader(io.StringIO(carescale("chart", "birmingham", "-f", "csv").out)))
    assert rows[0][:2] == ["Month", "Shared Lives"]
    assert [float(cell) for cell in rows[1][:2]] == [0, pytest.approx(-173_333.33, abs=0.01)]
    assert [float(cell) for cell in rows[-1][:2]] == [60, pytest.approx(4_773_583.33, abs=0.01)]
    assert [row[0] for row in rows[1:]] == [str(month) for month in range(61)]


def test_from_cost_avoided_to_net_adds_up() -> None:
    rows = list(csv.reader(io.StringIO(carescale("chart", "birmingham", "--kind", "waterfall", "-f", "csv").out)))[1:]
    amounts = [float(cell) for _, cell in rows]
    assert sum(amounts[:-1]) == amounts[-1]


def test_a_tornado_takes_apart_the_result_that_is_asked_for() -> None:
    asked = ("chart", "birmingham", "--kind", "tornado")
    assert carescale(*asked).out.startswith("What moves Shared Lives: net saving (council)\n")
    rows = list(
        csv.reader(io.StringIO(carescale(*asked, "--for", "shared_lives.break_even_month.council", "-f", "csv").out))
    )
    assert rows[0] == ["Figure", "P10", "P90", "Result at P10", "Result at P90", "Turns at"]
    assert rows[1][:3] == ["Shared Lives: months from first match to full scale", "12", "36"]
    assert "it names the result of a tornado" in said(carescale("chart", "birmingham", "--for", "net_saving"))


def test_a_chance_is_drawn_of_what_bears_one_and_the_rest_is_named_with_why() -> None:
    ran = carescale("chart", "birmingham", "--kind", "chance")
    assert ran.out.startswith("Shared Lives: about 9 in 10 to have the money back by month 20 (council)\n")
    nothing = carescale("chart", "birmingham", "--kind", "chance", "--payer", "nhs")
    assert nothing.code == 2
    assert "no chance of breaking even means something (NHS)" in said(nothing)


def test_the_band_is_worst_to_best_or_that_of_draws_and_says_which() -> None:
    worst, drawn = (carescale("chart", "birmingham", *more, "-f", "csv").out for more in ([], ["--simulate"]))
    ends = [[float(cell) for cell in found.split("\n")[-2].split(",")[2:]] for found in (worst, drawn)]
    assert ends[0][0] < ends[1][0] < ends[1][1]


def test_what_happened_is_drawn_over_the_plan() -> None:
    out = carescale("chart", "northtown", "--kind", "plan-vs-actual").out
    assert "● Actual" in out
    assert carescale("chart", "birmingham", "--kind", "plan-vs-actual").code == 2


def test_a_table_of_areas_is_drawn_with_its_benchmark() -> None:
    out = carescale("chart", "west-midlands").out
    assert "The line to catch up with, the best area, is at 47.06 per 100,000" in out
    assert "│" in out


def test_what_is_not_known_is_not_drawn_and_it_is_said_why() -> None:
    ran = carescale("chart", "derby")
    assert ran.code == 2
    assert "no cumulative net saving is known (council)" in said(ran)
    assert "for want of local_area_coordination" in ran.err


def test_a_png_is_never_written_to_a_terminal() -> None:
    ran = carescale("chart", "birmingham", "-f", "png")
    assert ran.code == 2
    assert "needs a file" in said(ran)


def test_a_place_file_may_carry_its_settings(tmp_path: Path) -> None:
    """As the page writes them: the same as `--set`, and said as it is."""
    change = ("\nclaims:", "\nsettings:\n  shared_lives.ramp_months: 36\n\nclaims:")
    out = carescale("project", changed_example("birmingham", tmp_path, change)).out
    assert "Changed: shared_lives.ramp_months 18 months → 36 months" in out
    wrong = ("\nclaims:", "\nsettings:\n  nothing.here: 1\n\nclaims:")
    ran = carescale("project", changed_example("birmingham", tmp_path, wrong))
    assert ran.code == 2
    assert "our-birmingham.yaml: settings: nothing.here=1" in said(ran)


def test_where_nothing_is_taken_off_a_saving_its_picture_says_so_in_words(tmp_path: Path) -> None:
    path = tmp_path / "england.svg"
    assert carescale("chart", "england", "--kind", "waterfall", "-o", str(path)).code == 0
    said = path.read_text(encoding="utf-8")
    assert "Cost avoided £117,000,000‡°; taken off: nothing; net saving £117,000,000‡°." in said
    assert said.count(">£117m‡°</text>") == 2
