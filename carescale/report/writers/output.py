"""Where results go: standard output, or a file; and in which format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from carescale.problems import Position, Problem, Problems, did_you_mean, printable
from carescale.report.blocks import Block, Records, Screen, legend, parts_of, there
from carescale.report.writers.whole_file import write_whole

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
    ".svg": "svg",
    ".docx": "docx",
    ".png": "png",
    ".yaml": "scenario",
}
_OURS = ("table", "plain", "markdown", "csv", "json")
_DATA = ("csv", "tsv", "json", "parquet", "xlsx")


class Output(Struct, frozen=True):
    """How and where: a format from the option or the file's ending, and the file, if any.

    A terminal shows what comes first, unless it is to be `full`; `parts` are those that were asked for by name.
    `command` is what was typed, which a workbook names.
    """

    format: str
    path: Path | None = None
    bom: bool = False
    full: bool = False
    parts: tuple[str, ...] = ()
    command: str = ""

    def write(self, text: str | bytes) -> None:
        """Put finished text where it goes; what is not text goes to a file. Raises Problems where there is none."""
        if isinstance(text, bytes):
            data = text
            write_file(file_of(self, f"{self.format} is not text, and"), lambda file: file.write_bytes(data))
            return
        if self.bom:
            text = "\ufeff" + text
        if self.path is None:
            sys.stdout.write(text)
            return
        write_file(self.path, lambda file: file.write_text(text, encoding="utf-8", errors="replace", newline=""))


def choose_output(
    style: str | None, path: Path | None, extra: tuple[str, ...] = (), *, bom: bool = False, full: bool = False,
    parts: Sequence[str] | None = None, command: str = "",
) -> Output:  # fmt: skip
    """The output asked for. Raises Problems for a format nobody knows, and for what a format cannot have."""
    if style is None:
        style = _ENDINGS.get(path.suffix.lower(), "") if path else "table"
        style = "" if style == "scenario" and style not in extra else style
    if path is not None and style == "table":
        style = "plain"
    if path is not None and (wrong := _disagreeing(style, path)):
        raise Problems(
            [Problem("bad-option", wrong, Position("--output"), "leave one of the two out, or make them one")]
        )
    if style not in (*_OURS, *extra):
        from carescale.report.writers.text import text_formats

        known = [*_OURS, *extra, *text_formats()]
        if style not in known:
            what = f"there is no format `{style}`" if style else f"the ending of {path} does not say a format"
            raise Problems([Problem("bad-option", what, Position("--format"), did_you_mean(style, known, "Formats"))])
    if bom and style != "csv":
        raise Problems([Problem("bad-option", f"it marks CSV, and this is {style}", Position("--bom"), "--format csv")])
    if parts and style in _DATA:
        message = f"it chooses parts of a screen, and {style} has everything"
        raise Problems([Problem("bad-option", message, Position("--show"))])
    return Output(style, path, bom, full, tuple(parts or ()), command)


def _disagreeing(style: str, path: Path) -> str:
    """What is wrong where a file's ending says another format than the one asked for; text may have any ending."""
    ending = _ENDINGS.get(path.suffix.lower(), "plain")
    if ending in ("plain", "scenario", style) or (
        style not in _ENDINGS.values() and ending in ("markdown", "html", "junit")
    ):
        return ""
    return f"the ending of {path} says {ending}, and the format asked for is {style}"


def write(screen: Screen, output: Output) -> None:
    """Write an answer in the format asked for. Raises Problems where there is nothing to write in it."""
    match output.format:
        case "table":
            from carescale.report.writers.terminal import print_screen

            print_screen(_shown(screen, output))
        case "json":
            from carescale.report.writers.clean import json_text
            from carescale.report.writers.data import named

            document = screen.document() if screen.document else named(screen.records)
            output.write(json_text(document))
        case "csv" | "tsv" | "parquet":
            _write_records(screen.records, output)
        case style if style in screen.other:
            output.write(screen.other[style]())
        case "html" if screen.page and not output.parts:
            output.write(screen.page(output.command))
        case "docx" if screen.report:
            from carescale.report.writers.word import write_word

            report = screen.report
            write_file(file_of(output, "a Word document"), lambda path: write_word(report(), path))
        case "docx":
            hint = "-o report.md has the same as text; a table of many areas has --area, for a report on one of them"
            raise Problems([Problem("bad-option", "this has no Word document", Position("--output"), hint)])
        case "markdown" if screen.report and not output.parts:
            from carescale.report.writers.text import write_text

            output.write(write_text(screen.report(), "markdown"))
        case "xlsx" if screen.book:
            book = screen.book
            write_file(workbook_file(output), lambda path: book(path, output.command))
        case style:
            from carescale.report.writers.text import write_text

            output.write(write_text(_shown(screen, output), style))


def _shown(screen: Screen, output: Output) -> Sequence[Block]:
    """The blocks to show: a terminal has what comes first, a file everything; or the parts asked for by name."""
    if output.parts:
        return _parts(screen.blocks(), output.parts)
    brief = screen.first if output.format == "table" and not output.full else None
    return (brief or screen.blocks)()


def _parts(blocks: Sequence[Block], names: Sequence[str]) -> Sequence[Block]:
    """What stands above the parts, and the parts of these names. Raises Problems where there is none of a name."""
    known = parts_of(blocks)
    for name in names:
        if name not in known:
            message = f"this screen has no part `{name}`"
            raise Problems([Problem("bad-option", message, Position("--show"), did_you_mean(name, known, "Parts"))])
    chosen = [block for block in blocks if block.part in ("", *names)]
    return [*chosen, *there(legend(chosen))]


def _write_records(records: Records, output: Output) -> None:
    from carescale.report.writers import data

    if records.frame:
        data.write_frame(records.frame(), output)
    elif output.format == "parquet":
        raise Problems([Problem("bad-option", "Parquet is for tables of many areas", Position("--format"))])
    else:
        output.write(data.csv_text(records.columns, records.rows(), output.format))


def workbook_file(output: Output) -> Path:
    """The file of a workbook, which is never written to the terminal. Raises Problems where there is none."""
    return file_of(output, "a workbook")


def file_of(output: Output, what: str) -> Path:
    """The file of what is never written to the terminal. Raises Problems where there is none."""
    if output.path is None:
        hint = f"-o results.{output.format}"
        raise Problems([Problem("bad-option", f"{what} needs a file", Position("--output"), hint)])
    return output.path


def write_file(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file as `write_quietly` does, and say so on standard error. Raises Problems."""
    write_quietly(path, write)
    sys.stderr.write(f"wrote {printable(str(path))}\n")


def write_quietly(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file, whole or not at all, and never over one that this run has read. Raises Problems.

    For a command that has more to say of the file than that it is written.
    """
    from carescale.inputs.reading import was_read

    if was_read(path):
        hint = "write to another file; nothing that was read is overwritten"
        raise Problems([Problem("cannot-write", "it is one of the files that were read", Position(str(path)), hint)])
    try:
        write_whole(path, write)
    except OSError as error:
        message = f"it cannot be written: {error.strerror or error}"
        raise Problems([Problem("cannot-write", message, Position(str(path)))]) from None
