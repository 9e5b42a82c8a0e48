"""The `table:` block of a place file, and the readings that the library has for tables published every year."""

from __future__ import annotations

from pydantic import Field

from carescale.inputs.schema import Entry, Text

Wanted = Text | list[Text]


class ColumnEntry(Entry):
    """Where a figure stands in a table, and what to do to the number there to have it in the figure's unit."""

    what = "a column of a table"

    column: Text | list[Text] | None = Field(
        None, description="the heading, a part of it that no other has, or the column's letter; several are added up"
    )
    equal_to: Text | None = Field(None, alias="is", description="or a sum over columns, such as weeks / 52")
    sheet: Text | None = None
    table: Text | None = Field(None, description="another table, named under `tables:`")
    file: Text | None = Field(None, description="another table, by its file, with the same heading over its codes")
    times: Text | None = Field(None, description="such as 1,000 where the table is in thousands")
    divided_by: Text | None = Field(None, description="such as 52 where the table counts weeks")
    year: Text | None = None
    source: Text | None = None
    where: Text | None = None
    assumption: Text | None = None
    note: Text | None = None

    @property
    def headings(self) -> list[str]:
        """The columns, one or several."""
        if self.column is None:
            return [self.equal_to or ""]
        return [self.column] if isinstance(self.column, str) else self.column


class PublishedEntry(Entry):
    """A column of a yearly publication: where it stands in the workbook, and how its numbers are kept."""

    what = "a column of a publication"

    column: Text = Field(description="the heading; `{year}` stands for 2021-22, `{years}` for 2021 to 2022")
    title: Text
    unit: Text
    sheet: Text | None = None
    times: Text | None = Field(None, description="such as 1,000 where the workbook is in thousands")
    decimals: Text = "0"
    nought: Text | None = Field(None, description="why a 0 that is printed is no number")
    mid_year: Text | None = Field(None, description="yes where the sheet's notes name the year of the population")


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
    columns: dict[str, PublishedEntry] = Field({}, description="what the publication has, by name")
    table: Text | None = Field(None, description="the table that ships, made by this reading")
    licence: Text | None = None
    figures: dict[str, ColumnEntry] = Field({}, description="figures by path, and where each stands")


class JoinedEntry(Entry):
    """Another table of the same areas, joined to the first on their codes."""

    what = "a table that is joined"

    file: Text | None = Field(None, description="the table; without it, the one that ships with the reading")
    reading: Text | None = None
    sheet: Text | None = None
    code: Text | None = Field(None, description="the heading over the area codes")
    name: Text | None = Field(None, description="the heading over the areas' names")
    code_form: Text | None = None
    missing: dict[str, Text] = Field({}, description="marks of missing numbers, and what they mean")
    only: dict[str, Wanted] = Field({}, description="keep the rows with this, one of these, or `over 1,000` there")


class TableEntry(Entry):
    """A table of many areas."""

    what = "a table"

    file: Text | None = Field(None, description="the table; without it, the one that ships with the reading")
    reading: Text | None = Field(None, description="a reading of the library")
    sheet: Text | None = None
    code: Text | None = Field(None, description="the heading over the area codes")
    name: Text | None = Field(None, description="the heading over the areas' names")
    region: Text | None = Field(None, description="the heading over the regions")
    code_form: Text | None = Field(None, description="a pattern; in brackets the part of the cell that is the code")
    only: dict[str, Wanted] = Field({}, description="keep the rows with this, one of these, or `over 1,000` there")
    leave_out: dict[str, Wanted] = Field({}, alias="except", description="leave such rows out")
    tables: dict[str, JoinedEntry] = Field({}, description="other tables of the same areas, joined on their codes")
    missing: dict[str, Text] = Field({}, description="marks of missing numbers, and what they mean")
    peers: PeersEntry | None = None
    figures: dict[str, ColumnEntry] = Field({}, description="figures by path, and where each stands")
