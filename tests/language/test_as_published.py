"""What is printed beside a claim shows why its verdict is what it is; and `1 in 7` is a share in a sum, too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.running import carescale

from carescale.analysis.check import check
from carescale.inputs.loading import load
from carescale.report.as_printed import by_how_much
from carescale.report.blocks import Value
from carescale.report.screens.check import computed, published_text


@pytest.fixture
def shown(tmp_path: Path):
    """A claim's columns, given its lines: published, computed, verdict, and by how much it is off."""

    def columns(*lines: str) -> tuple[str, str, str, str]:
        head = ["place: Testshire", "year: 2020", "source: nesta-2015", "claims:"]
        file = tmp_path / "place.yaml"
        file.write_text("\n".join([*head, f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]), encoding="utf-8")
        item = check(load(file)).judged[0]
        cell = computed(item)
        assert isinstance(cell, Value)
        return published_text(item), cell.printed, item.verdict, by_how_much(item)

    return columns


@pytest.mark.parametrize(
    ("lines", "columns"),
    [
        (
            ("100 + 200", "is: more than 300"),
            ("more than 300", "300", "contradicted", "it makes just that, and not more"),
        ),
        (("100 + 200", "over: 300"), ("over 300", "300", "contradicted", "it makes just that, and not more")),
        (("100 + 200", "is: nearly 300"), ("nearly 300", "300", "contradicted", "it makes just that, and not less")),
        (("100 + 201", "is: more than 300"), ("more than 300", "301", "reproduced by a rule", "")),
        (("100 + 200", "is: about 300"), ("about 300", "300", "reproduced by a rule", "")),
        (("100 + 200", "is: at least 300"), ("at least 300", "300", "reproduced", "")),
    ],
)
def test_300_is_not_more_than_300(shown, lines, columns) -> None:
    assert shown(f"that: {lines[0]}", lines[1]) == columns


@pytest.mark.parametrize(
    ("lines", "published", "made"),
    [
        (("10 + 10", "is: 15 to 25"), "15 to 25", "20"),
        (("3 months + 3.5 months", "is: 6 to 7 months"), "6 to 7 months", "6.50"),
        (("3 * £1.10", "at_most: £3.30"), "at most £3.30", "£3.30"),
        (("3 * £1.10 > £3.30",), "over £3.30", "£3.30"),
        (("£1.3m > £1.34m",), "over £1,340,000", "£1,300,000"),
        (("£3 > 0",), "over £0", "£3"),
    ],
)
def test_columns_have_the_unit_and_the_digits_that_decide(shown, lines, published, made) -> None:
    assert shown(f"that: {lines[0]}", *lines[1:])[:2] == (published, made)


def test_a_gap_is_told_in_what_it_is_a_gap_of(shown) -> None:
    assert shown("that: 5 + 5", "is: 5 * 2.1")[3] == "it makes 0.5000 (4.8%) less"
    assert shown("that: 3 * £1.10", "at_most: £3.20")[3].startswith("it makes £0.10 (3.1%) more")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 in 7", 1 / 7),
        ("one in seven", 1 / 7),
        ("one in seven * 700", 100),
        ("4,200 / 1 in 7", 29_400),
        ("about 1 in 7", 1 / 7),
        ("2 in 3 + 1 in 4", 11 / 12),
    ],
)
def test_one_in_seven_is_a_share_in_a_sum(text, value) -> None:
    assert json.loads(carescale("calc", text, "--format", "json").out)["value"] == pytest.approx(value)


def test_one_in_seven_of_4200_people_is_600_people(shown) -> None:
    assert shown("that: 1 in 7 * 4,200 people", "is: 600 people")[2] == "reproduced"
    assert shown("that: 12 people / 84 people", "is: one in seven")[2] == "reproduced"
