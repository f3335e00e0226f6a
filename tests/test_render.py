"""What the builder says reaches the person who can mend it: whole, at the file and line that somebody wrote."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
import yaml

from iontosite.faults import ContentError
from iontosite.render import render, told

BASE = {
    "theme": {"name": "mkdocs"},
    "plugins": [],
    "strict": True,
    "validation": dict.fromkeys(("omitted_files", "absolute_links", "unrecognized_links", "anchors"), "warn"),
}
MENU = "INHERIT: mkdocs.base.yml\n\nnav:\n  - Home: index.md\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A project of one page, staged; returns the staged configuration."""
    (tmp_path / "mkdocs.base.yml").write_text(yaml.safe_dump(BASE, sort_keys=False), "utf-8")
    (tmp_path / "mkdocs.yml").write_text(MENU, "utf-8")
    stage = tmp_path / "build/stage"
    for folder in (tmp_path / "docs/en", stage / "en"):
        folder.mkdir(parents=True)
    settings = {
        "INHERIT": str(tmp_path / "mkdocs.yml"),
        "site_name": "x",
        "docs_dir": str(stage / "en"),
        "site_dir": str(tmp_path / "out"),
    }
    (stage / "en.yml").write_text(yaml.safe_dump(settings), "utf-8")
    write(stage / "en.yml", "index.md", "# Home\n")
    return stage / "en.yml"


def write(config: Path, name: str, text: str, front: str = "---\ntitle: x\n---\n") -> None:
    """A page as its writer has it, and as it is staged, without front matter."""
    (config.parents[2] / "docs/en" / name).write_text(front + text, "utf-8")
    (config.parent / "en" / name).write_text(text, "utf-8")


def faults(config: Path) -> list[str]:
    """What a build that must fail says."""
    with pytest.raises(ContentError) as raised:
        render([config], 1_700_000_000)
    return [str(fault) for fault in raised.value.faults]


def test_a_project_without_fault_is_built(config: Path) -> None:
    """Nothing is said of it."""
    render([config], 1_700_000_000)
    assert (config.parents[2] / "out/index.html").exists()


def test_pages_that_are_not_in_the_menu_are_named(config: Path) -> None:
    """Each is a fault of its own, at the menu."""
    write(config, "new.md", "# New\n")
    write(config, "newer.md", "# Newer\n")
    first, second = faults(config)
    assert first.startswith("mkdocs.yml:3: new.md is not in the menu") and "add it under nav: in mkdocs.yml" in first
    assert second.startswith("mkdocs.yml:3: newer.md is not in the menu")


def test_menu_faults_stand_in_the_menu(config: Path) -> None:
    """A page that is gone, and one that is written as an address."""
    (config.parents[2] / "mkdocs.yml").write_text(MENU + "  - Gone: gone.md\n  - Far: /far/\n", "utf-8")
    first, second = faults(config)
    assert first.startswith("mkdocs.yml:5: ") and "gone.md" in first
    assert second.startswith("mkdocs.yml:6: ") and "/far/" in second


def test_link_faults_stand_at_the_link(config: Path) -> None:
    """In the file that somebody wrote, front matter counted."""
    write(config, "index.md", "# Home\n\n[a](gone.md)\n[b](#gone)\n[c](/far/)\n")
    found = faults(config)
    assert [fault.partition(": ")[0] for fault in found] == ["docs/en/index.md:6", "docs/en/index.md:7", "docs/en/index.md:8"]
    assert "link 'gone.md': the target is not found" in found[0] and "link '#gone'" in found[1] and "link '/far/'" in found[2]


def test_a_page_that_the_build_made_is_named_where_it_stands(config: Path) -> None:
    """Nobody wrote it, so the staged one is named."""
    write(config, "index.md", "# Home\n\n[a](gone.md)\n")
    (config.parents[2] / "docs/en/index.md").unlink()
    assert faults(config)[0].startswith("build/stage/en/index.md:3: ")


@pytest.mark.parametrize(
    ("file", "line", "where"),
    [
        ("mkdocs.yml", "use_directory_urls: maybe\n", "mkdocs.yml:5: "),
        ("mkdocs.base.yml", "themee: x\n", "mkdocs.base.yml:10: "),
        ("mkdocs.yml", "a: [b\n", "mkdocs.yml:6: "),
    ],
)
def test_settings_faults_stand_at_the_setting(config: Path, file: str, line: str, where: str) -> None:
    """In the language's own file, or in the one that all share."""
    path = config.parents[2] / file
    path.write_text(path.read_text("utf-8") + line, "utf-8")
    (fault,) = faults(config)
    assert fault.startswith(where)


def test_a_template_fault_stands_at_the_template(config: Path) -> None:
    """One fault, with its error and the page that was being built."""
    theme = config.parents[2] / "overrides/theme"
    theme.mkdir(parents=True)
    (theme / "main.html").write_text('{% extends "base.html" %}\n{% block content %}{{ 1 / 0 }}{% endblock %}\n', "utf-8")
    config.write_text(config.read_text("utf-8") + f"theme: {{custom_dir: '{theme}'}}\n", "utf-8")
    (fault,) = faults(config)
    assert fault.startswith("overrides/theme/main.html:2: ") and "ZeroDivisionError" in fault and "page 'index.md'" in fault


def test_what_is_not_understood_is_told_whole(config: Path) -> None:
    """At the file that the builder read first."""
    (fault,) = told(["something\nnobody knows\n"], config)
    assert fault.path == "mkdocs.yml" and "something\nnobody knows" in fault.message


def test_a_builder_that_says_nothing_is_told_too(config: Path) -> None:
    """A fault without a word is still a fault."""
    (fault,) = told([], config)
    assert (fault.path, fault.line, fault.message) == ("mkdocs.yml", 1, "the builder stopped and did not say why")


def test_the_environment_is_as_it_was(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of the build is set for the builder alone, whether it ends well or not."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    before = dict(os.environ)
    render([config], 1_700_000_000)
    assert dict(os.environ) == before
    write(config, "new.md", "# New\n")
    assert faults(config) and dict(os.environ) == before


def test_what_the_disk_refuses_is_not_the_builder_s_fault(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk goes on to whoever can say so; another error of the system is told with its place."""
    for number, raised in ((errno.ENOSPC, OSError), (errno.ENOENT, ContentError)):

        def refuses(_: str, number: int = number) -> None:
            raise OSError(number, "refused")

        monkeypatch.setattr("mkdocs.config.load_config", refuses)
        with pytest.raises(raised, match="refused"):
            render([config], 0)
