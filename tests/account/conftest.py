"""Places of a few lines, for sums that a reader can do by hand."""

import pytest

from carescale.analysis.projection import project
from carescale.inputs.loading import load

HOMESHARE = """
place: Testshire
year: 2026
source: scie-2017
plan:
  homeshare:
    add: 100
figures:
  homeshare:
    annual_running_cost: £100,000
    running_cost_share: {council: 100%, nhs: 0%, society: 0%}
    set_up_lump_sum: £50,000
    set_up_share: {council: 100%, nhs: 0%, society: 0%}
    first_match_month: 6 months
    ramp_months: 12 months
    older_people:
      published_saving_per_person:
        council: £2,000
"""


@pytest.fixture(scope="session")
def homeshare(tmp_path_factory):
    """A file: Homeshare for 100 people at £100,000 a year, £50,000 of set-up, £2,000 saved each, all the council's."""
    file = tmp_path_factory.mktemp("homeshare") / "testshire.yaml"
    file.write_text(HOMESHARE, encoding="utf-8")
    return file


@pytest.fixture
def projected(homeshare):
    """The place projected, with settings for its intervention."""

    def of(*settings, file=None):
        given = [f"homeshare.{setting}" for setting in settings]
        return project(load(file or homeshare, settings=given, appraise=True))

    return of


@pytest.fixture
def months(projected):
    """A series of months of the intervention."""

    def of(name, *settings):
        key = f"homeshare.{name}"
        return projected(*settings).months([key])[key]

    return of
