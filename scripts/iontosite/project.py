"""Where the project's own files stand: content, templates, built site."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SITE = ROOT / "site"
WORK = ROOT / "build"
OVERRIDES = ROOT / "overrides"
KEPT = WORK / "kept"  # finished pieces that the next build can use again
