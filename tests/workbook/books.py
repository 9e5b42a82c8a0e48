"""The cases whose workbooks are recalculated: each example of one place with a plan, projected and appraised."""

from __future__ import annotations

from pathlib import Path

from carescale import load
from carescale.analysis.appraisal import Appraisal
from carescale.analysis.projection import Projection, project
from carescale.case import Case
from carescale.formulas.vocabulary import ADDED
from carescale.inputs.library import shipped
from carescale.report.blocks import Screen
from carescale.report.screens.appraise import appraise_screen
from carescale.report.screens.project import project_screen

FILES = sorted(path for path in shipped("examples").iterdir() if path.suffix == ".yaml")
PLACES = [path.stem for path in FILES if "\ntable:" not in path.read_text(encoding="utf-8")]
EXAMPLES = [name for name in PLACES if load(name).interventions]
ADJUSTED = (
    "deadweight=10%",
    "displacement=5%",
    "saving_evidence_grade=4",
    "cost_evidence_grade=3",
    "portfolio.cashable_share.council=50%",
    "portfolio.cashable_lag_months.council=6",
    "drop_off=10%",
)
KINDS = ("project", "project adjusted", "appraise", "appraise adjusted")
IN_EVERY_KIND = ("birmingham", "incubator")  # the others as they are, and with all that can be put on top
BOOKS = [(name, kind) for name in EXAMPLES for kind in (KINDS if name in IN_EVERY_KIND else (KINDS[0], KINDS[-1]))]
NAMES = [f"{kind} {name}" for name, kind in BOOKS]


def case_of(name: str, kind: str, *settings: str) -> Case:
    """An example as `project` or `appraise` loads it, with adjustments or without."""
    given = [*settings, *(ADJUSTED if "adjusted" in kind else ())]
    appraise = kind.startswith("appraise")
    return load(name, settings=given, appraise=appraise, together=ADDED["fiscal"] if appraise else ())


def screen_of(projection: Projection) -> Screen:
    """The screen of the command that a case was loaded for."""
    if projection.case.model.choices.get("portfolio.appraisal") == "discounted":
        return appraise_screen(Appraisal(projection))
    return project_screen(projection)


def written(case: Case, path: Path) -> Path:
    """A case's workbook."""
    write_book = screen_of(project(case)).book
    assert write_book
    write_book(path, "carescale")
    return path
