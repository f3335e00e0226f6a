"""Stage 1: reads `docs/` into one typed, validated model. It does no I/O but reading, and it knows no HTML."""
