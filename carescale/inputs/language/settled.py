"""A sum where one number is expected, on the command line: worked out at once, from numbers and given figures."""

from __future__ import annotations

import math
from collections.abc import Mapping

from yaml.nodes import ScalarNode

from carescale.engine.folding import value_of
from carescale.engine.scalars import FLOATS_WITHOUT_NOISE
from carescale.figures import Figure
from carescale.inputs.document import Document
from carescale.inputs.language.names import Names
from carescale.inputs.language.reading import read_checked
from carescale.measures import write_measure
from carescale.numbers import NotANumber, read_as_printed, to_decimal


def looks_like_a_sum(text: str) -> bool:
    """Whether a text that is no printed number may be a sum: an operator or a bracket stands in it."""
    return any(sign in text for sign in "+*×÷/^(<>") or " - " in text or " − " in text or text.startswith("=")


def worked_out(document: Document, node: ScalarNode, text: str, figures: Mapping[str, Figure]) -> str | None:
    """The number that a text makes, in its unit, as text; the text itself where it is no sum.

    None, with a problem noted, for a sum that cannot be worked out.
    """
    try:
        read_as_printed(text)
    except NotANumber:
        if looks_like_a_sum(text):
            return _value(document, node, text, figures)
    return text


def _value(document: Document, node: ScalarNode, text: str, figures: Mapping[str, Figure]) -> str | None:
    read = read_checked(document, text, node, Names(figures=figures))
    if read is None:
        return None
    numbers = {key: float(figure.value) for key, figure in figures.items() if figure.value is not None}
    try:
        value = value_of(read[0].tree, FLOATS_WITHOUT_NOISE, numbers.__getitem__)
    except KeyError as missing:
        document.problem(
            "bad-sum", f"`{missing.args[0]}` is not known", node, "give it a value first, or a number here"
        )
        return None
    if not math.isfinite(value):
        document.problem("bad-sum", "it would divide by nothing", node)
        return None
    return _as_text(value, read[1])


def _as_text(value: float, unit: str) -> str:
    size, words = f"{abs(to_decimal(value)):,f}", write_measure(unit)
    sign = "-" if value < 0 else ""
    return f"{sign}£{size}{words[1:]}" if words.startswith("£") else f"{sign}{size} {words}".rstrip()
