"""Builds stock Material from the Markdown that the last build staged: the same words, menu and pictures, the plain theme."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from iontosite.pipeline import EPOCH
from iontosite.render import render

_PLAIN = Path(__file__).with_name("stock.yml")
# What the project's own configurations say that is about words and addresses, and not about looks.
_SHARED = ("site_name", "site_description", "site_url", "docs_dir", "markdown_extensions")


def build_stock(staged: Path, folder: Path) -> Path:
    """Build a staged language (`staged` is its configuration in the staging folder) under `folder`; returns where the pages are.
    Raises FileNotFoundError where nothing was staged, and ContentError with what the builder says if it stops."""
    site, config = folder / "site", folder / "stock.yml"
    settings = stock_settings(staged, site)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    config.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    render([config], EPOCH)
    return site


def stock_settings(staged: Path, site: Path) -> dict[str, Any]:
    """The plain configuration with what a staged one says about words and addresses, and the menu of the one it inherits."""
    ours = yaml.safe_load(staged.read_text(encoding="utf-8"))
    language = yaml.safe_load(Path(ours["INHERIT"]).read_text(encoding="utf-8"))
    settings: dict[str, Any] = yaml.safe_load(_PLAIN.read_text(encoding="utf-8"))
    settings["theme"]["language"] = language["theme"]["language"]
    return {**settings, **{name: ours[name] for name in _SHARED}, "nav": language["nav"], "site_dir": str(site)}
