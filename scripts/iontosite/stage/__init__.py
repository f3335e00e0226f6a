"""Stage 2: writes plain Markdown that any builder understands. It reads the library and knows no builder."""
