"""The library that ships (interventions, scaling scenarios, sources, examples) and a council's own files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct
from yaml.nodes import MappingNode, Node, SequenceNode

from carescale.case import PORTFOLIO
from carescale.figures import Source
from carescale.formulas.vocabulary import GROUPS, THEMES
from carescale.inputs.document import Document, at_key, pairs
from carescale.inputs.origins import cite
from carescale.inputs.reading import read_document
from carescale.inputs.schema import CohortEntry, InterventionFile, SourceEntry, check_entry, check_shape
from carescale.problems import Position, Problem, Problems, did_you_mean, quoted


@cache
def shipped(folder: str) -> Path:
    """A folder of the library: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder


def shipped_names(folder: str) -> dict[str, Path]:
    """The files of a folder of the library, by name without ending."""
    return {path.stem: path for path in sorted(shipped(folder).glob("*.yaml"))}


def display_name(path: Path) -> str:
    """A shipped file as people read of it: `scenarios/interventions/shared_lives.yaml`."""
    for folder in ("scenarios", "examples"):
        if path.is_relative_to(shipped(folder)):
            return f"{folder}/{path.relative_to(shipped(folder)).as_posix()}"
    return str(path)


def read_shipped(path: Path) -> Document:
    """A file of the library."""
    return read_document(path, name=display_name(path))


@cache
def library_sources() -> Mapping[str, Source]:
    """The publications that the library cites."""
    document = read_shipped(shipped("scenarios") / "sources.yaml")
    entries = {key.value: _source_entry(document, key.value, node) for key, node in pairs(document.root)}
    document.problems.stop()
    return {key: source for key, source in entries.items() if source}


def _source_entry(document: Document, key: str, node: Node) -> Source | None:
    entry = check_entry(document, SourceEntry, node)
    return make_source(key, entry) if entry else None


def make_source(key: str, entry: SourceEntry) -> Source:
    """A source from its entry."""
    return Source(
        key=key,
        publisher=entry.publisher,
        title=entry.title,
        year=entry.year,
        url=entry.url or "",
        unverified=entry.unverified or "",
    )


def sources_of(own: Mapping[str, SourceEntry]) -> Mapping[str, Source]:
    """The library's sources and a file's own, which win."""
    if not own:
        return library_sources()
    return {**library_sources(), **{key: make_source(key, entry) for key, entry in own.items()}}


class Intervention(Struct, frozen=True):
    """An intervention file that has been read: its document and its shape. Its figures are read once placed."""

    name: str
    document: Document
    shape: InterventionFile
    sources: Mapping[str, Source]

    @property
    def parts(self) -> Mapping[str, tuple[str, CohortEntry]]:
        """Its cohorts and spend lines: level and entry by name."""
        cohorts = {name: ("cohort", entry) for name, entry in self.shape.cohorts.items()}
        return {**cohorts, **{name: ("spend_line", entry) for name, entry in self.shape.spend_lines.items()}}

    @property
    def counts_by_year(self) -> bool:
        """Whether it counts the people it helps in a year, rather than those supported at a time."""
        return self.shape.choices.get("counted", "").strip().replace(" ", "_") == "people_a_year"

    def node(self, *path: str) -> MappingNode | Node | None:
        """The block at a path of the file, if it is there."""
        node, there = self.document.find(path)
        return node if there else None


def key_of(path: str | Path) -> str:
    """The name by which place files know an intervention file: `step-down.yaml` is `step_down`."""
    return Path(path).stem.replace("-", "_")


def theme_key(written: str) -> str:
    """An area as files write it, `living at home`, by its key."""
    return written.strip().lower().replace(" ", "_")


