"""The JSON Schema of the files people write, for editors that complete and check. Made from the same vocabulary."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from carescale.formulas.vocabulary import CHOICES, DEFAULT_CHOICES, GROUPS, PAYERS, TARGET_FIGURES, registry
from carescale.inputs.conversation_schema import ConversationEntry
from carescale.inputs.evidence_scale import evidence_scale
from carescale.inputs.library import shipped_names
from carescale.inputs.payers import PAID_BY
from carescale.inputs.published import YEAR
from carescale.inputs.schema import (
    FigureEntry,
    FormulaEntry,
    InterventionFile,
    PaidByEntry,
    PlaceFile,
    ScenarioFile,
)
from carescale.inputs.tables.schema import TableEntry

KINDS: dict[str, type[BaseModel]] = {"place": PlaceFile, "intervention": InterventionFile, "scenario": ScenarioFile}


def json_schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of file: place, intervention or scenario."""
    schema = KINDS[kind].model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    definitions = schema.setdefault("$defs", {})
    definitions["Figure"] = _figure()
    definitions["Figures"] = _figures()
    definitions["Choices"] = _choices()
    definitions["Plan"] = _plan()
    if kind == "place":
        for name, entry in (("table", TableEntry), ("conversation", ConversationEntry)):
            inner = entry.model_json_schema(by_alias=True)
            definitions.update(inner.pop("$defs", {}))
            schema["properties"][name] = inner
        _let_say(schema["properties"]["conversation"])
        _let_say(definitions["WorksEntry"])
    _point(schema, kind)
    for name in ("CohortEntry", "StrandEntry", "OutcomeEntry"):
        if name in definitions:
            _point(definitions[name], kind)
    return schema


def _point(schema: dict[str, Any], kind: str) -> None:
    """Let figures, choices and plan mean their definitions."""
    properties = schema["properties"]
    for name in ("figures", "plan", "choices"):
        if name in properties and not (name == "choices" and kind == "intervention"):
            properties[name] = {"anyOf": [{"$ref": f"#/$defs/{name.capitalize()}"}, {"type": "null"}]}
    if "formulas" in properties:
        entry = {"anyOf": [{"type": ["string", "number"]}, FormulaEntry.model_json_schema(by_alias=True)]}
        properties["formulas"] = {"type": "object", "additionalProperties": entry}
    if "published" in properties:
        by_year = {
            "type": "object",
            "patternProperties": {YEAR: {"$ref": "#/$defs/Figure"}},
            "additionalProperties": False,
        }
        entry = {"anyOf": [{"$ref": "#/$defs/Figure"}, by_year]}
        properties["published"] = {"type": "object", "additionalProperties": entry}


def _let_say(schema: dict[str, Any]) -> None:
    """Let a list of statements be a single one, and a statement that is a sentence of the council's own be a text."""
    for name, given in schema["properties"].items():
        if given.get("type") == "array":
            texts = [] if name == "decided" else [{"type": "string"}]
            one = [*texts, given["items"]]
            told = {"description": given["description"]} if "description" in given else {}
            schema["properties"][name] = {"anyOf": [*one, {"type": "array", "items": {"anyOf": one}}], **told}


def _figure() -> dict[str, Any]:
    written_out = FigureEntry.model_json_schema(ref_template="#/$defs/{model}")
    inner = written_out.pop("$defs", {})
    inner["EvidenceEntry"]["properties"]["design"] = {"enum": list(evidence_scale()[0].designs)}
    for name, entry in (("contradicted_by", "DoubtEntry"), ("evidence", "EvidenceEntry")):
        written_out["properties"][name] = {"anyOf": [inner[entry], {"type": "null"}]}
    return {"anyOf": [{"type": ["string", "number"]}, written_out]}


def _figures() -> dict[str, Any]:
    """A block of figures: any figure of the vocabulary, or a block of an intervention, cohort or client group."""
    properties: dict[str, Any] = {name: {"$ref": "#/$defs/Figures"} for name in (*GROUPS, *_interventions())}
    unknown_for_all = {"allOf": [{"$ref": "#/$defs/Figure"}, {"type": "object", "required": ["unknown"]}]}
    for figure in registry.figures.values():
        leaf: dict[str, Any] = {"$ref": "#/$defs/Figure"}
        if "payer" in figure.dimensions:
            by_payer = {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(PAYERS, leaf)}
            leaf = {"anyOf": [by_payer, unknown_for_all]}
        properties[figure.name] = {**leaf, "description": f"{figure.title} ({figure.unit or 'share'})"}
    properties[PAID_BY] = {
        "anyOf": [{"enum": list(PAYERS)}, PaidByEntry.model_json_schema()],
        "description": "who bears all of the set-up and running cost",
    }
    properties["yearly_shares"] = {"type": "array", "items": {"$ref": "#/$defs/Figure"}}
    return {"type": "object", "properties": properties, "additionalProperties": {"$ref": "#/$defs/Figures"}}


def _choices() -> dict[str, Any]:
    properties = {
        name: {
            "type": "string",
            "description": "; ".join(f"{value}: {text}" for value, text in values.items()),
            **({"default": DEFAULT_CHOICES[name]} if name in DEFAULT_CHOICES else {}),
        }
        for name, values in CHOICES.items()
    }
    return {"type": "object", "properties": properties, "additionalProperties": {"$ref": "#/$defs/Choices"}}


def _plan() -> dict[str, Any]:
    by_cohort = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Figure"}}
    rule = {"anyOf": [{"$ref": "#/$defs/Figure"}, by_cohort]}
    words = {"type": "string", "description": "; ".join(f"{k}: {v}" for k, v in CHOICES["benchmark"].items())}
    catch_up = {"anyOf": [words, {"type": "object", "additionalProperties": words}]}
    rules = {**dict.fromkeys(TARGET_FIGURES, rule), "catch_up": catch_up}
    target = {"type": "object", "properties": rules, "additionalProperties": False}
    entry = {"anyOf": [{"const": "all"}, target]}
    return {"type": "object", "properties": dict.fromkeys(_interventions(), entry), "additionalProperties": entry}


def _interventions() -> list[str]:
    return list(shipped_names("scenarios/interventions"))
