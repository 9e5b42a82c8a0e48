"""Every sum of care, in the order one would tell the story, and nothing else.

vocabulary → reach → benchmark → outcomes → savings → costs → phasing → account → needed → portfolio →
appraisal → finance → budget → pace
"""

from carescale.formulas import reach, benchmark, outcomes, savings, costs, phasing, account, needed, portfolio  # noqa: F401, I001  (story order)
from carescale.formulas import appraisal, finance, budget, pace  # noqa: F401
from carescale.formulas.vocabulary import registry

__all__ = ["registry"]
