"""What damages the sources finds: the same damages for the same seed, told at their file and line, and quick answers are true ones."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from conftest import copy_tiny
from iontosite.commands.mutate import choose, texts_of
from iontosite.content.load import load_content
from iontosite.faults import ContentError
from iontosite.mutate.damage import Damage, means_something_else, miscounted, mistyped
from iontosite.mutate.herd import Worker, try_all
from iontosite.mutate.kinds import KINDS
from iontosite.mutate.report import Outcome, as_markdown, reaches_its_aim, share, slipped
from iontosite.mutate.trial import Told, copy_project
from iontosite.project import ROOT


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The real sources."""
    return texts_of(ROOT)


@pytest.mark.slow
def test_a_sample_of_damages_is_told_with_its_file(texts: dict[str, str]) -> None:
    """Sixty of all kinds, up to the words of the handouts: `make mutate` tries two thousand, and goes on to staged pages."""
    damages = [damage for damage in choose(texts, 7, 400) if damage.group != "template"][::6][:60]
    outcomes = [Outcome(*pair) for pair in zip(damages, try_all(damages, 1, "handouts"), strict=True)]
    assert len(outcomes) == 60 and not any(each.told.broke for each in outcomes), slipped(outcomes)
    assert share(outcomes, "with_file") > 95 and share(outcomes, "with_line") > 90, "\n".join(slipped(outcomes))


def test_quick_answers_are_those_of_who_remembers_nothing(tmp_path: Path) -> None:
    """A process that remembers says of each damage just what one says that reads everything again, and in between, too."""
    folder = copy_project(ROOT, tmp_path / "project")
    shutil.rmtree(folder / "docs")
    copy_tiny(tmp_path / "tiny")
    shutil.copytree(tmp_path / "tiny", folder, dirs_exist_ok=True)
    (folder / "mkdocs.es.yml").unlink()
    damages = [damage for damage in choose(texts_of(tmp_path / "tiny"), 3, 150) if damage.group != "template"][::4]
    with Worker(folder, "reading") as worker:
        for damage in damages:
            told = worker.ask(damage)
            assert [fault[:3] for fault in told.faults] == _plain(tmp_path / "tiny", damage), damage


def _plain(root: Path, damage: Damage) -> list[tuple[str, int, str]]:
    """What a reading tells that knows nothing of another one."""
    path = root / damage.file
    before = path.read_text("utf-8")
    path.write_text(damage.text or "", "utf-8")
    try:
        load_content(root / "docs")
    except ContentError as error:
        return [(fault.path, fault.line, fault.message) for fault in error.faults]
    finally:
        path.write_text(before, "utf-8")
    return []


def test_the_same_seed_gives_the_same_damages(texts: dict[str, str]) -> None:
    """What one person saw slip, another one can see."""
    assert choose(texts, 5, 40) == choose(texts, 5, 40) != choose(texts, 6, 40)
    assert {damage.group for damage in choose(texts, 5, 40, "citation")} == {"citation"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.group}: {kind.name}")
def test_each_kind_finds_places_and_changes_one(texts: dict[str, str], kind) -> None:
    """No kind goes stale: it finds a place in the real sources, and the lines that it names are there."""
    damage = next(kind.damages(texts, Random(1), tries=400), None)
    assert damage, "no place for it is left: correct its pattern, or take the kind out"
    assert damage.text != texts[damage.file] and min(damage.lines) <= texts[damage.file].count("\n") + 2


def test_slips_of_a_finger_change_a_word() -> None:
    """A word is always another one afterwards, and a number another number of the same length."""
    random = Random(1)
    for word in ("a", "burn", "is-this-normal", "aaa"):
        assert all(mistyped(word, random) != word for _ in range(50))
    assert all((other := miscounted("24.5", random)) != "24.5" and len(other) == 4 for _ in range(50))


def test_a_space_that_changes_nothing_is_no_damage() -> None:
    """YAML that says the same, however it is moved in, would be told by no honest check."""
    assert not means_something_else("a:\n  b: 1\n", "a:\n   b: 1\n")
    assert means_something_else("a:\n  b: 1\n  c: 2\n", "a:\n   b: 1\n  c: 2\n")


def test_the_report_counts_and_lists_what_slipped() -> None:
    """Told at the line, at another one, in another file, not at all, and with a traceback."""
    damage = Damage("link", ".md lost", "docs/en/a.md", "", frozenset({3}), "was", "now")
    told = (
        [("docs/en/a.md", 3, "x", "content.cross")],
        [("docs/en/a.md", 9, "x", "content.cross")],
        [("b.md", 3, "x", "content.cross")],
    )
    outcomes = [Outcome(damage, Told("reading", tuple(faults))) for faults in told]
    outcomes += [Outcome(damage, Told()), Outcome(damage, Told("staging", broke="Traceback\nKeyError: 'x'"))]
    assert [line.split(":")[0] for line in slipped(outcomes)] == [
        "- NOT TOLD",
        "- OTHER FILE",
        "- OTHER LINE",
        "- TRACEBACK at staging",
    ]
    report = as_markdown(outcomes, 1, 2.0)
    assert "| link | 5 | 60.0 | 40.0 | 20.0 |" in report and "| content.cross | 3 |" in report
    assert not reaches_its_aim(outcomes) and reaches_its_aim(outcomes[:1])
