"""What `/connect/` answers from: one small script of data for each language, beside the page.

A script and not JSON, because pages may load nothing else (their policy), and because a script loads from a disk, too. All words
and titles stand in every language: a request says which one the reader speaks.
"""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from typing import Any

from iontosite.content.codes import SYSTEMS, Code
from iontosite.content.model import Content, Edition
from iontosite.content.topics import CONNECT_PAGE, topics
from iontosite.stage.connect import CONNECT

_LEFT_OUT = re.compile(r"[^a-z0-9.]")  # of the name of a system: "ICD-10-CM", "icd10cm" and "urn:oid:…" in one spelling


def write_connect(content: Content, site: Path) -> None:
    """Write `connect/index.js` for each language that has the page."""
    for edition in content.editions:
        if CONNECT_PAGE in edition.by_path:
            data = json.dumps(connect_data(content, edition), ensure_ascii=False, separators=(",", ":"))
            target = site / edition.language.path / CONNECT / "index.js"
            target.write_text(f"self.connectData={data};\n", encoding="utf-8")


def connect_data(content: Content, edition: Edition) -> dict[str, Any]:
    """Everything that the page of one language needs. `codes` has for each system, in the order of `SYSTEMS`, the pages of each
    code without its dot; addresses are as seen from the page."""
    pages: list[dict[str, list[str]]] = []
    codes: list[dict[str, list[int]]] = [{} for _ in SYSTEMS]
    order = list(SYSTEMS)
    for topic in topics(content):
        pages.append({other.code: _entry(edition, other, page.url, page.front.title) for other, page in topic.pages})
        at = len(pages) - 1
        for code in topic.codes:
            found = codes[order.index(code.system)].setdefault(code.code.replace(".", ""), [at])
            if code.system == "cpt":  # what it means for the bill stands on its own page
                pages.append({other.code: _code_entry(edition, other, code) for other, _ in topic.pages})
                found.append(len(pages) - 1)
    return {
        "systems": {spelled(name): index for index, system in enumerate(SYSTEMS.values()) for name in _names(system)},
        "nested": [system.nested for system in SYSTEMS.values()],
        "codes": codes,
        "pages": pages,
        "words": {other.code: other.strings.connect for other in content.editions},
    }


def spelled(name: str) -> str:
    """The name of a system of codes as it is looked up: small letters, digits and dots alone."""
    return _LEFT_OUT.sub("", name.lower())


def _names(system: Any) -> list[str]:
    return [system.oid, f"urn:oid:{system.oid}", system.name, *system.also]


def _entry(here: Edition, other: Edition, url: str, title: str) -> list[str]:
    return [posixpath.relpath(other.path_of(url), here.path_of(CONNECT)) + "/", title]


def _code_entry(here: Edition, other: Edition, code: Code) -> list[str]:
    return _entry(here, other, code.url, other.strings.clinics["code_title"].format(code=code.code))
