"""Options that all tests share."""

import gc
import os
import sys

import pytest
from hypothesis import settings

from carescale.cli.start import OBJECTS

# Many tests start the program anew: what it imports is compiled once.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The same examples in every run of the continuous integration, so that a build means what it says; new ones elsewhere.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate", action="store_true", help="write golden texts anew; read the difference before you keep it"
    )


def pytest_collection_finish() -> None:
    """What was collected stays to the end, and the tests make hundreds of thousands of objects: rings among them are
    looked for as seldom as in the program itself."""
    gc.freeze()
    gc.set_threshold(OBJECTS)


@pytest.fixture(scope="session")
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether golden texts are to be written and not compared."""
    return bool(request.config.getoption("--regenerate"))
