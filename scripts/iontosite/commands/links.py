"""Checks the links of any folder of HTML, and prints every fault with its file and line.

Exit 1 if there are faults, 2 if the folder or an option cannot be used. What it catches: scripts/iontosite/links/README.md.
"""

from iontosite.links.command import configure, run

__all__ = ["configure", "run"]
