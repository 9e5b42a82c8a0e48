"""A file is there whole or not at all: written in a folder of its own beside its place, then moved there.

The folder is locked for as long as its run lives. What a killed run left behind is therefore known by a lock that
nobody holds, and the next run that writes beside it takes it away.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

PREFIX = ".carescale-"  # short, so that a name as long as the system allows can still be written
_LOCK = "lock"
_RESULT = "result"
_STREAMS = ("/dev/std", "/dev/fd/", "/proc/")


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file by a function that is given a path of its own. Raises OSError, and then nothing has changed."""
    target = Path(os.path.realpath(path))  # a link stays a link
    if _is_device(path):
        with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
            _fill(Path(folder) / _RESULT, write)
            _pour(Path(folder) / _RESULT, path)
        return
    before = target.stat() if target.exists() else None
    if before and not (before.st_mode & 0o222 and os.access(target, os.W_OK)):
        raise PermissionError(0, "it is read-only")
    _sweep(target.parent)
    with _own_folder(target.parent) as folder:
        result = folder / _RESULT
        _fill(result, write)
        _like(result, before)
        result.replace(target)


def _is_device(path: Path) -> bool:
    """Whether a path is written to and not replaced, such as /dev/null, a pipe, or one that stands for a stream."""
    return str(path).startswith(_STREAMS) or (path.exists() and not path.is_file() and not path.is_dir())


def _fill(result: Path, write: Callable[[Path], object]) -> None:
    """Let a library write; what it says about a full disk in an error of its own is said as the system's."""
    try:
        write(result)
    except OSError:
        raise
    except Exception as error:
        if isinstance(cause := error.__cause__ or error.__context__, OSError):
            raise cause from None
        raise


def _pour(result: Path, device: Path) -> None:
    with open(result, "rb") as source, open(device, "ab") as target:
        shutil.copyfileobj(source, target)


def _like(result: Path, before: os.stat_result | None) -> None:
    """Give a new file the mode and group of the one it replaces; a group that may not be given gets no rights."""
    if before is None:
        result.chmod(0o666 & ~_umask())
        return
    mode = stat.S_IMODE(before.st_mode)
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(result, before.st_uid, -1)
        try:
            os.chown(result, -1, before.st_gid)
        except OSError:
            mode &= ~stat.S_IRWXG
    result.chmod(mode)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


@contextmanager
def _own_folder(parent: Path) -> Iterator[Path]:
    """A locked folder beside the place of a file, gone at the end, by whatever way that comes."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        with _gone_on_interrupt(folder):
            lock = None
            try:
                lock = _locked(folder, wait=True)
                if lock is not None or folder.exists():
                    yield folder
                    return
            finally:  # another run may have taken the new folder for one that was left behind: make another
                shutil.rmtree(folder, ignore_errors=True)
                if lock is not None:
                    lock.close()


def _sweep(parent: Path) -> None:
    """Take away what killed runs left in a folder."""
    with suppress(OSError):
        left = [Path(entry.path) for entry in os.scandir(parent) if entry.name.startswith(PREFIX) and entry.is_dir()]
        for folder in left:
            if lock := _locked(folder, wait=False):
                shutil.rmtree(folder, ignore_errors=True)
                lock.close()


def _locked(folder: Path, *, wait: bool) -> IO[bytes] | None:
    """The lock of a folder, held until it is closed; None where another holds it, or the folder is gone."""
    try:
        lock = open(folder / _LOCK, "ab")  # noqa: SIM115 - it is held, and closed by whoever asked
    except OSError:
        return None
    try:
        _lock(lock, wait=wait)
        if (folder / _LOCK).stat().st_ino == os.fstat(lock.fileno()).st_ino:
            return lock
    except OSError:
        pass
    lock.close()
    return None


def _lock(lock: IO[bytes], *, wait: bool) -> None:
    """Lock an open file for the life of this process. Raises OSError where another has it, or the disk has no locks."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


@contextmanager
def _gone_on_interrupt(folder: Path) -> Iterator[None]:
    """Take a folder away before an interrupt does what it always does, which may be to end the program at once."""
    before = signal.getsignal(signal.SIGINT)
    if not callable(before) or threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupted(number: int, frame: FrameType | None) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        before(number, frame)

    signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
