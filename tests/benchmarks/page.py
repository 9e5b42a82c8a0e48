"""How long a change takes on Birmingham's page, in Chromium: to the screen, and to the draws that follow it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from carescale import load
from carescale.report.screens.projected import projected

MEASURE = """() => {
  const time = (what, turns) => {
    const start = performance.now();
    for (let i = 0; i < turns; i++) what(i);
    return (performance.now() - start) / turns;
  };
  const move = (i) => carescale.set([["shared_lives.ramp_months", 20 + i % 30]]);
  for (let i = 0; i < 30; i++) move(i);
  return [time(move, 50), time(() => carescale.update(), 50), time(() => {}, 50), time(() => carescale.draw(), 10)];
}"""


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("page: not measured, there is no Chromium")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "plan.html"
        page_text = projected([load("birmingham")]).page
        assert page_text is not None
        path.write_text(page_text("carescale project birmingham"), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"file://{path}")
        moved, still, _, drawn = page.evaluate(MEASURE)
        browser.close()
    print(f"a move on the page     {moved:7.1f} ms, {moved / still:.2f} of an update that changes nothing")
    print(f"its 1,024 draws        {drawn:7.1f} ms, {drawn / moved:.1f} times the move")


if __name__ == "__main__":
    main()
