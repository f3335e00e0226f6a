"""Write the page of licences: all that is shipped, and all that builds or tests it, from the locked requirements and the vendored
parts. Packages for other systems keep the row that they have.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata

from rich.console import Console

from iontosite.faults import say
from iontosite.project import ROOT

PAGE = "contributing/licences.md"
_LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
_ROW = re.compile(r"^\| ([^|]+?) \| *([^|]*?) *\| ([^|]+?) \| ([^|]*?) \|$", re.MULTILINE)
_UNKNOWN = "for another system: look at its package"  # brotlicffi is for Python without Brotli of its own


@dataclass(frozen=True)
class Vendored:
    """A part of somebody else's that lies in this project: where, under which licence, and whether the site ships it."""

    name: str
    files: str  # a pattern from the top of the project
    licence: str
    licence_file: str
    use: str


VENDORED = (
    Vendored("Noto Sans", "overrides/print/fonts/*.ttf", "OFL-1.1", "overrides/print/fonts/OFL.txt", "shipped"),
    Vendored("axe-core", "tests/vendor/axe.min.js", "MPL-2.0", "tests/vendor/axe-licence.txt", "test"),
)
HEAD = """# Licences

`make licences` writes this page from the locked requirements and the vendored parts; `make test` holds it against them.

What readers get holds our own code ([MIT](../LICENSE)), our own text and drawings ([CC BY 4.0](../LICENSE-CONTENT)), and the
parts that are called "shipped" here. The rest builds the site or tests it, on the machine of whoever does so: none of its code
goes into the site, so its licences, the GPL of the word list among them, bind nobody who reads or hosts the site.

| part | version | licence | use |
|---|---|---|---|
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """It has no options."""


def locked(purpose: str) -> dict[str, str]:
    """The locked packages of one purpose, `build` or `test`, with their versions."""
    return dict(_LOCKED.findall((ROOT / "requirements" / f"{purpose}.txt").read_text(encoding="utf-8")))


def licence_of(name: str) -> str | None:
    """What an installed package says of its own licence; None where it is not installed."""
    try:
        about = metadata(name).json
    except PackageNotFoundError:
        return None
    if expression := about.get("license_expression"):
        return str(expression)
    kinds = [kind.split(" :: ")[-1] for kind in about.get("classifier", []) if kind.startswith("License ::")]
    said = " ".join(str(about.get("license", "")).split())
    return said if said and said != "UNKNOWN" and len(said) < 60 else "; ".join(kinds) or None


def rows(before: str) -> list[str]:
    """The rows of the table, those of what is not installed taken from the page as it was before."""
    known = {name: licence for name, _, licence, _ in _ROW.findall(before)}
    found = [f"| {part.name} | | [{part.licence}](../{part.licence_file}) | {part.use} |" for part in VENDORED]
    build, test = locked("build"), locked("test")
    for name, version in sorted((build | test).items()):
        licence = licence_of(name) or known.get(name) or _UNKNOWN
        found.append(f"| {name} | {version} | {licence} | {'build' if name in build else 'test'} |")
    return found


def missing_rows(page: str) -> list[str]:
    """What the page lacks: each part that is locked or vendored, with its version and use."""
    have = {(name, version.strip(), use) for name, version, _, use in _ROW.findall(page)}
    build, test = locked("build"), locked("test")
    wanted = {(name, version, "build" if name in build else "test") for name, version in (build | test).items()}
    wanted |= {(part.name, "", part.use) for part in VENDORED}
    return [" ".join(each) for each in sorted(wanted - have)]


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the page."""
    path = ROOT / PAGE
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(HEAD + "\n".join(rows(before)) + "\n", encoding="utf-8")
    say(console, f"wrote {PAGE}")
    return 0
