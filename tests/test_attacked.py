"""What an attacker found: each of these once crashed, took a gigabyte, or passed in silence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from cli.running import carescale, said

from carescale import load, project
from carescale.inputs.library import shipped
from carescale.inputs.own_formulas import MOST

TWO = """
place: A
year: 2026
start: 2026-09
source: scie-2017
plan:
  shared_lives: {add: {learning_disability: 40}}
  living_well: {add: 100}
actuals:
  source: scie-2017
  months:
"""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_two_areas_of_a_table_that_catches_up_are_compared() -> None:
    found = carescale("compare", "west-midlands", "--area", "Birmingham", "--area", "Solihull")
    assert (found.code, "Solihull" in found.out) == (0, True)


def test_assumptions_are_listed_of_one_place_and_a_table_is_told_so() -> None:
    found = carescale("list", "assumptions", "west-midlands")
    assert found.code == 2
    assert "is a table of 14 areas; the assumptions of one place are listed" in found.err


@pytest.mark.parametrize("month", ["banana", "202609", "2026-13", "2026-00", "2026-99"])
@pytest.mark.parametrize("command", ["budget", "track"])
def test_a_month_to_start_in_that_is_none_is_refused(command: str, month: str) -> None:
    found = carescale(command, "northtown", "--start", month)
    assert found.code == 2
    assert f"--start: `{month}` is no month to start in" in found.err


def test_a_report_that_is_cut_off_or_unfolds_without_end_is_refused() -> None:
    carescale("track", "northtown", "-o", "whole.docx")
    Path("cut.docx").write_bytes(Path("whole.docx").read_bytes()[:3_000])
    with zipfile.ZipFile("bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"A" * 60_000_000)
    with zipfile.ZipFile("other.docx", "w") as packed:
        packed.writestr("word.xml", "<a")
    for name, told in (("cut.docx", "cannot be read"), ("bomb.xlsx", "unfolds into"), ("other.docx", "cannot be read")):
        found = carescale("check", "northtown", "--report", name)
        assert (found.code, told in found.err) == (2, True), found.err


def test_a_chain_of_formulas_without_end_is_refused() -> None:
    chain = "".join(f"  a{n + 1}: a{n} + 1\n" for n in range(MOST))
    Path("chain.yaml").write_text(f"place: A\nyear: 2026\nsource: scie-2017\nformulas:\n  a0: 1 + 1\n{chain}")
    found = carescale("project", "chain.yaml")
    assert found.code == 2
    assert f"a file may have {MOST} formulas" in found.err


@pytest.mark.parametrize("ending", ["md", "csv"])
def test_a_report_of_two_interventions_and_of_a_place_called_like_a_formula_holds(ending: str) -> None:
    months = "".join(
        f"    - {{month: 2027-0{month}, intervention: {name}, people: {month * many}, starts: {many}, leavers: 0}}\n"
        for name, many in (("shared_lives", 2), ("living_well", 9))
        for month in range(3, 10)
    )
    Path("two.yaml").write_text(TWO.replace("place: A", 'place: "=A"') + months, encoding="utf-8")
    made = carescale("track", "two.yaml", "-o", f"two.{ending}")
    assert made.code == 0, made.err
    found = carescale("check", "two.yaml", "--report", f"two.{ending}")
    assert (found.code, "differ" in found.out) == (0, False), found.out


def test_a_series_that_is_the_same_in_every_month_has_every_month() -> None:
    projection = project(load("cornwall"))
    assert {len(series) for series in projection.months().values()} == {projection.case.horizon + 1}


# --- what the standing attacker found first ---------------------------------------------------------------------------


def test_a_plan_of_a_rate_with_nobody_counted_is_tracked_all_the_same() -> None:
    """Of how many is not known, so the plan has no number of people in any month."""
    for words in (
        ("track", "northtown"),
        ("track", "northtown", "-f", "csv"),
        ("chart", "northtown", "--kind", "plan-vs-actual"),
    ):
        found = carescale(*words, "--scenario", "catch-up-with-a-rate")
        assert (found.code, "carescale failed" in found.err) == (0, False), found.err


def test_assumptions_of_two_cohorts_with_one_reason_stand_under_one_another() -> None:
    Path("two.yaml").write_text(
        "place: A\nyear: 2026\nsource: scie-2017\nplan:\n  shared_lives:\n    add:\n"
        "      learning_disability: {value: 40, assumption: made up}\n"
        "      mental_health: {value: 3, assumption: made up}\n"
    )
    found = carescale("list", "assumptions", "two.yaml")
    assert (found.code, "learning disability 40" in found.out, "mental health 3" in found.out) == (0, True, True), (
        found.err
    )


def test_draws_that_are_all_but_alike_are_no_crash() -> None:
    Path("alike.yaml").write_text(
        "place: A\nyear: 2026\nsource: scie-2017\nplan:\n  shared_lives:\n    add:\n"
        "      learning_disability: {value: 1000, assumption: made up}\n"
        "figures:\n  shared_lives:\n    set_up_cost_per_block: "
        "{value: £1, assumption: made up, range: £0 to £9bn, covers: two studies, range_assumption: made up}\n"
    )
    found = carescale("simulate", "alike.yaml", "--draws", "1024")
    assert found.code == 0, found.err


def test_peers_of_whom_nobody_has_a_rate_leave_no_line_and_no_crash() -> None:
    rows = "".join(f"E08{at:06},Council {at},{'North' if at else 'South'},{at},{at * 100}\n" for at in range(6))
    Path("areas.csv").write_text(f"code,name,region,people,eligible\n{rows}")
    Path("place.yaml").write_text(
        "place: A\nyear: 2021-22\nsource: hscic-2011\ntable:\n  file: areas.csv\n  code: code\n  name: name\n"
        "  region: region\n  peers: {same: region}\n  figures:\n"
        "    shared_lives.learning_disability.current_people: {column: people}\n"
        "    learning_disability.eligible_people: {column: eligible}\n"
        "plan:\n  shared_lives:\n    catch_up:\n      learning_disability: top_decile\n"
    )
    for words in (("project", "place.yaml", "--full"), ("chart", "place.yaml", "-o", "rates.svg")):
        found = carescale(*words)
        assert found.code == 0, found.err


@pytest.mark.parametrize(
    ("style", "file"), [("csv", "c.html"), ("plain", "c.json"), ("json", "c.xlsx"), ("table", "c.csv")]
)
def test_a_format_and_an_ending_that_disagree_are_told_and_nothing_is_written(style: str, file: str) -> None:
    found = carescale("compare", "birmingham", "--set", "deadweight=20%", "-o", file, "-f", style)
    assert (found.code, "the ending of" in found.err, Path(file).exists()) == (2, True, False), found.err


def test_a_month_that_comes_in_no_draw_is_no_crash() -> None:
    Path("never.yaml").write_text(
        "place: A\nyear: 2026\nsource: scie-2017\nplan: {shared_lives: {add: {learning_disability: 5}}}\n"
        "figures:\n  horizon_months: {value: 8 months, assumption: short}\n"
    )
    found = carescale("simulate", "never.yaml", "--draws", "1024", "-f", "json")
    assert found.code == 0, found.err


# --- what an attacker by hand found -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("10^400", "it is beyond the largest number that can be worked with"),
        ("2 * 10^200 * 10^200", "it is beyond the largest number that can be worked with"),
        ("(-8)^(1/3)", "a root of less than nothing is none"),
        ("1 + 5 / (1 - 1)", "it would divide by nothing"),
    ],
)
def test_a_sum_without_a_number_says_what_is_in_its_way(text: str, why: str) -> None:
    found = carescale("calc", text)
    assert (found.code, f"no number: {why}" in found.out) == (0, True), found.out


def test_a_number_with_its_doubt_keeps_its_brackets_in_the_echo() -> None:
    assert "read as  1 ÷ (0 ± 1)" in carescale("calc", "1 / (0 ± 1)").out


def _tracked(table: str) -> str:
    Path("actuals.csv").write_text(table)
    Path("place.yaml").write_text(
        "place: A\nyear: 2026\nstart: 2026-09\nsource: scie-2017\n"
        "plan: {shared_lives: {add: {learning_disability: 40}}}\n"
        "actuals: {source: made up, table: actuals.csv}\n"
    )
    return "place.yaml"


def test_two_columns_of_one_heading_in_what_happened_are_refused() -> None:
    found = carescale("track", _tracked("month,people,people\n2026-09,1,2\n"))
    assert (found.code, "two columns are headed `people`" in found.err) == (2, True), found.err


def test_a_month_that_is_neither_open_nor_not_is_refused() -> None:
    found = carescale("track", _tracked("month,people,open\n2026-09,1,maybe\n2026-10,1,no\n"))
    assert (found.code, "open: `maybe` is neither yes nor no" in found.err) == (2, True), found.err


def test_formulas_of_ones_own_beside_a_rate_of_nobody_counted_are_projected() -> None:
    Path("place.yaml").write_text(
        "place: A\nyear: 2016\nsource: scie-2017\n"
        "plan: {shared_lives: {rate: {learning_disability: {value: 5.93%, assumption: a}}}}\n"
        "choices: {shared_lives: {staffing: none}}\nformulas: {mine: 1 + 1}\n"
    )
    found = carescale("project", "place.yaml")
    assert found.code == 0, found.err


def test_a_table_of_which_no_area_has_a_number_is_simulated_without_a_crash() -> None:
    Path("areas.csv").write_text("code,name,people,eligible\nE08000001,A,,\nE08000002,B,,\n")
    Path("place.yaml").write_text(
        "place: A\nyear: 2021-22\nsource: hscic-2011\ntable:\n  file: areas.csv\n  code: code\n  name: name\n"
        "  figures:\n    shared_lives.learning_disability.current_people: {column: people}\n"
        "    learning_disability.eligible_people: {column: eligible}\n"
        "plan: {shared_lives: {rate: {learning_disability: {value: 5%, assumption: a}}}}\n"
    )
    found = carescale("simulate", "place.yaml", "--draws", "1024")
    assert (found.code, "carescale failed" in found.err) == (2, False), found.err


def test_a_table_has_no_word_document_and_none_is_written(tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    refused = carescale("project", "west-midlands", "-o", str(target))
    assert (refused.code, "this has no Word document" in refused.err) == (2, True)
    assert not target.exists()


def test_a_table_whose_gaps_beyond_chance_count_has_a_page_without_a_chooser(tmp_path: Path) -> None:
    target = tmp_path / "plan.html"
    assert carescale("project", "west-midlands", "--significant-only", "-o", str(target)).code == 0
    assert "Warwickshire" in target.read_text()


def test_what_is_typed_is_printed_as_what_it_is_where_the_command_line_cannot_be_read() -> None:
    refused = carescale("read", "west-midlands", "\x1b[31mred")
    assert refused.code == 2
    assert r"\x1b[31mred" in refused.err
    assert "\x1b" not in refused.err


def test_a_file_name_longer_than_any_is_a_plain_message() -> None:
    refused = carescale("track", "northtown", "--actuals", "a" * 3_000)
    assert (refused.code, "file name too long" in refused.err) == (2, True)
    assert "carescale failed" not in refused.err


def test_of_two_interventions_the_one_that_is_named_is_drawn_and_none_is_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    months = "".join(
        f"    - {{month: 2026-10, intervention: {name}, people: {people}}}\n"
        for name, people in (("shared_lives", 3), ("living_well", 40))
    )
    Path("two.yaml").write_text(TWO + months, encoding="utf-8")
    unnamed = carescale("chart", "two.yaml", "--kind", "plan-vs-actual")
    assert (unnamed.code, "--for living_well" in unnamed.err) == (2, True)
    named = carescale("chart", "two.yaml", "--kind", "plan-vs-actual", "--for", "living_well", "-f", "csv")
    assert named.code == 0
    assert named.out.splitlines()[3] == "2,0,40"


def test_one_is_a_person(tmp_path: Path) -> None:
    place = tmp_path / "one.yaml"
    place.write_text("place: A\nyear: 2026\nsource: scie-2017\nplan:\n  living_well: {add: 1}\n")
    assert "1 more person," in carescale("project", str(place)).out


@pytest.mark.parametrize("year", ["99999", "-1", "0", "1899", "2101"])
def test_a_year_that_no_figures_are_of_is_refused_at_its_line(year: str, tmp_path: Path) -> None:
    place = tmp_path / "when.yaml"
    place.write_text(f"place: A\nyear: {year}\nsource: scie-2017\nplan:\n  living_well: {{add: 1}}\n")
    found = carescale("project", str(place))
    assert (found.code, f"when.yaml:2:7: `{year}` is no year of these figures" in found.err) == (2, True)


@pytest.mark.parametrize("year", ["1900", "2100", "2015/16", "2023-24"])
def test_a_year_as_people_write_it_is_taken(year: str, tmp_path: Path) -> None:
    place = tmp_path / "when.yaml"
    place.write_text(f"place: A\nyear: {year}\nsource: scie-2017\nplan:\n  living_well: {{add: 1}}\n")
    assert carescale("project", str(place)).code == 0


def test_areas_that_are_held_to_their_own_peers_are_simulated() -> None:
    Path("areas.csv").write_text("code,name,region,people,eligible\nE08000001,A,North,1,30\nE08000002,B,North,5,100\n")
    Path("place.yaml").write_text(PEERS, encoding="utf-8")
    found = carescale("simulate", "place.yaml", "--draws", "1024")
    assert (found.code, "over\n2 of 2 areas" in found.out) == (0, True), found.err


PEERS = """
place: A
year: 2021-22
source: hscic-2011
table:
  file: areas.csv
  code: code
  name: name
  region: region
  figures:
    shared_lives.learning_disability.current_people: {column: people}
    learning_disability.eligible_people: {column: eligible}
  peers: {same: region}
