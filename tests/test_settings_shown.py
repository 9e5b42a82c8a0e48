"""A setting is shown with the unit of its figure, however it was typed, and a choice in words."""

import pytest

from carescale.inputs.loading import load


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
