"""The command line: `python -m iontosite build`, `serve`, `check` and the rest. `make` lists them with what they do."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from rich.console import Console

from iontosite.faults import ContentError, of_the_program, print_faults
from iontosite.project import WORK

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
    "mutate": "damage the sources in thousands of ways, and count what the checks tell",
    "bench": "how fast pages are on a weak connection, beside stock Material",
    "exits": "the same pages with ProperDocs and with Zensical, without Material, compared page by page",
    "load": "what the site's nginx answers while many ask at once",
    "links": "check the links of any folder of HTML",
    "licences": "write the page of licences, from the locked requirements and the vendored parts",
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
        with _heard(signal.SIGTERM):
            return int(arguments.run(arguments, console))
    except ContentError as error:
        print_faults(console, error.faults, "Nothing was changed.")
    except Terminated:
        console.print("Ended.")
        return 143  # as shells say it: 128 + SIGTERM
    except KeyboardInterrupt:
        console.print("Stopped.")
        return 130  # 128 + SIGINT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read this has had enough
    except Exception as error:  # the last net: no slip of a writer ends in a list of the program's lines
        print_faults(console, [of_the_program(error, WORK)], "Nothing was changed.")
    return 1


class Terminated(BaseException):
    """Raised where the process is asked to end, so that what it started is ended too."""


@contextmanager
def _heard(number: signal.Signals) -> Iterator[None]:
    """Raise Terminated when the signal comes, while this lasts."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise Terminated

    before = signal.signal(number, end)
    try:
        yield
    finally:
        signal.signal(number, before)


if __name__ == "__main__":
    sys.exit(main())
