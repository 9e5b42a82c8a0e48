"""Names in a sum: which quantity or figure each means, and what it could have been where it means none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from carescale.engine.plan import Plan
from carescale.engine.registry import Formula
from carescale.figures import Figure
from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.language.sums import Misread, Span, Sum
from carescale.problems import did_you_mean, quoted

OWN = ("published", "formulas")  # whose names may be written short, where nothing else has them


class Names(Struct):
    """What names mean in a case: keys of quantities and figures, and short names of one's own figures and formulas."""

    plan: Plan | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)  # where there is no plan yet
    own: Mapping[str, Formula] = field(default_factory=dict)  # formulas that are not in the plan yet
    around: str = ""  # the intervention in whose file a sum stands
    known: dict[str, str | None] = field(default_factory=dict)

    def key(self, name: str) -> str | None:
        """The key that a name means, or None."""
        if name not in self.known:
            long = (name, *(f"{prefix}.{name}" for prefix in (*OWN, self.around) if prefix))
            found = next((key for key in long if self.exists(key)), None)
            if found is None:
                return None  # it may be written yet
            self.known[name] = found
        return self.known[name]

    def exists(self, key: str) -> bool:
        """Whether a key is one of a quantity or a figure."""
        if key in self.own:
            return True
        return key in self.figures if self.plan is None else self.plan.has(key)

    def unit(self, key: str) -> str:
        """The unit of a quantity or figure that exists."""
        if key in self.own:
            return self.own[key].unit
        if self.plan is None:
            return self.figures[key].unit
        if key in self.plan.model.own:
            return self.plan.model.own[key].unit
        if key in self.plan.model.figures:
            return self.plan.model.figures[key].unit
        registry = self.plan.registry
        name = registry.key(key).name
        quantities = registry.by_name.get(name)
        return quantities[0].unit if quantities else registry.figures[name].unit

    def near(self, key: str) -> str:
        """The nearest quantities and figures to a name that nothing has: those of the same words first."""
        if self.plan is None and self.figures:
            return did_you_mean(key, self.figures, "Figures, for example")
        if self.plan is None:
            return "a sum without a file is of numbers only: name the file behind it, such as birmingham"
        mine = [*self.plan.model.figures, *self.plan.model.own, *self.own]
        short = [name.partition(".")[2] for name in mine if name.startswith(("published.", "formulas."))]
        known = [*self.plan.quantities(), *self.plan.model.figures, *short]
        words = [word for word in key.split(".") if word not in PAYERS]
        sharing = [name for name in known if words and words[-1] in name.split(".")]
        if sharing:
            listed = ", ".join(f"`{name}`" for name in sharing[:4])
            return f"did you mean {listed}?"
        own = [name for name in short if "." not in key]
        return did_you_mean(key, own or known, "Figures of your own" if own else "Known, for example")


def resolved(written: Sum, names: Names, *, hints: bool = True) -> list[Misread]:
    """Put keys for the names of a sum that was just read; what is wrong with those that mean nothing.

    Hints take a while to find.
    """
    problems: list[Misread] = []
    for node in written.names:
        name, key = node.name, names.key(node.name)
        if key is None:
            span = written.span(node)
            hint = _meant(name, span, written.text, names) if hints else ""
            problems.append(Misread(f"there is no quantity or figure {quoted(name)}", span, hint, name))
        else:
            node.name = key
    return problems


def _meant(name: str, span: Span, text: str, names: Names) -> str:
    """What a name that nothing has may have been, with the signs beside it if those belong to it."""
    runs = re.finditer(r"[\w.]+(?:[-/][\w.]+)+", text)
    around = next((run for run in runs if run.start() <= span.start < run.end()), None)
    if around is not None:
        joined = re.sub(r"[-/]", "_", around[0])
        if names.key(joined):
            return f"did you mean `{joined}`? In a name, `/` is read as division and `-` as minus"
    hint = names.near(name)
    if around is not None and "/" in around[0]:
        return f"{hint}\n`/` is read as division, also without spaces"
    return hint
