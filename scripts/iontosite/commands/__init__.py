"""The commands that people run: one module each, `configure(parser)` for its options and `run(arguments)` for its work."""
