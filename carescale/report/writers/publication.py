"""A published table as two files: the numbers, and what each column counts, of which year and out of which cells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from carescale.inputs.england.publication import ABSENT, NO_PLACEMENT, Published, PublishedColumn, source_file
from carescale.report.writers.data import csv_text
from carescale.report.writers.output import write_quietly

LEADING = ("code", "name", "type", "region")


def write_publication(published: Published, path: Path) -> tuple[Path, Path]:
    """Write both files, and give back where they are."""
    columns = [*LEADING, *(column.name for column in published.columns)]
    text = csv_text(columns, ([_number(cell) for cell in row] for row in published.rows)).replace("\r\n", "\n")
    write_quietly(path, lambda temporary: temporary.write_text(text, encoding="utf-8", newline=""))
    about = "\n".join(_about(published, path)) + "\n"
    write_quietly(source_file(path), lambda temporary: temporary.write_text(about, encoding="utf-8", newline=""))
    return path, source_file(path)


def _about(published: Published, path: Path) -> Iterator[str]:
    source = published.source
    yield f"# Of {path.name}: what each column counts, and where it stands in {published.file}."
    yield "# `cells:` are those of the councils, in the order in which they stand in the table."
    yield f"published: {_quoted(path.name)}"
    yield f"reading: {published.reading}"
    yield f"year: {published.year}"
    yield "source:"
    yield f"  key: {source.key}"
    for name in ("publisher", "title", "year", "url", "unverified"):
        if value := getattr(source, name):
            yield f"  {name}: {_quoted(value)}"
    yield f"licence: {_quoted(published.entry.licence or '')}"
    yield "missing:"
    for mark, reason in {**published.entry.missing, **_OURS}.items():
        yield f"  {_quoted(mark)}: {_quoted(reason)}"
    yield "columns:"
    yield from map(_column, published.columns)


_OURS = {NO_PLACEMENT: "nobody is placed, and 0 is printed", ABSENT: "not in that sheet"}


def _number(text: str) -> Decimal | str:
    """A number is data, also where it is below zero; other text is made safe for a spreadsheet."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _column(column: PublishedColumn) -> str:
    words = {
        "title": column.title, "unit": column.unit, "year": column.year, "table": column.table, "cells": column.cells,
    }  # fmt: skip
    return f"  {column.name}: {{{', '.join(f'{key}: {_quoted(value)}' for key, value in words.items())}}}"


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
