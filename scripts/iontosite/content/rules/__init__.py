"""What the pages have to keep: reading limits, wording, and the floors of the public checklists."""
