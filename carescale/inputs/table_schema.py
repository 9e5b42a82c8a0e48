"""The `table:` block of a place file, and the readings that the library has for tables published every year."""

from __future__ import annotations

from pydantic import Field

from carescale.inputs.schema import Entry, Text


class ColumnEntry(Entry):
    """Where a figure stands in a table, and what to do to the number there to have it in the figure's unit."""

    what = "a column of a table"

    column: Text | None = Field(None, description="the heading, a part of it that no other has, or the column's letter")
    equal_to: Text | None = Field(None, alias="is", description="or a sum over columns, such as weeks / 52")
    sheet: Text | None = None
    times: Text | None = Field(None, description="such as 1,000 where the table is in thousands")
    divided_by: Text | None = Field(None, description="such as 52 where the table counts weeks")
    year: Text | None = None
    source: Text | None = None
    where: Text | None = None
    assumption: Text | None = None
    note: Text | None = None


class PeersEntry(Entry):
    """Whom an area is measured against: areas of its region, of a group, named ones, or the most alike."""

    what = "the peers"

    same: Text | None = Field(None, description="a column whose value peers share, such as the region")
    codes: list[Text] | None = None
    nearest: Text | None = Field(None, description="how many")
    on_columns: dict[str, Text] | None = Field(
        None, alias="by", description="columns to be alike in, and their weights"
    )


class ReadingEntry(Entry):
    """How a table that is published every year is read."""

    what = "a reading"

    reading: Text
    about: Text
    source: Text | None = None
    year: Text | None = None
    sheet: Text | None = None
    code: Text = "code"
    name: Text | None = None
    region: Text | None = None
    code_form: Text | None = None
    missing: dict[str, Text] = Field({}, description="marks of missing numbers, and what they mean")
    figures: dict[str, ColumnEntry] = Field({}, description="figures by path, and where each stands")


class TableEntry(Entry):
    """A table of many areas."""

    what = "a table"

    file: Text
    reading: Text | None = Field(None, description="a reading of the library")
    sheet: Text | None = None
    code: Text | None = Field(None, description="the heading over the area codes")
    name: Text | None = Field(None, description="the heading over the areas' names")
    region: Text | None = Field(None, description="the heading over the regions")
    code_form: Text | None = Field(None, description="a pattern; in brackets the part of the cell that is the code")
    only: dict[str, Text] = Field({}, description="keep the rows that have this in that column")
    missing: dict[str, Text] = Field({}, description="marks of missing numbers, and what they mean")
    peers: PeersEntry | None = None
    figures: dict[str, ColumnEntry] = Field({}, description="figures by path, and where each stands")
