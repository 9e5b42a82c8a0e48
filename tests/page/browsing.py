"""Pages written as the commands do, and opened from their files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from carescale.inputs.loading import load
from carescale.report.blocks import Screen
from carescale.report.screens.projected import projected
from carescale.report.writers.output import Output, write


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
