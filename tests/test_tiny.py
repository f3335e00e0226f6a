"""The tiny site that other tests break is itself without a fault, and builds."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from iontosite.content.load import load_content
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build


def test_the_tiny_site_has_no_fault_and_builds(tiny: Path, kept: Kept) -> None:
    """Everything that a test breaks is whole before."""
    assert len(load_content(tiny / "docs").pages) == 12
    build(Plan(tiny / "docs", tiny / "site", tiny / "build"), Console(file=io.StringIO()), kept)
    assert "24 hours" in (tiny / "site/after/index.html").read_text("utf-8")
