"""Checks the links of any folder of HTML: python -m iontosite.links some/folder --base https://example.org/docs/"""

from __future__ import annotations

import argparse
import sys

from rich.console import Console

from iontosite.links.command import configure, run


def main(words: list[str] | None = None) -> int:
    """Check a folder; returns 0, 1 if there are faults, or 2 for what cannot be used. Raises SystemExit(2) for words that are
    no options."""
    parser = argparse.ArgumentParser(prog="python -m iontosite.links", description=__doc__)
    configure(parser)
    return run(parser.parse_args(words), Console())


if __name__ == "__main__":
    sys.exit(main())
