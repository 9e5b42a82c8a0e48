"""One real browser for all tests of pages, from Debian's packages; without it they skip and say so.

In continuous integration a skip is a failure: `.ci/run` installs Chromium, and then calls `make test`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from carescale.inputs.loading import load
from carescale.report.blocks import Screen
from carescale.report.screens.projected import projected
from carescale.report.writers.output import Output, write

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


@dataclass
class Opened:
    """A page that was opened from its file, with what it asked for and what went wrong on it."""

    page: Page
    path: Path
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def at(self, fragment: str = "") -> Opened:
        """The page anew, with changes in its address."""
        self.page.goto("about:blank")
        self.page.goto(f"file://{self.path}{fragment}")
        return self

    def texts(self) -> list[str]:
        """Every live number on the page, as it is shown."""
        found: list[str] = self.page.locator("[data-v]").all_text_contents()
        return found


def opened(browser: Browser, path: Path, width: int = 1_400, fragment: str = "") -> Opened:
    """Open a file, offline."""
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, accept_downloads=True)
    found = Opened(context.new_page(), path)
    found.page.on("request", lambda request: found.requests.append(request.url))
    found.page.on("pageerror", lambda error: found.faults.append(str(error)))
    found.page.on("console", lambda message: found.faults.append(message.text) if message.type == "error" else None)
    return found.at(fragment)


def page_file(place: str, folder: Path, *settings: str, name: str = "plan.html") -> Path:
    """The page of a place, written as the command does."""
    screen: Screen = projected([load(place, settings=settings)])
    path = folder / name
    write(screen, Output("html", path, command=f"carescale project {place} -o {path}"))
    return path


@pytest.fixture(scope="session")
def birmingham(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Birmingham's page, opened once."""
    path = page_file("birmingham", tmp_path_factory.mktemp("page"))
    found = opened(browser, path)
    yield found
    found.page.context.close()
