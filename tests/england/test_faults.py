"""Faults that tables once had, a test each."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from cli.running import carescale, said

TABLE = "code,name,people,eligible,region\n" + "".join(
    f"E0800{number:04d},Area {number},{number},{1000 + number},North\n" for number in range(25, 37)
)


def place(plan: str, figures: str = "", table: str = TABLE, more: str = "") -> str:
    Path("areas.csv").write_text(table, encoding="utf-8")
    Path("place.yaml").write_text(
        "place: Somewhere\nyear: 2021-22\nsource: hscic-2011\ntable:\n  file: areas.csv\n  name: name\n  figures:\n"
        f"    learning_disability.eligible_people: {{column: eligible}}\n{figures}plan:\n  shared_lives:\n    {plan}\n"
        + more,
        encoding="utf-8",
    )
    return "place.yaml"


NOW = "    shared_lives.learning_disability.current_people: {column: people}\n"


@pytest.mark.parametrize("words", [(), ("-o", "x.csv"), ("-o", "x.xlsx"), ("-f", "json"), ("--full",)])
def test_catching_up_without_current_people_is_not_known_and_no_crash(words: tuple[str, ...]) -> None:
    result = carescale("project", place("catch_up: {learning_disability: best}"), *words)
    assert result.code == 0, said(result)


def test_a_rate_of_few_is_shown_as_so_many_in_100_000_for_one_area_too() -> None:
    table = TABLE.replace(",10", ",1000")
    file = place(
        "catch_up: {learning_disability: best}",
        NOW + "    learning_disability.adult_population: {column: eligible, times: '1,000'}\n",
        table=table,
        more="choices:\n  shared_lives: {rate_of: population}\n",
    )
    out = carescale("project", file, "--area", "Area 30", "--full").out
    assert "0.00%" not in out
    assert "per 100,000" in out


def test_bars_are_drawn_as_long_as_the_rates_and_a_page_has_none_of_letters() -> None:
    """Blanks that pad a bar of letters are collapsed by HTML; Area 25 has 25 of 1,025 people, Area 36 36 of 1,036."""
    file = place("catch_up: {learning_disability: best}", NOW)
    picture = carescale("chart", file, "-f", "svg").out
    found = re.findall(r'<text [^>]*>(Area \d+)</text>\s*<rect [^>]*width="([\d.]+)"', picture)
    bars = {name: float(width) for name, width in found}
    assert len(bars) == 12
    assert bars["Area 25"] / bars["Area 36"] == pytest.approx((25 / 1025) / (36 / 1036), abs=0.001)
    assert not re.search("[█▉▊▋▌▍▎▏]", carescale("project", file, "--full", "-f", "html").out)


def test_read_at_80_columns_does_not_print_reasons_one_word_a_line() -> None:
    out = carescale("read", "england-councils").out
    notes = out[out.index("\nMissing\n") + 9 :]
    assert max(len(line) for line in notes.splitlines()) > 60
    assert len([line for line in notes.splitlines() if line.strip() and len(line.split()) == 1]) < 4


def test_a_column_whose_intervention_is_no_longer_planned_says_so() -> None:
    file = place("catch_up: {learning_disability: best}", NOW)
    before = "shared_lives:\n    catch_up: {learning_disability: best}"
    after = "living_well: {add: {value: 5, assumption: a test}}"
    text = Path(file).read_text(encoding="utf-8").replace(before, after)
    Path(file).write_text(text, encoding="utf-8")
    result = carescale("project", file)
    assert result.code == 2
    assert "`shared_lives` is not planned" in said(result)
    assert "did you mean" not in said(result)


def test_a_hundred_and_fifty_councils_are_twenty_rows_on_a_screen() -> None:
    Path("all.yaml").write_text(
        "place: England\nyear: 2021-22\ntable: {reading: nhs-asc-activity-finance}\n"
        "choices: {reablement: {rate_of: population}}\nplan:\n  reablement:\n"
        "    catch_up: {older_people: top_quartile}\n",
        encoding="utf-8",
    )
    assert len(carescale("project", "all.yaml").out.splitlines()) <= 45
    assert len(carescale("project", "all.yaml", "--top", "3").out.splitlines()) < 30


def test_kingston_is_two_councils_and_not_islington() -> None:
    told = said(carescale("project", "england-councils", "--area", "kingston"))
    assert "Kingston upon Hull, City of (E06000010), Kingston upon Thames (E09000021)" in told
    assert "Islington" not in told


def test_a_heading_that_two_columns_contain_is_said_to_be_in_two() -> None:
    table = TABLE.replace("people,eligible", "New clients ST-Max 18 to 64,New clients ST-Max 65 and over")
    result = carescale("read", place("add: {learning_disability: {value: 1, assumption: a test}}", table=table).replace(
        "place.yaml", "place.yaml"))  # fmt: skip
    text = Path("place.yaml").read_text(encoding="utf-8").replace("{column: eligible}", "{column: ST-Max}")
    Path("place.yaml").write_text(text, encoding="utf-8")
    result = carescale("read", "place.yaml")
    assert result.code == 2
    assert "more than one column is headed `ST-Max`" in said(result)
    assert "New clients ST-Max 18 to 64" in said(result)


def test_the_screens_of_a_table_have_the_low_and_the_high_end() -> None:
    out = carescale("project", "england-councils").out
    row = next(line for line in out.splitlines() if line.startswith("Worst–best"))
    assert "£35m–£76m" in row, "12 to 26 thousand pounds for 2,904 people"
    assert round(2904.057 * 12_000 / 1e6) == 35
    assert "£506m–£547m" in row, "less by as much as Shared Lives saves less"
    file = place("catch_up: {learning_disability: best}", NOW)
    assert "Worst–best" in carescale("project", file).out


def test_the_rate_of_one_area_of_a_population_is_told_in_100_000_as_the_table_tells_it() -> None:
    """Telford and Wrekin, the best, has 47.06 in 100,000 adults; Birmingham 12.57."""
    out = carescale("project", "west-midlands", "--area", "Birmingham").out
    assert "12.6 in 100,000" in out
    assert "47.1 in 100,000" in out
    assert "0.01%" not in out


def test_an_area_that_sets_the_line_is_named_whatever_its_size_with_the_next_one() -> None:
    table = TABLE.replace(",36,1036,", ",360,9036,")
    out = " ".join(
        carescale("project", place("catch_up: {learning_disability: best}", NOW, table=table), "--full").out.split()
    )
    assert "Area 36 alone sets the benchmark, whose rate is of 9,036 people; 3.98 against 3.38 of the next" in out


def test_a_line_far_outside_the_rest_is_said_to_be() -> None:
    table = TABLE.replace(",36,1036,", ",360,1036,")
    out = " ".join(
        carescale("project", place("catch_up: {learning_disability: best}", NOW, table=table), "--full").out.split()
    )
    assert "far outside the rest; 34.75 against 3.38 of the next" in out


def test_explain_names_the_area_that_sets_the_benchmark_and_the_peers() -> None:
    key = "shared_lives.learning_disability.benchmark_rate"
    out = " ".join(carescale("explain", "west-midlands", key, "--area", "Birmingham").out.split())
    assert "9 of 14 with a rate, which is that of Telford and Wrekin (E06000020)" in out


def test_areas_have_a_rank_by_their_rate_and_equal_rates_share_it() -> None:
    table = TABLE.replace(",35,1035,", ",36,1036,")
    rows = carescale("project", place("catch_up: {learning_disability: best}", NOW, table=table), "-f", "csv").out
    ranks = {row["name"]: row["rate_rank"] for row in csv.DictReader(io.StringIO(rows))}
    assert (ranks["Area 36"], ranks["Area 35"], ranks["Area 34"], ranks["Area 25"]) == ("1", "1", "3", "12")


def test_several_scenarios_of_many_areas_are_no_live_workbook_and_it_is_said_what_is() -> None:
    words = ("--scenario", "as-published", "--scenario", "fixed-number", "-o", "two.xlsx")
    told = said(carescale("project", "west-midlands", *words))
    assert "a live workbook of many areas is of one scenario" in told
    assert "--area NAME" in told
