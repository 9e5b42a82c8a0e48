"""Numbers as people print them: what is read, how far its digits reach, and how a computed one is printed."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carescale.numbers import (
    NotANumber,
    compact_count,
    compact_money,
    grouped,
    money,
    percent,
    read_number,
    read_range,
    round_to,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("£26,000", "26000"),
        ("£1.3m", "1300000"),
        ("£0.35m", "350000"),
        ("£117m", "117000000"),
        ("£1.3 million", "1300000"),
        ("£490 thousand", "490000"),
        ("£100k", "100000"),
        ("£2bn", "2000000000"),
        ("13%", "0.13"),
        ("13 per cent", "0.13"),
        ("13 percent", "0.13"),
        ("5.93%", "0.0593"),
        ("1,000", "1000"),
        ("32,770", "32770"),
        ("2177", "2177"),
        ("7 months", "7"),
        ("0.13", "0.13"),
        ("-£350,000", "-350000"),
        ("−£350,000", "-350000"),
        ("  52 people ", "52"),
        ("1 in 8", "0.125"),
        ("one in four", "0.25"),
        ("3 in every ten", "0.3"),
    ],
)
def test_a_printed_number_is_read_exactly(text, value):
    assert read_number(text).value == Decimal(value)


def test_the_unit_that_is_printed_is_kept():
    assert read_number("£26,000").symbol == "£"
    assert read_number("13 per cent").symbol == "%"
    assert read_number("7 months").word == "months"
    assert read_number("£1.3m").text == "£1.3m"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("£1.3m", "1250000", "1350000"),
        ("£2m", "1500000", "2500000"),
        ("£0.35m", "345000", "355000"),
        ("£117m", "116500000", "117500000"),
        ("13%", "0.125", "0.135"),
        ("5.93%", "0.05925", "0.05935"),
        ("£490k", "489500", "490500"),
    ],
)
def test_a_suffix_has_the_precision_of_its_last_digit(text, low, high):
    assert read_number(text).interval == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["£490,000", "£8,000", "£1,181", "32,770", "173", "52 people", "7 months"])
def test_a_number_written_out_in_full_is_exact(text):
    number = read_number(text)
    assert number.interval == (number.value, number.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,00", "commas go between groups of three digits"),
        ("1,0000", "commas go between groups of three digits"),
        ("nan", "it is not a finite number"),
        ("inf", "it is not a finite number"),
        ("-Infinity", "it is not a finite number"),
        ("1e5", "write it as it is printed"),
        ("", "there is nothing here"),
        ("   ", "there is nothing here"),
        ("9" * 100, "write it as it is printed"),
        ("£", "write it as it is printed"),
        ("about nothing", "write it as it is printed"),
        ("£13%", "both pounds and a percentage"),
        ("1_000", "write it as it is printed"),
        ("£1/2bn", "write £0.5bn"),
        ("over £3/4 million", "write £0.75 million"),
        ("£1/3bn", "write it as a decimal"),
        ("8 in 7", "a share is some in as many or more"),
    ],
)
def test_what_is_not_a_printed_number_is_refused_with_the_reason(text, why):
    with pytest.raises(NotANumber, match=why):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("£12,000 to £26,000", "12000", "26000"),
        ("6 to 7 months", "6", "7"),
        ("12–15%", "0.12", "0.15"),
        ("1% to 2%", "0.01", "0.02"),
        ("1 to 2%", "0.01", "0.02"),
        ("£1 to £2m", "1000000", "2000000"),
        ("£300 to 450", "300", "450"),
        ("20 – 30 people", "20", "30"),
    ],
)
def test_both_ends_of_a_range_have_the_unit_that_either_says(text, low, high):
    first, second = read_range(text)
    assert (first.value, second.value) == (Decimal(low), Decimal(high))
    assert first.symbol == second.symbol
    assert first.word == second.word


@pytest.mark.parametrize("text", ["7 to 6 months", "£12,000", "1 to 2 to 3", "six to seven", "£2m to £1m"])
def test_a_range_needs_two_numbers_the_lower_first(text):
    with pytest.raises(NotANumber):
        read_range(text)


def test_the_published_parts_add_to_6_6_even_in_binary():
    parts = 1.0 + 1.3 + 4.6 - 0.35
    assert f"{parts:.1f}" == "6.5"  # what naive printing makes of it
    assert round_to(parts, Decimal("0.1")) == Decimal("6.6")
    assert round_to(Decimal("6.55"), Decimal("0.1")) == Decimal("6.6")


def test_a_half_is_rounded_away_from_zero():
    assert round_to(0.5, 1) == 1
    assert round_to(2.5, 1) == 3
    assert round_to(-2.5, 1) == -3
    assert round_to(1.005, Decimal("0.01")) == Decimal("1.01")


def test_truncation_drops_what_is_left_towards_zero():
    assert round_to(4_690_000, 100_000) == 4_700_000
    assert round_to(4_690_000, 100_000, truncate=True) == 4_600_000
    assert round_to(-4_690_000, 100_000, truncate=True) == -4_600_000


def test_cornwalls_savings_are_printed_to_the_nearest_100k():
    assert round_to(325 * 1181, 100_000) == 400_000
    assert round_to(325 * 1598, 100_000) == 500_000


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (117_000_000.00000001, "£117m"),
        (6_655_000, "£6.7m"),
        (6_649_999, "£6.6m"),
        (1_334_000, "£1.3m"),
        (981_000, "£981,000"),
        (173_333.33, "£173,000"),
        (999_499, "£999,000"),
        (999_500, "£1.0m"),
        (9_949_999, "£9.9m"),
        (9_950_000, "£10m"),
        (999_499_999, "£999m"),
        (999_500_000, "£1.0bn"),
        (8_000, "£8,000"),
        (3_333.33, "£3,333"),
        (0, "£0"),
        (-0.4, "£0"),
        (-350_000, "−£350,000"),
        (-1_334_000, "−£1.3m"),
    ],
)
def test_pounds_in_a_headline(value, text):
    assert compact_money(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(42_770, "43,000"), (1_052, "1,052"), (9_999, "9,999"), (10_499, "10,000"), (-12, "−12")]
)
def test_people_in_a_headline(value, text):
    assert compact_count(value) == text


def test_a_negative_number_has_a_real_minus_sign():
    assert money(-350_000) == "−£350,000"
    assert grouped(Decimal("-1234.5"), 1) == "−1,234.5"
    assert money(-0.2) == "£0"


def test_pounds_and_shares_in_full():
    assert money(1_334_000.4) == "£1,334,000"
    assert money(3333.333, places=2) == "£3,333.33"
    assert percent(129 / 2177) == "5.93%"
    assert percent(0.13, places=0) == "13%"


_POUNDS = st.integers(min_value=-(10**11), max_value=10**11)
_UNITS = st.sampled_from([Decimal(1), Decimal("0.1"), Decimal("0.01"), Decimal(1000), Decimal(100_000)])
_VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@settings(deadline=None)
@given(_POUNDS)
def test_whole_pounds_are_read_back_as_they_were_printed(pounds):
    assert read_number(money(pounds)).value == pounds


@settings(deadline=None)
@given(_VALUES, _UNITS)
def test_rounding_twice_is_rounding_once_and_moves_by_half_a_unit_at_most(value, unit):
    rounded = round_to(value, unit)
    assert round_to(rounded, unit) == rounded
    assert abs(rounded - value) <= unit / 2
    assert rounded % unit == 0


@settings(deadline=None)
@given(_VALUES, _UNITS)
def test_truncating_never_grows_a_number(value, unit):
    truncated = round_to(value, unit, truncate=True)
    assert abs(truncated) <= abs(value)
    assert abs(value) - abs(truncated) < unit


@settings(deadline=None)
@given(
    st.integers(min_value=1, max_value=9_999), st.integers(min_value=0, max_value=99), st.sampled_from(["m", "k", "%"])
)
def test_a_number_lies_in_the_middle_of_its_interval(whole, hundredths, suffix):
    number = read_number(f"{whole:,}.{hundredths:02d}{suffix}")
    low, high = number.interval
    assert low < number.value < high
    assert (low + high) / 2 == number.value
    assert round_to(low, number.step) == number.value  # half-up: the lower end would have printed as it too


@pytest.mark.parametrize("text", ["1" + " " * 20_000 + "2", "1 to 2" + " to" * 20_000, "1" * 20_000 + " to 2"])
def test_a_range_longer_than_any_real_one_is_refused_without_reading_it(text: str, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("carescale.numbers.re.split", lambda *_: pytest.fail("it was searched"))
    with pytest.raises(NotANumber, match="a range is two numbers"):
        read_range(text)


def test_a_number_of_more_than_forty_characters_is_none_in_a_range_either() -> None:
    assert read_range("1 to " + "2" * 40)[1].text == "2" * 40
    with pytest.raises(NotANumber):
        read_range("1 to " + "2" * 41)
