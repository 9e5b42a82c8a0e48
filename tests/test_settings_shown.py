"""A setting is shown with the unit of its figure, however it was typed, and a choice in words."""

import pytest

from carescale.analysis.unused import unused
from carescale.inputs.loading import load
from carescale.problems import Problems


@pytest.mark.parametrize(
    ("setting", "before", "after"),
    [
        ("shared_lives.ramp_months=24", "18 months", "24 months"),
        ("shared_lives.ramp_months=1", "18 months", "1 month"),
        ("living_well.added_people=1500", "1,000 people", "1,500 people"),
        ("living_well.set_up_lump_sum=50000", "unknown", "£50,000"),
        ("living_well.set_up_lump_sum=£0.05m", "unknown", "£0.05m"),
        ("living_well.published_saving_per_person.council=-12.5", "£1,181", "−£12.5"),
        ("living_well.set_up_share.council=0.125", "50%", "12.5%"),
        ("living_well.saving_evidence_grade=4", "not given", "grade 4"),
        ("shared_lives.ramp_months=unknown", "18 months", "unknown"),
        ("shared_lives.set_up_basis=Pro-rata", "pro rata", "pro rata"),
    ],
)
def test_what_was_changed_is_shown_in_the_same_way_before_and_after(setting, before, after):
    (change,) = load("birmingham", settings=[setting]).changes
    assert (change.before, change.after) == (before, after)


@pytest.mark.parametrize(
    ("setting", "after"),
    [
        ("shared_lives.ramp_months=+12", "30 months"),
        ("shared_lives.ramp_months=+12 months", "30 months"),
        ("shared_lives.ramp_months=x1.5", "27 months"),
    ],
)
def test_more_than_now_and_times_as_much_mean_what_they_say(setting, after):
    (change,) = load("birmingham", settings=[setting]).changes
    assert change.after == after


def test_a_minus_may_stand_after_the_pound_sign():
    key = "living_well.older_people.published_saving_per_person.council"
    case = load("birmingham", settings=["living_well.published_saving_per_person.council=£-897"])
    assert case.figures[key].value == -897


def test_24m_is_not_24_million_months():
    with pytest.raises(Problems, match="24m"):
        load("birmingham", settings=["shared_lives.ramp_months=24m"])


def test_a_figure_that_nothing_uses_is_told_of_with_what_would_use_it():
    said = dict(unused(load("birmingham", settings=["shared_lives.team_people=5"])))
    assert "with team it would count" in said["shared_lives.team_people"]


def test_a_figure_that_is_used_is_not_told_of():
    assert "shared_lives.ramp_months" not in dict(unused(load("birmingham", settings=["shared_lives.ramp_months=24"])))


def test_a_plan_is_planned_here_and_is_nobody_elses_number(tmp_path):
    file = tmp_path / "place.yaml"
    file.write_text("place: X\nyear: 2026\nsource: scie-2017\nplan:\n  living_well:\n    add: 200\n", encoding="utf-8")
    added = next(figure for key, figure in load(file).figures.items() if key.endswith("added_people"))
    assert added.origin == "planned here"
