"""Sums that sources print, each from YAML alone, with the verdict that it deserves."""

from __future__ import annotations

from pathlib import Path

import pytest

from carescale.analysis.check import Judged, check
from carescale.inputs.loading import load
from carescale.problems import Problems
from carescale.report.as_printed import by_how_much

HEAD = ["place: Testshire", "year: 2020", "source: nesta-2015"]


@pytest.fixture
def judge(tmp_path: Path):
    """The verdict on one claim, beside some published figures."""

    def judged(that: str, published: str, *more: str, figures: tuple[str, ...] = ()) -> Judged:
        lines = [*HEAD, *(["published:"] if figures else []), *(f"  {figure}" for figure in figures)]
        lines += ["claims:", f"  - that: {that}", f"    is: {published}", *(f"    {line}" for line in more)]
        file = tmp_path / "place.yaml"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return check(load(file)).judged[0]

    return judged


@pytest.mark.parametrize(
    ("that", "published", "verdict", "computed"),
    [
        ("(16,000 - 16,000/4) * £13,000", "£155m", "contradicted", 156_000_000),
        ("550 / (11,470 + 550)", "3%", "contradicted", 0.04576),
        ("9,802 / 10,394 - 1", "−6%", "reproduced", -0.05696),
        ("(106,000 + 87,000) * £171m / 106,000", "£311m", "reproduced", 311_349_057),
        ("£67.25 / 0.0033 QALY", "£20,347 per QALY", "within rounding", 20_378.8),
        ("£578 / (2.24 - 2.07)", "£3,320", "within rounding", 3_400),
        ("£40,000 / £140", "nearly 300", "reproduced by a rule", 285.71),
        ("£1.79m + £10.98m", "£12.7m", "contradicted", 12_770_000),
        ("£3.5bn * 3.17", "£11.1bn", "reproduced", 11_095_000_000),
        ("£3.5bn * (3.17 - 1)", "£7.6bn", "reproduced", 7_595_000_000),
    ],
)
def test_a_sum_that_a_source_prints_gets_the_verdict_it_deserves(judge, that, published, verdict, computed) -> None:
    item = judge(that, published)
    assert item.verdict == verdict
    assert item.computed == pytest.approx(computed, rel=1e-4)


def test_thirteen_thousand_to_the_nearest_thousand_could_make_155m(judge) -> None:
    figures = ("carers: 16,000", 'saved: {value: "£13,000", nearest: "£1,000"}')
    assert judge("(carers - carers/4) * saved", "£155m", figures=figures).verdict == "within rounding"
    assert judge("(16,000 - 16,000/4) * £13,000 to the nearest £1,000", "£155m").verdict == "within rounding"


def test_12_77m_prints_as_12_7m_only_where_it_is_cut_off(judge) -> None:
    item = judge("£1.79m + £10.98m", "£12.7m", "rounding: truncate")
    assert (item.verdict, item.why) == ("reproduced by a rule", "truncated")


def test_people_and_pounds_are_refused_with_the_operator_underlined(judge) -> None:
    with pytest.raises(Problems) as refused:
        judge("300 people + £7", "£307")
    assert str(refused.value).split("\n")[:4] == [
        f"{refused.value.problems[0].position}: people and pounds cannot be put together",
        "  |",
        "5 |   - that: 300 people + £7",
        "  |                      ^",
    ]


@pytest.mark.parametrize(
    ("that", "published"),
    [
        ("10% + £5", "£5.50"),
        ("£13,000 per person * 300", "£3.9m"),  # pounds a person
        ("£140 * 300 people", "£42,000"),  # pounds times people
        ("300 people + 7", "307"),
        ("300 people", "£300"),
        ("£300", "300"),
        ("3 bed-days + 4 days", "7"),
    ],
)
def test_what_is_of_another_unit_gets_no_verdict(judge, that, published) -> None:
    with pytest.raises(Problems):
        judge(that, published)


@pytest.mark.parametrize(
    ("that", "published", "figures", "hint"),
    [
        (
            "people * saving * 3/4",
            "£155m a year",
            ("people: 16,000", "saving: £13k per person per year"),
            "`people` has no unit: say what 16,000 counts, such as `people: 16,000 people`",
        ),
        (
            "16,000 * £13k per person per year",
            "£208m a year",
            (),
            "say what 16,000 counts, such as 16,000 people",
        ),
        (
            "care / all",
            "31%",
            ("care: £68 million", "all: £220 million per month"),
            "`all` is per month and `care` is not: give both the same period, or neither",
        ),
        (
            "waiting / beds",
            "14%",
            ("waiting: 13,032 patients", "beds: {unknown: the text does not give it}"),
            "`beds` has no unit: say what it counts, such as `beds: {unknown: why, unit: patients}`",
        ),
    ],
)
def test_the_part_of_a_sum_that_lacks_its_unit_is_named(judge, that, published, figures, hint) -> None:
    with pytest.raises(Problems) as refused:
        judge(that, published, figures=figures)
    assert [problem.hint for problem in refused.value.problems] == [hint]


