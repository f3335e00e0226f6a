"""The command of the link checker: its options, and what it prints."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from iontosite.faults import Fault, say
from iontosite.links.check import check_links, read_site, told_base
from iontosite.links.own_site import OwnSite
from iontosite.links.report import KINDS, LinkReport

# Where nothing says where a site stands. RFC 2606 keeps this name from ever being anybody's.
NOWHERE = "https://site.invalid/"
UNUSABLE = 2  # the exit code of arguments that cannot be used, as argparse has it


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    parser.add_argument("folder", type=Path, help="the folder of HTML")
    parser.add_argument(
        "--base",
        type=_address,
        metavar="URL",
        help="where the folder will stand, as https://example.org/docs/ (default: what most canonical links say)",
    )
    parser.add_argument(
        "--ignore",
        "--allow-kinds",
        action="append",
        default=[],
        choices=KINDS,
        metavar="KIND",
        help="leave a kind of fault out; may be given again",
    )
    parser.add_argument("--sitemap", action="store_true", help="a missing sitemap.xml is a fault too")
    parser.add_argument("--outside", action="store_true", help="list the addresses of other sites, with the pages that have them")
    parser.add_argument("--kinds", action=_ShowKinds, nargs=0, help="show every kind of fault, and exit")


class _ShowKinds(argparse.Action):
    """Prints the kinds and stops, as --help does, so that no folder need be given."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        for kind, what in KINDS.items():
            print(f"{kind:24}{what}")
        parser.exit()


def _address(text: str) -> str:
    """A full address as it is; raises ArgumentTypeError for another text."""
    try:
        OwnSite(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check the folder and print every fault; returns 0, 1 if there are faults, or 2 for a folder without pages."""
    folder: Path = arguments.folder
    if not folder.is_dir():
        say(console, f"{folder} is no folder: name one with HTML files", style="red")
        return UNUSABLE
    try:
        site = read_site(folder)
        if not site.pages:
            say(console, f"{folder} holds no HTML: name the folder in which the finished pages are", style="red")
            return UNUSABLE
        base = arguments.base or told_base(site) or NOWHERE
        report = check_links(site, base, arguments.sitemap)
    except OSError as error:
        say(console, f"{error.filename} cannot be read ({error.strerror}): allow it, or take it out", style="red")
        return UNUSABLE
    faults = [fault for fault in report.faults if fault.kind not in arguments.ignore]
    for fault in faults:
        say(console, _printable(str(replace(fault, path=(folder / fault.path).as_posix()))))
    if arguments.outside:
        _print_outside(console, report)
    say(console, _printable(_counts(faults, len(site.pages), len(report.outside), base)), style="bold")
    return 1 if faults else 0


def _print_outside(console: Console, report: LinkReport) -> None:
    """Each address of another site, and below it the pages that have it."""
    for address, pages in report.outside.items():
        say(console, _printable(address))
        for page in sorted(pages):
            say(console, _printable(f"    {page}"))


def _counts(faults: Iterable[Fault], pages: int, outside: int, base: str) -> str:
    """`3 faults in 2 of 40 files (orphan 2, …), 7 outside addresses, as at https://…`, the most frequent kind first."""
    by_kind = Counter(fault.kind for fault in faults)
    kinds = ", ".join(f"{kind} {count}" for kind, count in by_kind.most_common())
    found = f"{by_kind.total()} fault(s){f' ({kinds})' if kinds else ''}"
    return f"{found} in {pages} page(s), {outside} outside address(es), as at {base}"


def _printable(text: str) -> str:
    """The text without what no terminal can show: stand-ins for bytes of file names that are no UTF-8."""
    return text.encode("utf-8", errors="replace").decode("utf-8")
