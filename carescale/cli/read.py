"""`carescale read`."""

from __future__ import annotations

from carescale.cli.opening import say_if_example
from carescale.cli.options import Format, OutputFile, PlaceFile


def read(file: PlaceFile, style: Format = None, output: OutputFile = None) -> None:
    from carescale.inputs.loading import load
    from carescale.problems import Position, Problem, Problems
    from carescale.report.screens.read import read_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output)
    case = load(file)
    say_if_example(file, case.file)
    if case.areas is None:
        hint = "a place file names its table under `table:`; see the example west-midlands.yaml"
        raise Problems([Problem("missing-key", "this place has no table", Position(case.file), hint)])
    write(read_screen(case), chosen)
