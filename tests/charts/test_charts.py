"""Charts say what they say, to those who see them and to those who do not."""

from __future__ import annotations

import io
import math
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pictures import ACTUAL, CUMULATIVE, PICTURES, TORNADO
from PIL import Image

from carescale.charts import svg as drawing
from carescale.charts.axes import axis, round_step, spread_out, wrapped
from carescale.charts.blocks import ASCII, drawn
from carescale.charts.picture import Lines, Picture, Series
from carescale.charts.png import png
from carescale.charts.svg import svg

SVG = "{http://www.w3.org/2000/svg}"
each = pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)


@each
def test_a_chart_names_itself_and_has_its_sentence_for_those_who_cannot_see_it(picture: Picture) -> None:
    root = ElementTree.fromstring(svg(picture))
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == picture.says
    assert told is not None
    assert told.text == picture.told
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"


@each
@pytest.mark.parametrize("width", [320, 720, 1_400])
def test_no_text_stands_outside_of_a_chart(picture: Picture, width: int) -> None:
    root = ElementTree.fromstring(svg(picture, width))
    height = float(root.get("height", 0))
    for text in root.iter(f"{SVG}text"):
        length = drawing.text_width(text.text or "", float(text.get("font-size", 14))) * 0.9
        x = float(text.get("x", 0)) - {"end": 1, "middle": 0.5}.get(text.get("text-anchor", ""), 0) * length
        assert x >= -1, text.text
        assert x + length <= width + 1, text.text
        assert 0 < float(text.get("y", 0)) < height, text.text


def test_text_from_files_is_text_and_a_strict_policy_lets_a_chart_be() -> None:
    drawing_text = svg(TORNADO)
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in drawing_text
    assert "style=" not in drawing_text
    assert "<script" not in drawing_text


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return math.fsum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colour", drawing.COLOURS)
def test_every_colour_stands_out_from_white_three_to_one(colour: str) -> None:
    assert 1.05 / (_luminance(colour) + 0.05) >= 3


@each
def test_text_is_in_the_png(picture: Picture) -> None:
    """The first title alone must leave ink in its band: without a font there would be none."""
    with Image.open(io.BytesIO(png(picture))) as image:
        band = image.convert("L").crop((0, 30, image.width, 80))
        dark = sum(count for level, count in enumerate(band.histogram()) if level < 100)
    assert dark > 500


def test_lines_that_end_at_one_place_are_named_apart() -> None:
    assert spread_out([10, 10, 11, 50], 8, 0, 100) == [10, 18, 26, 50]
    assert spread_out([99, 98], 8, 0, 100) == [100, 92]


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20))
def test_an_axis_holds_its_values_and_zero_and_has_few_round_ticks(values: list[float]) -> None:
    found = axis(values, 0, 100)
    slack = 1e-6 * (found.last - found.first)
    assert found.first - slack <= min((*values, 0))
    assert max((*values, 0)) <= found.last + slack
    assert 0 in found.ticks
    assert len(found.ticks) <= 9
    steps = [second - first for first, second in pairwise(found.ticks)]
    assert max(steps) - min(steps) <= 1e-6 * max(steps)


def test_steps_are_round() -> None:
    assert [round_step(length, 5) for length in (1, 7, 12, 24, 26)] == [0.2, 2, 2.5, 5, 10]


def test_words_are_broken_at_spaces() -> None:
    assert wrapped("one two three", 10, 45) == ["one two", "three"]
    assert wrapped("incomprehensibilities", 10, 20) == ["incomprehensibilities"]


def test_a_gap_in_a_line_is_left_open_and_zero_everywhere_is_drawn() -> None:
    for values in ([None, 1.0, None, 2.0], [0.0, 0.0, 0.0, 0.0]):
        plot = Lines(series=[Series(name="A", values=values)], text=str)
        picture = replace(CUMULATIVE, plot=plot)
        ElementTree.fromstring(svg(picture))
        assert drawn(picture, 60)


@each
@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_terminal_gets_a_picture_within_its_width(picture: Picture, width: int) -> None:
    for line in drawn(picture, width)[3:]:
        assert len(line) <= width
    assert all(ord(letter) < 128 or letter in "£−–·…" for line in drawn(picture, width, ASCII)[3:] for letter in line)


def test_the_curve_goes_below_zero_first_and_then_above() -> None:
    lines = [line for line in drawn(CUMULATIVE, 80)[3:] if "£0" in line]
    assert len(lines) == 1
    assert "▄" in lines[0].split("─")[0]
    assert "▀" in lines[0].split("─")[-1]


def test_what_was_counted_stands_as_dots_over_the_plan_and_its_name_where_it_stops() -> None:
    assert ACTUAL.says == "Month 11: 9 against 12 planned"
    drawn_lines = drawn(ACTUAL, 80)
    assert sum(line.count("●") for line in drawn_lines[3:-1]) >= 4
    assert drawn_lines[-1] == "█ Plan  ● Actual"
    root = ElementTree.fromstring(svg(ACTUAL))
    assert len(root.findall(f"{SVG}circle")) == 11
    names = {text.text: float(text.get("x", 0)) for text in root.iter(f"{SVG}text") if text.text in ("Plan", "Actual")}
    assert names["Actual"] < names["Plan"] / 2
    assert [row for row in ACTUAL.rows if row[0] in ("9", "11")] == [("9", "6", ""), ("11", "12", "9")]


def test_a_tornado_has_its_axis_around_its_bars_and_labels_that_do_not_meet() -> None:
    for width in (400, 720):
        texts = list(ElementTree.fromstring(svg(TORNADO, width)).iter(f"{SVG}text"))
        ticks = [text for text in texts if text.get("text-anchor") == "middle" and (text.text or "").startswith("£")]
        places = [float(text.get("x", 0)) for text in ticks]
        assert len(places) >= 2
        assert min(second - first for first, second in pairwise(places)) > 40
        assert "£0" not in [text.text for text in ticks]
