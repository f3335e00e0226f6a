"""What measures growth builds what it says: so many pages more, and the seconds of every stage."""

from __future__ import annotations

from pathlib import Path

from iontosite.content.load import load_content
from measure_growth import as_markdown, as_plot, grow, steepness, timed


def test_toy_pages_build_and_each_stage_is_timed(tmp_path: Path) -> None:
    """Three toy pages stand beside the tiny site's own."""
    plan = grow(tmp_path, 3)
    seconds = timed(plan).seconds
    assert sum(1 for _ in (plan.output / "questions").glob("toy-*/index.html")) == 3
    assert {"content", "paper", "stage", "render", "finish", "check", "publish"} <= seconds.keys()


def test_toy_languages_hold_a_share_of_the_pages(tmp_path: Path) -> None:
    """Six toy pages in three languages are two in each, and the content has no fault."""
    content = load_content(grow(tmp_path, 6, 3).docs)
    assert [edition.code for edition in content.editions] == ["en", "fr", "de"]
    assert all(sum("toy-" in page.path for page in edition.pages) == 2 for edition in content.editions)


def test_what_grows_faster_than_its_pages_is_marked() -> None:
    """Ten times the pages in thirty times the time is three times too steep; what is over in a moment is not judged."""
    small = {"pages": 100, "languages": 1, "seconds": {"check": 1.0, "stage": 0.01}, "busy": {"check": 1.0, "stage": 0.01}}
    large = {"pages": 1000, "languages": 1, "seconds": {"check": 30.0, "stage": 0.5}, "busy": {"check": 30.0, "stage": 0.5}}
    found = [each | {"megabytes": 100, "again": 1.0, "page": 9000, "search": 10} for each in (small, large)]
    assert steepness(*found, "check") == 3.0 and steepness(*found, "stage") == 1.0
    table = as_markdown(found)
    assert "| check | 1.0 (1.0) | 30.0 (30.0) **×3.0** |" in table and "| stage | 0.0 (0.0) | 0.5 (0.5) |" in table
    assert as_plot(found).count("<polyline") == 1
