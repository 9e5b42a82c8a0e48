"""The first screen of a place works out what it shows together, and nothing that it does not show."""

from __future__ import annotations

import pytest
from of_one_place import PLACES

from carescale import load, project
from carescale.formulas import registry
from carescale.report.screens.project import FIRST, PARTS, PlaceScreen
from carescale.report.view import View


@pytest.mark.parametrize("name", PLACES)
def test_a_first_screen_asks_for_nothing_that_is_not_asked_for_at_once(name: str) -> None:
    projection = project(load(name))
    PlaceScreen(View(projection)).first()
    quantities = [key for key in projection._results if projection.bound(key) and key not in projection.case.model.own]
    assert {registry.key(key).name for key in quantities} <= FIRST


@pytest.mark.parametrize("name", PLACES)
def test_the_last_line_names_the_parts_that_there_are(name: str) -> None:
    """It is told from what is planned, before a table is worked out."""
    screen = PlaceScreen(View(project(load(name))))
    told = [part.name for part in PARTS if part.is_there(screen.view)]
    assert told == list(dict.fromkeys(table.part for table in screen.tables))
