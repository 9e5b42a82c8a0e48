"""Charts: what a picture says, and its drawing as SVG, PNG and blocks of a terminal. Knows nothing of care."""