def read_intervention(name: str, document: Document) -> Intervention:
    """An intervention from its document; what is wrong with its shape is noted as problems."""
    shape = check_shape(document, InterventionFile)
    if name == PORTFOLIO:
        node, _ = document.find(("intervention",))
        message = f"`{PORTFOLIO}` is the name of all interventions together, so no file of one can have it"
        document.problem("unknown-name", message, node, "rename the file; its name is that of the intervention")
    if theme_key(shape.area) not in THEMES:
        node, _ = document.find(("area",))
        known = [name.replace("_", " ") for name in THEMES]
        hint = did_you_mean(shape.area, known, "Areas")
        document.problem("unknown-name", f"there is no area {quoted(shape.area)}", node, hint)
    for section, entries in (("cohorts", shape.cohorts), ("spend_lines", shape.spend_lines)):
        for cohort, entry in entries.items():
            if entry.group and entry.group not in GROUPS:
                node, _ = document.find((section, cohort, "group"))
                hint = did_you_mean(entry.group, GROUPS)
                document.problem("unknown-name", f"there is no client group {quoted(entry.group)}", node, hint)
    sources = sources_of(shape.sources)
    nodes = document.find(("cautions",))[0]
    for caution, node in zip(shape.cautions, nodes.value if isinstance(nodes, SequenceNode) else [], strict=False):
        cite(document, sources, caution.source, at_key(node, "source"))
    return Intervention(name, document, shape, sources)


_OWN = "`use:` takes the name of an intervention file, such as befriending.yaml"


def own_file(base: Path, written: str, document: Document, node: Node, hint: str = _OWN) -> Path | None:
    """A file that another names, inside the same folder; None, with a problem noted, otherwise."""
    folder = base.parent.resolve()
    try:
        path = (folder / written).resolve()
        inside, there = path.is_relative_to(folder) and not Path(written).is_absolute(), path.is_file()
    except (OSError, ValueError, RuntimeError):
        inside, there = True, False
    if not inside:
        inward = "put the file in the same folder, or in one below it"
        document.problem("outside-folder", f"{quoted(written)} is outside the folder of this file", node, inward)
    elif not there:
        document.problem("missing-file", f"there is no file {quoted(written)} beside this one", node, hint)
    return base.parent / written if inside and there else None


def find_example(written: str) -> Path | None:
    """The shipped example meant by `birmingham` or `birmingham.yaml`, never by a path with a folder in it."""
    if "/" in written or "\\" in written:
        return None
    return shipped_names("examples").get(written.removesuffix(".yaml").removesuffix(".yml").lower())


def find_scenario(written: str) -> Path:
    """A scenario by its name in the library, or a file. Raises Problems."""
    return _find(written, "scenarios/scaling", "scenario", "Scenarios")


def find_rates(written: str) -> Path:
    """A schedule of discount rates by its name in the library, or a file. Raises Problems."""
    return _find(written, "scenarios/method/rates", "rates", "Schedules")


def _find(written: str, folder: str, option: str, several: str) -> Path:
    names = shipped_names(folder)
    if written in names:
        return names[written]
    if written.endswith((".yaml", ".yml")):
        return Path(written)
    hint = did_you_mean(written, names, several) + "\nor the path of a file that ends in .yaml"
    what = "schedule of discount rates" if option == "rates" else option
    raise Problems([Problem("unknown-name", f"there is no {what} {quoted(written)}", Position(f"--{option}"), hint)])


def open_place(path: str | Path) -> tuple[Document, Path]:
    """The document of a place file and where its neighbours are looked for."""
    written = str(path)
    if written == "-":
        return read_document(written, name="standard input"), Path("stdin.yaml")
    if not _is_there(written):
        if example := find_example(written):
            return read_shipped(example), example
        hint = did_you_mean(Path(written).stem, shipped_names("examples"), "Examples that ship")
        raise Problems([Problem("missing-file", "there is no such file", Position(written), hint)])
    return read_document(written), Path(written)


def _is_there(written: str) -> bool:
    try:
        return Path(written).exists()
    except OSError:  # a name that the system cannot have; reading it says so
        return True
