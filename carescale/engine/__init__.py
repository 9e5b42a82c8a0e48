"""The engine: formulas traced into trees, bound to a case, and evaluated. It knows nothing of care."""
