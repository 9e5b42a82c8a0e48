"""The command: its screen, its files, what it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from cli.running import command

from carescale import load
from carescale.analysis.simulate import simulate
from carescale.analysis.simulate_areas import simulate_areas

NET = "shared_lives.net_saving.council"


def test_the_first_screen_says_what_decides() -> None:
    out = command("carescale simulate birmingham").out
    flat = " ".join(out.split())
    assert "Shared Lives: £909,000 a year (council), £557,000 to £1.5m in 9 of 10 draws" in flat
    assert "more than 19 in 20 to have broken even by month 24" in flat
    assert "£26,000 is the best end of its range, median £17,664" in flat
    assert "contradicted" in flat
    assert "doing the plan is better than doing nothing in every draw" in flat
    assert "16,384 draws, seed 0" in flat
    assert len(out.splitlines()) <= 45


def test_a_total_that_is_mostly_calibrated_has_no_interval_anywhere() -> None:
    document = json.loads(command("carescale simulate birmingham --format json").out)
    whole = document["quantities"]["portfolio.net_saving.council"]
    assert whole["no_interval_because"] == "mostly calibrated"
    assert whole["p5"] is None
    assert document["quantities"][NET]["median"] == pytest.approx(908_840, rel=0.0012)
    england = " ".join(command("carescale simulate england").out.split())
    assert "no result has an interval that means something" in england
    assert "Worth finding out" not in england


def test_json_has_the_shape_that_others_rely_on() -> None:
    document = json.loads(command(f"carescale simulate birmingham --detail --for {NET} --format json").out)
    assert {"seed", "draws", "version", "inputs", "quantities", "break_even", "tornado", "worth_finding_out"} <= set(
        document
    )
    assert (document["seed"], document["draws"]) == (0, 16_384)
    assert set(document["quantities"][NET]) == {
        *("unit", "given", "p5", "median", "p95", "mean", "above_zero", "error", "no_interval_because")
    }
    back = document["break_even"]["shared_lives.break_even_month.council"]
    assert list(back) == [str(month) for month in range(1, 61)]
    assert all(0 <= chance <= 1 for chance in back.values())
    assert document["tornado"]["key"] == NET
    assert document["worth_finding_out"]["decide"] == "doing the plan"
    saving = "shared_lives.learning_disability.published_saving_per_person.council"
    assert document["shares_of_variance"][saving]["alone"]["share"] == pytest.approx(1, abs=0.05)


def test_every_draw_can_be_had_as_parquet_and_as_csv(tmp_path: Path) -> None:
    import polars

    path = tmp_path / "draws.parquet"
    command(f"carescale simulate birmingham --draws 2,048 --output {path}".replace(",", ""))
    draws = polars.read_parquet(path)
    assert draws.height == 2_048
    net = draws[NET].to_numpy()
    assert np.array_equal(net, simulate(load("birmingham"), 2_048)[NET].value)
    text = command("carescale simulate birmingham --draws 2048 --each-draw --format csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 2_048
    assert float(rows[5][NET]) == pytest.approx(net[5])


def test_csv_has_the_percentiles_of_every_quantity_that_moves() -> None:
    rows = list(csv.DictReader(io.StringIO(command("carescale simulate birmingham --format csv").out)))
    found = {row["key"]: row for row in rows}
    assert float(found[NET]["p5"]) < float(found[NET]["median"]) < float(found[NET]["p95"])
    assert "living_well.net_saving.council" not in found


def test_over_a_table_each_area_has_the_draws_that_it_has_alone() -> None:
    case = load("west-midlands")
    made = simulate_areas(case)
    key, month = "portfolio.net_saving.council", "portfolio.break_even_month.council"
    found, back = made.summaries[key], made.broken_even[month]
    from carescale.analysis.one_area import one_area

    for position, code in enumerate(case.areas.codes if case.areas else ()):
        alone = simulate(one_area(case, str(code)))
        area, expected = found.areas[position], alone.summary(key)
        if expected is None:
            assert area is None
            assert back.areas[position] is None
        else:
            assert area is not None
            chances = back.areas[position] if area.median.value else alone.chances_by_month(month)
            assert chances == alone.chances_by_month(month)
            assert area.median.value == pytest.approx(expected.median.value, abs=0.001)
            assert area.high.value == pytest.approx(expected.high.value, abs=0.001)
    assert found.missing == 5
    known = [area.median.value for area in found.areas if area]
    assert found.total.median.value == pytest.approx(sum(known), rel=1e-6)  # they rise and fall together
    assert back.total == back.areas[0]  # set-up goes with the people, so all are back when one is


def test_where_set_up_comes_in_whole_blocks_small_areas_are_back_later_than_all_together() -> None:
    made = simulate_areas(load("west-midlands", settings=["shared_lives.set_up_basis=whole_blocks"]), 1_024)
    back = made.broken_even["portfolio.break_even_month.council"]
    by_24 = [chances[24].value for chances in back.areas if chances]
    assert len(by_24) == 8
    assert min(by_24) < back.total[24].value < max(by_24)


def test_where_the_plan_of_a_table_bears_no_interval_the_interventions_that_do_have_theirs() -> None:
    """Of the councils of England: reablement and discharge have no ranges, and outweigh Shared Lives, which has one."""
    made = simulate_areas(load("england-councils"), 1_024)
    assert made.keys == ["shared_lives.net_saving.council"]
    assert made.grounds["portfolio.net_saving.council"].why_not == "mostly no range"
    found = made.summaries["shared_lives.net_saving.council"]
    assert len(found.areas) - found.missing == 150
    assert 45e6 < found.total.low.value * 1.5 < found.total.median.value < found.total.high.value < 90e6


def test_a_table_is_drawn_in_as_many_blocks_as_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    key, month = "portfolio.net_saving.council", "portfolio.break_even_month.council"
    whole = simulate_areas(load("west-midlands"), 1_024)
    first = whole.summaries[key], whole.broken_even[month]
    for name, size in {"_HELD": 6 * 1_024, "_TOGETHER": 3, "_PART": 500}.items():
        monkeypatch.setattr(f"carescale.analysis.simulate_areas.{name}", size)
    parted = simulate_areas(load("west-midlands"), 1_024)
    assert (parted.summaries[key].areas, parted.broken_even[month]) == (first[0].areas, first[1])
    assert parted.summaries[key].total.median.value == pytest.approx(first[0].total.median.value, rel=1e-14)


def test_the_screen_of_a_table_has_each_area_and_the_total() -> None:
    flat = " ".join(command("carescale simulate west-midlands").out.split())
    assert "over 9 of 14 areas" in flat
    assert "more than 19 in 20 to have broken even together by month 24" in flat
    assert "Birmingham £6.1m £4.2m £2.5m–£6.8m >99% 99% >99%" in flat
    assert "Telford and Wrekin £0 £0 £0–£0 <1% – –" in flat  # nothing is planned where the best scheme is
    assert "Together £21m* £14m £8.8m–£24m >99% 99% >99%" in flat


def test_the_data_of_a_table_have_the_chance_for_each_area_and_month() -> None:
    told = json.loads(command("carescale simulate west-midlands --format json").out)
    chances = told["break_even"]["portfolio.break_even_month.council"]
    assert chances["together"]["24"] == chances["E08000025"]["24"] == 0.99072265625
    assert "E08000020" not in chances
    rows = list(csv.DictReader(io.StringIO(command("carescale simulate west-midlands --format csv").out)))
    assert [row["broken_even_by_month_24"] for row in rows if row["name"] == "Together"] == ["0.99072265625"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("birmingham --draws 10", "10 draws are not between 1,024 and 10,000,000"),
        ("birmingham --scenario all", "a decision is between two scenarios"),
        ("birmingham --for net_savin", "there is no quantity or figure `net_savin`"),
        ("west-midlands --for net_saving.council", "take one of them apart with --area"),
        ("west-midlands --draws 300000", "300,000 draws are more than 262,144"),
        ("west-midlands --detail", "take one of them apart with --area"),
    ],
)
def test_what_cannot_be_simulated_is_told_in_a_line(line: str, said: str) -> None:
    result = command(f"carescale simulate {line}")
    assert result.code == 2
    assert said in " ".join(result.err.split())
    assert "Traceback" not in result.err


def test_the_guide_says_of_the_three_examples_what_the_screens_say(tmp_path: Path) -> None:
    home = Path(__file__).parent.parent.parent
    guide = (home / "examples" / "README.md").read_text(encoding="utf-8")
    shown = command("carescale simulate birmingham --show break-even").out
    assert f"$ carescale simulate birmingham --show break-even\n{shown}```" in guide
    leeds = tmp_path / "leeds.yaml"
    leeds.write_text(guide.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    for place, said in (
        ("birmingham", ("£909,000", "£557,000", "£1.5m", "more than 19 in 20")),
        (str(leeds), ("£353,000", "£215,000", "£580,000", "better than doing nothing in every draw")),
        ("england", ("£117,000,000", "calibrated")),
    ):
        out = " ".join(command(f"carescale simulate {place}").out.split())
        assert [words for words in said if words not in out] == []


def test_project_has_the_interval_beside_each_saving_when_asked() -> None:
    out = command("carescale project birmingham --simulate").out
    line = next(line for line in out.splitlines() if line.startswith("Shared Lives ") and "£1,334,000" in line)
    assert "£557,000–£1.5m" in line
    assert "15 (13–22)" in line
    assert "Low–high" not in out
    document = json.loads(command("carescale project birmingham --simulate --format json").out)
    found = {one["key"]: one for one in document["quantities"]}
    assert found[NET]["median"] == pytest.approx(908_840, rel=0.0012)
    assert found["portfolio.net_saving.council"]["median"] is None
    assert document["simulation"]["draws"] == 16_384
    assert "p5" in command("carescale project birmingham --simulate --format csv").out.splitlines()[0]


def test_an_appraisal_has_the_interval_of_its_net_present_value() -> None:
    first, full = (" ".join(command(f"carescale appraise birmingham{more}").out.split()) for more in ("", " --full"))
    assert "9 of 10 draws Shared Lives: net present value (council) £1.5m–£4.6m" in first
    assert "90% interval" in full


def test_the_workbook_has_a_sheet_of_draws_that_says_it_is_not_live(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "birmingham.xlsx"
    assert command(f"carescale project birmingham --simulate --output {path}").code == 0
    book = openpyxl.load_workbook(path)
    sheet = book["Draws"]
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("not live" in word for word in words)
    assert not any(word.startswith("=") for word in words)
    rows = {str(row[0].value): row for row in sheet.iter_rows()}
    assert rows["Shared Lives: net saving (council)"][3].value == pytest.approx(908_840, rel=0.0012)
    assert "mostly calibrated" in [cell.value for cell in rows["Net saving (council)"]]
    import zipfile

    with zipfile.ZipFile(path) as packed:
        assert sum(name.startswith("xl/charts/chart") for name in packed.namelist()) == 4


def test_worst_to_best_stays_itself_beside_the_interval_of_draws() -> None:
    """Every range at its bad end and at its good one is wider than where 9 of 10 draws lie in between."""
    out = command("carescale appraise birmingham --full", columns=120).out
    line = next(line for line in out.splitlines() if line.startswith("  Shared Lives "))
    assert "£1.5m–£4.6m" in line
    quantities = json.loads(command("carescale appraise birmingham --format json").out)["quantities"]
    found = {one["key"]: one for one in quantities}["shared_lives.net_present_value.council"]
    row = next(line for line in out.splitlines() if "Shared Lives: net present value" in line and "–" not in line)
    assert [cell for cell in row.split() if "£" in cell] == [
        f"£{found[end]:,.0f}" for end in ("worst", "value", "best")
    ]
    assert found["worst"] < 1.5e6
    assert found["best"] > 4.6e6
