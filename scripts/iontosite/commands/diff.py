"""What a change does to the built pages and to the words of the handouts, against the last commit (or any other).

Both are built, each with its own scripts and templates; what is shown are the lines that a reader sees. Exit 1 if either
cannot be built.
"""

from __future__ import annotations

import argparse
import difflib
import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.faults import say
from iontosite.finish.fingerprints import FOLDER
from iontosite.project import KEPT, ROOT, WORK

# Elements whose words go on in the same line; every other one begins a line of its own.
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "button", "code", "em", "i", "kbd", "label", "small", "span", "strong", "sub", "sup"}
)
_UNSEEN = frozenset({"script", "style", "template"})
_NOT_READ = "footer, .menu"  # the same on every page; the page that changes them shows it once
AROUND = 1  # lines shown around a changed one


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--against", default="HEAD", metavar="REVISION", help="what to compare with (default: the last commit)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Build both, and show what differs; 1 if one cannot be built."""
    folder = WORK / "diff"
    shutil.rmtree(folder, ignore_errors=True)
    before, after = folder / "before", folder / "after"
    try:
        _take_out(arguments.against, before)
        for name, root, site in (("before", before, before / "site"), ("after", ROOT, after)):
            with console.status(f"building what was {name}" if root is before else "building what is here"):
                _build(root, site, folder / f"work-{name}")
    except subprocess.CalledProcessError as error:
        say(console, f"{error.stdout or ''}{error.stderr or ''}".strip())
        say(console, f"This could not be built: {' '.join(map(str, error.cmd))}", style="red")
        return 1
    changes = list(differences(before / "site", after))
    for line in changes:
        style = "green" if line.startswith("+") else "red" if line.startswith("-") else None
        say(console, line, style=style)
    say(console, "No reader would see a difference." if not changes else f"Both sites stand in {folder}.")
    return 0


def _take_out(revision: str, target: Path) -> None:
    """Put the files of a revision into a folder; raises CalledProcessError where git knows none."""
    done = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")


def _build(root: Path, site: Path, work: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "iontosite",
        "build",
        "--docs",
        str(root / "docs"),
        "--output",
        str(site),
        "--work",
        str(work),
    ]
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([*command, "--kept", str(KEPT)], check=True, capture_output=True, text=True, env=environment)


def differences(before: Path, after: Path) -> Iterator[str]:
    """Every difference that a reader can see between two sites, as lines to print: files that came or went, and the changed
    lines of pages and handouts."""
    old, new = _files(before), _files(after)
    for name in sorted(old - new):
        yield f"- /{name}"
    for name in sorted(new - old):
        yield f"+ /{name}"
    for name in sorted(old & new):
        read = {".html": page_lines, ".pdf": paper_lines}.get(Path(name).suffix)
        if read is None or (before / name).read_bytes() == (after / name).read_bytes():
            continue
        changed = difflib.unified_diff(read(before / name), read(after / name), n=AROUND, lineterm="")
        shown = [line for line in changed if not line.startswith(("---", "+++", "@@"))]
        if shown:
            yield f"/{name.removesuffix('index.html')}"
            yield from shown


def _files(site: Path) -> set[str]:
    """Every file but scripts and sheets, whose names change with their bytes."""
    names = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return {name for name in names if not name.startswith(f"{FOLDER}/")}


def page_lines(path: Path) -> list[str]:
    """What a page says, a line for each heading, paragraph, item and cell; its title first."""
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    for node in tree.css(_NOT_READ):
        node.decompose()
    parts: list[str] = []
    for name in ("title", "body"):
        if (found := tree.css_first(name)) is not None:
            _collect(found, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


def _collect(node: LexborNode, parts: list[str]) -> None:
    own = node.tag not in _INLINE
    if own:
        parts.append("\n")
    if node.tag == "img" and node.attributes.get("alt"):
        parts.append(f"[{node.attributes['alt']}]")
    for child in node.iter(include_text=True):
        if child.is_text_node:
            parts.append((child.text_content or "").replace("\n", " "))
        elif child.is_element_node and child.tag not in _UNSEEN:
            _collect(child, parts)
    if own:
        parts.append("\n")


def paper_lines(path: Path) -> list[str]:
    """The words of a PDF, line by line."""
    import pypdfium2  # large, and needed only where paper has changed

    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return [line.strip() for page in pages for line in page.splitlines() if line.strip()]
