"""One writer an output: each reads blocks and records, and knows nothing of care."""
