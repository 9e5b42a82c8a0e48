"""Hold the library, or a file of one's own, to its rules: sources resolve, years and units are there, evidence is said.

What a file may not do at all is refused when it is read; these are the things that load and are wrong all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from carescale.analysis.catalogue import ANY_PLACE, EVIDENCED, Card, intervention_card, interventions, read_card
from carescale.analysis.check import Checked, check
from carescale.case import Case
from carescale.engine.keys import outermost
from carescale.figures import Figure, Source
from carescale.inputs.library import display_name, key_of, library_sources, open_place, shipped, shipped_names
from carescale.inputs.loading import AS_PUBLISHED, load, load_to_check
from carescale.problems import Position, Problem, Problems
from carescale.uncertainty.shapes import COVERS, LIMITS


def check_file(path: str, scenario: str = AS_PUBLISHED, settings: Iterable[str] = ()) -> Checked:
    """A file of any kind: a place's claims, an intervention's or a scenario's figures. Raises Problems; those of claims
    alone are `refused`, and the others judged.
    """
    document, found = (None, None) if path == "-" else open_place(path)
    kinds = {key.value for key, _ in document.root.value} if document else set()
    if document and "intervention" in kinds and found:
        return check_card(read_card(key_of(found), document))
    if document and "scenario" in kinds:
        case = load(ANY_PLACE, scenario=path)
        return Checked(file=document.name, problems=tuple(_two_values(case, document.name)))
    case, refused = load_to_check(path, scenario=scenario, settings=settings)
    return replace(check(case), refused=refused)


def check_files(
    paths: Iterable[str], scenario: str, settings: Sequence[str], *, strict: bool = False
) -> tuple[Mapping[str, Checked], list[Problem]]:
    """Several files by their names, and the problems of files and claims that cannot be read: one does not silence the
    others.
    """
    checks, problems = dict[str, Checked](), list[Problem]()
    for path in paths:
        try:
            checks[path] = replace(check_file(path, scenario, settings), strict=strict)
            problems += checks[path].refused
        except Problems as found:
            problems += found.problems
    return checks, problems


def check_card(card: Card) -> Checked:
    """An intervention: savings say how they were found out and when that was looked at, ranges what they cover."""
    found = (*_of_savings(card.get(*EVIDENCED)), *_of_ranges(card.figures.values()))
    return Checked(file=card.intervention.document.name, problems=found)


def check_library() -> list[Checked]:
    """Every file that ships: interventions, scenarios, examples with their claims, and the sources they cite."""
    checked = [check_card(card) for card in interventions()]
    for name, path in shipped_names("scenarios/scaling").items():
        found = _two_values(load(ANY_PLACE, scenario=name), display_name(path))
        checked.append(Checked(file=display_name(path), problems=tuple(found)))
    cases = [load(name) for name in shipped_names("examples")]
    checked += [check(case).with_problems([*_two_values(case, case.file), *_ranges_of(case)]) for case in cases]
    return [*checked, Checked(file="scenarios/sources.yaml", problems=tuple(_of_sources(cases)))]


def _of_savings(figures: Iterable[Figure]) -> Iterator[Problem]:
    for figure in figures:
        if figure.number is None:
            continue
        evidence = figure.detail.evidence
        if evidence is None:
            hint = "`evidence: {design: …}`; `carescale list designs` has them"
            yield _problem("no-evidence", f"{figure.number.text}: it is not said how it was found out", figure, hint)
        elif not evidence.checked:
            hint = "`checked: 2026-01` at the top of the file, or in its evidence"
            yield _problem(
                "not-checked", f"{figure.number.text}: it is not said when its source was read", figure, hint
            )


def _ranges_of(case: Case) -> Iterator[Problem]:
    """Ranges that a case's own file gives."""
    return _of_ranges(figure for figure in case.figures.values() if figure.position.file == case.file)


def _of_ranges(figures: Iterable[Figure]) -> Iterator[Problem]:
    for figure in figures:
        if figure.detail.low and figure.detail.high and not figure.detail.covers:
            said = f"{figure.detail.low.text} to {figure.detail.high.text}"
            hint = f"`covers:` {', '.join(COVERS)} or {LIMITS}"
            yield _problem("no-covers", f"{said}: it is not said what the range covers", figure, hint)


def _two_values(case: Case, file: str) -> Iterator[Problem]:
    """Figures that a file takes from a source which, for the intervention, gives another number."""
    own = [figure for figure in case.figures.values() if figure.position.file == file and figure.citation]
    names = {outermost(figure.name) for figure in own} & set(shipped_names("scenarios/interventions"))
    given = {key: figure for name in names for key, figure in intervention_card(name).figures.items()}
    for figure in own:
        other = given.get(figure.name)
        if other is None or other.citation is None or figure.citation is None or not (other.number and figure.number):
            continue
        if other.citation.source == figure.citation.source and other.value != figure.value:
            message = f"{figure.number.text} here, and {other.number.text} in {other.position}, from the same source"
            yield _problem("two-values", message, figure)


def _of_sources(cases: Iterable[Case]) -> Iterator[Problem]:
    """Sources that nothing cites, and publications that stand under two keys."""
    cited = {source.key for card in interventions() for source in card.sources}
    for case in cases:
        cited |= {figure.citation.source.key for figure in case.figures.values() if figure.citation}
        cited |= {claim.citation.source.key for claim in case.claims if claim.citation}
        columns = case.areas.map.columns if case.areas else ()
        cited |= {column.citation.source.key for column in columns if column.citation}
    sources, text = library_sources(), (shipped("scenarios") / "sources.yaml").read_text(encoding="utf-8")
    files = [path for kind in ("*.yaml", "successors.csv") for path in shipped("scenarios").rglob(kind)]
    everything = "\n".join(path.read_text(encoding="utf-8") for path in files)
    seen: dict[tuple[str, str], Source] = {}
    for key, source in sources.items():
        place = Position("scenarios/sources.yaml", text[: text.index(f"{key}:")].count("\n") + 1, 1)
        if key not in cited and everything.count(key) < 2:
            yield Problem("unused-source", f"nothing cites `{key}`", place)
        other = seen.setdefault((source.publisher, source.title), source)
        if other.year == source.year and other is not source:
            yield Problem("two-values", f"`{key}` and `{other.key}` are the same publication", place)


def _problem(code: str, message: str, figure: Figure, hint: str = "") -> Problem:
    return Problem(code, f"{figure.name}: {message}", figure.position, hint)
