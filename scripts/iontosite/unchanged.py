"""Whether a site was built from just what stands here now. Then it stands as it is: it was whole, and it passed every check.

A build leaves a record in its work folder: the hash of all that it read, the hash of what it published, and the notes that it
ended with. Where any of them differs, or the record is missing or damaged, everything is built and checked.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

from iontosite.paper.printing import program
from iontosite.project import ROOT

RECORD = "built.json"
_NO_INPUT = frozenset({"__pycache__"})


@dataclass(frozen=True)
class Built:
    """What a build was made from, what it published (both as SHA-256), and what it had to say at the end."""

    made_from: str
    published: str
    notes: tuple[str, ...]


def hash_of_input(docs: Path, asked: Sequence[str]) -> str:
    """The hash of all that a build of `docs` depends on: content, templates and settings beside it, our own code, every installed
    package, the system's text layout; and what it was `asked` for (the address, the day, …)."""
    root = docs.parent
    folders = {docs, Path(__file__).parent, *(top / "overrides" for top in (root, ROOT))}
    files = {file for folder in folders for file in _files(folder)}
    files.update(file for top in (root, ROOT) for file in top.glob("mkdocs*.yml"))
    packages = sorted(f"{each.name} {each.version}" for each in distributions())
    told = json.dumps([sys.version, packages, list(asked), root.as_posix()])
    return _hash([told.encode(), program()], sorted(files))


def hash_of_site(site: Path) -> str:
    """The hash of every file that a finished site holds, names too."""
    return _hash([], sorted(_files(site)), site)


def read_record(work: Path) -> Built | None:
    """The record of the last build in a work folder; None where there is none that can be read."""
    try:
        data = json.loads((work / RECORD).read_text(encoding="utf-8"))
        return Built(str(data["made_from"]), str(data["published"]), tuple(map(str, data["notes"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_record(work: Path, built: Built) -> None:
    """Leave the record of a build that was published."""
    data = {"made_from": built.made_from, "published": built.published, "notes": built.notes}
    (work / RECORD).write_text(json.dumps(data, indent=1), encoding="utf-8")


def stands(work: Path, site: Path, made_from: str) -> Built | None:
    """The record of the last build, if it was made from just this and `site` is byte by byte what it published; else None, and
    the record is taken away, because the next build may be stopped half way."""
    built = read_record(work)
    if built and built.made_from == made_from and site.is_dir() and hash_of_site(site) == built.published:
        return built
    (work / RECORD).unlink(missing_ok=True)
    return None


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and _NO_INPUT.isdisjoint(path.parts))


def _hash(told: Iterable[bytes], files: Iterable[Path], top: Path | None = None) -> str:
    found = hashlib.sha256()
    for part in told:
        found.update(hashlib.sha256(part).digest())
    for path in files:
        name = (path.relative_to(top) if top else path).as_posix()
        found.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
