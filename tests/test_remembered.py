"""What was found on pages is used again only where nothing that it rests on has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iontosite.content import cross
from iontosite.content.load import load_content
from iontosite.content.pages import Page
from iontosite.content.remembered import MOST, Remembered
from iontosite.content.rules import all_rules
from iontosite.content.syntax import syntax_faults
from iontosite.faults import ContentError, Fault


def edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    """What changes a file of the content."""

    def change(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


CHANGES = {
    "nothing": (lambda _: None, 0),
    "one page": (edit("docs/en/after.md", "Red skin", "Pink skin"), 1),
    "front matter": (edit("docs/en/after.md", "title: ", "title:  "), 1),
    "a data file": (edit("docs/sources.yml", "title: ", "title:  "), -1),
}


@pytest.mark.parametrize("name", CHANGES)
def test_only_what_has_changed_is_looked_at(tiny: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """One page, or all of them where their data changed."""
    looked: list[str] = []

    def looks(page: Page) -> list[Fault]:
        looked.append(page.name)
        return syntax_faults(page)

    monkeypatch.setattr(cross, "syntax_faults", looks)
    remembered = Remembered()
    pages = len(load_content(tiny / "docs", remembered=remembered).pages)
    assert len(looked) == pages
    looked.clear()
    change, count = CHANGES[name]
    change(tiny)
    load_content(tiny / "docs", remembered=remembered)
    assert len(looked) == (pages if count < 0 else count)


def test_a_fault_is_told_again_until_it_is_mended(tiny: Path) -> None:
    """A second look at the same page tells the same, at the same line, and a mended page is told no more."""
    remembered = Remembered()
    page = tiny / "docs/en/after.md"
    good = page.read_text("utf-8")
    page.write_text(f"{good}\nCall **911 now.\n", "utf-8")
    said = []
    for _ in range(2):
        with pytest.raises(ContentError) as stopped:
            load_content(tiny / "docs", remembered=remembered)
        said.append(stopped.value.faults)
    assert said[0] == said[1] and said[0]
    page.write_text(good, "utf-8")
    assert load_content(tiny / "docs", remembered=remembered).pages


def test_a_rule_that_moved_on_is_seen_on_pages_that_did_not(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages take in words of data files: another word there is another page."""
    looked: list[str] = []
    monkeypatch.setattr(all_rules, "check_floors", lambda page, _: looked.append(page.name) or [])
    remembered = Remembered()
    load_content(tiny / "docs", remembered=remembered)
    first = len(looked)
    rules = tiny / "docs/safety-rules.yml"
    rules.write_text(rules.read_text("utf-8") + "\n# another word\n", "utf-8")
    load_content(tiny / "docs", remembered=remembered)
    assert first and len(looked) == 2 * first


def test_it_does_not_grow_for_ever() -> None:
    """What nobody asks for any more goes at last."""
    remembered = Remembered()
    remembered.begin("data")
    for number in range(MOST + 1):
        remembered.faults(str(number), [], lambda: [Fault("a.md", 1, "wrong")])
    remembered.begin("data")
    assert remembered.faults("0", [], list) == ()
