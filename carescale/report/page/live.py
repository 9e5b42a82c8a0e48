"""What a page needs to compute anew: the program, the figures behind it, and how each number comes about, as data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby
from math import isclose
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from carescale.analysis.ends import FEW, ends_of
from carescale.analysis.projection import Projection
from carescale.case import HORIZON_KEY, Case
from carescale.engine.evaluate import compile_plan
from carescale.engine.javascript import in_javascript, returned
from carescale.engine.plan import Bound
from carescale.engine.registry import MONTH
from carescale.engine.schedule import Schedule, make_schedule
from carescale.engine.words import in_words
from carescale.figures import Figure
from carescale.formulas.vocabulary import PAYERS, SHARES_BY_YEAR, registry
from carescale.report.blocks import Block, Drawing, Value, values_in
from carescale.report.formats import ANY, BY_UNIT, COMPACT_MONEY, COMPACT_PEOPLE, Format
from carescale.report.page.draws import Draws
from carescale.report.view import View
from carescale.report.words import lower_first, name_of, payer_name, unit_words

MOST_MOVING = 6  # figures that stand first
_NUDGE = 0.1  # of a figure that has no range, to see what it moves
_NOTHING = 1e-9  # too little to be a move
_DIGEST = 10  # letters
_GO = "†‡°"  # marks that go once what they are for is changed


class Live(Struct, frozen=True, dict=True):
    """One plan as a page recomputes it. `blocks` are what the page shows, `also` the quantities that it compares."""

    view: View
    blocks: Sequence[Block]
    also: tuple[str, ...] = ()
    draws: Draws | None = None

    @property
    def projection(self) -> Projection:
        return self.view.projection

    @property
    def case(self) -> Case:
        return self.view.case

    @cached_property
    def shown(self) -> list[str]:
        """The quantities that the page shows, and those behind them: of each the page says how it comes about."""
        asked = [value.key for value in values_in(self.blocks) if value.key]
        drawn = [key for block in self.blocks if isinstance(block, Drawing) for key in (*block.keys, block.mark) if key]
        found: dict[str, None] = {}
        solved = [figure.detail.solve.quantity for figure in self.case.figures.values() if figure.detail.solve]
        wanted = self.draws.quantities if self.draws else []
        waiting = list(dict.fromkeys([*self.also, *asked, *drawn, *solved, *wanted]))
        while waiting:
            key = waiting.pop(0)
            if key in found or not self.case.plan.need(key).usable:
                continue
            found[key] = None
            if bound := self.case.plan.bound.get(key):
                waiting += bound.inputs
        return list(found)

    @cached_property
    def quantities(self) -> list[str]:
        """Those of them that a formula gives."""
        return [key for key in self.shown if self.case.plan.bound.get(key)]

    @cached_property
    def schedule(self) -> Schedule:
        return make_schedule(self.case.plan, self.quantities)

    def program(self) -> str:
        """The recomputing function, to be read by people: sl_net_saving is the net saving of Shared Lives."""
        return in_javascript(self.schedule, self.quantities, self.series, self._called)

    def _called(self, key: str) -> str:
        """A key with the initials of its path: the path is said once, above the program."""
        path, name = _split(key)
        return f"{self.initials[path]}_{name}" if path else name

    @cached_property
    def initials(self) -> dict[str, str]:
        """The initials of each path, no two alike."""
        found: dict[str, str] = {}
        for path in dict.fromkeys(_split(key)[0] for key in self.schedule.phases):
            plain = "_".join("".join(word[:1] for word in part.split("_")) for part in path.split("."))
            taken = set(found.values())
            choices = (f"{plain}{number or ''}" for number in range(len(taken) + 1))
            found[path] = next(choice for choice in choices if choice not in taken)
        return found

    def given_back(self) -> list[str]:
        """The keys of what the function returns, in its order."""
        return returned(self.schedule, self.quantities, self.series)

    @cached_property
    def series(self) -> list[str]:
        """The series of months that charts draw or a table shows."""
        drawn = [key for block in self.blocks if isinstance(block, Drawing) for key in block.keys]
        cells = [value.key for value in values_in(self.blocks) if value.month is not None]
        asked = dict.fromkeys((*drawn, *cells))
        return [key for key in asked if self.projection.is_monthly(key) and self.case.plan.need(key).usable]

    @cached_property
    def digest(self) -> str:
        """A mark of the figures and sums as they are: where any of them changes, so does it."""
        given = json.dumps([[key, self.projection.numbers[key]] for key in self.schedule.inputs])
        return hashlib.sha256((given + self.program()).encode()).hexdigest()[:_DIGEST]

    # --- figures --------------------------------------------------------------------------------------------------

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures that a reader can change: those that move the result most come first, before all those with a
        published range.
        """
        offered = [self.case.figures[key] for key in self.schedule.inputs if self._is_offered(key)]
        influence = {figure.name: self._influence(figure) for figure in offered}
        order = lambda figure: (not figure.detail.low, -influence[figure.name])  # noqa: E731
        first = sorted((figure for figure in offered if influence[figure.name] > _NOTHING), key=order)[:MOST_MOVING]
        return [*first, *(figure for figure in offered if figure not in first)]

    @cached_property
    def moving(self) -> int:
        """How many of the figures stand first."""
        return sum(self._influence(figure) > _NOTHING for figure in self.figures[:MOST_MOVING])

    def _is_offered(self, key: str) -> bool:
        """Not what the calendar gives, nor the horizon, which the years hang on; nor what a table of areas gives, which
        no setting can change.
        """
        figure = self.case.figures.get(key)
        if figure is None or figure.number is None or key == HORIZON_KEY or key in self.held:
            return False
        written = bool(figure.position.line) or " " in figure.position.file  # in a file, or by a setting
        return written and _split(key)[1].split(".")[0] in registry.figures

    @cached_property
    def held(self) -> dict[str, str]:
        """Shares of later years that nobody gave, each with the year that it follows."""
        found: dict[str, str] = {}
        for key in self.schedule.inputs:
            scope, _, name = key.rpartition(".")
            if name in SHARES_BY_YEAR[1:]:
                before = f"{scope}.{SHARES_BY_YEAR[SHARES_BY_YEAR.index(name) - 1]}"
                figure, earlier = self.case.figures.get(key), self.case.figures.get(before)
                if figure and earlier and figure.position == earlier.position:
                    found[key] = found.get(before, before)
        return found

    @cached_property
    def _decide(self) -> Any:
        return compile_plan(self.case.plan, self.also)

    def _influence(self, figure: Figure) -> float:
        """How far a figure moves what decides: over its range, or a tenth up and down; 1 is by as much as it is."""
        if figure.name not in self._decide.inputs:
            return 0.0
        value = float(figure.value or 0)
        low, high = value * (1 - _NUDGE), value * (1 + _NUDGE)
        if figure.detail.low and figure.detail.high:
            low, high = float(figure.detail.low.value), float(figure.detail.high.value)
        ends = [
            self._decide.run({**self.projection.numbers, figure.name: end}, self.case.horizon) for end in (low, high)
        ]
        base = self._decide.run(self.projection.numbers, self.case.horizon)
        moves = [abs(ends[1][key] - ends[0][key]) / (abs(base[key]) or 1.0) for key in self.also]
        return max((move for move in moves if move < float("inf")), default=0.0)

    # --- as data --------------------------------------------------------------------------------------------------

    def data(self, command: str, summary: Iterable[tuple[str, Value]]) -> dict[str, Any]:
        """Everything that the script of the page reads."""
        inputs, numbers = self.schedule.inputs, self.projection.numbers
        return {
            "digest": self.digest,
            "command": command,
            "file": self.case.file.rpartition("/")[2],
            "text": self.case.written,
            "horizon": self.case.horizon,
            "formats": {unit: _unlike_plain(shape) for unit, shape in BY_UNIT.items()},
            "any": asdict(ANY),
            "compact": [COMPACT_MONEY, COMPACT_PEOPLE],
            "inputs": [[self._places[key], numbers[key]] for key in inputs],
            "outputs": [self._places[key] for key in self.given_back()],
            "figures": [[self._places[figure.name], *_figure(figure)] for figure in self.figures],
            "held": self.held,
            "solves": self._solves(),
            "ranges": self._ranges(),
            "few": FEW,
            "weak": self._weak(),
            "keys": _by_path(self.keys),
            "units": {figure.unit: unit_words(figure.unit) if figure.unit else "%" for figure in self.figures},
            "payers": {payer: payer_name(payer) for payer in PAYERS},
            "summary": [[name, self.cell(value)] for name, value in summary],
            "drawings": [_drawing(block) for block in self.blocks if isinstance(block, Drawing)],
            "draws": self.draws.data(self._places.__getitem__) if self.draws else None,
            "why": self._why(),
        }

    def _solves(self) -> list[list[Any]]:
        """What each solved figure is solved from, in the prices that the figures are in now."""
        return [
            [key, figure.detail.solve.quantity, self._target(figure)]
            for key, figure in self.case.figures.items()
            if figure.detail.solve and key in self.schedule.inputs
        ]

    def _target(self, figure: Figure) -> float:
        """The published value; where prices were put into one base, what it has become."""
        assert figure.detail.solve is not None
        printed, now = float(figure.detail.solve.target.value), self.projection[figure.detail.solve.quantity].value
        return printed if now is None or isclose(now, printed, rel_tol=1e-9) else float(now)

    def _ranges(self) -> dict[str, tuple[float, float]]:
        """The ends of the ranges behind what is shown."""
        ranged = [figure for figure in self.case.figures.values() if figure.detail.low]
        return {figure.name: ends_of(figure) for figure in ranged if figure.name in self.schedule.inputs}

    def _weak(self) -> dict[int, dict[str, list[int]]]:
        """Of each value with a mark, the figures that it has the mark for: once all are changed, it goes."""
        values = [*values_in(self.blocks), *(self.view(self.projection[key]) for key in self.also)]
        marked = {value.key for value in values if value.marks.strip("*") and value.key}
        return {
            self._places[key]: found for key in sorted(marked) if key in self._places and (found := self._marked(key))
        }

    def _marked(self, key: str) -> dict[str, list[int]]:
        names = self.case.plan.behind([key], counted=True)
        figures = [self.case.figures[name] for name in names if name in self.case.figures]
        marks = {
            "†": [figure.name for figure in figures if figure.detail.doubt],
            "‡": [figure.name for figure in figures if figure.detail.solve],
            "°": [figure.name for figure in figures if figure.citation and figure.citation.source.unverified],
        }
        return {mark: [self._places[name] for name in whose] for mark, whose in marks.items() if whose}

    @cached_property
    def keys(self) -> list[str]:
        """Every key that the page names, so that it can name them by their place."""
        inputs = [key for name in self.quantities for key in self._bound(name).inputs]
        return sorted(dict.fromkeys([*self.quantities, *self.schedule.inputs, *inputs]), key=lambda key: _split(key)[0])

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.keys)}

    def cell(self, value: Value) -> dict[str, Any]:
        """A value as the script reads it; what is usual is left out."""
        found = {
            "key": self._places[value.key],
            "unit": value.unit if value.unit != self._unit_there(value.key) else None,
            "marks": value.marks.strip(_GO),
            "off": value.taken_off,
            "range": self._has_range(value),
            "ends": value.number is None and value.low is not None,
            "month": value.month,
            "within": value.within if value.within != "{}" else "",
            "beyond": value.beyond,
            "marked": bool(value.marks),
        }
        return {name: given for name, given in found.items() if given not in (None, "") and given is not False}

    def _unit_there(self, key: str) -> str:
        """The unit that the script knows a key to have: that of a formula, or of a figure that can be changed."""
        known = bool(self.case.plan.bound.get(key)) or key in self._offered
        return self.projection[key].unit if known else ""

    @cached_property
    def _offered(self) -> frozenset[str]:
        return frozenset(figure.name for figure in self.figures)

    def _has_range(self, value: Value) -> bool:
        """Whether a month stands with its range; where it has one and is shown without, it stays without."""
        counted = value.number is not None and value.unit == "month" and value.within == "{}" and value.horizon > 0
        return counted and (value.low is not None or self.projection[value.key].low is None)

    def _bound(self, key: str) -> Bound:
        bound = self.case.plan.bound[key]
        assert bound is not None
        return bound

    def _why(self) -> dict[str, Any]:
        """Formulas in words, once each, and what each quantity binds them to."""
        formulas: dict[str, int] = {}
        places: dict[str, int] = {"": 0}
        nodes = {}
        for key in self.quantities:
            bound = self._bound(key)
            text = json.dumps([bound.formula.title, *_told(bound)])
            inputs = (self._places[one] for one in bound.inputs if self._applies(one))
            place, colon, name = name_of(self.case, key).rpartition(": ")
            where = places.setdefault(f"{place}{colon}", len(places))
            name = "" if name == _named(key, bound.formula.title, inside=bool(place)) else name
            nodes[self._places[key]] = [formulas.setdefault(text, len(formulas)), where, name, *inputs]
        offered = {figure.name for figure in self.figures}
        others = [key for key in self.keys if key not in self.quantities and key not in offered and self._applies(key)]
        names = {self._places[key]: name_of(self.case, key) for key in others}
        return {"formulas": list(map(json.loads, formulas)), "places": list(places), "nodes": nodes, "names": names}

    def _applies(self, key: str) -> bool:
        """Whether there is anything to say of an input."""
        return self.case.plan.need(key).status != "not applicable" and key not in self.case.model.numbers


