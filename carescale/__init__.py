"""carescale: scale a way of supporting people to a whole area, every number traced to its source.

from carescale import load, project, simulate
projection = project(load("birmingham.yaml"))
projection["shared_lives.net_saving.council"].value  # a number
simulate(load("birmingham.yaml"))["shared_lives.net_saving.council"].value  # an array of one a draw
"""

from __future__ import annotations

TYPE_CHECKING = False  # as `typing` has it, which takes longer to import than all of this
if TYPE_CHECKING:
    from typing import Any

    from carescale.analysis.check import check
    from carescale.analysis.projection import project
    from carescale.analysis.simulate import simulate
    from carescale.analysis.solve import solve
    from carescale.inputs.loading import load
    from carescale.problems import Problems

__all__ = ["Problems", "check", "load", "project", "simulate", "solve"]
_HOMES = {
    "load": "carescale.inputs.loading",
    "project": "carescale.analysis.projection",
    "check": "carescale.analysis.check",
    "simulate": "carescale.analysis.simulate",
    "solve": "carescale.analysis.solve",
    "Problems": "carescale.problems",
}


def __getattr__(name: str) -> Any:
    """Import the library only when it is used: `carescale --help` needs none of it."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module carescale has no {name}")
