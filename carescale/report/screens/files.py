"""The files that hold a plan of one place whole: a workbook and a live page, both of the screen's blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from carescale.report.blocks import Block
from carescale.report.view import View

Blocks = Callable[[], Sequence[Block]]


def as_book(view: View, shown: Blocks) -> Callable[[Path, str], None]:
    """The writer of a workbook, for a path and the command that was typed."""

    def write(path: Path, command: str) -> None:
        from carescale.report.workbook.book import write_workbook

        write_workbook(view.projection, path, command, shown(), view.sure)

    return write


def as_page(view: View, shown: Blocks) -> Callable[[str], str]:
    """The text of a live page, for the command that was typed."""

    def text(command: str) -> str:
        from carescale.report.page.writer import write_page

        return write_page(view, shown(), command)

    return text
