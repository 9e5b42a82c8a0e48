"""The blocks of a screen as a live page: one file, no request of any kind, under a policy that allows none."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from html import escape
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from string import Template
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from carescale.analysis.projection import Result
from carescale.case import PORTFOLIO
from carescale.charts.picture import Lines
from carescale.charts.svg import WIDTH, plot_svg
from carescale.engine.javascript import RUNTIME
from carescale.formulas.vocabulary import PAYERS
from carescale.report.blocks import Block, Cell, Column, Drawing, Headline, Line, Notes, Row, Table, Value
from carescale.report.formats import text
from carescale.report.page.controls import controls
from carescale.report.page.draws import Draws
from carescale.report.page.live import Live
from carescale.report.page.sure import sure_html
from carescale.report.page.talk import talk_html
from carescale.report.page.tight import tight_script, tight_style
from carescale.report.pictures import drawings
from carescale.report.screens.conversation import by_when, conversation, rests_on, sources, title_of
from carescale.report.screens.headline import plan_title
from carescale.report.view import View
from carescale.report.words import name_of, payer_name
from carescale.report.writers.drawings import clean
from carescale.report.writers.html import block_html, safe, said_html

_POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
_WHERE = ("-o", "--output", "-f", "--format")
_ALONE = re.compile(r"<td( class=words)?><span (data-v=[^>]*)>([^<]*)</span>(?=<)")
_HELPER = re.compile(r"^(?=const (\w+) = )((?:.*\n)(?:[ }].*\n)*)", re.MULTILINE)
_SCRIPTS = ("numbers.js", "chart.js", "draws.js", "page.js")


def write_page(view: View, blocks: Sequence[Block], command: str) -> str:
    """The page of one plan: its blocks, live, and the charts that can be drawn of it; a conversation in its order."""
    talk = conversation(view) if view.case.conversation else ()
    return Page(view, [*blocks, *drawings(view)], command, talk).text()


class Chooser(Struct, frozen=True):
    """The areas that a reader may choose from: their numbers, what is said of them, and HTML of them all."""

    data: dict[str, Any]
    said: str
    below: str
    title: str


class Page(Struct, frozen=True, dict=True):
    """A page before it is text. `talk` are the blocks of a conversation, in whose order it stands; a `chooser` lets its
    reader go from one area of a table to another.
    """

    view: View
    blocks: Sequence[Block]
    command: str
    talk: Sequence[Block] = ()
    chooser: Chooser | None = None

    @cached_property
    def live(self) -> Live:
        return Live(self.view, [*self.blocks, *self.talk], tuple(value.key for _, value in self.summary), self.draws)

    @cached_property
    def draws(self) -> Draws | None:
        """The draws of the plan; None where no result hangs on a figure with a range."""
        found = Draws(self.view.case)
        return found if found.asked else None

    def text(self) -> str:
        """The whole file."""
        style, script = tight_style(_read("page.css")), self._script()
        policy = _POLICY.format(script=_hash(script), style=_hash(style))
        heading, title, above, body = self._talk() if self.talk else self._plan()
        return Template(_read("template.html")).substitute(
            policy=policy, style=style, script=script, title=title, version=version("carescale"), heading=heading,
            above=above, body=body, date=_today(), file=safe(self.view.case.file), digest=self.live.digest,
            data=_json(self.live.data(asked(self.command), self.summary) | self._areas()),
        )  # fmt: skip

    def _areas(self) -> dict[str, Any]:
        """The areas to choose from, as the script reads them; nothing where there are none."""
        return {"areas": self.chooser.data} if self.chooser else {}

    def _plan(self) -> tuple[str, str, str, str]:
        """Heading, title, what stands under them, and body: the answer first."""
        above = [self.block(block) for block in self.blocks if isinstance(block, Line) and not block.part]
        title = safe("".join(map(text, self.headline.said)))
        shown = [*self._shown(), *([self.chooser.below] if self.chooser else []), *self._behind()]
        body = self._panes(shown, "main")
        if self.chooser:
            above.insert(
                0, _CHOOSE.format(said=safe(self.chooser.said), first=self._placed(safe(self.view.case.place)))
            )
        return f'<h1 id="answer">{self.answer}</h1>', title, self._placed("\n".join(above)), self._placed(body)

    def _placed(self, html: str) -> str:
        """The name of the area that the page opens with marked, where another may be chosen."""
        if self.chooser is None:
            return html
        name, code = safe(self.view.case.place), safe(self.view.case.code)
        html = html.replace(f"{name} · {code}", f"<b data-place>{name}</b> · <span data-code>{code}</span>")
        return html.replace(f" · {name}", f" · <b data-place>{name}</b>")

    def _talk(self) -> tuple[str, str, str, str]:
        """The same of a conversation: its headings in order, and the money where it is spoken of."""
        title = safe(title_of(self.view))
        day = by_when(self.view)
        above = (
            f"<p>The plan: {safe(plan_title(self.view.case))}.{f' <strong>Reply by {day}.</strong>' if day else ''}</p>"
        )
        panes = _deeper(self._panes(self._shown(), "div"))
        rests = "".join(map(self.block, rests_on(self.view)))
        care = '<p><a href="#care">Read with care</a> says more of each.</p>'
        money = f'<p id="answer" class="answer">{self.answer}</p>{rests}{care}{panes}'
        sections = "\n".join(talk_html(self.talk, money, self._filed))
        behind = "\n".join(self._behind())
        return f"<h1>{title}</h1>", title, above, f'<main class="talk">{sections}\n{behind}</main>'

    def _panes(self, shown: Iterable[str], main: str) -> str:
        """What decides, what can be changed, and beside them what is shown."""
        return Template(_read("panes.html")).substitute(
            compared=self._compared(),
            lead=self._lead(),
            figures="\n".join(controls(self.live)),
            main=main,
            shown="\n".join(shown),
        )

    @cached_property
    def headline(self) -> Headline:
        return next((block for block in self.blocks if isinstance(block, Headline)), Headline(("",)))

    @property
    def answer(self) -> str:
        """The answer in a sentence."""
        return said_html(self.headline.said, self.cell)

    def _script(self) -> str:
        data = 'const page = JSON.parse(document.getElementById("page").textContent);'
        initials = ", ".join(f"{short}: {path}" for path, short in self.live.initials.items() if path)
        initials = re.sub(r"[^\w.:, ]", "_", initials, flags=re.ASCII)
        program = _outdented(self.live.program())
        program = f"const program = (() => {{\n{tight_script(_used(program))}// {initials}\nreturn {program};\n}})();"
        scripts = [name for name in _SCRIPTS if self.draws or name != "draws.js"]
        parts = [data, program, *map(tight_script, map(_read, scripts))]
        return "\n".join(['"use strict";', "{", *parts, "}"])

    # --- cells ----------------------------------------------------------------------------------------------------

    def cell(self, one: Cell) -> str:
        """A cell; where it is a quantity that the page computes, with what its script needs to write it anew."""
        said = safe(text(one).strip())
        if isinstance(one, str):
            return safe(one)
        if not one.key or one.key not in self._computed:
            return said
        told = self.live.cell(one)
        if told.keys() <= {"key", "marked", "marks"}:
            return f"<span data-v={told['key']}{'!' * ('marked' in told)}{told.get('marks', '')}>{said}</span>"
        found = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
        return f"<span data-v='{escape(found, quote=False).replace(chr(39), '&#39;')}'>{said}</span>"

    @cached_property
    def _computed(self) -> frozenset[str]:
        return frozenset((*self.live.quantities, *self.live.schedule.inputs))

    def block(self, block: Block) -> str:
        """A block with live cells; one that a cell of a table is all of is that cell."""
        return _ALONE.sub(r"<td\1 \2>\3", block_html(block, self.cell))

    def _filed(self, block: Block) -> str:
        """A block, with a word where numbers in it stay as its reader changes others."""
        cells = (cell for row in block.rows for cell in row.cells) if isinstance(block, Table) else ()
        return f"{self.block(block)}{_AS_FILED if any(map(self._stays, cells)) else ''}"

    def _stays(self, cell: Cell) -> bool:
        """Whether a cell is a number that the page does not work out anew."""
        return isinstance(cell, Value) and cell.number is not None and cell.key not in self._computed

    # --- what stands below the answer -----------------------------------------------------------------------------

    def _lead(self) -> str:
        """The first picture, which stands before the figures: where the money is back is what people look for."""
        if not self._drawn:
            return ""
        figure = self._figure(self._drawn[0], 0)
        return f'<section class="lead" aria-labelledby="pictures"><h2 id="pictures">In pictures</h2>{figure}</section>'

    @cached_property
    def _drawn(self) -> list[Drawing]:
        return [block for block in self.blocks if isinstance(block, Drawing)]

    def _shown(self) -> Iterator[str]:
        """The other pictures, and the tables."""
        yield from (self._figure(block, number) for number, block in enumerate(self._drawn) if number)
        yield from sure_html(self.draws) if self.draws else ()
        yield "<h2>In tables</h2>"
        for block in self.blocks:
            if isinstance(block, Table):
                title = safe(" ".join(block.columns[0].heading.split()))
                filed = _AS_FILED if any(map(_is_fixed, (cell for row in block.rows for cell in row.cells))) else ""
                yield f'<details class="table" open><summary>{title}</summary>{self.block(block)}{filed}</details>'
            elif isinstance(block, Line) and block.part:
                yield self.block(block)

    def _behind(self) -> Iterator[str]:
        """The notes, how each number comes about, and what can be taken along."""
        for block in (*self.blocks, sources(self.view) if self.talk else None):
            if isinstance(block, Notes):
                yield from _folded(block)
        yield _WHY
        yield _TAKE.format(command=safe(asked(self.command)))

    @cached_property
    def summary(self) -> list[tuple[str, Value]]:
        """The results that decide, for the comparison: those that are known, by name."""
        named = [*self._totals(), *self._paid_back()]
        return [(name, self.view(result)) for name, result in named if result.usable]

    def _totals(self) -> Iterator[tuple[str, Result]]:
        view = self.view
        yield "More people", view.in_all("additional_people")
        discounted = view.case.model.choices.get(f"{PORTFOLIO}.appraisal") == "discounted"
        for payer in PAYERS:
            yield f"Net saving a year ({payer_name(payer)})", view.in_all("net_saving", payer)
        for payer in PAYERS if discounted else ():
            yield f"Net present value ({payer_name(payer)})", view.in_all("net_present_value", payer)

    def _paid_back(self) -> Iterator[tuple[str, Result]]:
        """When the money of the first line that is drawn is back, and the most that has to be found."""
        for block in self.blocks:
            if isinstance(block, Drawing) and block.mark:
                for key in (block.mark, block.mark.replace("break_even_month", "peak_funding")):
                    yield name_of(self.view.case, key), self.view.projection[key]

    def _compared(self) -> str:
        """The plan as filed, the reader's, and the difference, always in sight."""
        rows = []
        for name, value in self.summary:
            cells = (safe(text(value)), safe(text(value)), "no change")
            told = "".join(f'<td role="cell"{" data-yours" * (at > 0)}>{one}</td>' for at, one in enumerate(cells))
            rows.append(f'<tr role="row"><th role="rowheader" scope="row">{safe(name)}</th>{told}</tr>')
        heads = '<th role="columnheader" scope="col" class="words">What decides</th>' + "".join(
            f'<th role="columnheader" scope="col">{name}</th>' for name in ("As filed", "Yours", "Difference")
        )
        return (
            '<div role="region" aria-label="What decides: as filed, yours, difference">'
            '<table role="table" id="compare">'
            f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{"".join(rows)}</tbody>'
            '</table><p id="as-filed" class="small quiet" hidden>Notes are of the figures as filed; a mark goes once '
            "every figure that it is for is yours.</p></div>"
        )

    def _figure(self, block: Drawing, number: int) -> str:
        picture = clean(block.picture)
        said, told = said_html(block.says, self.cell), said_html(block.told, self.cell)
        table = Table(
            tuple(Column(name, "numbers" if at else "words") for at, name in enumerate(picture.headings)),
            tuple(Row(tuple(row)) for row in self._rows(block)),
        )
        return (
            f'<figure><figcaption><strong>{said}</strong><span class="what">{safe(picture.what)}</span></figcaption>'
            f"{plot_svg(picture, WIDTH, f'drawing-{number}')}"
            f'<p id="drawing-{number}-told" class="small">{told}</p><p class="source">{safe(picture.source)}</p>'
            f"<details><summary>The numbers of this picture</summary>{self.block(table)}</details></figure>"
        )

    def _rows(self, block: Drawing) -> Iterator[Sequence[Cell]]:
        """The table behind a picture, of live values where each column is a quantity by itself."""
        picture = block.picture
        if isinstance(picture.plot, Lines):
            for row in picture.rows:
                yield row[0], *self._in_month(block, int(row[0]), row[1:])
        else:
            for row, key in zip(picture.rows, block.keys, strict=True):
                off = row[1].startswith("−")
                yield row[0], replace(self.view(self.view.projection[key]), taken_off=off)

    def _in_month(self, block: Drawing, month: int, cells: Sequence[str]) -> Iterator[Cell]:
        """A month's values; the ends of a band are not live, and stand as filed."""
        series = self.view.projection.months(block.keys)
        assert isinstance(block.picture.plot, Lines)
        waiting = list(cells)
        for key, line in zip(block.keys, block.picture.plot.series, strict=True):
            waiting.pop(0)
            yield Value(key=key, unit="GBP", month=month, number=series[key][month])
            for _ in (line.low, line.high) if line.low else ():
                yield waiting.pop(0)


