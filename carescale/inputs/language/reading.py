"""A sum out of a file: read, its names resolved and its units checked, or problems at their place in the file."""

from __future__ import annotations

from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode

from carescale.inputs.document import Document
from carescale.inputs.language.names import Names, resolved
from carescale.inputs.language.parser import read_sum
from carescale.inputs.language.sums import Misread, Sum
from carescale.inputs.language.units import with_units


def read_checked(
    document: Document, text: str, node: Node, names: Names, *, settled: bool = True
) -> tuple[Sum, str] | None:
    """A sum with keys for names, units of time converted, and its unit; None, with problems noted, where it is none.

    Where earlier problems may have lost a name (`settled` is false), a name that is not there is let pass.
    """
    try:
        written = read_sum(text)
    except Misread as refused:
        note(document, node, refused)
        return None
    problems = resolved(written, names, hints=not document.crowded)
    for problem in problems:
        lost = problem.lost.partition(".")[0]
        if settled or not lost or (names.plan and lost in names.plan.model.entities):
            note(document, node, problem)
    if problems:
        return None
    try:
        return with_units(written, names.unit)
    except Misread as refused:
        note(document, node, refused)
        return None


def read_alone(text: str, option: str, names: Names) -> tuple[Sum, str]:
    """A sum given as an option: as a file of one line, so that what is wrong is underlined in it. Raises Problems."""
    mark, end = Mark(option, 0, 0, 0, None, 0), Mark(option, len(text), 0, len(text), None, 0)
    node = ScalarNode("", text, mark, end)
    document = Document(option, text, MappingNode("", [(ScalarNode("", "sum", mark, mark), node)], mark, end))
    read = read_checked(document, text, node, names)
    document.problems.stop()
    assert read is not None
    return read


def note(document: Document, node: Node, problem: Misread) -> None:
    """Note a problem with a sum at its own place in the file, with what is wrong underlined."""
    assert isinstance(node, ScalarNode)
    document.problem_within("bad-sum", problem.message, node, problem.span, problem.hint)
