"""An appraisal in the format asked for."""

from __future__ import annotations

from functools import partial

from carescale.analysis.appraisal import Appraisal
from carescale.report.appraisal_rows import COLUMNS, appraisal_json, appraisal_rows
from carescale.report.appraisal_screen import appraisal_screen
from carescale.report.output import Output, workbook_file, write_file
from carescale.report.writer import write_screen

FORMATS = ("xlsx",)


def write_appraisal(appraisal: Appraisal, output: Output, command: str = "") -> None:
    """Write an appraisal as tables, CSV, JSON, or a workbook that names the command."""
    if output.format == "xlsx":
        from carescale.report.workbook import write_workbook

        screen = partial(appraisal_screen, appraisal)
        write_file(workbook_file(output), lambda path: write_workbook(appraisal.projection, path, command, screen))
    else:
        document, rows = appraisal_json(appraisal), list(appraisal_rows(appraisal))
        write_screen(appraisal_screen(appraisal), output, document=document, columns=COLUMNS, rows=rows)