_AS_FILED = '<p class="small quiet">Numbers here that stay as you change a figure are of the plan as filed.</p>'


def _is_fixed(cell: Cell) -> bool:
    """Whether a cell is a number of no quantity, which the page cannot work out anew."""
    return isinstance(cell, Value) and not cell.key and cell.number is not None


_OPEN = ("Caution", "Contradicted", "Calibrated")  # what a reader must not miss


def _folded(block: Notes) -> Iterator[str]:
    """Notes folded by their kind."""
    yield f"<h2{'' if block.part else ' id=care'}>{safe(block.title)}</h2>"
    if len({label for label, _ in block.items}) == len(block.items) > 1 and block.part == "sources":
        listed = "".join(f"<li>{safe(said)}" for _, said in block.items)
        yield f"<details><summary>{len(block.items)} publications</summary><ul>{listed}</ul></details>"
        return
    for label, items in groupby(block.items, lambda item: item[0]):
        said = [item[1] for item in items]
        count = f" ({len(said)})" if len(said) > 1 else ""
        listed = "".join(f"<li>{safe(one)}" for one in said)
        shown = " open" if label in _OPEN else ""
        yield f"<details{shown}><summary>{safe(label)}{count}</summary><ul>{listed}</ul></details>"


_CHOOSE = """<p class="only-live"><label for="area">Area</label> <select id="area"></select></p>
<p class="small quiet">{said} What is not live is of <b>{first}</b>.</p>"""

