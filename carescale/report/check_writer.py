"""Checks of one or more files in the format asked for."""

from __future__ import annotations

from collections.abc import Sequence

from carescale.analysis.check import Checked
from carescale.problems import Problem
from carescale.report.check_screen import COLUMNS, check_rows, check_screen, github_annotations, github_error, junit_xml
from carescale.report.output import Output
from carescale.report.writer import write_screen

FORMATS = ("github", "junit")
FORMAT = "carescale.check/1"


def write_checks(checks: Sequence[Checked], output: Output, *, brief: bool = False) -> None:
    """Write what was checked, file by file; a brief screen has no claims that are as expected."""
    if output.format == "github":
        output.write("".join(github_annotations(checked) for checked in checks))
    elif output.format == "junit":
        output.write(junit_xml(checks))
    else:
        screen = [block for checked in checks for block in check_screen(checked, brief=brief)]
        rows = [row for checked in checks for row in check_rows(checked)]
        document = {"format": FORMAT, "files": [_file(checked) for checked in checks]}
        write_screen(screen, output, document=document, columns=COLUMNS, rows=rows)


def write_problems(problems: Sequence[Problem], output: Output) -> None:
    """What kept files from loading, for a format whose readers never see standard error."""
    if output.format == "github":
        output.write("".join(f"{github_error(problem)}\n" for problem in problems))


def _file(checked: Checked) -> dict[str, object]:
    return {
        "file": checked.file,
        "passed": checked.passed,
        "claims": [
            {**dict(zip(COLUMNS, row, strict=True)), "unit": item.unit}
            for item, row in zip(checked.judged, check_rows(checked), strict=True)
        ],
        "unchecked": list(checked.unchecked),
        "found": [{"code": one.code, "message": one.message, "place": str(one.position)} for one in checked.problems],
    }
