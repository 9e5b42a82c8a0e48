"""A schedule as a JavaScript program: the same steps in the same order, months walked by the same scans.

The program is a function of the inputs and the horizon, to be read by people: one constant a step, named after its key.
It needs RUNTIME before it, and no library. States are settled before: what is not known is not in the schedule.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from carescale.engine.registry import MONTH
from carescale.engine.scalars import HAIR, NEAR, NOISE
from carescale.engine.schedule import Phase, Schedule, Step
from carescale.engine.tree import Constant, Expression, FormulaError, Name, Operation, row
from carescale.engine.words import PRECEDENCE

_CALL = 9

# A verb's text, with a place for each argument. Those with brackets are calls, in the language or in RUNTIME.
VERBS: Mapping[str, str] = {
    "add": "{} + {}",
    "subtract": "{} - {}",
    "less": "{} - {}",
    "more": "{} + {}",
    "added": "{} + {}",
    "net": "{} - {}",
    "multiply": "{} * {}",
    "negate": "0 - {}",
    "complete": "{}",
    "divide": "divide({}, {})",
    "power": "power({}, {})",
    "less_than": "({} < shortOf({}) ? 1 : 0)",
    "at_most": "(shortOf({}) <= {} ? 1 : 0)",
    "minimum": "minimum({}, {})",
    "maximum": "maximum({}, {})",
    "where": "({} !== 0 ? {} : {})",
    "round_up": "roundUp({})",
    "round_half_up": "rounded({}, {}, halfUp)",
    "round_away": "rounded({}, {}, wholeOr(Math.ceil))",
    "truncate": "rounded({}, {}, wholeOr(Math.floor))",
    "size": "Math.abs({})",
    "best": "({1} !== 0 ? {0} : NaN)",  # an area alone is its own benchmark
    "quantile": "({1} !== 0 ? {0} : NaN)",
    "mean_of_best": "({1} !== 0 ? {0} : NaN)",
}
_INFIX = frozenset({"add", "subtract", "less", "more", "added", "net", "multiply", "negate"})

# A verb over time: what its memory starts from, the step to the next month, and what comes of it.
SCANS: Mapping[str, tuple[str, str, str]] = {
    "running_total": ("0", "{memory} + {0}", "{memory}"),
    "total": ("0", "{memory} + {0}", "{memory}"),
    "lowest": ("Infinity", "minimum({memory}, {0})", "{memory}"),
    "carry": ("0", "carry({memory}, {all})", "{memory}"),
    "delayed": ("[]", "remember({memory}, {0})", "monthsAgo({memory}, {1})"),
    "first_month": ("[Infinity, 0]", "firstMonth({memory}, {0}, month)", "{memory}[0] + ({memory}[1] - {memory}[1])"),
    "irr": ("[]", "remember({memory}, {0})", "rateOfReturn({memory})"),
}

RUNTIME = """\
const divide = (top, bottom) => bottom === 0 ? NaN : top / bottom;
const power = (base, exponent) => { const found = Math.pow(base, exponent); return isFinite(found) ? found : NaN; };
const minimum = (a, b) => a < b || a !== a ? a : b;
const maximum = (a, b) => a > b || a !== a ? a : b;
const shortOf = (size) => size * (1 - HAIR * Math.sign(size));
const roundUp = (value) => {
  const nearest = Math.round(value);
  return Math.abs(value - nearest) <= NOISE * Math.abs(value) ? nearest : Math.ceil(value);
};
const shift = (value, digits) => digits >= 0 ? value * 10 ** digits : value / 10 ** -digits;
const halfUp = (size) => Math.floor(size * (1 + HAIR) + 0.5);
const wholeOr = (other) => (size) =>
  Math.abs(size - Math.round(size)) <= NEAR + HAIR * size ? Math.round(size) : other(size);
const rounded = (value, digits, how) => {
  const size = shift(Math.abs(value), digits);
  return size < 1 / HAIR ? (value < 0 ? -1 : 1) * shift(how(size), -digits) : value;
};
const carry = (last, keep, added, most) =>
  most === undefined ? keep * last + added : minimum(keep * last + added, most);
