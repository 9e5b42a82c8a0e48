"""The starter place file that `carescale new` writes."""

from __future__ import annotations

import json
from pathlib import Path

from carescale.inputs.library import shipped


def starter_text(file: Path) -> str:
    """The commented starter, named for its file: `north-somerset.yaml` is North Somerset."""
    words = file.stem.replace("-", " ").replace("_", " ").title()
    text = (shipped("scenarios") / "starter.yaml").read_text(encoding="utf-8")
    return text.replace("place: PLACE", f"place: {json.dumps(words, ensure_ascii=False)}").replace(
        "PLACE", words or "us"
    )
