"""The screen of `check`: each claim, published and computed, its verdict and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from carescale.analysis.check import Checked, Judged
from carescale.engine.words import in_words
from carescale.inputs.language.writer import write_sum
from carescale.problems import Problem
from carescale.report.as_printed import by_how_much, deciding, held_against
from carescale.report.blocks import (
    NOTHING,
    Block,
    Cell,
    Column,
    Headline,
    Notes,
    Records,
    Row,
    Screen,
    Value,
    notes,
    table,
    there,
)
from carescale.report.formats import number, written
from carescale.report.words import name_of, unit_words
from carescale.report.writers.clean import printable

FORMATS = ("github", "junit")
FORMAT = "carescale.check/1"
_BEYOND = "beyond the horizon"
COLUMNS = (
    "file",
    "line",
    "claim",
    "published",
    "computed",
    "unit",
    "verdict",
    "expected",
    "as_expected",
    "why",
    "leans_on",
    "note",
)


_SOME = 8  # unchecked inputs that a screen names


def checks_screen(checks: Sequence[Checked], problems: Sequence[Problem] = (), *, brief: bool = False) -> Screen:
    """Everything that `check` says, file by file; a brief screen has no claims that are as expected.

    `problems` are those of files that cannot be read, for a format whose readers never see standard error.
    """
    return Screen(
        blocks=lambda: [block for checked in checks for block in _blocks(checked, brief=brief)],
        records=Records(COLUMNS, lambda: [row for checked in checks for row in check_rows(checked)]),
        document=lambda: {"format": FORMAT, "files": [_file(checked) for checked in checks]},
        other={
            "github": lambda: "".join([*map(github_annotations, checks), *map(_as_a_line, problems)]),
            "junit": lambda: junit_xml(checks),
        },
    )


def _blocks(checked: Checked, *, brief: bool) -> list[Block]:
    shown = [item for item in checked.judged if not (brief and checked.is_fine(item))]
    rows = [Row((f"{_mark(checked, item)} {item.claim.position.line}", *_cells(checked, item))) for item in shown]
    words = [Column("Line", "words"), Column("Claim", "words")]
    remarks = [(_heading(checked, item), said) for item in shown if (said := _remark(item))]
    return there(
        Headline((f"{checked.file} · {_verdict(checked)}",)),
        table([*words, Column("Published"), Column("Computed"), Column("Verdict", "words")], rows),
        notes("Found", _findings(checked)),
        notes("Why", remarks),
        None if brief else notes("Leans on", _leaning(shown)),
        None if brief else _unchecked(checked),
        None if brief or checked.refused else _unused(checked),  # a claim that cannot be read may take them
    )


def _leaning(shown: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    """What verdicts rest on that the source of the claim does not say, each once, with the lines that it is behind."""
    lines: dict[str, list[str]] = {}
    for item in shown:
        for said in item.leans:
            lines.setdefault(said, []).append(str(item.claim.position.line))
    yield from ((f"line{'s' if len(found) > 1 else ''} {', '.join(found)}", said) for said, found in lines.items())


def _verdict(checked: Checked) -> str:
    counts = Counter(item.verdict for item in checked.judged)
    summary = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    wrong = sum(not item.as_expected for item in checked.judged)
    stated = any(item.claim.expect for item in checked.judged)
    said = f"; {wrong} not as the file expects" if wrong else "; all as the file expects" if stated else ""
    claims = "1 claim" if len(checked.judged) == 1 else f"{len(checked.judged)} claims"
    refused = f"{len({one.position.line for one in checked.refused})} refused" if checked.refused else ""
    found = f"{len(checked.problems)} found" if checked.problems else ""
    judged = f"{claims}: {summary}{said}" if checked.judged else ""
    return "; ".join(filter(None, (judged, refused, found))) or ("no claims" if checked.case else "nothing found")


def _findings(checked: Checked) -> Iterator[tuple[str, str]]:
    for problem in checked.problems:
        yield f"✗ {problem.position.line}", "; ".join(filter(None, (problem.message, problem.hint)))


def _mark(checked: Checked, item: Judged) -> str:
    """✓ and ✗ hold a verdict against what is expected; of a claim that expects nothing there is neither."""
    return "✗" if not checked.is_fine(item) else "✓" if item.claim.expect else " "


def _cells(checked: Checked, item: Judged) -> tuple[Cell, ...]:
    return _claim_name(checked, item), published_text(item), computed(item), item.verdict


def _claim_name(checked: Checked, item: Judged) -> str:
    """The claim in words: its quantity, or each term of its sum."""
    case = checked.case
    assert case is not None
    return in_words(item.claim.tree, lambda key: name_of(case, key))


def published_text(item: Judged) -> str:
    """What was published, with its comparator."""
    words = {"is": "", "over": "over ", "at_least": "at least ", "at_most": "at most ", "between": ""}
    word = words[item.claim.comparator]
    texts = [number.text.removeprefix(word) for number in item.claim.published]
    if item.claim.against is not None:
        texts = [held_against(item, item.other) if item.other is not None else write_sum(item.claim.against)]
    if item.claim.comparator == "between" and (unit := item.claim.published[1].word):
        texts[0] = texts[0].removesuffix(f" {unit}")  # 6 to 7 months, as it was printed
    return word + " to ".join(texts)


def computed(item: Judged) -> Cell:
    """What the engine makes it."""
    if item.computed is None:
        return NOTHING
    if item.computed == float("inf"):
        return _BEYOND
    return Value(unit=item.unit, number=item.computed, printed=deciding(item, item.computed))


def _heading(checked: Checked, item: Judged) -> str:
    return f"line {item.claim.position.line}"


def _remark(item: Judged) -> str:
    """Why the verdict is what it is, and what the file notes; nothing for a plain reproduction as expected."""
    unexpected = "" if item.as_expected else f"the file expects “{item.claim.expect}”, this is “{item.verdict}”"
    own = f"the unrounded sum is {written(item.own, item.unit)}" if item.own is not None else ""
    return "; ".join(filter(None, [unexpected, item.why, by_how_much(item), own, item.claim.note]))


def _unchecked(checked: Checked) -> Notes | None:
    if not checked.unchecked or checked.case is None:
        return None
    names = list(dict.fromkeys(name_of(checked.case, key) for key in checked.unchecked))
    more = f"; and {len(names) - _SOME} more, which --format json has" if len(names) > _SOME else ""
    said = f"no claim would notice if these were wrong: {'; '.join(names[:_SOME])}{more}"
    return Notes("Unchecked", (("inputs", said),))


def _unused(checked: Checked) -> Notes | None:
    if not checked.unused or checked.case is None:
        return None
    names = [name_of(checked.case, key) for key in checked.unused]
    more = f"; and {len(names) - _SOME} more, which --format json has" if len(names) > _SOME else ""
    return Notes("Not used", (("published", f"no claim takes: {'; '.join(names[:_SOME])}{more}"),))


def check_rows(checked: Checked) -> list[Sequence[Any]]:
    """One row a claim, for spreadsheets."""
    return [_row(item) for item in checked.judged]


def _row(item: Judged) -> Sequence[Any]:
    claim = item.claim
    said = (claim.text, published_text(item), number(item.computed), unit_words(item.unit))
    beyond = _BEYOND if item.computed == float("inf") and not item.why else ""  # a blank number needs a reason
    why = "; ".join(filter(None, (item.why, beyond, by_how_much(item))))
    found = (item.verdict, claim.expect, item.as_expected, why, "; ".join(item.leans), claim.note)
    return (claim.position.file, claim.position.line, *said, *found)


def github_annotations(checked: Checked) -> str:
    """GitHub's workflow commands: an error on the line of each claim that is not as expected, a notice on the file."""
    lines = []
    for item in checked.judged:
        if not checked.is_fine(item):
            place = item.claim.position
            where = f"file={_property(place.file)},line={place.line},col={place.column}"
            lines.append(f"::error {where},title=carescale check::{_data(f'{item.claim.text}: {_remark(item)}')}")
    lines += [github_error(problem) for problem in checked.problems]
    lines.append(f"::notice file={_property(checked.file)}::{_data(_verdict(checked))}")
    return "\n".join(lines) + "\n"


