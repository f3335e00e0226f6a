"""The pages that a save has changed, finished by themselves, so that a preview shows them at once.

What other files make of the same words (search, the maker, old ids, the sitemap) stays as it was until the whole tree is
finished anew, which a preview does as soon as nobody is writing. Nothing that is published is made in this way.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from iontosite.content.model import Content
from iontosite.finish.citations import quiet
from iontosite.finish.fingerprints import lead
from iontosite.finish.styles import Rule, styled
from iontosite.finish.tables import labelled
from iontosite.finish.tidy import UNUSED
from iontosite.finish.whitespace import squeezed

RECORD = "finished.json"
_NAMED_BY_BYTES = (".js", ".css")  # finish/fingerprints.py


@dataclass(frozen=True)
class Finished:
    """What a whole tree was finished from: the hash of each rendered file by its path, and what scripts and sheets are called
    since (old name → new name)."""

    files: Mapping[str, str]
    names: Mapping[str, str]


def hashes_of(rendered: Path, content: Content) -> dict[str, str]:
    """The SHA-256 of every rendered file that visitors get, by its path from the top of the tree."""
    paths = (path for path in rendered.rglob("*") if path.is_file())
    unused = tuple(f"{edition.language.path}{name}" for edition in content.editions for name in UNUSED)
    named = ((path.relative_to(rendered).as_posix(), path) for path in paths)
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in named if not name.startswith(unused)}


def read_record(work: Path) -> Finished | None:
    """What the last whole tree of a work folder was finished from; None where there is no record that can be read."""
    try:
        data = json.loads((work / RECORD).read_text(encoding="utf-8"))
        return Finished(dict(data["files"]), dict(data["names"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_record(work: Path, finished: Finished) -> None:
    """Leave the record for the next save."""
    data = {"files": dict(finished.files), "names": dict(finished.names)}
    (work / RECORD).write_text(json.dumps(data), encoding="utf-8")


def changed_files(now: Mapping[str, str], last: Finished) -> list[str] | None:
    """The files whose rendered bytes differ from the last time; None where a script or a sheet does, which every page names by
    its bytes, or where a file came or went: that asks for the whole tree."""
    if now.keys() != last.files.keys():
        return None
    changed = [name for name, digest in now.items() if digest != last.files[name]]
    return None if any(name.endswith(_NAMED_BY_BYTES) for name in changed) else changed


def finish_changed(content: Content, rendered: Path, changed: list[str], last: Finished, site: Path) -> None:
    """Finish these files of the rendered tree, and put each into the preview `site` in one step."""
    base_path = urlsplit(content.site.site_url).path
    cited = {
        f"{edition.path_of(page.url)}index.html".lstrip("/"): (edition, page)
        for edition in content.editions
        for page in edition.pages
    }
    sheets: dict[Path, tuple[Rule, ...]] = {}
    for name in changed:
        data = (rendered / name).read_bytes()
        if name.endswith(".html"):
            html = data.decode("utf-8")
            if name in cited and "footnote-ref" in html:
                edition, page = cited[name]
                html = quiet(html, edition.strings, content.address_of(page))
            html = labelled(html) if "<table" in html else html
            styles = styled(html, rendered / name, rendered, base_path, sheets)
            data = squeezed(lead(styles.html if styles else html, name, last.names, base_path)).encode()
        beside = (site / name).with_name(".fresh")
        beside.write_bytes(data)
        os.replace(beside, site / name)
