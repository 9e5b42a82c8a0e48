"""The people needed, on every example, against the account itself: so many bring it all back, one fewer do not."""

from __future__ import annotations

import math

import pytest
from msgspec.structs import replace

from carescale import load, project
from carescale.analysis.projection import Projection
from carescale.inputs.library import shipped_names
from carescale.report.screens.break_even import needed
from carescale.report.view import View

NEEDED = [
    (name, *key.split(".break_even_people."), people)
    for name in shipped_names("examples")
    if (case := load(name)).areas is None
    for key in case.plan.quantities(("break_even_people",))
    if (people := project(case)[key].value) and math.isfinite(people)
]


def test_there_are_examples_of_it() -> None:
    assert ("birmingham", "shared_lives", "council", 2) in NEEDED


@pytest.mark.parametrize(("name", "path", "payer", "people"), NEEDED)
def test_so_many_people_repay_the_planned_set_up_by_the_horizon_and_one_fewer_do_not(
    name: str, path: str, payer: str, people: float
) -> None:
    case = load(name)
    planned = project(case)
    set_up = planned[f"{path}.set_up_cost.{payer}"].value
    cohorts = [
        one for part in case.parts(case.model.entities[path])
        if part.level == "cohort" and (one := planned[f"{part.path}.additional_people"]).usable
    ]  # fmt: skip
    everyone = sum(one.value for one in cohorts)

    def left_of(number: float) -> float:
        numbers = {one.key: one.value * number / everyone for one in cohorts}
        model = replace(case.model, numbers={**case.model.numbers, **numbers, f"{path}.set_up_cost.{payer}": set_up})
        return Projection(replace(case, model=model))[f"{path}.net_saving_by_horizon.{payer}"].value - set_up

    assert left_of(people) >= 0 > left_of(people - 1)


def test_where_coordinators_are_paid_the_table_says_that_they_are_those_of_the_plan() -> None:
    paid = ["living_well.coordinator_cost=£35k", "living_well.team_coordinators=2"]
    for settings, there in (([], False), (paid, True)):
        table = needed(View(project(load("birmingham", settings=settings))))
        assert table is not None
        assert ("with the coordinators planned" in table.columns[0].heading) is there
