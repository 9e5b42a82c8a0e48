"""The library of care models: every model is there, can be planned anywhere, has its card, and keeps to its rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import carescale, command, said

from carescale import load, project
from carescale.analysis.catalogue import intervention_card
from carescale.analysis.library_check import check_file, check_library
from carescale.inputs.evidence_scale import evidence_scale
from carescale.inputs.library import shipped, shipped_names

MODELS = {
    "local_area_coordination", "community_connectors", "social_prescribing", "living_well", "reablement",
    "community_enterprises", "employment_enterprises", "shared_lives", "extra_care", "homeshare",
    "hospital_discharge", "hospital_to_home", "lets_get_moving", "stockport_social_action",
}  # fmt: skip


def test_every_model_that_the_sources_name_has_its_file() -> None:
    assert set(shipped_names("scenarios/interventions")) == MODELS
    assert "incubator-funding" in shipped_names("scenarios/scaling")


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_model_can_be_planned_in_birmingham_on_the_command_line(name: str) -> None:
    (part, (level, _)), *_ = intervention_card(name).intervention.parts.items()
    rule = "add=100" if level == "cohort" else "share=50%"
    result = carescale("project", "birmingham", "--set", f"{name}.{part}.{rule}")
    assert result.code == 0, result.err
    assert intervention_card(name).intervention.shape.intervention in " ".join(result.out.split())


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_model_has_its_evidence_card(name: str) -> None:
    out = carescale("show", name).out
    for heading in ("For whom", "Not known", "Read with care", "Sources"):
        assert f"\n{heading}" in out
    card = intervention_card(name)
    assert card.sources
    if card.grades:
        assert "How sure" in out
        assert evidence_scale()[0].scale in " ".join(out.split())


def test_birmingham_can_be_funded_as_by_the_incubator() -> None:
    result = carescale("appraise", "birmingham", "--scenario", "incubator-funding", "--full")
    assert result.code == 0
    assert "£220,000" in result.out
    assert "6,286" in result.out


def test_the_library_keeps_to_its_own_rules() -> None:
    checked = check_library()
    assert [problem for one in checked for problem in one.problems] == []
    assert all(one.passed for one in checked)
    result = carescale("check", "--library")
    assert (result.code, result.err) == (0, "")
    assert "scenarios/sources.yaml · nothing found" in result.out


def test_rotherham_got_50p_back_for_each_pound_of_1_104_000() -> None:
    projection = project(load("rotherham"))
    assert projection["social_prescribing.studied_return.nhs"].value == 0.5
    assert projection["social_prescribing.implied_study_cost.nhs"].value == 1_104_000
    out = " ".join(command("carescale project rotherham --full").out.split())
    assert "£0.50 had come back for each £1 by the end of where it was tried (NHS)" in out


def test_derbys_6_47m_for_1_76m_is_3_68_and_not_4_00() -> None:
    value = project(load("derby"))["local_area_coordination.studied_return.society"].value
    assert value is not None
    assert round(value, 2) == 3.68


def test_thurrocks_4_8m_at_4_for_each_pound_took_1_2m() -> None:
    projection = project(load("thurrock"))
    assert projection["local_area_coordination.implied_study_cost.society"].value == 1_200_000
    assert projection["local_area_coordination.studied_return.society"].value == 4


def test_a_community_navigator_costs_480_and_brings_900_and_leaves_420() -> None:
    projection = project(load("community-navigators"))
    assert projection["community_connectors.net_saving.society"].value == 420
    assert projection["community_connectors.net_saving.council"].status == "unknown"


@pytest.mark.parametrize("place", ["birmingham", "cornwall"])
def test_what_contradicts_living_well_stands_wherever_its_nhs_saving_is_counted(place: str) -> None:
    for line in (f"project {place} --full", f"appraise {place} --full", f"explain {place} living_well.net_saving.nhs"):
        out = " ".join(command(f"carescale {line}").out.split())
        assert "†" in out
        assert "matched-control study of 1,996 people" in out


def _helped(months: int, saving_over: int = 1) -> float:
    """Months of full scale by a month, on a ramp of 12 from month 3; as far as savings spread over so many are had."""
    shares = [min(max((month - 3) / 12, 0), 1) for month in range(months + 1)]
    return sum(share * min(months - month + 1, saving_over) / saving_over for month, share in enumerate(shares))


def test_what_each_person_would_have_to_save_stands_where_no_saving_is_published(tmp_path: Path) -> None:
    place = tmp_path / "leeds.yaml"
    place.write_text(
        "place: Leeds\nplan:\n  reablement: {add: {value: 100, assumption: a test}}\n"
        "figures:\n  reablement:\n    set_up_lump_sum: {value: £0, assumption: a test}\n",
        encoding="utf-8",
    )
    needed = project(load(place))["reablement.break_even_saving_per_episode.council"].value
    # what begins in the last year of five is saved after the months looked ahead
    assert needed == pytest.approx(2_088 * _helped(60) / _helped(60, saving_over=12))


def test_a_cost_whose_saving_nobody_knows_is_in_the_total_which_says_so() -> None:
    out = " ".join(command("carescale project birmingham --set reablement.add=200 --full").out.split())
    assert "Reablement n/k £417,600 −£417,600*" in out
    assert "council total: before any saving of Reablement; before costs of Hospital discharge" in out
    assert "before any saving of Reablement" not in command("carescale project birmingham --full").out


WRONG = {
    "no-evidence": ("evidence: {design: own claim}", "note: none"),
    "not-checked": ("checked: 2026-11\n", ""),
    "no-covers": ("          covers: 90%\n", ""),
}
OWN = """intervention: Befriending
area: staying well
about: someone calls
source: scie-2017
year: 2016
checked: 2026-11
cohorts:
  older_people:
    title: Older people
    figures:
      published_saving_per_person:
        council:
          value: £1,000
          range: £900 to £1,300
          covers: 90%
          evidence: {design: own claim}
