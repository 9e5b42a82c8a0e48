"""One real browser for all tests of pages, from Debian's packages; without it they skip and say so.

In continuous integration a skip is a failure: `.ci/run` installs Chromium, and then calls `make test`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from browsing import Opened, opened, page_file
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WANTED = "no Chromium here, so pages are not opened: apt-get install chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, with the network off."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail(WANTED)
        pytest.skip(WANTED)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def birmingham(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Birmingham's page, opened once."""
    path = page_file("birmingham", tmp_path_factory.mktemp("page"))
    found = opened(browser, path)
    yield found
    found.page.context.close()
