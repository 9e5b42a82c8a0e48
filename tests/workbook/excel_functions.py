"""Functions of Excel that the recalculating engine does not have."""

import numpy as np
from scipy.optimize import brentq


def _numbers(cells):
    return [cell for row in cells for cell in row if isinstance(cell, int | float) and not isinstance(cell, bool)]


def percentile(cells, share):
    numbers = _numbers(cells)
    return float(np.percentile(numbers, 100 * share)) if numbers else "#NUM!"


def irr(cells, guess=0.1):
    """The one rate between −90% and 100% a month; where there is none, or not one alone, that is an error."""
    flows = _numbers(cells)

    def worth(rate):
        return sum(flow / (1 + rate) ** month for month, flow in enumerate(flows))

    try:
        return brentq(worth, -0.9, 1.0, xtol=1e-14)
    except ValueError:
        return "#NUM!"


def index(cells, place, column=None):
    """One cell of a column or row; a single cell comes as that cell alone."""
    found = [cell for row in cells for cell in row] if isinstance(cells, tuple | list) else [cells]
    return found[int(place) - 1] if 0 < place <= len(found) else "#REF!"
