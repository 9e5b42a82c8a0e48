"""The files people write, as pydantic models: which keys there are, and what stands under them.

Figures and plans are read by readers of their own (figures name the trade's whole vocabulary); here they are `Any`,
and `json_schema` fills them in for editors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from yaml.nodes import Node

from carescale.inputs.document import Document, plain
from carescale.problems import did_you_mean

Text = Annotated[str, Field(max_length=100_000)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Verdict = Literal[
    "not determined", "calibrated", "reproduced", "reproduced by a rule", "within rounding", "contradicted"
]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class DoubtEntry(_Entry):
    """Evidence that contradicts a figure."""

    source: Text
    says: Text


class FigureEntry(_Entry):
    """A figure written out: its value, and where it comes from."""

    value: Text | None = Field(None, description="the number as it is printed: £26,000, £1.3m, 13%, 7 months")
    unit: Text | None = Field(None, description="only for figures under `published:`")
    range: Text | None = Field(None, description="low to high, such as £12,000 to £26,000")
    range_source: Text | None = None
    year: Text | None = Field(None, description="the year measured; the price base of money")
    source: Text | None = Field(None, description="a key of the sources")
    where: Text | None = Field(None, description="the section or page of the source")
    assumption: Text | None = Field(None, description="the reason, where there is no source")
    unknown: Text | None = Field(None, description="why no number is published")
    solve: Text | None = Field(None, description="the quantity that this figure is solved from")
    equals: Text | None = Field(None, description="the value that quantity must have")
    grade: Text | None = None
    note: Text | None = None
    replaces: Text | None = None
    deducted: Text | None = None
    contradicted_by: DoubtEntry | None = None


class SourceEntry(_Entry):
    """A publication."""

    publisher: Text
    title: Text
    year: Text
    url: Text | None = None
    unverified: Text | None = None


class ClaimEntry(_Entry):
    """A published figure that the tool must reproduce, or show why not."""

    that: Text
    equal_to: Text | None = Field(None, alias="is")
    over: Text | None = None
    at_least: Text | None = None
    at_most: Text | None = None
    between: Text | None = None
    nearest: Text | None = Field(None, description="the unit the source rounded to, such as £100k")
    rounding: Literal["half up", "truncate"] = "half up"
    under: Text | None = Field(None, description="the assumption that the claim needs, by its path")
    parts: Literal["published parts"] | None = Field(None, alias="from")
    expect: Verdict = "reproduced"
    source: Text | None = None
    note: Text | None = None


class StrandEntry(_Entry):
    """A part of a cohort's mix."""

    title: Text
    figures: Any = None


class CohortEntry(_Entry):
    """A client group in an arrangement, or a line of spending."""

    title: Text
    group: Key | None = None
    choices: dict[Key, Text] = {}
    figures: Any = None
    strands: dict[Key, StrandEntry] = {}


class InterventionFile(_Entry):
    """A way of supporting people that a place can scale."""

    intervention: Text
    area: Text
    about: Text
    source: Text | None = None
    year: Text | None = None
    limits: Text | None = None
    sources: dict[Annotated[str, Field(max_length=80)], SourceEntry] = {}
    choices: dict[Key, Text] = {}
    figures: Any = None
    cohorts: dict[Key, CohortEntry] = {}
    spend_lines: dict[Key, CohortEntry] = {}


class MethodFile(_Entry):
    """Figures of method that every case uses."""

    method: Text
    source: Text | None = None
    year: Text | None = None
    figures: Any = None


class ScenarioFile(_Entry):
    """How far, how fast, how cautiously."""

    scenario: Text
    about: Text
    source: Text | None = None
    year: Text | None = None
    sources: dict[Annotated[str, Field(max_length=80)], SourceEntry] = {}
    choices: Any = None
    plan: Any = None
    figures: Any = None


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class PlaceFile(_Entry):
    """A local authority or a nation: its figures, its plan, and what was published of it."""

    place: Text
    code: Text | None = Field(None, description="the authority's code, such as E08000025")
    year: Text | None = Field(None, description="the year of the figures below, unless they say their own")
    source: Text | None = Field(None, description="the source of the figures below, unless they say their own")
    title: Text | None = Field(None, description="what the plan does, for the headline")
    start: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = Field(
        None, description="the month of the decision, such as 2026-09"
    )
    use: Annotated[list[Text], BeforeValidator(_as_list)] = []
    sources: dict[Annotated[str, Field(max_length=80)], SourceEntry] = {}
    choices: Any = None
    plan: Any = None
    figures: Any = None
    published: Any = None
    claims: list[ClaimEntry] = []


M = TypeVar("M", bound=BaseModel)
_APART = ("figures", "plan", "published", "choices")  # read from their nodes, not from plain data


def check_shape(document: Document, model: type[M]) -> M | None:
    """The file as its model; problems go to the document, and None comes back where it does not fit."""
    data = {
        key.value: None if key.value in _APART and model is not InterventionFile else plain(value)
        for key, value in document.root.value
    }
    return _validate(document, model, data, ())


def check_entry(document: Document, model: type[M], node: Node) -> M | None:
    """One block of a file as its model."""
    entry: M | None = None
    try:
        entry = model.model_validate(plain(node))
    except ValidationError as error:
        for item in error.errors():
            _report(document, item, node, model)
    return entry


def _validate(document: Document, model: type[M], data: Any, path: tuple[str, ...]) -> M | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for item in error.errors():
            _report(document, item, document.root, model)
        return None


def _report(document: Document, item: Any, base: Node, model: type[BaseModel]) -> None:
    """One of pydantic's errors as a problem at its key."""
    inner = Document(document.name, document.text, base, document.problems)  # type: ignore[arg-type]
    path = tuple(step for step in item["loc"] if step != "[key]")
    kind, key = item["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        hint = did_you_mean(key, _keys_at(model, path[:-1]))
        inner.problem("unknown-key", f"`{key}` is not a key that belongs here", inner.find_key(path), hint)
    elif kind == "missing":
        node, _ = inner.find(path[:-1])
        inner.problem("missing-key", f"the key `{key}` is missing", node, f"add a line `{key}: …`")
    else:
        node, _ = inner.find(path)
        wording = _WORDING[kind](item.get("ctx", {})) if kind in _WORDING else item["msg"].lower()
        inner.problem("wrong-kind", f"`{key}` {wording}", node)


_WORDING: dict[str, Callable[[dict[str, Any]], str]] = {
    "string_type": lambda _: "must be a text or a number on one line, not a block or nothing",
    "dict_type": lambda _: "must be a block of keys, indented under it",
    "list_type": lambda _: "must be a list, each entry on a line that starts with `- `",
    "model_type": lambda _: "must be a block of keys, indented under it",
    "literal_error": lambda context: f"must be {context['expected']}",
    "string_pattern_mismatch": lambda context: f"must look like {context['pattern']}",
    "string_too_long": lambda context: f"is longer than {context['max_length']:,} characters",
}


def _keys_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys that belong at a path inside a model."""
    for step in path:
        field = next((f for name, f in model.model_fields.items() if (f.alias or name) == step), None)
        inner = _model_in(field.annotation) if field else None
        model = inner or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))), None)
