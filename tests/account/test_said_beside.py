"""What is said beside a number: that only a net is known, what caution leaves, worst and best, a peak unknown."""

import csv

import pytest
from cli.running import command

from carescale import load, project
from carescale.analysis.catalogue import intervention_card
from carescale.analysis.caution import cautious, weak_evidence

EXTRA_CARE = "place: Testshire\nyear: 2026\nsource: aston-2015\nplan:\n  extra_care:\n    add: {lower_care: 100}\n"


@pytest.fixture
def extra_care(tmp_path):
    """A plan whose saving is published net of its cost, which nobody publishes."""
    file = tmp_path / "place.yaml"
    file.write_text(EXTRA_CARE, encoding="utf-8")
    return file


@pytest.mark.parametrize("screen", ["project", "appraise", "budget --start 2026-09"])
def test_an_adjusted_saving_of_which_only_the_net_is_known_says_so_beside_the_number(extra_care, screen):
    name, *options = screen.split()
    shown = command(f"carescale {name} {extra_care} {' '.join(options)} --set extra_care.deadweight=20% --full").out
    shown = " ".join(shown.split())
    assert "§ adjusted, where only the saving net of its cost is known" in shown
    assert "Only the net" in shown


def test_nothing_is_said_where_nothing_is_taken_off_or_both_sides_are_known(extra_care):
    assert "§" not in command(f"carescale project {extra_care} --full").out
    assert "§" not in command("carescale project birmingham --set shared_lives.deadweight=20% --full").out


def test_caution_corrects_costs_for_the_weakest_evidence_behind_them(tmp_path):
    file = tmp_path / "place.yaml"
    file.write_text(
        EXTRA_CARE.replace("extra_care", "living_well").replace("{lower_care: 100}", "100")
        + "figures:\n  living_well:\n    running_cost_per_person:\n      value: £400\n"
        "      evidence: {design: own claim}\n    saving_evidence_grade: 1\n",
        encoding="utf-8",
    )
    case = load(file)
    assert weak_evidence(case) == {"living_well.cost_evidence_grade": 6}
    before, after = (project(one)["living_well.cost_incurred.council"].value for one in (case, cautious(case)))
    assert (before, after) == (100 * 400 / 2, pytest.approx(100 * 400 / 2 * 1.4))


def test_a_range_has_a_worst_and_a_best_for_people_savings_set_up_months_and_funding():
    options = "--set shared_lives.set_up_cost_per_block=£250,000 --show worst-best"
    shown = command(f"carescale project birmingham {options}").out
    assert "Shared Lives: net saving             £620,000  £1,334,000     £1,334,000" in shown
    assert "Shared Lives: break-even month             23          15             12" in shown
    assert "Together: saving less known costs  £5,941,000  £6,655,000*†‡  £6,655,000" in shown


def test_the_ramp_as_assumed_breaks_even_from_month_14_to_month_18():
    result = project(load("birmingham", settings=["shared_lives.ramp_months=18"]))[
        "shared_lives.break_even_month.council"
    ]
    assert (result.best, result.value, result.worst) == (14, 15, 18)


def test_the_best_of_a_ratio_is_the_high_one():
    ratio = project(load("birmingham", appraise=True))["shared_lives.benefit_cost_ratio.council"]
    assert ratio.worst < ratio.value <= ratio.best


def test_what_is_never_back_has_no_peak_in_any_file():
    setting = "shared_lives.cashable_share.council=50%"
    assert project(load("birmingham", settings=[setting]))["shared_lives.peak_funding.council"].value == float("inf")
    rows = csv.DictReader(command(f"carescale project birmingham --set {setting} --format csv").out.splitlines())
    (row,) = (
        row
        for row in rows
        if (row["intervention"], row["payer"], row["quantity"]) == ("shared_lives", "council", "peak_funding")
    )
    assert (row["value"], row["status"]) == ("", "beyond the horizon")


def test_overlap_where_nothing_is_saved_empties_no_total(tmp_path):
    file = tmp_path / "place.yaml"
    file.write_text(
        "place: Testshire\nyear: 2026\nsource: scie-2017\nplan:\n  shared_lives:\n    add: {learning_disability: 0}\n"
        '  living_well:\n    add: 0\nfigures:\n  overlap: {council: "£350,000"}\n',
        encoding="utf-8",
    )
    projection = project(load(file))
    assert projection["portfolio.gross_saving.council"].value == 0
    assert projection["portfolio.net_saving.council"].value == -350_000
    months = projection.months(["portfolio.monthly_saving.council"])["portfolio.monthly_saving.council"]
    assert months == [0] * 61


def test_a_saving_for_each_person_helped_is_on_the_card_of_its_intervention():
    card = intervention_card("community_connectors")
    assert [figure.number.text for figure in card.savings if figure.number] == ["£900"]
