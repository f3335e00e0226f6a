"""Lists the links to other sites and tries each of them over the network (`make outside-links`).

Other people's sites come and go on their own days, so no build and no test depends on this: run it on a schedule, and
by hand before a release. `--list` only prints the addresses with their pages. Exit 1 if some are dead.
"""

from __future__ import annotations

import argparse
import time
import urllib.error
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote, urldefrag, urlsplit

from rich.console import Console
from rich.progress import Progress

from iontosite.content.load import load_content
from iontosite.faults import say
from iontosite.links.check import check_links
from iontosite.project import DOCS, SITE

TIMEOUT = 20  # seconds
PAUSE = 1.0  # seconds between two requests to one host
HOSTS_AT_ONCE = 8
# Some publishers' servers turn away programs that do not say what they are.
HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; link check of a patient-education site)", "Accept": "*/*"}
# The server is there and knows the page, but does not serve programs: a person has to look, and the link is not dead.
GUARDED = {401, 403, 405, 429, 999}


def outside_links(site: Path, site_url: str) -> dict[str, set[str]]:
    """Every outside address of the built site without its fragment, with the pages that link to it."""
    found: dict[str, set[str]] = defaultdict(set)
    for address, pages in check_links(site, site_url).outside.items():
        found[urldefrag(address).url] |= pages
    return dict(sorted(found.items()))


def trouble_with(address: str) -> str | None:
    """Ask for an address, first for its head alone; what is wrong in a few words, or None if it answers."""
    trouble: str | None = None
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(quote(address, safe="%/:=&?~#+!$,;'@()*[]"), method=method, headers=HEADERS)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT):
                return None
        except urllib.error.HTTPError as error:
            # A server that refuses HEAD may still answer GET, so only the answer to GET counts.
            trouble = None if error.code in GUARDED else f"answers {error.code} {error.reason}"
        except (OSError, HTTPException) as error:
            trouble = f"does not answer: {getattr(error, 'reason', error)}"
    return trouble


def try_all(addresses: list[str], console: Console) -> dict[str, str]:
    """Try every address, one at a time for each host; the dead ones with what is wrong."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc.lower()].append(address)
    dead: dict[str, str] = {}
    with Progress(console=console) as progress, ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        task = progress.add_task("outside links", total=len(addresses))

        def try_host(of_one_host: list[str]) -> None:
            """Try the addresses of one host in turn, with a pause before each but the first."""
            for number, address in enumerate(of_one_host):
                if number:
                    time.sleep(PAUSE)
                if trouble := trouble_with(address):
                    dead[address] = trouble
                progress.advance(task)

        list(pool.map(try_host, by_host.values()))
    return dict(sorted(dead.items()))


def print_links(console: Console, addresses: dict[str, set[str]], notes: dict[str, str]) -> None:
    """Print each address, a note on it if there is one, and below it the pages that link to it."""
    for address, pages in addresses.items():
        note = f"  {notes[address]}" if address in notes else ""
        say(console, f"{address}{note}")
        for page in sorted(pages):
            say(console, f"    {page}")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    parser.add_argument("--site", type=Path, default=SITE, help="the built site (default: site/)")
    parser.add_argument("--site-url", help="where the site will stand (default: as docs/site.yml says)")
    parser.add_argument("--list", action="store_true", help="only list the links, without the network")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the links or try them; returns 1 if there is no site or some links are dead, else 0. Raises ContentError if the
    content, which holds the site's address, has faults."""
    if not arguments.site.is_dir():
        say(console, f"There is no site in {arguments.site}: run `make site`.", style="red")
        return 1
    site_url = arguments.site_url or load_content(DOCS).site.site_url
    addresses = outside_links(arguments.site, site_url)
    if arguments.list:
        print_links(console, addresses, {})
        return 0
    dead = try_all(list(addresses), console)
    print_links(console, {address: addresses[address] for address in dead}, dead)
    say(console, f"{len(dead)} of {len(addresses)} outside links are dead")
    return 1 if dead else 0
