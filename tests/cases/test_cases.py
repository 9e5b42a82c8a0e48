"""Cases in the words of people who know the field: each YAML file here says what a place must come out as.

`case` in words · `file`, an example by name, or `place`, a whole place file · `settings`, as after --set · `scenario` ·
`expect`: a quantity and what is printed of it: £1,334,000, 15 months, 5.93%, unknown, not applicable,
beyond the horizon; `partial £1.4m` where something is left out; `£1.3m (£0.6m to £1.3m)` where figures have a range.
"""

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from carescale.analysis.projection import project
from carescale.inputs.loading import load
from carescale.numbers import Printed, read_number, read_range, round_to

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
CASES = {path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in FILES}  # texts stay texts
KEYS = {"case", "file", "place", "settings", "scenario", "expect"}
WITHOUT_NUMBER = ("unknown", "not applicable", "beyond the horizon")
EXPECTED = re.compile(r"(?P<partial>partial )?(?P<number>[^()]+?)(?: \((?P<range>.+)\))?$")


def is_printed_as(value: float | None, number: Printed) -> bool:
    """Whether a value prints as a number does: to the last digit of £1.3m, or of £1,334,000."""
    exponent = number.value.as_tuple().exponent
    step = number.step or Decimal(1).scaleb(min(0, exponent))
    return value is not None and round_to(value, step) == number.value


def unit_fits(number: Printed, unit: str) -> bool:
    """Whether the printed unit is the quantity's."""
    if number.symbol == "£":
        return unit.startswith("GBP")
    if number.symbol == "%":
        return unit == ""
    base = unit.split("/")[0]
    return number.word in (base, f"{base}s", "people" if base == "person" else base)


def assert_result(result, expected: str) -> None:
    if expected in WITHOUT_NUMBER:
        assert result.status == expected
        return
    words = EXPECTED.match(expected)
    number = read_number(words["number"])
    assert result.status == ("partial" if words["partial"] else "known")
    assert is_printed_as(result.value, number), f"{result.value} does not print as {number.text}"
    assert unit_fits(number, result.unit), f"{number.text} is not in {result.unit or 'a share'}"
    if words["range"]:
        low, high = read_range(words["range"])
        assert is_printed_as(result.low, low), f"{result.low} does not print as {low.text}"
        assert is_printed_as(result.high, high), f"{result.high} does not print as {high.text}"


def load_case(written, folder: Path):
    """The case that a file describes: an example that ships, or a place of its own."""
    path = written.get("file")
    if path is None:
        path = folder / "place.yaml"
        path.write_text(yaml.safe_dump(written["place"], allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load(path, scenario=written.get("scenario", "as-published"), settings=written.get("settings", []))


def test_there_are_a_good_dozen_of_cases_and_each_expects_something():
    assert len(CASES) >= 12
    for name, written in CASES.items():
        assert set(written) <= KEYS, name
        assert ("file" in written) != ("place" in written), name
        assert written["expect"], name


@pytest.mark.parametrize("name", CASES)
def test_the_place_comes_out_as_people_who_know_it_say(name, tmp_path):
    written = CASES[name]
    projection = project(load_case(written, tmp_path))
    wrong = []
    for key, expected in written["expect"].items():
        try:
            assert_result(projection[key], expected)
        except AssertionError as difference:
            wrong.append(f"{key}: expected {expected}: {str(difference).splitlines()[0]}")
    assert not wrong, f"{written['case']}\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("value", "text", "printed"),
    [
        (1_334_000.0, "£1,334,000", True),
        (1_334_001.0, "£1,334,000", False),
        (1_334_001.0, "£1.3m", True),
        (1_350_000.0, "£1.3m", False),
        (0.05926, "5.93%", True),
        (52.114, "52.11 people", True),
        (None, "£0", False),
    ],
)
def test_the_comparison_itself_can_fail(value, text, printed):
    assert is_printed_as(value, read_number(text)) is printed


@pytest.mark.parametrize("scenario", ["as-published", "fixed-number", "catch-up-with-a-rate"])
@pytest.mark.parametrize("example", ["birmingham", "cornwall", "england", "kent"])
def test_every_example_can_be_put_under_every_scenario_that_ships(example, scenario):
    case = load(example, scenario=scenario)
    paths = {intervention.path for intervention in case.interventions}
    if scenario != "as-published":  # these grow Shared Lives beside what the place plans
        assert "shared_lives" in paths
    assert {result.key for result in project(case) if result.status == "known"}
