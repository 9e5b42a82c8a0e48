"""Questions asked of a case: project it, explain a number, check the claims. Each its own file; none writes."""
