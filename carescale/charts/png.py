"""A picture as PNG, through resvg and one font that ships with it: without a font resvg would leave text out."""

from __future__ import annotations

from carescale.charts.picture import Picture
from carescale.charts.svg import WIDTH, svg

SCALE = 2  # for screens and paper


class NoPainter(Exception):
    """The libraries that draw PNG are not installed."""


def png(picture: Picture, width: int = WIDTH) -> bytes:
    """The picture as a PNG file of twice its width in pixels. Raises NoPainter."""
    try:
        import font_source_sans_pro as font
        import resvg_py
    except ImportError as absent:
        raise NoPainter('PNG needs two more libraries: pip install "carescale[png]"') from absent
    files = [font.SourceSansPro, font.SourceSansProBold]
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg(picture, width),
        zoom=SCALE,
        font_files=files,
        skip_system_fonts=True,
        font_family="Source Sans Pro",
    )
    return bytes(drawn)
