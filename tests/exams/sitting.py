"""Outside exams: numbers that others published, and our own code's answers to the same questions.

An exam is a YAML file beside this one: `exam`, `publisher`, `title` and `year` say whose it is, `asks` what is asked,
`answered_by` names one of the functions below, and each of the `questions` has what it takes, and its `published`
digits. A new exam on what is here is one file; on something new, a function more. `make exams` prints their table.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import Any

import yaml
from tabulate import tabulate

from carescale.numbers import Printed, read_number, round_to

HERE = Path(__file__).parent
Answer = float | Sequence[float]
Question = dict[str, Any]
ANSWERS: dict[str, Callable[[Question], Answer]] = {}


@dataclass(frozen=True)
class Answered:
    """A question of an exam: each published number, as text, and what our code makes of it."""

    exam: dict[str, Any]
    asked: str
    published: tuple[str, ...]
    ours: tuple[float, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """Our numbers as exactly as the published ones."""
        return tuple(as_printed(value, text) for value, text in zip(self.ours, self.published, strict=True))

    @property
    def agrees(self) -> bool:
        """Whether every number prints as it was published."""
        return len(self.ours) == len(self.published) and all(
            round_to(value, last_digit(read_number(text))) == read_number(text).value
            for value, text in zip(self.ours, self.published, strict=True)
        )


def exams() -> dict[str, dict[str, Any]]:
    """Every exam by the name of its file."""
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.yaml"))}


def sit(exam: dict[str, Any]) -> Iterator[Answered]:
    """Answer every question of an exam with our own code."""
    answer = ANSWERS[exam["answered_by"]]
    for question in exam["questions"]:
        published, ours = question["published"], answer(question)
        yield Answered(
            exam,
            question["asked"],
            (published,) if isinstance(published, str) else tuple(published),
            tuple(ours) if isinstance(ours, Sequence) else (ours,),
        )


def last_digit(number: Printed) -> Decimal:
    """The unit that a number was printed to."""
    exponent = number.value.as_tuple().exponent
    return number.step or Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))


def as_printed(value: float, published: str) -> str:
    """A number to as many digits as a published one, in its form: 8.7%, £1,188.44, £8.36m, 0.9662."""
    number = read_number(published)
    rounded = round_to(value, last_digit(number))
    for suffix, scale in (("%", 100), ("m", Decimal("1e-6"))):
        if published.endswith(suffix):
            return _as(rounded * scale, published.removesuffix(suffix)) + suffix
    return _as(rounded, published)


def _as(number: Decimal, published: str) -> str:
    places = len(published.partition(".")[2])
    text = f"{abs(number):,.{places}f}" if "," in published else f"{abs(number):.{places}f}"
    return ("-" if number < 0 else "") + ("£" if "£" in published else "") + text


def answers(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """Register a function that answers questions by what they ask with: their keys but `asked` and `published`."""

    def from_question(question: Question) -> Answer:
        return function(**{key: value for key, value in question.items() if key not in ("asked", "published")})

    ANSWERS[function.__name__] = from_question
    return function


# --- the answers -----------------------------------------------------------------------------------------------------


@cache
def _factors() -> list[float]:
    """Discount factors month by month, by the schedule that ships, of a place that is appraised over a century."""
    from carescale import load, project

    case = load("cornwall", settings=["portfolio.horizon_months=1200"], appraise=True)
    (factors,) = project(case).months(["portfolio.discount_factor"]).values()
    return factors


@answers
def discount_factor(year: int) -> float:
    return _factors()[12 * year]


def _worth(flows: Sequence[tuple[float, float]], rate: float) -> float:
    """Flows by the year they fall in, each by our discount factor at one rate throughout."""
    from carescale.engine.verbs import total
    from carescale.formulas.appraisal import discount_factor

    def factor(year: float) -> float:
        return discount_factor(year, *(rate, 1e9) * 5, rate)

    return total([flow * factor(year) for year, flow in flows])


@answers
def worth_of_yearly_flows(rate: float, flows: Sequence[float], today: float = 0) -> float:
    return _worth([(0, today), *((float(year), flow) for year, flow in enumerate(flows, 1))], rate)


@answers
def worth_of_dated_flows(rate: float, flows: dict[date, float]) -> float:
    first = min(flows)
    return _worth([((day - first).days / 365, flow) for day, flow in flows.items()], rate)


@answers
def net_present_value_of_a_plan(rate: float, set_up: float, savings: Sequence[float]) -> float:
    """Set-up at the decision, and yearly shares of the largest saving; each year's months add up to its saving."""
    from carescale import load, project

    most = max(savings)
    settings = {
        "portfolio.discount_rate": rate,
        "portfolio.horizon_months": 12 * len(savings),
        "living_well.older_people.published_saving_per_person.council": most,
        "living_well.running_cost_share.council": 0,
        "living_well.set_up_lump_sum": set_up,
        "living_well.set_up_share.council": 1,
        "living_well.ramp": "yearly_shares",
        **{f"living_well.share_in_year_{year}": saving / most for year, saving in enumerate(savings, 1)},
    }
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "exam.yaml"
        place.write_text("place: Exam\nyear: 2024\nsource: scie-2017\nplan: {living_well: {add: 1}}\n")
        case = load(place, settings=[f"{key}={value}" for key, value in settings.items()], appraise=True)
    value = project(case)["portfolio.net_present_value.council"].value
    assert value is not None
    return value


@answers
def rate_of_return(flows: Sequence[float]) -> float:
    from carescale.engine.verbs import irr

    return irr([float(flow) for flow in flows])


