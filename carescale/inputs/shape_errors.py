"""What is wrong with a block's shape: pydantic's errors, each at its key, in the words of someone who writes files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel
from yaml.nodes import MappingNode, Node

from carescale.inputs.document import Document, is_empty
from carescale.problems import quoted

NAME = r"^[a-z][a-z0-9_]*$"
SAYING = r"\S"
MONTH = r"^(19|20)\d{2}-(0[1-9]|1[0-2])$"
DAY = r"^(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_PATTERNS = {
    DAY: "a day, such as 2027-01-31",
    NAME: "a name of small letters, digits and underscores, such as older_people",
    SAYING: "a text that says something",
    MONTH: "a month, such as 2026-09",
}
_COMMA = "inside braces a comma starts a new key: quote a text that has a comma in it"


def report(document: Document, item: Any, model: type[BaseModel]) -> None:
    """One of pydantic's errors as a problem at its key."""
    path = tuple(step for step in item["loc"] if step != "[key]")
    kind, key = item["type"], str(path[-1]) if path else ""
    inner = _model_at(model, path[:-1])
    if kind == "extra_forbidden":
        node = document.find_key(path)
        hint = _COMMA if _after_comma(document, path) else document.nearest(key, _keys(inner))
        document.problem("unknown-key", f"{quoted(key)} is not a key of {what_it_is(inner)}", node, hint)
    elif kind == "missing":
        message = f"{what_it_is(inner)} has no `{key}`"
        document.problem("missing-key", message, document.find(path[:-1])[0], f"add a line `{key}: …`")
    else:
        is_key = "[key]" in item["loc"]
        node = document.find_key(path) if is_key else document.find(path)[0]
        wording = _WORDING[kind](item.get("ctx", {})) if kind in _WORDING else item["msg"].lower()
        found = "" if is_key or kind == "too_short" else _found(node)
        document.problem("wrong-kind", f"{_subject(path)} {wording}{found}", node)


def what_it_is(model: type[BaseModel]) -> str:
    """What a model is of, for a message: `a claim`."""
    return str(getattr(model, "what", "this block"))


def _after_comma(document: Document, path: tuple[str | int, ...]) -> bool:
    """Whether a key is really the rest of a text that a comma has cut off, inside braces."""
    block, _ = document.find(path[:-1])
    _, value = document.pair(block, path[-1])
    return isinstance(block, MappingNode) and bool(block.flow_style) and value is not None and is_empty(value)


def _subject(path: tuple[str | int, ...]) -> str:
    names = [step for step in path if isinstance(step, str)]
    return quoted(names[-1]) if names else "this"


def _found(node: Node) -> str:
    if isinstance(node.value, str):
        return f", not {quoted(node.value)}" if node.value.strip() else ", and nothing is here"
    return ", not a block" if isinstance(node, MappingNode) else ", not a list"


_WORDING: dict[str, Callable[[dict[str, Any]], str]] = {
    "string_type": lambda _: "must be a text or a number",
    "dict_type": lambda _: "must be a block of keys, indented under it",
    "list_type": lambda _: "must be a list, each entry on a line that starts with `- `",
    "model_type": lambda _: "must be a block of keys, indented under it",
    "literal_error": lambda context: f"must be {context['expected']}",
    "string_pattern_mismatch": lambda context: f"must be {_PATTERNS[context['pattern']]}",
    "too_short": lambda context: f"must be a list of at least {context['min_length']}",
    "string_too_long": lambda context: f"must be at most {context['max_length']:,} characters long",
}


def _model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel]:
    """The model of a block inside a file."""
    for step in path:
        field = next((f for name, f in model.model_fields.items() if (f.alias or name) == step), None)
        model = (_model_in(field.annotation) if field else None) or model
    return model


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))), None)
