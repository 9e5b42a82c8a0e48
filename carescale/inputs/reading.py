"""Reading a file: its bytes, its text, its YAML, and which files this run has read, so that none is written over.

What cannot be read is told with its place and what to do.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode

from carescale.inputs.document import Document
from carescale.inputs.traps import DEEPEST, check_traps
from carescale.problems import Position, Problem, Problems

_read: set[tuple[int, int]] = set()


def note_read(path: str | Path) -> None:
    """Remember a file that is about to be read, whatever name it is reached by. Raises OSError where there is none."""
    _read.add(_identity(path))


def was_read(path: str | Path) -> bool:
    """Whether a path leads to a file that was read, by this name, another, or a link."""
    try:
        return _identity(path) in _read
    except (OSError, ValueError):
        return False


def forget_read() -> None:
    """Begin another run in the same process."""
    _read.clear()


def _identity(path: str | Path) -> tuple[int, int]:
    found = Path(path).stat()
    return found.st_dev, found.st_ino


LARGEST = 2_000_000  # bytes; the largest real file is a hundredth of it
_STARTER = "`carescale new FILE` writes a starter file with everything in it"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """PyYAML's loader, which composes a block inside a block by calling itself, stopped before the stack is full."""

    depth = 0

    def descend_resolver(self, node: Any, index: Any) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=node.start_mark)

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """No tag: every scalar stays the text it was, so what kind of thing it looks like is not worked out."""
        return ""


def read_document(path: str | Path, *, name: str = "") -> Document:
    """Read and check a file, or standard input for `-`. Raises Problems."""
    name = name or str(path)
    return parse_document(_decode(_read_bytes(str(path), name), name), name)


def parse_document(text: str, name: str) -> Document:
    """The same for text that is already in hand."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        from carescale.inputs.yaml_errors import yaml_problem

        raise Problems([yaml_problem(error, text, name)]) from None
    if root is None:
        raise Problems([Problem("empty", "there is nothing in this file", Position(name, 1, 1), _STARTER)])
    if not isinstance(root, MappingNode):
        found = "a list" if isinstance(root.value, list) else "a text"
        message = f"a file is a block of keys, such as `place: Kent`, not {found}"
        whole = Document(name, text, MappingNode("", []))
        whole.problem("wrong-kind", message, root, _STARTER)
        raise Problems(whole.problems.problems)
    document = Document(name, text, root)
    check_traps(document)
    return document


def _read_bytes(path: str, name: str) -> bytes:
    try:
        data = _read_stdin(name) if path == "-" else _read_file(path, name)
    except FileNotFoundError:
        raise _refused("missing-file", "there is no such file", name) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or "its name cannot be used").lower()
        raise _refused("unreadable", f"it cannot be read: {reason}", name) from None
    if len(data) > LARGEST:
        raise _refused("too-large", f"it is larger than {LARGEST:,} bytes, which no place needs", name)
    return data


def _read_stdin(name: str) -> bytes:
    if sys.stdin is None:
        raise _refused("missing-file", "there is none: it is closed", name, "name a file, or pipe one in")
    return sys.stdin.buffer.read(LARGEST + 1)


def _read_file(path: str, name: str) -> bytes:
    if Path(path).is_dir():
        raise _refused("not-a-file", "this is a folder, not a file", name, "name a file in it")
    if Path(path).exists() and not Path(path).is_file():
        raise _refused("not-a-file", "this is not an ordinary file", name)
    note_read(path)
    with open(path, "rb") as file:
        return file.read(LARGEST + 1)


def _refused(code: str, message: str, name: str, hint: str = "") -> Problems:
    return Problems([Problem(code, message, Position(name), hint)])


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        line = data[start:].split(b"\n", 1)[0].decode("cp1252", "replace")
        place = Position(name, data.count(b"\n", 0, error.start) + 1, error.start - start + 1)
        found = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else f"byte {data[error.start]:#04x} stands here"
        hint = "save it as UTF-8: in Excel choose “CSV UTF-8”, in Notepad the encoding “UTF-8”"
        excerpt = "" if found == "UTF-16" else line
        raise Problems([Problem("unreadable", f"it is not UTF-8 text: {found}", place, hint, excerpt)]) from None
