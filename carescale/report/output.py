"""Where results go: standard output, or a file; and in which format."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from carescale.problems import Position, Problem, Problems, did_you_mean
from carescale.report.whole_file import write_whole

_ENDINGS = {
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".txt": "plain",
    ".html": "html",
    ".tsv": "tsv",
    ".xml": "junit",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}
_OURS = ("table", "plain", "markdown", "csv", "json")


@dataclass(frozen=True)
class Output:
    """How and where: a format from the option or the file's ending, and the file, if any."""

    format: str
    path: Path | None = None
    bom: bool = False

    def write(self, text: str) -> None:
        """Put finished text where it goes."""
        if self.bom:
            text = "\ufeff" + text
        if self.path is None:
            sys.stdout.write(text)
            return
        write_file(self.path, lambda file: file.write_text(text, encoding="utf-8", errors="replace", newline=""))


def choose_output(style: str | None, path: Path | None, extra: tuple[str, ...] = (), *, bom: bool = False) -> Output:
    """The output asked for. Raises Problems for a format nobody knows, and for a mark that the format cannot have."""
    if style is None:
        style = _ENDINGS.get(path.suffix.lower(), "") if path else "table"
    if path is not None and style == "table":
        style = "plain"
    if style not in (*_OURS, *extra):
        from carescale.report.text import text_formats

        known = [*_OURS, *extra, *text_formats()]
        if style not in known:
            what = f"there is no format `{style}`" if style else f"the ending of {path} does not say a format"
            raise Problems([Problem("bad-option", what, Position("--format"), did_you_mean(style, known, "Formats"))])
    if bom and style != "csv":
        raise Problems([Problem("bad-option", f"it marks CSV, and this is {style}", Position("--bom"), "--format csv")])
    return Output(style, path, bom)


def workbook_file(output: Output) -> Path:
    """The file of a workbook, which is never written to the terminal. Raises Problems where there is none."""
    if output.path is None:
        raise Problems([Problem("bad-option", "a workbook needs a file", Position("--output"), "-o results.xlsx")])
    return output.path


def write_file(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file, whole or not at all, and never over one that this run has read. Raises Problems."""
    from carescale.inputs.files_read import was_read

    if was_read(path):
        hint = "write to another file; nothing that was read is overwritten"
        raise Problems([Problem("cannot-write", "it is one of the files that were read", Position(str(path)), hint)])
    try:
        write_whole(path, write)
    except OSError as error:
        message = f"it cannot be written: {error.strerror or error}"
        raise Problems([Problem("cannot-write", message, Position(str(path)))]) from None
