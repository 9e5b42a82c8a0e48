"""`calc` does one sum; `show` documents every word that may be written."""

from __future__ import annotations

import json

import pytest
from cli.running import carescale

from carescale.inputs.language.functions import FUNCTIONS
from carescale.inputs.language.guide import CLAIMS, PUBLISHED, TOPICS
from carescale.inputs.language.parser import read_sum
from carescale.numbers import read_as_printed


def test_a_sum_is_worked_out_with_what_its_printed_numbers_leave_open() -> None:
    assert carescale("calc", "480 * (17% - 3%)", columns=80).out == (
        "67.2\n\ncould be  62.4 to 72\nread as   480 × (17% − 3%)\n"
        "because   17% is 16.5% to 17.5%\n          3% is 2.5% to 3.5%\n"
    )


def test_json_has_the_value_its_ends_its_unit_and_the_text() -> None:
    found = json.loads(carescale("calc", "£67.25/0.0033 QALY", "--format", "json").out)
    assert found["text"] == "£67.25 / 0.0033 QALY"
    assert (found["unit"], found["exact"]) == ("GBP/QALY", True)
    assert found["value"] == pytest.approx(67.25 / 0.0033)
    assert found["low"] == pytest.approx(67.245 / 0.00335)
    assert found["high"] == pytest.approx(67.255 / 0.00325)


def test_a_file_lends_its_quantities_and_figures() -> None:
    result = carescale("calc", "shared_lives.net_saving.council / shared_lives.additional_people", "birmingham")
    assert result.out.startswith("£25,653.85 per person per year\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2 * 3 +", "something is missing after `+`"),
        ("spend * 2", "a sum without a file is of numbers only"),
        ("300 people + £7", "people and pounds cannot be put together"),
        ("MIN(1,200)", "is one number or several"),
        ("-2^2", "-2^2 is -4 in mathematics and 4 in Excel"),
    ],
)
def test_what_cannot_be_worked_out_is_told_of_with_a_caret(text: str, told: str) -> None:
    result = carescale("calc", text)
    assert result.code == 2
    assert told in result.err
    assert "^" in result.err
    assert result.out == ""


@pytest.mark.parametrize("topic", TOPICS)
def test_every_word_that_may_be_written_is_shown_with_an_example(topic: str) -> None:
    out = " ".join(carescale("show", topic, columns=120).out.split())
    for word in TOPICS[topic].words:
        assert word.word in out
        assert word.example.split()[0] in out


def test_the_examples_of_the_guide_are_read() -> None:
    for function in FUNCTIONS.values():
        assert read_sum(function.example).tree is not None
    assert {word.word for word in CLAIMS.words} >= set(FUNCTIONS)
    for word in PUBLISHED.words:
        name, _, number = word.example.partition(": ")
        assert name.isidentifier()
        assert number.startswith("{") or read_as_printed(number).value