def _unlike_plain(shape: Format) -> dict[str, Any]:
    """How numbers of a unit are written, as far as it is not how plain ones are."""
    plain = asdict(Format())
    return {name: value for name, value in asdict(shape).items() if value != plain[name]}


def _split(key: str) -> tuple[str, str]:
    """The path of an entity, and what is asked of it: its name, and any payer or year."""
    words = key.split(".")
    at = next((at for at, word in enumerate(words) if word in registry.figures or word in registry.by_name), 0)
    return ".".join(words[:at]), ".".join(words[at:])


def _by_path(keys: Sequence[str]) -> tuple[list[str], dict[str, list[int]]]:
    """Names, and under each path the places of those that it has: so that none is written twice."""
    split = [_split(key) for key in keys]
    names = list(dict.fromkeys(name for _, name in split))
    places = {name: place for place, name in enumerate(names)}
    return names, {path: [places[name] for _, name in some] for path, some in groupby(split, key=lambda pair: pair[0])}


def _named(key: str, title: str, *, inside: bool) -> str:
    """What the script calls a quantity unless it is told otherwise."""
    payer = key.rpartition(".")[2]
    return f"{lower_first(title) if inside else title}{f' ({payer_name(payer)})' if payer in PAYERS else ''}"


def _told(bound: Bound) -> list[str]:
    """A formula: its unit, what it is for, in words and with numbers, {0} standing for its first input."""
    places = {key: f"{{{number}}}" for number, key in enumerate(bound.inputs)}

    def leaf(key: str) -> str:
        return "the month" if key == MONTH else places[key]

    words = in_words(bound.told, leaf)
    numbers = in_words(bound.told, leaf, lambda keys: f"({' + '.join(map(leaf, keys))})")
    return [bound.formula.unit, bound.formula.doc, words, *([numbers] if numbers != words else [])]


def _figure(figure: Figure) -> list[Any]:
    """Its unit, the most that it may be, and whether it may be negative."""
    kind = registry.figures[next(word for word in reversed(figure.name.split(".")) if word in registry.figures)]
    share = figure.unit == ""
    most = min(kind.most, 1.0) if share else kind.most
    return [figure.unit, None if most == float("inf") else most, kind.signed]


def _drawing(block: Drawing) -> dict[str, Any]:
    from carescale.charts.picture import Lines, Steps

    match block.picture.plot:
        case Lines(series=series):
            return {"keys": block.keys, "names": [one.name for one in series], "mark": block.mark}
        case Steps(steps=steps):
            signs = [1 if step.total else -1 for step in steps]
            marks = [step.marks.strip(_GO) for step in steps]
            return {"keys": block.keys, "names": [step.name for step in steps], "signs": signs, "marks": marks}
    return {"keys": []}
