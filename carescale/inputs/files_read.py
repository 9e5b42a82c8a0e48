"""Which files this run has read, so that no result is written over one of them."""

from __future__ import annotations

from pathlib import Path

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
