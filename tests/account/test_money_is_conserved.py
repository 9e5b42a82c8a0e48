"""Money is conserved on every screen: what is avoided less every line taken off is what is shown as net, row by row.

The screens' own blocks are read, for every example: nothing here knows how a number is worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from carescale import load
from carescale.analysis.appraisal import appraise
from carescale.analysis.budget import budget
from carescale.case import Case
from carescale.inputs.library import shipped_names
from carescale.report.blocks import Block, Row, Table, Value
from carescale.report.formats import text
from carescale.report.screens.appraise import AppraisalScreen
from carescale.report.screens.budget import budget_screen
from carescale.report.screens.projected import projected
from carescale.report.view import View

EXAMPLES = tuple(name for name in shipped_names("examples") if name != "press-release")
ADJUSTED = ("deadweight=10%", "displacement=5%", "saving_evidence_grade=5", "cost_evidence_grade=4")
COSTED = ("void_share=5%", "double_running_months=2", "leavers_a_year=20%", "cashable_share.council=80%")
NETS = ("Net", "Less known costs")


def settings_of(name: str) -> list[list[str]]:
    """As the example stands, and with every adjustment and cost that an intervention of it has room for."""
    planned = [entity.path for entity in load(name).interventions]
    return [[], [f"{path}.{setting}" for path in planned for setting in (*ADJUSTED, *COSTED)]]


CASES = [(name, which) for name in EXAMPLES for which in (0, 1)]


def loaded(name: str, which: int, **options: object) -> Case:
    return load(name, settings=settings_of(name)[which], **options)


def tables(shown: Iterable[Block], part: str) -> list[Table]:
    return [block for block in shown if isinstance(block, Table) and block.part == part]


def cells(table: Table, row: Row) -> dict[str, float]:
    """The numbers of a row by heading, as shown: what is taken off is below zero; what is not there is nothing."""
    headings = [" ".join(column.heading.split()) for column in table.columns]
    named = zip(headings[1:], row.cells[1:], strict=True)
    return {
        heading: 0.0 if cell.absent else -(cell.number or 0) if cell.taken_off else cell.number or 0
        for heading, cell in named
        if isinstance(cell, Value) and (cell.number is not None or cell.absent)
    }


def title(row: Row) -> str:
    return text(row.cells[0]).strip()


def by_payer(table: Table) -> Iterator[list[Row]]:
    """The rows under each payer's heading."""
    found: list[Row] = []
    for row in table.rows:
        if row.kind == "section":
            if found:
                yield found
            found = []
        else:
            found.append(row)
    yield found


def known(row: Row) -> bool:
    return any(isinstance(cell, Value) and not cell.absent for cell in row.cells)


@pytest.mark.parametrize(("name", "which"), CASES)
def test_avoided_less_what_is_taken_off_and_what_is_spent_is_net_in_every_row_of_project(name, which):
    case = loaded(name, which)
    if case.areas is not None:
        pytest.skip("a table of areas has its own test")
    for table in tables(projected([case]).blocks(), "savings"):
        for rows in by_payer(table):
            total = dict.fromkeys(("Cost avoided", "Taken off", "Cost incurred"), 0.0)
            overlap = 0.0
            for row in filter(known, rows):
                found = cells(table, row)
                net = next(found[heading] for heading in NETS if heading in found)
                if title(row) == "less overlap":
                    overlap = net
                    continue
                avoided, off, spent = (found.get(heading, 0.0) for heading in total)
                taken = overlap if title(row) == "Together" else 0.0
                assert net == pytest.approx(avoided + off - spent + taken), title(row)
                if title(row) == "Together":
                    assert (avoided, off, spent) == pytest.approx(tuple(total.values()))
                else:
                    total = {heading: total[heading] + found.get(heading, 0.0) for heading in total}


@pytest.mark.parametrize("name", EXAMPLES)
def test_present_values_gross_to_net_and_years_add_up_on_the_screen_of_appraise(name):
    case = loaded(name, 1, appraise=True)
    if case.areas is not None:
        pytest.skip("an appraisal is of one place")
    found = appraise(case)
    shown = AppraisalScreen(View(found.projection), found).blocks  # without draws, which take their time
    for table in tables(shown, "present-values"):
        for row in filter(known, table.rows):
            if title(row) != "less overlap":
                found = cells(table, row)
                net = next(found[heading] for heading in NETS if heading in found)
                assert net == pytest.approx(found.get("Savings", 0) - found.get("Costs", 0)), title(row)
    for table in tables(shown, "adjustments"):
        for column in range(1, len(table.columns)):
            rows = {title(row): row.cells[column] for row in table.rows}
            taken = [label for label in rows if label.startswith("less ")]
            numbers = {label: cell.number or 0 for label, cell in rows.items() if isinstance(cell, Value)}
            net = numbers["Cost avoided"] - sum(numbers[label] for label in taken)
            assert numbers["Net saving"] == pytest.approx(net)
    for table in tables(shown, "years"):
        so_far = 0.0
        for row in table.rows:
            found = cells(table, row)
            net = next(found[heading] for heading in NETS if heading in found)
            saving = found.get("Saving", found.get("Avoided", 0.0))
            assert net == pytest.approx(saving - found.get("Cost", 0.0), abs=1e-6), title(row)
            so_far += net
            assert found["Cumulative"] == pytest.approx(so_far, abs=1e-6), title(row)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_level_of_a_budget_is_the_lines_above_it(name):
    case = loaded(name, 1, cash_years=4, start="2026-09")
    if case.areas is not None:
        pytest.skip("a table of areas has its own test")
    for table in tables(budget_screen(budget(case)).blocks(), "cash"):
        rows = {title(row): list(cells(table, row).values()) for row in table.rows}
        recurrent = next(
            rows[one] for one in ("Recurrent saving", "Recurrent, known costs", "Recurrent, no saving") if one in rows
        )
        net = next(rows[one] for one in ("Net cash", "Net of known costs", "Net before any saving") if one in rows)
        nothing = [0.0] * len(net)
        for year in range(len(net)):
            above = ("Cash saved", "less running cost", "less arrangements", "less coordinators")
            below = ("less set-up, once", "less double running", "finance")
            level = sum(rows.get(label, nothing)[year] for label in above)
            assert recurrent[year] == pytest.approx(level, abs=1e-6)
            assert net[year] == pytest.approx(level + sum(rows.get(label, nothing)[year] for label in below), abs=1e-6)
            if "Cash so far" in rows:
                assert rows["Cash so far"][year] == pytest.approx(sum(net[: year + 1]), abs=1e-6)


def test_the_total_over_areas_is_the_sum_of_its_rows():
    tables_shown = [block for block in projected([load("west-midlands")]).blocks() if isinstance(block, Table)]
    (table,) = (one for one in tables_shown if one.columns[0].heading == "Area")
    *each, total = table.rows
    for heading, shown in cells(table, total).items():
        if heading in ("Now", "More people", "Saving a year (council)"):
            assert shown == pytest.approx(sum(cells(table, row).get(heading, 0.0) for row in each)), heading
