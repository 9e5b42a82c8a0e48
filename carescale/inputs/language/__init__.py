"""Sums as people write them, read straight into the engine's expressions and written back.

`480 * (17% - 3%)`, `spend / assessments`, `CHANGE(10,394; 9,802)`: printed numbers with units in words, names of
quantities and figures, and Excel's names for a few functions. There is no other language behind it.
"""
