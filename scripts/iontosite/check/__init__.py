"""Stage 5: reads the finished tree, writes nothing, and reports every fault at once."""
