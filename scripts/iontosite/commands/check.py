"""The checks alone (`make check`): the content and its language under `docs/`, then the finished tree in `site/`."""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

from iontosite.content.rules.floors import check_floors
from iontosite.content.rules.wording import check_prose
from iontosite.content.rules.reading import load_vocabulary
from iontosite.check.site import check_site
from iontosite.faults import ContentError
from iontosite.content.library import load_library
from iontosite.project import ROOT



def main() -> int:
    """Print every fault; 1 if there is any."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="the content (default: docs/)")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site (default: site/)")
    arguments = parser.parse_args()
    docs, site = arguments.docs.resolve(), arguments.site
    console, faults = Console(), []
    try:
        library = load_library(docs)
        faults += check_prose(library, load_vocabulary(docs / "reading.yml"))
        faults += check_floors(library)
        if site.exists():
            check_site(library, site)
        else:
            console.print("There is no site yet: run `make site` to check that too.")
    except ContentError as error:
        faults += error.faults
    for fault in faults:
        console.print(str(fault), style="red", soft_wrap=True, markup=False, emoji=False, highlight=False)
    console.print(f"{len(faults)} fault(s)")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
