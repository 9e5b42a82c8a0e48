"""Number formats that round as the screens do, from the same table.

A format alone cannot show 13% and 13.05% both as the screens do, nor keep the minus sign off what rounds to nothing. So
a cell has rules beside its format, and what is typed into the inputs later is shown rightly too.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from carescale.numbers import to_decimal
from carescale.report.formats import Format, format_of


class Look(Struct, frozen=True):
    """A number format, and others: each where a condition on the cell, `{0}`, holds; the first that holds counts."""

    code: str
    rules: tuple[tuple[str, str], ...] = ()


def look(unit: str, value: float | str | None = None, marks: str = "") -> Look:
    """How numbers of a unit are shown; the format suits the value that is there now. Marks stand behind the number."""
    found = _look(_in_a_cell(unit), value)
    return Look(_marked(found.code, marks), tuple((when, _marked(code, marks)) for when, code in found.rules))


def number_format(unit: str, value: float | str | None = None) -> str:
    """The number format of a unit alone."""
    return _look(_in_a_cell(unit), value).code


def times(unit: str) -> int:
    """What a cell's number is multiplied by, where no format of a workbook can: a rate in 100,000 people, say."""
    shape = format_of(unit)
    return 1 if _has_a_format(shape) else 10**shape.power


def _in_a_cell(unit: str) -> Format:
    """The format of a unit, of a number that has been multiplied where need be."""
    shape = format_of(unit)
    return shape if _has_a_format(shape) else replace(shape, power=0)


def _has_a_format(shape: Format) -> bool:
    """Whether a number format can multiply as a unit's does: by a hundred for per cent, or divide by a thousand."""
    return shape.power in (0, -3) or (shape.power == 2 and shape.after == "%")


def _look(shape: Format, value: float | str | None) -> Look:
    if not shape.finer:
        code = _either_side(shape, shape.places)
        return Look(code, ((f"{_rounded(shape, shape.places)}=0", _zero(shape, shape.places)),))
    number = to_decimal(value).scaleb(shape.power) if isinstance(value, int | float) else None
    whole = number is not None and not shape.places_for(number)
    return Look(_finer_code(shape, whole=whole), _finer_rules(shape))


def _finer_code(shape: Format, *, whole: bool) -> str:
    """Numbers that are not whole have more decimals; nothing has none."""
    code = _number(shape, 0 if whole else shape.finer)
    return f"{code};−{code};0{shape.after}"


def _finer_rules(shape: Format) -> tuple[tuple[str, str], ...]:
    exact = f"ROUND({{0}},{shape.finer + shape.power})"
    whole_rule = f"{exact}=ROUND({{0}},{shape.power})"
    if shape.large is not None:  # large numbers have no decimals, nor have those that are whole but for binary noise
        whole_rule = f"OR(ROUND(ABS({{0}}),11)>={shape.large},ROUND({{0}},11)=ROUND({{0}},0))"
    nothing = _zero(shape, 0 if shape.large is None else shape.finer)
    rules = [
        (f"{exact}=0", nothing if shape.large is None else f"{nothing.rsplit(';', 1)[0]};0"),
        (whole_rule, _finer_code(shape, whole=True)),
        (f"NOT({whole_rule})", _finer_code(shape, whole=False)),
    ]
    return tuple(rules if shape.large is None else [rules[1], rules[0], rules[2]])


def _number(shape: Format, places: int) -> str:
    """The digits of a number with the signs around them; a comma behind them divides by a thousand."""
    digits = "0" if shape.after else "#,##0"
    return f"{shape.before}{digits}{_fraction(places)}{',' if shape.power < 0 else ''}{_after(shape)}"


def _either_side(shape: Format, places: int) -> str:
    code = _number(shape, places)
    return f"{code};−{code};{shape.before}0{_fraction(places)}{_after(shape)}"


def _zero(shape: Format, places: int) -> str:
    """What rounds to nothing, without a minus sign."""
    code = f"{shape.before}0{_fraction(places)}"
    scaled = f"{code}{',' if shape.power < 0 else ''}{_after(shape)}"
    return f"{scaled};{scaled};{code}{_after(shape)}"


def _after(shape: Format) -> str:
    """What stands behind a number: per cent is a sign of Excel's, words are not."""
    return shape.after if shape.after in ("", "%") else f'"{shape.after}"'


def _rounded(shape: Format, places: int) -> str:
    return f"ROUND({{0}}/1000,{places})" if shape.power < 0 else f"ROUND({{0}},{places})"


def _fraction(places: int) -> str:
    return f".{'0' * places}" if places else ""


def _marked(code: str, marks: str) -> str:
    return ";".join(f'{part}"{marks}"' for part in code.split(";")) if marks else code
