"""A build of what has not changed: the site stands, and every way in which it might not be the same one is seen."""

from __future__ import annotations

import dataclasses
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from iontosite import pipeline, unchanged
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build
from iontosite.unchanged import RECORD, Built, hash_of_input, hash_of_site, stands, write_record


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Path, Path]:
    """A work folder with a record, and the site that it tells of."""
    work, site = tmp_path / "work", tmp_path / "site"
    for folder in (work, site / "after"):
        folder.mkdir(parents=True)
    (site / "index.html").write_text("home", "utf-8")
    (site / "after/index.html").write_text("after", "utf-8")
    write_record(work, Built("input", hash_of_site(site), ("a note",)))
    return work, site


def test_what_has_not_changed_stands(whole: tuple[Path, Path]) -> None:
    """As often as it is asked, with the notes of the build that made it."""
    for _ in range(2):
        built = stands(*whole, "input")
        assert built and built.notes == ("a note",)


BREAK: dict[str, Callable[[Path, Path], object]] = {
    "another byte": lambda _, site: (site / "index.html").write_text("hom3", "utf-8"),
    "a file gone": lambda _, site: (site / "after/index.html").unlink(),
    "a file more": lambda _, site: (site / "more.html").write_text("", "utf-8"),
    "another name": lambda _, site: (site / "after").rename(site / "later"),
    "two that changed places": lambda _, site: (
        (site / "index.html").write_text("after", "utf-8"),
        (site / "after/index.html").write_text("home", "utf-8"),
    ),
    "no record": lambda work, _: (work / RECORD).unlink(),
    "half a record": lambda work, _: (work / RECORD).write_text('{"made_from": "input"', "utf-8"),
    "a record of something else": lambda work, _: (work / RECORD).write_text('["input"]', "utf-8"),
}


@pytest.mark.parametrize("name", BREAK)
def test_what_is_not_the_same_does_not_stand(whole: tuple[Path, Path], name: str) -> None:
    """And the record goes, so that a build that is then stopped is not taken for a finished one."""
    BREAK[name](*whole)
    assert stands(*whole, "input") is None and not (whole[0] / RECORD).exists()


def test_another_input_does_not_stand(whole: tuple[Path, Path]) -> None:
    """Nor does a site that is gone."""
    assert stands(*whole, "other input") is None


@pytest.mark.parametrize("name", ["docs/en/after.md", "docs/sources.yml", "overrides/theme/main.html", "mkdocs.base.yml"])
def test_every_file_that_is_read_counts(tiny: Path, name: str) -> None:
    """Content, data, templates and settings, by their bytes and not by their dates; so does what was asked for."""
    before = hash_of_input(tiny / "docs", ["", "2026-11-20"])
    os.utime(tiny / name, (1, 1))
    assert hash_of_input(tiny / "docs", ["", "2026-11-20"]) == before != hash_of_input(tiny / "docs", ["", "2026-11-21"])
    (tiny / name).write_bytes((tiny / name).read_bytes() + b"\n")
    assert hash_of_input(tiny / "docs", ["", "2026-11-20"]) != before


def test_our_own_code_counts(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that was added holds for the site that stands, too."""
    before = hash_of_input(tiny / "docs", [])
    monkeypatch.setattr(unchanged, "__file__", str(tmp_path / "unchanged.py"))
    assert hash_of_input(tiny / "docs", []) != before


def test_a_second_build_reads_nothing_and_says_so(tiny: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """It tells the same notes; with the day, the address or a word changed, it builds."""
    plan, said = Plan(tiny / "docs", tiny / "site", tiny / "build"), io.StringIO()
    console = Console(file=said, width=200)
    build(plan, console, kept)
    notes = [line for line in said.getvalue().splitlines() if line.startswith("note: ")]
    assert notes and "nothing has changed" not in said.getvalue()
    said.truncate(0)

    def read(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr(pipeline, "load_content", read)
    build(plan, console, kept)
    assert "the whole site: nothing has changed" in said.getvalue()
    assert [line for line in said.getvalue().splitlines() if line.startswith("note: ")] == notes
    with pytest.raises(LookupError):
        build(dataclasses.replace(plan, site_url="https://other.example/"), console, kept)
    with pytest.raises(LookupError):  # the build that was stopped took the record with it
        build(plan, console, kept)
