"""What a server of your own needs, in build/hosting/: the site with .br and .gz beside each text, nginx.conf, Containerfile.

It takes the site that was built last. Netlify, Cloudflare Pages and GitHub Pages need none of it: they take site/ as it is.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from rich.console import Console

from iontosite.content.load import load_content
from iontosite.faults import ContentError, Fault, say
from iontosite.finish.compressed import write_compressed
from iontosite.finish.hosts import container_file, nginx_configuration
from iontosite.kept import Kept
from iontosite.project import DOCS, KEPT, SITE, WORK
from iontosite.publish import MARK


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--docs", type=Path, default=DOCS, help="the content (default: docs/)")
    parser.add_argument("--site", type=Path, default=SITE, help="the finished site (default: site/)")
    parser.add_argument("--output", type=Path, default=WORK / "hosting", help="where it goes (default: build/hosting/)")
    parser.add_argument("--kept", type=Path, default=KEPT, help="finished pieces of earlier builds (default: build/kept/)")
    parser.add_argument("--site-url", default=os.environ.get("SITE_URL"), help="the address that the site was built for")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the folder; raises ContentError where there is no finished site, or the folder holds other things."""
    site, output = arguments.site.resolve(), arguments.output.resolve()
    if not (site / MARK).is_file():
        raise ContentError([Fault(arguments.site.as_posix(), 1, "holds no finished site: run `make site` first")])
    if output.exists() and any(output.iterdir()) and not (output / "nginx.conf").is_file():
        advice = "choose an empty folder with --output, or empty this one yourself"
        raise ContentError([Fault(output.as_posix(), 1, f"holds other things, which would be lost: {advice}")])
    facts = load_content(arguments.docs.resolve(), arguments.site_url).site
    site_url, others = facts.site_url, [language.path for language in facts.languages[1:]]
    texts = {"nginx.conf": nginx_configuration(site_url, others), "Containerfile": container_file(site_url)}
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    for name, text in texts.items():
        (output / name).write_text(text, encoding="utf-8")
    shutil.copytree(site, output / "site")
    count = write_compressed(output / "site", Kept(arguments.kept.resolve()))
    say(
        console,
        f"{output}: the site with {count} compressed texts, nginx.conf and Containerfile. Each begins with how to use it.",
    )
    return 0
