"""Makes the PDF handouts alone, with progress (`make handouts`): the quick way to see what a changed page does on paper."""
from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console

from iontosite.pipeline import print_faults
from iontosite.faults import ContentError
from iontosite.content.library import load_library
from iontosite.paper.handouts import make_all
from iontosite.project import ROOT



def main() -> int:
    """Write every handout; 1 with every fault when one does not fit or a page no longer holds a line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "handouts", help="default: build/handouts/")
    output = parser.parse_args().output
    console, start = Console(), time.perf_counter()
    try:
        sheets = make_all(load_library(ROOT / "docs"), tell=lambda line: console.print(line, highlight=False))
    except ContentError as error:
        print_faults(console, error.faults)
        return 1
    for sheet in sheets:
        target = output / sheet.language / sheet.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(sheet.pdf)
    console.print(f"{len(sheets)} handouts in {time.perf_counter() - start:.1f} s: {output}", soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
