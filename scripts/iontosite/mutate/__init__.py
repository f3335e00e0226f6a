"""Damages the real sources on purpose, and counts what the checks notice."""
