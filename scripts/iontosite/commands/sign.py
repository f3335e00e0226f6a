"""Print what to enter into docs/reviews.yml for a sign-off: make sign OF="/after/ /before/"

OF holds addresses of pages, as they stand behind the site's own (/after/, /es/after/), and safety rules, by their ids or as a
page includes them: a level, or a level and tags ("never sweat"). What is printed holds the hash of what stands there today. Name,
role, register and days are the person's own to give: nothing is entered by this command.
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from iontosite.content.load import load_content
from iontosite.content.meaning import rule_meaning
from iontosite.content.model import Content
from iontosite.faults import ContentError, Fault, did_you_mean, say
from iontosite.project import DOCS
from iontosite.templates import fill

YEAR = timedelta(days=365)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("of", nargs="+", help="pages by address (/after/), safety rules by id or by level and tags")
    parser.add_argument("--language", default="", help="of the rules that were read (default: the site's first one)")
    parser.add_argument("--docs", type=Path, default=DOCS, help="the content (default: docs/)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the entry; raises ContentError for what there is not."""
    content = load_content(arguments.docs.resolve())
    say(console, entry(content, arguments.of, arguments.language))
    return 0


def entry(content: Content, asked: list[str], language: str = "") -> str:
    """The YAML to enter, for these addresses and rules in one language; raises ContentError with the first that there is not."""
    own = language or content.editions[0].code
    pages = {content.path_of(page): page for page in content.pages}
    hashes: dict[str, str] = {}
    for address in (word for word in asked if word.startswith("/")):
        if address not in pages:
            raise _unknown(f"there is no page {address}{did_you_mean(address, pages)}")
        hashes[address] = content.meaning_of(pages[address])
    wanted = " ".join(word for word in asked if not word.startswith("/"))
    try:
        rules = content.safety.select(wanted) if wanted else []
        rule_hashes = {rule.id: rule_meaning(rule, own, content.site.numbers) for rule in rules}
    except ValueError as error:
        raise _unknown(str(error)) from None
    except KeyError:
        raise _unknown(f'not every rule has words in "{own}"') from None
    today = content.today
    days = {"date": today.isoformat(), "until": (today + YEAR).isoformat()}
    return fill("sign-off.yml.j2", pages=hashes, rules=rule_hashes, language=language, **days).rstrip()


def _unknown(message: str) -> ContentError:
    return ContentError([Fault("make sign", 1, f"{message}: write addresses such as /after/, or rules of docs/safety-rules.yml")])
