"""How fast pages stand on a weak phone connection, beside the same words in the builder's stock theme."""
