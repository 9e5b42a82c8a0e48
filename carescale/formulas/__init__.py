"""Every sum of care, in the order one would tell the story, and nothing else.

vocabulary → reach → benchmark → savings → set-up → phasing → cash flow → portfolio
"""

from carescale.formulas import reach, benchmark, savings, set_up, phasing, cash_flow, portfolio  # noqa: F401, I001  (story order)
from carescale.formulas.vocabulary import registry

registry.check()

__all__ = ["registry"]
