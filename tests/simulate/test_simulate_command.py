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
    key = "portfolio.net_saving.council"
    found = made.summaries[key]
    from carescale.analysis.one_area import one_area

    for position, code in enumerate(case.areas.codes if case.areas else ()):
        alone = simulate(one_area(case, str(code)))
        area, expected = found.areas[position], alone.summary(key)
        if expected is None:
            assert area is None
        else:
            assert area is not None
            assert area.median.value == pytest.approx(expected.median.value)
            assert area.high.value == pytest.approx(expected.high.value)
    assert found.missing == 5
    known = [area.median.value for area in found.areas if area]
    assert found.total.median.value == pytest.approx(sum(known), rel=1e-6)  # they rise and fall together


def test_the_screen_of_a_table_has_each_area_and_the_total() -> None:
    flat = " ".join(command("carescale simulate west-midlands").out.split())
    assert "over 9 of 14 areas" in flat
    assert "Birmingham £6.1m £4.2m £2.5m–£6.8m >99%" in flat
    assert "Together £21m* £14m £8.8m–£24m >99%" in flat


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("birmingham --draws 10", "10 draws are not between 1,024 and 10,000,000"),
        ("birmingham --scenario all", "a decision is between two scenarios"),
        ("birmingham --for net_savin", "there is no quantity or figure `net_savin`"),
        ("west-midlands --for net_saving.council", "take one of them apart with --area"),
        ("west-midlands --detail", "take one of them apart with --area"),
    ],
)
def test_what_cannot_be_simulated_is_told_in_a_line(line: str, said: str) -> None:
    result = command(f"carescale simulate {line}")
    assert result.code == 2
    assert said in " ".join(result.err.split())
    assert "Traceback" not in result.err