plan:
  shared_lives: {catch_up: {learning_disability: top_quartile}}
"""
MONTHS_OF_TWO = """
    - {month: 2026-10, intervention: living_well, scheme: north, people: 12, starts: 2}
    - {month: 2027-01, intervention: living_well, scheme: south, people: 3, starts: 3}
    - {month: 2027-01, intervention: living_well, scheme: north, people: 14, starts: 2}
"""


def test_who_was_there_before_the_first_row_is_counted_as_nobody_and_said_to_be() -> None:
    Path("two.yaml").write_text(TWO + MONTHS_OF_TWO, encoding="utf-8")
    found = " ".join(carescale("track", "two.yaml").out.split())
    assert "Nobody counts before a scheme's first row; for some, January 2027" in found
    assert (
        "Slip? people, starts and leavers do not add up in October 2026" in found
    )  # twelve there, and two have started


def test_no_file_of_one_intervention_has_the_name_of_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "portfolio.yaml").write_bytes((shipped("scenarios/interventions") / "homeshare.yaml").read_bytes())
    place = "place: Ours\nyear: 2024/25\nsource: scie-2018\nuse: [portfolio.yaml]\nplan: {portfolio: {add: 10}}\n"
    (tmp_path / "ours.yaml").write_text(place, encoding="utf-8")
    answer = carescale("project", str(tmp_path / "ours.yaml"))
    assert answer.code == 2
    assert "`portfolio` is the name of all interventions together, so no file of one can have it" in said(answer)


def test_a_figure_that_each_payer_has_is_asked_for_by_payer_and_not_by_itself_again() -> None:
    answer = carescale("project", "birmingham", "--set", "shared_lives.cashable_share=50%")
    assert "say whose: shared_lives.cashable_share.council, shared_lives.cashable_share.nhs" in said(answer)
    assert "did you mean" not in said(answer)


def test_a_month_to_start_in_that_is_none_is_the_one_problem_of_a_budget(tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    filed = (shipped("examples") / "northtown.yaml").read_text(encoding="utf-8")
    ours.write_text(filed.replace("start: 2026-09", "start: 2026-13"), encoding="utf-8")
    (tmp_path / "northtown-actuals.csv").write_bytes((shipped("examples") / "northtown-actuals.csv").read_bytes())
    answer = said(carescale("budget", str(ours)))
    assert "2026-13" in answer
    assert "a budget needs the month of the decision" not in answer


def test_a_result_without_an_interval_has_none_under_the_name_of_the_whole_plan_either() -> None:
    """All of the NHS's saving is Living Well's, which later evidence contradicts."""
    for example in ("birmingham", "cornwall"):
        screen = carescale("simulate", example, "--for", "portfolio.net_saving.nhs", "--draws", "1024").out
        assert "no result has an interval that means something" in " ".join(screen.split())
        assert "in 9 of 10 draws" not in screen


def test_a_plan_whose_saving_nobody_knows_is_simulated_as_far_as_it_goes() -> None:
    assert carescale("simulate", "derby", "--draws", "1024").code == 0


def test_a_report_of_years_before_the_index_of_prices_has_them_as_printed() -> None:
    Path("old.yaml").write_text(
        "place: A\nyear: 1999\nstart: 1999-01\nsource: scie-2017\nplan:\n  living_well: {add: 100}\n", encoding="utf-8"
    )
    found = carescale("project", "old.yaml", "-f", "markdown")
    assert (found.code, "# Recommendation" in found.out, "in cash by financial year" in found.out) == (0, True, False)


@pytest.mark.parametrize(
    ("words", "option"),
    [(("project", "living.yaml", "--chart"), "--chart: "), (("schema", "place", "-o", "a.docx"), "--output: "),
     (("chart", "living.yaml", "--kind", "plan-vs-actual"), "`carescale track FILE --actuals TABLE`")],
)  # fmt: skip
def test_a_refusal_names_an_option_that_the_command_has(words: tuple[str, ...], option: str) -> None:
    """The standing attacker holds every refusal to this; these once told of --kind, --format and --actuals."""
    Path("living.yaml").write_text(
        "place: A\nyear: 2026\nstart: 2026-09\nsource: scie-2017\nplan:\n  living_well: {add: 100}\n", encoding="utf-8"
    )
    found = carescale(*words)
    assert (found.code, option in found.err) == (2, True), found.err
