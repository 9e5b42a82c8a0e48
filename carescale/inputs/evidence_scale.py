"""The scale of evidence: which grade a study's design gets, and by what rule. A data file of the library."""

from functools import cache
from typing import Annotated

from pydantic import BeforeValidator, Field

from carescale.figures import Evidence, Source
from carescale.inputs.document import Document
from carescale.inputs.library import library_sources, read_shipped, shipped
from carescale.inputs.origins import cite
from carescale.inputs.schema import Entry, EvidenceEntry, Text, check_entry
from carescale.problems import did_you_mean, quoted


class GradeEntry(Entry):
    """A grade and the rule that gives it."""

    what = "a grade"
    grade: Annotated[int, BeforeValidator(int), Field(ge=1, le=6)]
    rule: Text


class ScaleFile(Entry):
    """A named scale of evidence."""

    what = "a scale of evidence"
    scale: Text
    source: Text
    designs: dict[str, GradeEntry]
    contradicted: GradeEntry


@cache
def evidence_scale() -> tuple[ScaleFile, Source]:
    """The scale that ships, and its source."""
    document = read_shipped(shipped("scenarios") / "method" / "evidence-grades.yaml")
    scale = check_entry(document, ScaleFile, document.root)
    document.problems.stop()
    assert scale is not None
    source = cite(document, library_sources(), scale.source, document.root).source
    document.problems.stop()
    return scale, source


def graded(document: Document, entry: EvidenceEntry, checked: str, *, doubted: bool) -> Evidence | None:
    """The evidence of a figure with its grade; None, with a problem noted, for a design that is not on the scale."""
    scale = evidence_scale()[0]
    if entry.design not in scale.designs:
        hint = did_you_mean(entry.design, scale.designs, "Designs")
        node, _ = document.find(("design",))
        document.problem("unknown-name", f"there is no design {quoted(entry.design)}", node, hint)
        return None
    grade = scale.contradicted.grade if doubted else scale.designs[entry.design].grade
    return Evidence(entry.design, grade, entry.sample or "", entry.checked or checked)
