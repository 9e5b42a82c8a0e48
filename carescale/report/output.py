"""Where results go: standard output, or a file that is written beside its place and then moved there."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from carescale.problems import Place, Problem, Problems, did_you_mean

_ENDINGS = {
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".txt": "plain",
    ".html": "html",
    ".tsv": "tsv",
    ".xml": "junit",
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
    """The output asked for. Raises Problems for a format nobody knows."""
    if style is None:
        style = _ENDINGS.get(path.suffix.lower(), "") if path else "table"
    if path is not None and style == "table":
        style = "plain"
    if style not in (*_OURS, *extra):
        from carescale.report.text import text_formats

        known = [*_OURS, *extra, *text_formats()]
        if style not in known:
            what = f"there is no format `{style}`" if style else f"the ending of {path} does not say a format"
            raise Problems([Problem("bad-option", what, Place("--format"), did_you_mean(style, known, "Formats"))])
    return Output(style, path, bom)


def write_file(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside the place and rename, so that a file is there whole or not at all. Raises Problems."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _cannot_write(path, error) from None
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _cannot_write(path, error) from None
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _cannot_write(path: Path, error: OSError) -> Problems:
    return Problems([Problem("cannot-write", f"it cannot be written: {error.strerror or error}", Place(str(path)))])


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
