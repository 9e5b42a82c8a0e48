"""Portfolio: interventions together for one payer, less what would be counted twice."""

import pytest
from alternatives import written

from carescale.analysis.evidence import notes
from carescale.analysis.projection import project
from carescale.inputs.loading import load


@pytest.mark.parametrize("name", ["gross_saving", "cost_avoided", "running_cost", "cost_incurred"])
def test_each_payers_pounds_are_added_over_the_interventions(name):
    assert written(name, "case, payer")([1_334_000.0, 1_181_000.0, 4_690_000.0]) == 7_205_000


def test_birminghams_three_interventions_save_7_005_000_before_overlap_and_6_655_000_after():
    before = written("net_saving_before_overlap", "case, payer")([1_334_000.0, 981_000.0, 4_690_000.0])
    assert before == 7_005_000
    assert written("net_saving", "case, payer")(net_saving_before_overlap=before, total_overlap=350_000.0) == 6_655_000


def test_the_published_parts_make_6_55m():
    before = written("net_saving_before_overlap", "case, payer")([1.0, 1.3, 4.6])
    assert written("net_saving", "case, payer")(before, 0.35) == pytest.approx(6.55)


def test_the_overlap_is_taken_off_each_month_as_far_as_gross_savings_have_come():
    monthly = written("monthly_overlap", "case, payer")
    half_way = monthly(total_overlap=120.0, monthly_gross_saving=50.0, gross_saving=1_200.0)
    assert half_way == pytest.approx(120 / 12 / 2)
    saving = written("monthly_saving", "case, payer")([10.0, 30.0], half_way)
    assert written("monthly_net_saving", "case, payer")(saving, 2.0) == pytest.approx(33)


def test_the_overlap_phases_in_with_the_savings_it_corrects():
    parts = ["shared_lives", "living_well", "hospital_discharge"]
    keys = [f"{path}.monthly_net_saving.council" for path in [*parts, "portfolio"]]
    *each, together = project(load("birmingham")).months(keys).values()
    taken = [sum(month) - after for *month, after in zip(*each, together, strict=True)]
    assert taken[0] == 0
    assert taken[-1] == pytest.approx(350_000 / 12)
    assert taken == sorted(taken)
    assert together[-1] == pytest.approx(6_655_000 / 12)


def test_an_overlap_never_turns_a_month_of_losses_into_a_gain():
    taken = written("monthly_overlap", "case, payer")(100_000.0, monthly_gross_saving=0.0, gross_saving=200_000.0)
    assert written("monthly_saving", "case, payer")([0.0], taken) == 0


def test_a_portfolio_of_one_intervention_breaks_even_with_it():
    england = project(load("england"))
    for name in ("break_even_month", "peak_funding"):
        assert england[f"portfolio.{name}.council"].value == england[f"shared_lives.{name}.council"].value > 0


def test_a_portfolio_with_an_unknown_set_up_cost_has_no_break_even_month():
    result = project(load("birmingham"))["portfolio.break_even_month.council"]
    assert (result.value, result.status) == (None, "unknown")
    assert result.state.because == (
        "hospital_discharge.annual_running_cost",
        "hospital_discharge.set_up_lump_sum",
        "living_well.set_up_lump_sum",
    )


def test_the_pounds_of_council_and_nhs_are_never_added():
    quantities = [key for key in load("birmingham").plan.quantities() if key.startswith("portfolio.net_saving")]
    assert quantities
    assert all(key.rsplit(".", 1)[1] in ("council", "nhs", "society") for key in quantities)


PAIR = "hospital_discharge_and_living_well.pair_overlap.council=£100,000"


def test_an_overlap_by_pair_is_taken_off_beside_the_one_in_all():
    projection = project(load("birmingham", settings=[PAIR]))
    assert projection["portfolio.total_overlap.council"].value == 450_000
    assert projection["portfolio.net_saving.council"].value == 7_005_000 - 450_000


def test_an_overlap_by_pair_stands_alone_where_none_is_given_in_all(tmp_path):
    case = load(_two_for_older_people(tmp_path), settings=["living_well_and_reablement.pair_overlap.council=£5,000"])
    projection = project(case)
    assert projection["portfolio.total_overlap.council"].value == 5_000
    assert projection["portfolio.total_overlap.nhs"].status == "not applicable"
    net = projection["portfolio.net_saving.council"]
    assert net.value == 100 * (1_181 - 200) - 5_000 - 100 * 2_088  # a known cost counts, whatever reablement saves
    assert (net.status, net.state.because) == ("partial", ("reablement.adjusted_saving.council",))


def _two_for_older_people(folder):
    place = folder / "place.yaml"
    place.write_text(
        "place: Leeds\nplan:\n"
        "  living_well:\n    add: {value: 100, assumption: a test}\n"
        "  reablement:\n    add: {value: 100, assumption: a test}\n",
        encoding="utf-8",
    )
    return str(place)


def test_two_plans_for_the_same_people_are_warned_of_until_an_overlap_is_given(tmp_path):
    def overlaps(*settings):
        case = load(_two_for_older_people(tmp_path), settings=settings)
        return [note for note in notes(case, ["portfolio.net_saving.council"]) if note.kind == "overlap"]

    (note,) = overlaps()
    assert note.keys == ("living_well", "reablement", "living_well_and_reablement")
    assert note.text == "People aged 65 and over"
    assert overlaps("living_well_and_reablement.pair_overlap.council=£0") == []
    assert overlaps("portfolio.overlap.council=£1,000") == []


def test_plans_for_different_people_are_not_warned_of():
    case = load("birmingham", settings=["portfolio.overlap.council=unknown"])
    assert [note for note in notes(case, ["portfolio.net_saving.council"]) if note.kind == "overlap"] == []


def test_payers_who_pay_twice_the_cost_between_them_are_warned_of():
    def warned(*settings):
        found = notes(load("cornwall", settings=settings), ["portfolio.net_saving.council"])
        return [note.text for note in found if note.kind == "shares"]

    share = "living_well.running_cost_share"
    assert warned() == []
    assert warned(f"{share}.council=100%", f"{share}.nhs=100%") == ["200"]
    assert warned(f"{share}.council=20%") == ["70"]
    assert warned(f"{share}.council=unknown") == []
