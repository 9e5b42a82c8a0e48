"""Golden texts: each screen as a person sees it at 80 and at 120 columns, and Cornwall in every kind of file.

`pytest --regenerate tests/golden` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli.running import command
from rich.cells import cell_len

HERE = Path(__file__).parent
COLUMNS = (80, 120)
ALL = "birmingham england cornwall kent"
ANSWERS = {
    "project-birmingham": "project birmingham",
    "project-birmingham-catch-up": "project birmingham --scenario catch-up-with-a-rate",
    "project-birmingham-fixed-number": "project birmingham --scenario fixed-number",
    "project-birmingham-set": "project birmingham --set shared_lives.ramp_months=24 --set living_well.added_people=500",
    "project-birmingham-12-months": "project birmingham --months 12",
    "project-cornwall": "project cornwall",
    "project-birmingham-limited": "project birmingham --set shared_lives.carers_available=30 --set reablement.add=200",
    "project-england": "project england",
    "project-rotherham": "project rotherham",
    "project-kent": "project kent",
    "project-leeds": "project leeds.yaml",
    "appraise-birmingham": "appraise birmingham --together fiscal --prices 2024",
    "appraise-cautiously": "appraise cornwall --set living_well.set_up_lump_sum=£50,000 --set deadweight=20%"
    " --set saving_evidence_grade=4 --set cost_evidence_grade=3 --set portfolio.cashable_share.council=50%"
    " --set portfolio.cashable_lag_months.council=6 --set drop_off=10%",
    "appraise-england": "appraise england",
    "appraise-incubator": "appraise incubator",
    "budget-birmingham": "budget birmingham --start 2026-09 --set pay_uplift=4% --set fee_uplift=5% --set"
    " price_uplift=2%",
    "budget-cornwall": "budget cornwall --start 2026-09",
    "budget-west-midlands": "budget west-midlands --start 2026-09",
    "track-northtown": "track northtown",
    "track-incubator": "track incubator",
    "project-west-midlands": "project west-midlands",
    "simulate-birmingham": "simulate birmingham",
    "simulate-england": "simulate england --for shared_lives.net_present_value.council --detail",
    "simulate-west-midlands": "simulate west-midlands",
    "simulate-scenarios": "simulate birmingham --scenario incubator-pace --scenario as-published",
    "solve-afford": "solve birmingham --for shared_lives.break_even_month.council --reach 24 --by"
    " set_up_cost_per_block",
    "solve-delay": "solve birmingham --for shared_lives.break_even_month.council --reach '24 months' --by"
    " shared_lives.first_match_month",
    "solve-never": "solve birmingham --for living_well.net_saving.council --reach £1.2m --by"
    " living_well.running_cost_share.council",
    "solve-no-effect": "solve birmingham --for shared_lives.net_saving.council --reach £1m --by"
    " living_well.ramp_months",
    "solve-people": "solve birmingham --for shared_lives.net_saving.council --reach £1m --by"
    " shared_lives.learning_disability.added_people",
    "solve-solved-again": "solve birmingham --for hospital_discharge.covered_spend --reach £42m --by"
    " hospital_discharge.long_term.spend_reduction.council",
    "solve-unknown": "solve birmingham --for living_well.gross_saving.society --reach £1m --by"
    " living_well.older_people.published_saving_per_person.society",
    "solve-windows": "solve leeds.yaml --for shared_lives.first_full_year_after_set_up.council --reach £2.2m --by"
    " shared_lives.learning_disability.added_people",
}
SCREENS = {
    **ANSWERS,
    **{f"{name}-full": f"{line} --full" for name, line in ANSWERS.items()},
    "project-west-midlands-all": "project west-midlands --all",
    "project-parts": "project leeds.yaml --show staff --show years",
    "project-england-councils": "project england-councils",
    "project-england-councils-leeds": "project england-councils --area Leeds",
    "read-england-councils": "read england-councils",
    "compare-areas": "compare england-councils --area Leeds --area Kent",
    "compare-incubator-pace": "compare birmingham --scenario as-published --scenario incubator-pace",
    "check": f"check {ALL}",
    "explain-break-even": "explain birmingham shared_lives.break_even_month.council",
    "explain-calibrated": "explain england shared_lives.everyone.share_bearing_saving",
    "explain-months": "explain cornwall living_well.monthly_net_saving.nhs",
    "explain-net-saving": "explain birmingham shared_lives.net_saving.council",
    "explain-portfolio": "explain birmingham portfolio.net_saving.council --depth 1",
    "explain-unknown": "explain kent hospital_discharge.net_saving.council",
    "explain-weekly-costs": "explain leeds.yaml shared_lives.learning_disability.saving_per_person.council",
    "check-library": "check --library",
    "list-designs": "list designs",
    "list-examples": "list examples",
    "list-interventions": "list interventions",
    "list-quantities": "list quantities",
    "list-quantities-kent": "list quantities kent",
    "list-scenarios": "list scenarios",
    "list-sources": "list sources",
    "show-choice": "show set_up_basis",
    "show-example": "show birmingham",
    "show-figure": "show published_saving_per_person",
    "show-intervention": "show living_well",
    "show-intervention-of-cohorts": "show shared_lives",
    "show-intervention-that-was-tried": "show social_prescribing",
    "show-quantity": "show net_saving",
    "show-scenario": "show catch-up-with-a-rate",
    "show-way-of-funding": "show incubator-funding",
    "show-source": "show nuffield-2019",
}
FILES = {
    "cornwall.csv": "project cornwall --format csv",
    "cornwall.grid.txt": "project cornwall --format grid",
    "cornwall.html": "check cornwall --format html",
    "cornwall.md": "project cornwall --format markdown",
    "cornwall.plain.txt": "project cornwall --format plain",
    "cornwall-months.csv": "project cornwall --months 3 --monthly --format csv",
    "england-appraisal.csv": "appraise england --format csv",
    "england-appraisal.json": "appraise england --format json",
    "cornwall-check.github.txt": "check cornwall --format github",
    "cornwall-check.json": "check cornwall --format json",
    "cornwall-check.md": "check cornwall --format markdown",
    "cornwall-check.xml": "check cornwall --format junit",
    "cornwall-explain.json": "explain cornwall living_well.gross_saving.nhs --format json",
    "birmingham-solve.csv": "solve birmingham --for portfolio.net_saving.council --reach £6.6m --by overlap -f csv",
    "birmingham-solve.json": "solve birmingham --for portfolio.net_saving.council --reach £6.6m --by overlap -f json",
    "birmingham-solve.md": "solve birmingham --for portfolio.net_saving.council --reach £6.6m --by overlap -f markdown",
    "scenarios.json": "list scenarios --format json",
}
LINES = 45  # of a first screen
SIZED = {(name, columns): HERE / "screens" / f"{name}.{columns}.txt" for name in SCREENS for columns in COLUMNS}


def output(line: str, folder: Path, columns: int = 80) -> str:
    """What a command prints, run beside a copy of the place file of this folder."""
    shutil.copy(HERE / "leeds.yaml", folder)
    result = command(f"carescale {line}", columns=columns)
    assert result.code == 0, result.err
    return result.out.replace("\r\n", "\n")


def hold(path: Path, text: str, regenerate: bool) -> None:
    """Compare with a golden text, or write it."""
    if regenerate:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "if the new text is right, run pytest with --regenerate"


@pytest.mark.parametrize(("name", "columns"), SIZED, ids=str)
def test_a_screen_is_as_it_was_read_and_approved(name: str, columns: int, tmp_path: Path, regenerate: bool) -> None:
    text = output(SCREENS[name], tmp_path, columns)
    assert_laid_out(text, columns)
    hold(SIZED[name, columns], f"$ carescale {SCREENS[name]}\n{text}", regenerate)


@pytest.mark.parametrize("name", ANSWERS)
def test_what_decides_fits_one_screen(name: str) -> None:
    assert len(SIZED[name, 80].read_text(encoding="utf-8").splitlines()[1:]) <= LINES


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_as_it_was_read_and_approved(name: str, tmp_path: Path, regenerate: bool) -> None:
    hold(HERE / "files" / name, output(FILES[name], tmp_path), regenerate)


def assert_laid_out(text: str, columns: int) -> None:
    """No line wider than the window or with blanks at its end; no blank line at either end, and never two together."""
    for line in text.splitlines():
        assert cell_len(line) <= columns, line
        assert line == line.rstrip()
    assert text == text.strip("\n") + "\n"
    assert "\n\n\n" not in text


@pytest.mark.parametrize("text", ["x" * 81 + "\n", "—" * 81 + "\n", "a \n", "\na\n", "a\n\n", "a\n\n\nb\n", "a"])
def test_a_screen_that_is_badly_laid_out_would_be_noticed(text: str) -> None:
    assert_laid_out("a\n\nb\n", 80)
    with pytest.raises(AssertionError):
        assert_laid_out(text, 80)


def test_every_golden_text_belongs_to_a_command() -> None:
    texts = {path for folder in ("screens", "files") for path in (HERE / folder).iterdir()}
    assert texts == {*SIZED.values(), *(HERE / "files" / name for name in FILES)}