_WHY = """<section class="only-live" aria-labelledby="why-title"><h2 id="why-title">How each number comes about</h2>
<p><label for="why-key">Explain</label> <select id="why-key"></select></p><div id="why-tree"></div></section>"""

_TAKE = """<section class="only-live no-print" aria-labelledby="take-title"><h2 id="take-title">Take it with you</h2>
<p>The command that gives these numbers:</p></section><code id="command">{command}</code>
<p class="only-live no-print"><button type="button" id="download">Download the place file with your changes</button>
<button type="button" id="print">Print</button></p>"""


def asked(command: str) -> str:
    """The command without where its result went: `carescale project birmingham --scenario at-the-pace`."""
    kept: list[str] = []
    words = iter(shlex.split(command))
    for word in words:
        if word in _WHERE:
            next(words, None)
        elif not word.startswith(tuple(f"{option}=" for option in _WHERE)):
            kept.append(word)
    return shlex.join(kept)


def _today() -> str:
    today = date.today()
    return f"{today.day} {today:%B %Y}"


def _read(name: str) -> str:
    return files("carescale.report.page").joinpath(name).read_text(encoding="utf-8")


def _deeper(html: str) -> str:
    """The same with every heading a level further down."""
    return re.sub(r"(</?h)([1-5])\b", lambda found: f"{found[1]}{int(found[2]) + 1}", html)


def _outdented(program: str) -> str:
    """A program a step further left."""
    return "\n".join(line.removeprefix("  ") for line in program.splitlines())


def _used(program: str) -> str:
    """What runs beside a program, without the helpers that neither it nor another of them calls."""
    helpers = dict(_HELPER.findall(RUNTIME))
    used, waiting = set[str](), [program]
    while waiting:
        words = set(re.findall(r"\w+", waiting.pop()))
        waiting += [helpers[name] for name in (words & helpers.keys()) - used]
        used |= words & helpers.keys()
    return "".join(text for name, text in helpers.items() if name in used)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _json(data: Any) -> str:
    """JSON that cannot end the element that it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
