"""The command line: `python -m iontosite build`, `serve`, `check` and the rest. `make` lists them with what they do."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from rich.console import Console

from iontosite.faults import ContentError, print_faults

# In the order in which people meet them; each is a module of `commands` and is loaded only when it is asked for.
COMMANDS = {
    "build": "build everything into site/",
    "serve": "live preview that rebuilds on save",
    "check": "the checks alone, on docs/ and site/",
    "diff": "what a change does to the built pages and the words of the handouts",
    "review": "pages whose evidence check or clinical review is due or missing, sign-offs that lapsed",
    "sign": "print what to enter for a sign-off",
    "translated": "enter what a translation was made from, once it says the same",
    "hosting": "what a server of your own needs: compressed texts, nginx.conf, Containerfile",
    "handouts": "make the PDF handouts alone",
    "permalinks": "enter new addresses of site/ into the ledger",
    "bench": "how fast pages are on a weak connection, beside stock Material",
    "links": "check the links of any folder of HTML",
    "outside-links": "check links to other sites over the network",
}


def parser_of(name: str) -> argparse.ArgumentParser:
    """The parser of one command's own options."""
    module = import_module(f"iontosite.commands.{name.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"python -m iontosite {name}", description=module.__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    module.configure(parser)
    parser.set_defaults(run=module.run)
    return parser


def main(words: list[str] | None = None) -> int:
    """Run one command; returns its exit code: 0, or 1 where something is wrong and said. Raises SystemExit for words that no
    command understands, as argparse does."""
    top = argparse.ArgumentParser(
        prog="python -m iontosite",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:14} {what}" for name, what in COMMANDS.items()),
    )
    top.add_argument("command", choices=COMMANDS, metavar="command")
    top.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    chosen = top.parse_args(words)
    arguments = parser_of(chosen.command).parse_args(chosen.rest)
    console = Console()
    try:
        return int(arguments.run(arguments, console))
    except ContentError as error:
        print_faults(console, error.faults, "Nothing was changed.")
        return 1
    except KeyboardInterrupt:
        console.print("Stopped.")
        return 130  # as shells say it: 128 + SIGINT


if __name__ == "__main__":
    sys.exit(main())
