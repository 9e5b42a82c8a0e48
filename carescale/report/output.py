"""Where results go: standard output, or a file that is written beside its place and then moved there."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from carescale.problems import Position, Problem, Problems, did_you_mean

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
        write_file(self.path, lambda temporary: temporary.write_text(text, encoding="utf-8", newline=""))


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
    """Write beside the place and rename, so that a file is there whole or not at all. Raises Problems."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            write(path)  # a device or a pipe, such as /dev/null, is written to and not replaced
        else:
            _write_whole(Path(os.path.realpath(path)), write)  # a link stays a link
    except OSError as error:
        message = f"it cannot be written: {error.strerror or error}"
        raise Problems([Problem("cannot-write", message, Position(str(path)))]) from None


def _write_whole(path: Path, write: Callable[[Path], object]) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
