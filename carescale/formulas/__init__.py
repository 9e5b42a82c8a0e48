"""Every sum of care, in the order one would tell the story, and nothing else.

vocabulary → reach → benchmark → outcomes → savings → set-up → phasing → cash flow → adjustments → delay → portfolio →
appraisal → finance
"""

from carescale.formulas import reach, benchmark, outcomes, savings, set_up, phasing, cash_flow, adjustments, delay  # noqa: F401, I001  (story order)
from carescale.formulas import portfolio, appraisal, finance  # noqa: F401
from carescale.formulas.vocabulary import registry

registry.check()

__all__ = ["registry"]