const remember = (past, value) => { past.push(value); return past; };
const monthsAgo = (past, months) => {
  if (!(months < past.length)) return months === months ? 0 : NaN;
  const whole = Math.floor(months), last = past.length - 1;
  const now = past[last - whole], before = whole < last ? past[last - whole - 1] : 0;
  return now + (months - whole) * (before - now);
};
const firstMonth = ([candidate, size], value, month) => {
  size = maximum(size, maximum(value, -value));
  return [value >= -NOISE * size ? minimum(candidate, month) : Infinity, size];
};
const changesOfSign = (values) => {
  const size = Math.max(0, ...values.map(Math.abs));
  const signs = values.filter((value) => Math.abs(value) > 1e-12 * size).map((value) => value > 0);
  return signs.filter((sign, place) => place > 0 && sign !== signs[place - 1]).length;
};
const worth = (flows, factor) => factor <= 1
  ? flows.reduceRight((sum, flow) => sum * factor + flow, 0)
  : flows.reduce((sum, flow) => sum / factor + flow, 0);
const root = (flows, furthest) => {
  const first = flows.find((flow) => flow !== 0);
  let low = 0, high = Math.min(1, furthest);
  while (worth(flows, high) * first > 0) {
    low = high; high = high * 2;
    if (high > furthest) return NaN;
  }
  for (let turn = 0; turn < 200; turn++) {
    const middle = (low + high) / 2;
    if (worth(flows, middle) * first > 0) low = middle; else high = middle;
  }
  return high;
};
const rateOfReturn = (flows) => {
  if (!flows.every(isFinite)) return NaN;
  let sum = 0;
  const totals = flows.map((flow) => sum += flow);
  if (changesOfSign(flows) === 1) return 1 / root(flows, 1e9) - 1;
  return changesOfSign(totals) === 1 ? 1 / root(flows, 1) - 1 : NaN;
};
"""
for _name, _value in (("NOISE", NOISE), ("HAIR", HAIR), ("NEAR", NEAR)):
    RUNTIME = RUNTIME.replace(_name, f"{_value:g}")


def in_javascript(
    schedule: Schedule, wanted: Iterable[str], series: Sequence[str] = (), called: Callable[[str], str] = str
) -> str:
    """The text of a function `(input, horizon) => […]`: what `returned` names, in its order.

    `input` is a number for each of the schedule's inputs, in their order. A constant is `called` after its key.
    """
    keys = returned(schedule, wanted, series)
    kept = [key for key in keys if schedule.phases[key] == Phase.MONTHLY]
    return _Writer(schedule, called).program([key for key in keys if key not in kept], kept)


def returned(schedule: Schedule, wanted: Iterable[str], series: Sequence[str] = ()) -> list[str]:
    """The keys that a program gives: those wanted that are one number and known, then the series of months."""
    phases = schedule.phases
    single = [key for key in wanted if phases.get(key, Phase.MONTHLY) != Phase.MONTHLY]
    return [*single, *(key for key in series if phases.get(key) == Phase.MONTHLY)]


class _Writer(Struct):
    schedule: Schedule
    called: Callable[[str], str]
    names: dict[str, str] = field(default_factory=lambda: {MONTH: "month"})

    def program(self, wanted: Sequence[str], kept: Sequence[str]) -> str:
        schedule = self.schedule
        lines = ["const [", *(f"{self.name(key)}," for key in schedule.inputs), "] = input;"]
        lines += _constants(map(self.constant, schedule.before))
        if schedule.walks_months:
            lines += self.months(kept)
        lines += _constants(map(self.constant, schedule.after))
        found = [*map(self.name, wanted), *(f"all_{self.name(key)}" for key in kept)]
        given_back = ["return [", *(f"{name}," for name in found), "];"]
        return "\n".join(["(input, horizon) => {", *(f"  {line}" for line in (*lines, *given_back)), "}"])

    def months(self, kept: Sequence[str]) -> Iterator[str]:
        """The walk from month 0 to the horizon; memories are set before it, results of scans read after it."""
        for step in (*self.schedule.monthly, *self.schedule.scans):
            if step.over_time:
                yield f"let {self.memory(step)} = {row(SCANS, step.over_time, 'JavaScript over time')[0]};"
        yield from (f"const all_{self.name(key)} = [];" for key in kept)
        yield "for (let month = 0; month <= horizon; month++) {"
        for step in self.schedule.monthly:
            if step.over_time:
                yield f"  {self.advanced(step)}"
            yield f"  const {self.constant(step)};"
        yield from (f"  {self.advanced(step)}" for step in self.schedule.scans)
        yield from (f"  all_{self.name(key)}.push({self.name(key)});" for key in kept)
        yield "}"
        yield from _constants(map(self.constant, self.schedule.scans))

    def constant(self, step: Step) -> str:
        return f"{self.name(step.key)} = {self.result(step) if step.over_time else self.text(step.tree)}"

    def advanced(self, step: Step) -> str:
        """The memory of a verb over time, a month further."""
        memory, values = self.memory(step), self.values(step)
        text = SCANS[step.over_time][1].format(*values, memory=memory, all=", ".join(values))
        return f"{memory} = {text};"

    def result(self, step: Step) -> str:
        return SCANS[step.over_time][2].format(*self.values(step), memory=self.memory(step))

    def values(self, step: Step) -> list[str]:
        assert isinstance(step.tree, Operation)
        return [self.text(part) for part in step.tree.arguments]

    def memory(self, step: Step) -> str:
        return f"memory_{self.name(step.key)}"

    def name(self, key: str) -> str:
        """A name for a key that no other has: `shared_lives_net_saving_council`."""
        if key not in self.names:
            plain = re.sub(r"\W", "_", self.called(key), flags=re.ASCII)
            taken = set(self.names.values())
            choices = (plain if number == 1 else f"{plain}_{number}" for number in range(1, len(taken) + 2))
            self.names[key] = next(choice for choice in choices if choice not in taken)
        return self.names[key]

    def text(self, tree: Expression) -> str:
        match tree:
            case Constant() if math.isinf(tree.value):
                return "Infinity"
            case Constant():
                return f"{tree.value:.17g}" if tree.value != int(tree.value) else f"{tree.value:.0f}"
            case Name():
                return self.name(tree.name)
            case Operation(verb="summed"):
                return f"({' + '.join(map(self.text, tree.arguments)) or '0'})"
            case Operation(verb="where", arguments=(Operation(verb="less_than" | "at_most") as test, *values)):
                condition = self.text(test).removeprefix("(").removesuffix(" ? 1 : 0)")
                return f"({condition} ? {' : '.join(map(self.text, values))})"
            case Operation():
                parts = [self.bracketed(tree, part, place) for place, part in enumerate(tree.arguments)]
                return row(VERBS, tree.verb, "JavaScript").format(*parts)
        raise FormulaError(f"no JavaScript for {type(tree).__name__}")

    def bracketed(self, tree: Operation, part: Expression, place: int) -> str:
        """A part with brackets where it would fall apart without, or where only a reader might think so."""
        text = self.text(part)
        if tree.verb not in _INFIX and tree.verb != "complete":
            return text
        outer = PRECEDENCE.get(tree.verb, PRECEDENCE["add"])
        inner = _binding(part)
        loose = inner < outer or (inner == outer and place > 0) or tree.verb == "negate" or text.startswith("-")
        return f"({text})" if loose and inner < _CALL else text


def _constants(told: Iterable[str]) -> list[str]:
    """Constants in one statement, a line each; nothing where there are none."""
    lines = list(told)
    return ["const", *(f"{line}," for line in lines[:-1]), f"{lines[-1]};"] if lines else []


def _binding(part: Expression) -> int:
    """How tightly a text is held together."""
    while isinstance(part, Operation) and part.verb == "complete":
        part = part.arguments[0]
    if isinstance(part, Constant) and part.value < 0:
        return PRECEDENCE["negate"]
    if isinstance(part, Operation) and part.verb in _INFIX:
        return PRECEDENCE["add"] if part.verb in ("added", "net", "negate") else PRECEDENCE[part.verb]
    return _CALL
