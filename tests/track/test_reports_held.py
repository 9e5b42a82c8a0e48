"""`check --report`: what a report prints is what the data say, in every format, or the number that is not is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import carescale

from carescale.inputs.library import shipped

STYLES = ("md", "html", "docx", "xlsx", "csv", "json")


@pytest.fixture
def northtown(tmp_path: Path) -> Path:
    """The example with its table, to add to."""
    for name in ("northtown.yaml", "northtown-actuals.csv"):
        (tmp_path / name).write_text((shipped("examples") / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path / "northtown.yaml"


def report(northtown: Path, style: str) -> str:
    path = str(northtown.with_name(f"report.{style}"))
    assert carescale("track", str(northtown), "-o", path).code == 0
    return path


@pytest.mark.parametrize("style", STYLES)
def test_a_report_as_it_was_written_holds(style: str, northtown: Path) -> None:
    told = carescale("check", str(northtown), "--report", report(northtown, style))
    assert told.code == 0, told.out
    assert told.out.startswith("✓")


@pytest.mark.parametrize("style", ["md", "html"])
def test_a_number_that_somebody_changed_is_named_with_what_the_data_say(style: str, northtown: Path) -> None:
    path = Path(report(northtown, style))
    path.write_text(path.read_text(encoding="utf-8").replace("£255,000", "£265,000"), encoding="utf-8")
    told = carescale("check", str(northtown), "--report", str(path), columns=120)
    assert told.code == 1
    assert "1 differ" in told.out
    assert "Saved before costs (council)" in told.out
    assert "£265,000" in told.out
    assert "£255,000" in told.out


def test_last_month_s_report_still_holds_when_another_month_has_come(northtown: Path) -> None:
    paths = [report(northtown, style) for style in ("md", "csv")]
    table = northtown.with_name("northtown-actuals.csv")
    table.write_text(table.read_text(encoding="utf-8") + "2028-03,13,2,0,\n", encoding="utf-8")
    for path in paths:
        assert carescale("check", str(northtown), "--report", path).code == 0


def test_data_that_were_changed_afterwards_are_noticed_by_number_and_digest(northtown: Path) -> None:
    path = report(northtown, "md")
    table = northtown.with_name("northtown-actuals.csv")
    table.write_text(table.read_text(encoding="utf-8").replace("2028-02,11,3", "2028-02,10,2"), encoding="utf-8")
    told = carescale("check", str(northtown), "--report", path)
    assert told.code == 1
    assert "does not name the digest of the data as they are now" in " ".join(told.out.split())


def test_what_is_no_report_is_refused_or_fails(northtown: Path, tmp_path: Path) -> None:
    assert "is no report that can be read back" in carescale("check", str(northtown), "--report", "report.txt").err
    (tmp_path / "other.md").write_text("# Minutes\n\nNothing was said.\n", encoding="utf-8")
    told = carescale("check", str(northtown), "--report", str(tmp_path / "other.md"))
    assert told.code == 1
    assert "no table of it is one" in told.out
    (tmp_path / "broken.xlsx").write_text("not a workbook", encoding="utf-8")
    broken = carescale("check", str(northtown), "--report", str(tmp_path / "broken.xlsx"))
    assert broken.code == 2
    assert "cannot be read as a xlsx report" in broken.err