def test_a_fraction_of_a_billion_is_no_sum(judge) -> None:
    with pytest.raises(Problems) as refused:
        judge("£500m", "over £1/2bn")
    assert [problem.hint for problem in refused.value.problems] == ["write £0.5bn"]


@pytest.mark.parametrize(
    ("that", "published", "said"),
    [
        ("138,000 * £2,089", "£288 billion", "it makes £287,711,718,000 (99.9%) less"),
        ("£1bn + £0.5bn", "£1m", "it makes £1,499,000,000 (149,900%) more"),
        ("£78 * 2", "£160", "it makes £4 (2.5%) less"),
        ("£3.5 * 2", "£8", "it makes £1 (13%) less"),
        (
            "£37 / £11.50",
            "more than 3",
            "it makes 0.2174 (7.2%) more, larger than “more than 3” suggests, which is 3 to 3.15; "
            "`over: 3` checks a bound",
        ),
        (
            "£45 + £44",
            "less than £100",
            "it makes £11 (11%) less, smaller than “less than £100” suggests, which is £95 to £100; "
            "`at_most: £100` checks a bound",
        ),
        ("£45 + £60", "less than £100", "it makes £5 (5%) more"),
    ],
)
def test_a_contradiction_says_by_how_much_and_what_a_hedge_lets_it_be(judge, that, published, said) -> None:
    assert by_how_much(judge(that, published)).split("; the nearest")[0] == said


@pytest.mark.parametrize(
    ("that", "published", "verdict"),
    [
        ("£20 per week * 1 year", "£1,040", "reproduced"),  # 52 weeks a year
        ("£20 per week + 0", "£1,040 per year", "reproduced"),
        ("3 weeks + 5 days", "26 days", "reproduced"),
        ("51 people * £26,000 per person per year", "£1.3m", "reproduced"),  # names no period: has the sum's
        ("51 people * £26,000 per person per year", "£1.3m a year", "reproduced"),
        ("51 people * £26,000 per person per year", "£25,500 a week", "reproduced"),
        ("£6.47m / £1.76m", "£3.68 for every £1", "reproduced"),
        ("£6.47m / £1.76m", "4:1", "reproduced"),
        ("£6.47m / £1.76m", "about 3.6:1", "reproduced by a rule"),
        ("£7.50:£1 * £2m", "£15m", "reproduced"),
        ("13,032 / 91,224", "1 in 7", "reproduced"),
        ("13,032 / 91,225", "1 in 7", "contradicted"),
        ("13,032 / 95,000", "roughly one in seven", "reproduced by a rule"),  # 13.57% to 15%
        ("13,032 / 100,000", "roughly one in seven", "contradicted"),
        ("123 / 999", "about 123 in 1,000", "reproduced by a rule"),  # 12.2% to 12.4%
        ("4 / 3", "4:3", "reproduced"),
        ("50p * 2", "£1.00", "reproduced"),
        ("(£35 to £40) * 12", "£450", "within the range given"),
        ("(£35 to £40) * 12", "£500", "contradicted"),
        ("about £20 * 50", "£1,040", "reproduced by a rule"),  # £19 to £21
        ("about £20 * 50", "£1,060", "contradicted"),
        ("6 + 6.4", "£2 to £3", None),
        ("2.2 + 0.4", "2 to 3", "reproduced"),
        ("10,000 + 33,500", "over 43,000", "reproduced by a rule"),
        ("10,000 + 32,770", "over 43,000", "contradicted"),
        ("10,000 + 52,770", "at least 43,000", "reproduced"),
        ("10,000 + 52,770", "at most 43,000", "contradicted"),
        ("45 + 54", "just under 100", "reproduced by a rule"),
        ("45 + 44", "just under 100", "contradicted"),
        ("295 + 22", "300 ± 20", "reproduced by a rule"),
        ("299 + 22", "300 ± 20", "contradicted"),
        ("120 + 26 + 31", "AVERAGE(176; 178)", "reproduced"),
        ("£26,000 * 51", "£1.3m * 2", "contradicted"),
        ("RRI(5; 50; 450)", "55%", "reproduced"),
        ("CHANGE(10,394; 9,802)", "-6%", "reproduced"),
        ("ROUNDUP(1,000 * 67 / 800)", "84", "reproduced"),
        ("IF(300 < 285; £1; £2) * 3", "£6", "reproduced"),
        ("(2.0 - 2.0) * 0 + 1 / (2.0 - 2.0)", "4", "not determined"),
    ],
)
def test_units_hedges_and_functions(judge, that, published, verdict) -> None:
    if verdict is None:
        with pytest.raises(Problems):
            judge(that, published)
    else:
        assert judge(that, published).verdict == verdict


