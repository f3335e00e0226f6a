"""Edits of a test's own site: each must change something, so that a test cannot go stale in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from iontosite.content.load import load_content
from iontosite.faults import ContentError, Fault


def edit(path: Path, old: str, new: str) -> None:
    """Change one place in a file that must hold it."""
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


def add(path: Path, text: str) -> None:
    """Add text at the end of a file."""
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def faults_of(project: Path) -> list[Fault]:
    """Every fault of a project's content, which must have some."""
    with pytest.raises(ContentError) as caught:
        load_content(project / "docs")
    return caught.value.faults


def line_of(path: Path, words: str) -> int:
    """The line of a file that holds the words."""
    return next(number for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if words in line)