"""


@pytest.mark.parametrize("code", WRONG)
def test_a_file_of_ones_own_is_told_what_its_savings_lack(code: str, tmp_path: Path) -> None:
    path = tmp_path / "befriending.yaml"
    path.write_text(OWN, encoding="utf-8")
    assert check_file(str(path)).problems == ()
    before, after = WRONG[code]
    path.write_text(OWN.replace(before, after), encoding="utf-8")
    assert [problem.code for problem in check_file(str(path)).problems] == [code]
    result = carescale("check", str(path))
    assert result.code == 1
    assert "✗" in result.out
    assert said(result) == "not everything is as it should be: see ✗\n"


def test_one_source_with_two_numbers_is_found(tmp_path: Path) -> None:
    scenario = tmp_path / "slow.yaml"
    text = "scenario: Slow\nabout: slower\nsource: scie-2017\nyear: 2016\nfigures:\n  shared_lives:\n    {}\n"
    scenario.write_text(text.format("arrangements_per_block: 75"), encoding="utf-8")
    assert check_file(str(scenario)).problems == ()
    scenario.write_text(text.format("arrangements_per_block: 50"), encoding="utf-8")
    (problem,) = check_file(str(scenario)).problems
    assert problem.code == "two-values"
    assert "50 here, and 75 in scenarios/interventions/shared_lives.yaml" in problem.message


def test_a_source_that_nothing_cites_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import carescale.analysis.library_check as library_check

    sources = (shipped("scenarios") / "sources.yaml").read_text(encoding="utf-8")
    stray = library_check.library_sources() | {"stray": next(iter(library_check.library_sources().values()))}
    monkeypatch.setattr(library_check, "library_sources", lambda: stray)
    (tmp_path / "sources.yaml").write_text(f"{sources}stray:\n", encoding="utf-8")
    monkeypatch.setattr(library_check, "shipped", lambda folder: tmp_path)
    found = library_check.check_library()[-1].problems
    assert "nothing cites `stray`" in [problem.message for problem in found]


def test_check_without_a_file_says_what_it_wants() -> None:
    result = carescale("check")
    assert result.code == 2
    assert "there is no file to check" in said(result)
