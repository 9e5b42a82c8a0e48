"""The limits that the security page names are those that the code keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from carescale import numbers, problems
from carescale.inputs import reading, traps
from carescale.inputs.language import parser, tokens
from carescale.inputs.tables import delimited, headings, workbook_guard
from carescale.inputs.tables.workbook_counters import Extent

PAGE = " ".join((Path(__file__).parents[1] / ".github" / "SECURITY.md").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("{} MB of YAML", reading.LARGEST // 1_000_000),
        ("{} blocks within blocks", traps.DEEPEST),
        ("{} nodes after aliases", traps._MOST_NODES),
        ("{} characters for a number", numbers._LONGEST),
        ("{} for a sum", tokens.LONGEST),
        ("{} brackets within brackets", parser.DEEPEST),
        ("{} MB for what a workbook unpacks to", workbook_guard.MOST_UNPACKED // 1_000_000),
        ("{} cells", Extent.most_cells),
        ("{} characters in a sheet", Extent.most_text),
        ("{} columns", headings.MOST_COLUMNS),
        ("{} MB for a CSV", delimited._LARGEST // 1_000_000),
        ("{} are told", problems.MOST_TOLD),
    ],
)
def test_a_limit_on_the_page_is_the_limit_of_the_code(words: str, limit: int) -> None:
    assert words.format(f"{limit:,}") in PAGE
