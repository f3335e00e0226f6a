"""What lies in the folders that people write in: files of the kinds that something is made from, under names that make good
addresses, and no links to other places. Whatever else lies there would be published unseen, or passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from iontosite.content.letters import merge_faults
from iontosite.content.pictures import PICTURES, open_picture
from iontosite.faults import Fault, did_you_mean, shown

# Every data file: of all languages, and of each.
DATA = (
    "clinic.yml", "codes.yml", "findings.yml", "glossary.yml", "permalinks.yml", "reading.yml", "redirects.yml", "reviews.yml",
    "safety-rules.yml", "search.yml", "searches.yml", "site.yml", "sources.yml", "sums.yml",
)  # fmt: skip
EDITION = ("changes.yml", "made-from.yml", "messages.yml", "proof.yml", "strings.yml", "yardsticks.yml")
ASSETS = (*PICTURES, ".js", ".css", ".webmanifest")
_TEXT = frozenset({".css", ".html", ".j2", ".js", ".svg", ".webmanifest", ".yml"})  # what people write by hand
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)?")  # letters that need no escaping, alike on every disk
_PAGES = (".md", ".markdown", ".mkd", ".mdown", ".txt")


def visible(folder: Path) -> list[Path]:
    """Everything below a folder, in order; hidden files and folders, as editors and systems keep them, are left out. Links to
    folders are not followed."""
    return sorted(path for path in folder.rglob("*") if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def file_faults(root: Path, docs: Path, languages: list[str], logo: Path | None = None) -> list[Fault]:
    """Every file that does not belong where it lies, and every picture that cannot be shown; the clinic's `logo` is told where it
    is named."""
    faults: list[Fault] = []
    for path in visible(docs):
        message = _no_file(path) or (_misplaced(path.relative_to(docs), languages) if path.is_file() else None)
        if message is None and path.is_file() and path.suffix in PICTURES and path != logo:
            message = _picture_trouble(path)
        if message:
            faults.append(Fault(shown(path, root), 1, message))
    for path in visible(root / "overrides"):
        if message := _no_file(path):
            faults.append(Fault(shown(path, root), 1, message))
    return [*faults, *_unfinished_merges(root, docs)]


def _no_file(path: Path) -> str | None:
    """What is wrong with something that is neither a file nor a folder by itself, or a folder with the name of a file."""
    if path.is_symlink():
        return "is a link to another place, from which anything could be published: put the file itself there"
    if path.is_dir():
        named = path.suffix in (*ASSETS, ".md", ".yml", ".html", ".j2")
        return "is a folder with the name of a file: give it another name" if named else None
    return None if path.is_file() else "is no file, but something that programs talk through: take it out"


def _misplaced(inside: Path, languages: list[str]) -> str | None:
    """What is wrong with where a file lies, by its path from docs/; None if nothing is."""
    top, name, suffix = inside.parts[0], inside.name, inside.suffix
    if top == "assets":
        advice = f"a file here is called like pads-in-place.svg, and ends in {', '.join(ASSETS)}"
        return None if suffix in ASSETS and _NAME.fullmatch(name) else f"is nothing that pages show: {advice}"
    if len(inside.parts) == 1:
        return None if name in DATA else f"nothing reads it{did_you_mean(name, DATA) or ': take it out'}"
    if top not in languages:
        return f'there is no language "{top}" in docs/site.yml{did_you_mean(top, languages) or ": add it there"}'
    if suffix == ".md" or (name in EDITION and len(inside.parts) == 2):
        return None  # the name of a page is checked as it is read
    if suffix == ".yml" and inside.parts[1] == "handouts" and len(inside.parts) == 3:
        return None if _NAME.fullmatch(name) else "would be part of an address: name it in small letters, digits and -"
    if suffix.casefold() in _PAGES:
        return "is no page, because its name does not end in .md: rename it, or take it out"
    known = EDITION if suffix == ".yml" else ()
    return f"nothing reads it{did_you_mean(name, known) or ': take it out; pictures belong into docs/assets/figures/'}"


def _picture_trouble(path: Path) -> str | None:
    try:
        open_picture(path, "it")
    except ValueError as error:
        return str(error)
    return None


def _unfinished_merges(root: Path, docs: Path) -> Iterator[Fault]:
    """Marks of a merge in what no other reader of this package looks at: styles, scripts, drawings, templates, settings."""
    places = [*visible(docs / "assets"), *visible(root / "overrides"), *sorted(root.glob("mkdocs*.yml"))]
    for path in places:
        if path.suffix in _TEXT and path.is_file() and not path.is_symlink():
            yield from merge_faults(path.read_text("utf-8", errors="replace"), shown(path, root))
