"""The other builders, and how each is run on what was staged.

They stand in environments of their own (scripts/setup.py makes them), because what they need does not go together with what the
build needs. None of them has Material: its name is taken out of the settings, so that both are tried without it.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from iontosite.faults import ContentError, Fault

PATIENCE = 600  # seconds that one language may take
_HTML_LINK = re.compile(r"""(?P<before><[a-z][^<>]*?\s(?:href|src)=")(?P<path>[^"#?:]+)(?P<rest>[^":]*")""")


@dataclass(frozen=True)
class Builder:
    """Another builder: its name, the name of its program and of its environment, and what comes before the settings' path."""

    name: str
    program: str
    words: tuple[str, ...]
    html_links_from_file: bool = False  # whether it reads a relative link in HTML from the Markdown file, not from the page


BUILDERS = (
    Builder("ProperDocs", "properdocs", ("build", "--strict", "--quiet", "-f")),
    Builder("Zensical", "zensical", ("build", "--strict", "--clean", "-f"), html_links_from_file=True),
)


def joined(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Settings over those that they inherit: maps are joined, everything else is replaced, as MkDocs does it
    (https://www.mkdocs.org/user-guide/configuration/#configuration-inheritance)."""
    both = dict(base)
    for key, value in own.items():
        before = both.get(key)
        both[key] = joined(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return both


def whole_settings(config: Path) -> dict[str, Any]:
    """A configuration with all that it inherits: the builders join lists differently. Raises OSError where one is missing."""
    own: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8"))
    base = own.pop("INHERIT", None)
    return joined(whole_settings(config.parent / base), own) if base else own


def exit_settings(config: Path, rendered: Path, target: Path) -> dict[str, Any]:
    """What another builder is told about a staged language: its own settings without Material, the pages in a folder beside
    them, which one of the builders asks for, and below `target` what `rendered` was for the staged ones."""
    settings = whole_settings(config)
    theme = {name: value for name, value in settings["theme"].items() if name in ("custom_dir", "language", "static_templates")}
    place = Path(settings["site_dir"]).relative_to(rendered)
    return {**settings, "theme": {"name": None, **theme}, "docs_dir": config.stem, "site_dir": str(target / place)}


def with_links_from_file(text: str, name: str) -> str:
    """A page's Markdown whose HTML links are written as its file `name` sees them, not as its address does: MkDocs leaves HTML
    as it is, so it stands there as the address sees it, and Zensical moves each relative link one folder down on the way."""
    if name == "index.md":  # its address is its folder
        return text
    own = name.removesuffix(".md")

    def seen(match: re.Match[str]) -> str:
        path = match["path"]
        if path.startswith("/"):
            return match[0]
        slash = "/" if path.endswith("/") or path.rpartition("/")[2] in (".", "..") else ""
        return f"{match['before']}{posixpath.normpath(posixpath.join(own, path))}{slash}{match['rest']}"

    return _HTML_LINK.sub(seen, text)


def build_with(builder: Builder, program: Path, staged: Path, rendered: Path, folder: Path, epoch: int) -> Path:
    """Build every staged language with another builder, under `folder`, which is emptied first; returns where the pages are.

    `staged` is the staging folder, `rendered` where the build's own pages went, `epoch` the seconds since 1970 that stand for
    the time. Raises ContentError with what the builder said where it stops, FileNotFoundError where nothing was staged.
    """
    shutil.rmtree(folder, ignore_errors=True)
    target = folder / "rendered"
    configs = sorted(staged.glob("*.yml"), key=lambda path: len(whole_settings(path)["site_dir"]))  # the top one empties it
    if not configs:
        raise FileNotFoundError(f"{staged}: nothing is staged here")
    for config in configs:
        shutil.copytree(staged / config.stem, folder / config.stem)
        if builder.html_links_from_file:
            for page in (folder / config.stem).rglob("*.md"):
                page.write_text(with_links_from_file(page.read_text(encoding="utf-8"), page.name), encoding="utf-8")
        own = folder / config.name
        settings = exit_settings(config, rendered, target)
        own.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "NO_MKDOCS_2_WARNING": "1"}
        ran = subprocess.run(
            [program, *builder.words, own.name],
            cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
        if ran.returncode:
            said = f"{ran.stdout}{ran.stderr}".strip()[-2000:]
            raise ContentError([Fault(f"{own.stem} in {builder.name}", 1, f"the builder stopped:\n{said}")])
    return target
