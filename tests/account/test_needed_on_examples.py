"""The people needed, on every example, against the account itself: so many bring it all back, one fewer do not."""

from __future__ import annotations

import math

import pytest
from msgspec.structs import replace
from of_one_place import PLACES

from carescale import load, project
from carescale.analysis.projection import Projection
from carescale.report.screens.break_even import needed
from carescale.report.view import View


def needed_of(planned: Projection) -> list[tuple[str, str, float]]:
    """The interventions and payers for whom a number of people is told, and that number."""
    keys = planned.case.plan.quantities(("break_even_people",))
    told = [(*key.split(".break_even_people."), planned[key].value) for key in keys]
    return [(path, payer, people) for path, payer, people in told if people and math.isfinite(people)]


def test_birminghams_shared_lives_repay_their_set_up_with_two_people() -> None:
    assert ("shared_lives", "council", 2) in needed_of(project(load("birmingham")))


def left_of(planned: Projection, path: str, payer: str, number: float) -> float:
    """What so many people leave of the set-up as planned by the horizon, in the mix of the plan."""
    case, set_up = planned.case, f"{path}.set_up_cost.{payer}"
    cohorts = [part for part in case.parts(case.model.entities[path]) if part.level == "cohort"]
    people = [one for part in cohorts if (one := planned[f"{part.path}.additional_people"]).usable]
    everyone = sum(one.value for one in people)
    numbers = {one.key: one.value * number / everyone for one in people} | {set_up: planned[set_up].value}
    found = Projection(replace(case, model=replace(case.model, numbers={**case.model.numbers, **numbers})))
    return found[f"{path}.net_saving_by_horizon.{payer}"].value - planned[set_up].value


@pytest.mark.parametrize("name", PLACES)
def test_so_many_people_repay_the_planned_set_up_by_the_horizon_and_one_fewer_do_not(name: str) -> None:
    planned = project(load(name))
    for path, payer, people in needed_of(planned):
        assert left_of(planned, path, payer, people) >= 0 > left_of(planned, path, payer, people - 1)


def test_where_coordinators_are_paid_the_table_says_that_they_are_those_of_the_plan() -> None:
    paid = ["living_well.coordinator_cost=£35k", "living_well.team_coordinators=2"]
    for settings, there in (([], False), (paid, True)):
        table = needed(View(project(load("birmingham", settings=settings))))
        assert table is not None
        assert ("with the coordinators planned" in table.columns[0].heading) is there