@answers
def rate_of_return_of_dated_flows(flows: dict[date, float]) -> float:
    """The rate a day, compounded to a year of 365."""
    first = min(flows)
    by_day = [flows.get(date.fromordinal(day), 0) for day in range(first.toordinal(), max(flows).toordinal() + 1)]
    return (1 + rate_of_return(by_day)) ** 365 - 1


def _interval(ends: Callable[..., tuple[Any, Any]], count: int, of: int) -> tuple[float, float]:
    import numpy as np

    low, high = ends(np.array([count]), np.array([of]), 0.95)
    return float(low[0]), float(high[0])


@answers
def wilson_interval(count: int, of: int) -> tuple[float, float]:
    from carescale.analysis import intervals

    return _interval(intervals.wilson_interval, count, of)


@answers
def exact_interval(count: int, of: int) -> tuple[float, float]:
    from carescale.analysis import intervals

    return _interval(intervals.exact_interval, count, of)


@answers
def inclusive_quantile(values: Sequence[float], share: float) -> float:
    import numpy as np

    from carescale.engine.arrays import ARRAYS

    return float(ARRAYS["quantile"](np.array(values, dtype=float), np.ones(len(values)), share))


@answers
def in_other_prices(amount: str, then: dict[int, str], base: dict[int, str]) -> float:
    """A money figure of a place, by an index in a file of one's own."""
    from carescale import load
    from carescale.inputs.prices import in_prices_of, read_deflator

    (year,), (base_year,) = then, base
    with tempfile.TemporaryDirectory() as folder:
        place, index = Path(folder) / "exam.yaml", Path(folder) / "index.yaml"
        place.write_text(f'place: Exam\nyear: {year}\nsource: scie-2017\npublished: {{sum: "{amount}"}}\n')
        lines = "".join(f"  {of}: {number}\n" for of, number in {**then, **base}.items())
        index.write_text(f"method: Exam\nsource: gdp-deflator\nyear: 2004\nindex:\n{lines}")
        case = in_prices_of(load(place), str(base_year), read_deflator(index))
    value = case.figures["published.sum"].value
    assert value is not None
    return float(value)


@answers
def rise_in_prices(then: dict[int, str], base: dict[int, str]) -> float:
    return in_other_prices("£1,000,000", then, base) / 1_000_000 - 1


@answers
def lognormal_through(low: float, high: float, covers: str) -> tuple[float, float, float]:
    """Mean and deviation of the logarithm of a shape, and its mean, summed over the normal that it is made from."""
    import numpy as np

    from carescale.uncertainty.shapes import shape_of

    shape = shape_of(low, high, (low * high) ** 0.5, covers, unit="person", signed=False, most=1e9)
    normals, step = np.linspace(-12, 12, 2_401, retstep=True)
    density = np.exp(-normals * normals / 2) / (2 * np.pi) ** 0.5
    return shape.centre, shape.above, float(shape.at(normals) @ density * step)


@cache
def _ishigami(a: float, b: float) -> list[Any]:
    import numpy as np

    from carescale.uncertainty.influence import influences
    from carescale.uncertainty.points import design

    def output(drawn: Any) -> Any:
        first, second, third = (np.pi * (2 * drawn[key] - 1) for key in ("first", "second", "third"))
        return np.sin(first) + a * np.sin(second) ** 2 + b * third**4 * np.sin(first)

    return list(influences(["first", "second", "third"], design(1 << 17), output).values())


@answers
def shares_of_ishigami(of: str, a: float, b: float) -> list[float]:
    return [getattr(one, of).value for one in _ishigami(a, b)]


@answers
def worth_of_knowing(normals: dict[str, tuple[float, float]], known: str) -> float:
    """Of the first less the second, or nothing; what one of them is worth knowing, or everything."""
    import numpy as np

    from carescale.uncertainty.normal import normal_quantiles
    from carescale.uncertainty.points import design, points
    from carescale.uncertainty.worth import value_of_knowing_all, values_of_knowing

    drawn = {key: mean + sd * normal_quantiles(points(design(), key)) for key, (mean, sd) in normals.items()}
    first, second = drawn.values()
    benefits = np.stack([np.zeros_like(first), first - second])
    return values_of_knowing(benefits, drawn)[known] if known else value_of_knowing_all(benefits)


# --- their table -----------------------------------------------------------------------------------------------------


def rows(exam: dict[str, Any]) -> list[tuple[str, ...]]:
    """A row for every question of an exam: what is asked, what was published, what is ours."""
    return [
        (item.asked, " to ".join(item.published), " to ".join(item.shown), "✓" if item.agrees else "✗")
        for item in sit(exam)
    ]


def page(style: str = "github") -> str:
    """Every exam with its publisher and its questions."""
    return "\n".join(_section(exam, style) for exam in exams().values())


def _section(exam: dict[str, Any], style: str) -> str:
    mark, columns = ("### ", ("left", "right", "right", "left"))
    head = f"{mark if style == 'github' else ''}{exam['exam']}: {exam['publisher']}, {exam['year']}"
    about = f"{exam['title']}. Asked: {exam['asks']}."
    notes = [f"Note: {exam[key]}." for key in ("note", "unverified") if key in exam]
    table = tabulate(rows(exam), ("Asked", "Published", "Ours", ""), style, colalign=columns, disable_numparse=True)
    return "\n".join([head, "", fill(" ".join([about, *notes]), 78), "", table, ""])


if __name__ == "__main__":
    text = page("simple")
    print(text)
    sys.exit("✗" in text)