def _as_a_line(problem: Problem) -> str:
    return f"{github_error(problem)}\n"


def github_error(problem: Problem) -> str:
    """A problem as an annotation on its line."""
    place = problem.position
    where = f"file={_property(place.file)},line={place.line or 1},col={place.column or 1}"
    said = "; ".join(filter(None, (problem.message, problem.hint)))
    return f"::error {where},title=carescale check::{_data(said)}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def junit_xml(files: Sequence[Checked]) -> str:
    """A JUnit report: a suite for each file, a case for each claim."""
    root = ElementTree.Element("testsuites")
    for checked in files:
        wrong = [item for item in checked.judged if not checked.is_fine(item)]
        tests, failures = (len(some) + len(checked.wrong) for some in (checked.judged, wrong))
        attributes = {"name": _xml(checked.file), "tests": str(tests), "failures": str(failures)}
        suite = ElementTree.SubElement(root, "testsuite", attributes)
        for item in checked.judged:
            name = f"{item.claim.text} {published_text(item)}"
            attributes = {"name": _xml(name), "classname": _xml(checked.file), "line": str(item.claim.position.line)}
            case = ElementTree.SubElement(suite, "testcase", attributes)
            if not checked.is_fine(item):
                ElementTree.SubElement(case, "failure", {"message": _xml(_remark(item))})
        for problem in checked.wrong:
            attributes = {"name": problem.code, "classname": _xml(checked.file), "line": str(problem.position.line)}
            case = ElementTree.SubElement(suite, "testcase", attributes)
            ElementTree.SubElement(case, "failure", {"message": _xml(problem.message)})
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _xml(text: str) -> str:
    return printable(" ".join(text.split()))


def _file(checked: Checked) -> dict[str, object]:
    return {
        "file": checked.file,
        "passed": checked.passed,
        "claims": [
            {**dict(zip(COLUMNS, row, strict=True)), "unit": item.unit}
            for item, row in zip(checked.judged, check_rows(checked), strict=True)
        ],
        "unchecked": list(checked.unchecked),
        "unused": list(checked.unused),
        "found": [{"code": one.code, "message": one.message, "place": str(one.position)} for one in checked.wrong],
    }
