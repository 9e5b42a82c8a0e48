"""Files made to do harm: nested without end, aliases of aliases, one mistake made a hundred thousand times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HARM = {
    "brackets without end": "plan: " + "[" * 500_000,
    "brackets closed again": "plan: " + "[" * 200_000 + "]" * 200_000,
    "braces without end": "plan: " + "{a: " * 300_000,
    "dashes": "- " * 500_000,
    "keys of keys": "? " * 500_000,
    "a chain of aliases": "a0: &a0 {x: 1}\n" + "".join(f"a{i}: &a{i} {{x: *a{i - 1}}}\n" for i in range(1, 500)),
    "aliases of aliases": "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 30)),
    "one key again and again": "place: x\n" * 200_000,
    "one long line": "place: " + "x" * 1_900_000,
}


@pytest.mark.parametrize("name", HARM)
def test_a_file_made_to_do_harm_is_refused_in_seconds(name: str, tmp_path: Path) -> None:
    """In a process of its own: what overflows the parser's stack ends the process, and no test could tell of it."""
    (tmp_path / "harm.yaml").write_text(HARM[name], encoding="utf-8")
    code = "from carescale.inputs.loading import load; from carescale.problems import Problems\n"
    code += "try: load('harm.yaml')\nexcept Problems as found: print(len(str(found.problems[0])))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    assert 0 < int(done.stdout) < 1_500
