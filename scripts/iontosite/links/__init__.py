"""A link checker for any folder of HTML; see README.md beside this file."""