@pytest.mark.parametrize(
    ("that", "figures"),
    [
        ("£8,000", ()),
        ("1 person * £8,000 per person", ()),
        ("saving", ("saving: £8,000",)),
        ("saving * 1 + 0", ("saving: £8,000",)),
        ("(saving + cost) - cost", ("saving: £8,000", "cost: £12")),
    ],
)
def test_a_claim_that_comes_down_to_the_figure_it_states_is_given(judge, that, figures) -> None:
    item = judge(that, "£8,000", figures=figures)
    assert item.verdict == "not determined"
    assert item.why.startswith("it is given: ")


def test_half_of_two_is_worked_out_though_it_makes_the_figure(judge) -> None:
    assert judge("2 * 50% * £8,000", "£8,000").verdict == "reproduced"


def test_figures_of_ones_own_are_of_any_unit_over_time_and_totals_over_years(judge) -> None:
    figures = (
        "bed_days: 2.3m bed-days",
        'bed_day: {value: £300, unit: "£ per bed-day"}',
        'people: {2018: "9,802", 2019: "10,394"}',
        "programme: {value: £270m, over: 5 years}",
        "waiting: {unknown: the report does not say, unit: match}",
    )
    assert judge("bed_days * bed_day", "£690m", figures=figures).verdict == "reproduced"
    assert judge("people.2019 / people.2018 - 1", "6%", figures=figures).verdict == "reproduced"
    item = judge("programme + £1m per year", "£55m a year", figures=figures)
    assert (item.computed, item.unit) == (55_000_000, "GBP/year")
    assert judge("programme * 2 years", "£108m", figures=figures).verdict == "reproduced"
    missing = judge("waiting * 3", "12 matches", figures=figures)
    assert (missing.verdict, missing.why) == (
        "not determined", "published.waiting not published: the report does not say",
    )  # fmt: skip


def test_a_range_of_an_input_takes_part(judge) -> None:
    figures = ('fee: {value: "£38", range: "£35 to £40"}',)
    assert judge("fee * 12", "£456", figures=figures).verdict == "reproduced"
    assert judge("fee * 12", "£430", figures=figures).verdict == "within the range given"
    assert judge("fee * 12", "£490", figures=figures).verdict == "contradicted"


def test_an_assumption_is_exact_and_is_named(judge) -> None:
    figures = ("share: {value: 2.5, assumption: nobody says}", "cost: £13,000")
    item = judge("share * cost", "£32,600", figures=figures)
    assert item.verdict == "contradicted"
    assert item.leans == ("on the assumption of 2.5 for published.share",)
    assert judge("2.5 * cost", "£32,600", figures=figures).verdict == "within rounding"


def test_a_contradiction_says_the_nearest_that_the_inputs_could_give(judge) -> None:
    item = judge("£1.79m + £10.98m", "£12.7m")
    assert item.nearest == pytest.approx(12_760_000)


def test_an_input_twice_in_a_sum_is_one_number(judge) -> None:
    """2.0 less itself is nought, though each 2.0 could be 1.95 to 2.05: so 1.9 to 2.1 over the same is one."""
    figures = ("rate: 2.0",)
    assert judge("(rate + 10) / rate", "6.1", figures=figures).verdict == "within rounding"
    assert judge("(rate + 10) / rate", "6.3", figures=figures).verdict == "contradicted"
    assert judge("(2.0 + 10) / 2.0", "6.2", figures=figures).verdict == "within rounding"  # two numbers: 5.8 to 6.2
    assert judge("rate * (12 / 5 - rate)", "0.9", figures=figures).verdict == "within rounding"  # 1.95 × 0.45 is 0.8775
    assert judge("rate * (12 / 5 - rate)", "1.0", figures=figures).verdict == "contradicted"


def test_short_names_work_where_nothing_else_has_them(judge) -> None:
    assert judge("carers * 2", "32,000", figures=("carers: 16,000",)).verdict == "reproduced"
    assert judge("published.carers * 2", "32,000", figures=("carers: 16,000",)).verdict == "reproduced"
    assert judge("carers * 2", "32,000", figures=("carers: 16,000",)).claim.keys == ("published.carers",)
