"""The ways on: two builds of the same pages are compared rightly, and the tiny site comes out the same with each other builder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

from iontosite.__main__ import main
from iontosite.commands import exits as command
from iontosite.exits.builders import BUILDERS, exit_settings, whole_settings, with_links_from_file
from iontosite.exits.pages import MOST, differences, read_page, read_pages
from iontosite.project import OVERRIDES, ROOT
from setup import EXITS, exit_program

PAGE = """<!doctype html><title>After – Site</title><link rel="canonical" href="https://x.example/after/">
<main><h1 id="after">After</h1><h2 id="red">Redness</h2><p>Red skin is <b>usual</b>. Call <a href="../words/#burn">us</a>.</p>
<img src="../assets/a.svg" alt="A hand"></main><script>let seen = 1;</script>"""


def site(folder: Path, page: str = PAGE) -> Path:
    """Two pages."""
    for name, text in {"index.html": PAGE.replace("../", ""), "after/index.html": page}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


class TestDifferences:
    """What readers, messages and other sites hold on to."""

    # What is changed on a page, what it becomes, and all that has to be told.
    BAD: ClassVar = {
        "another title": ("<title>After – Site", "<title>After", ["/after/: title: “After – Site” → “After”"]),
        "no title": ("<title>After – Site</title>", "", ["/after/: title: “After – Site” → “”"]),
        "another heading id": (
            'id="red"', 'id="redness"',
            ["/after/: headings: “h2 #red Redness” → “h2 #redness Redness”", "/after/: ids: “red” → “redness”"],
        ),
        "another heading level": (
            '<h2 id="red">Redness</h2>', '<h3 id="red">Redness</h3>',
            ["/after/: headings: “h2 #red Redness” → “h3 #red Redness”"],
        ),
        "lost words": (" is <b>usual</b>", " ", ["/after/: words: “is usual” → “”"]),
        "words run together": ("skin is", "skinis", ["/after/: words: “skin is” → “skinis”"]),
        "words in another order": ("Red skin is", "skin is Red", ["/after/: words: “Red” → “”", "/after/: words: “” → “Red”"]),
        "another link": ("#burn", "#burns", ["/after/: links: “/words/#burn” → “/words/#burns”"]),
        "another address of its own": (
            "example/after/", "example/later/",
            ["/after/: links: “https://x.example/after/” → “https://x.example/later/”"],
        ),
        "a picture without words": ('alt="A hand"', 'alt=""', ["/after/: names: “alt: A hand” → “”"]),
    }  # fmt: skip

    @pytest.mark.parametrize("name", BAD)
    def test_each_is_told_by_its_page(self, name: str, tmp_path: Path) -> None:
        """And nothing else is."""
        found, written, told = self.BAD[name]
        assert found in PAGE
        before, after = site(tmp_path / "before"), site(tmp_path / "after", PAGE.replace(found, written))
        assert differences(read_pages(before), read_pages(after)) == told

    def test_a_page_that_is_lost_or_new_is_told(self, tmp_path: Path) -> None:
        """Either way round."""
        before, after = site(tmp_path / "before"), site(tmp_path / "after")
        (after / "after/index.html").unlink()
        assert differences(read_pages(before), read_pages(after)) == ["/after/: the page is lost"]
        assert differences(read_pages(after), read_pages(before)) == ["/after/: a page that was not there"]

    def test_a_page_that_is_wholly_different_takes_few_lines(self) -> None:
        """The rest is counted."""
        before = {"": read_page("<p>" + "a b " * 30, "")}
        told = differences(before, {"": read_page("<p>" + "a c " * 30, "")})
        assert len(told) == MOST + 1 and told[-1] == "/: words: 27 more"

    @pytest.mark.parametrize(
        ("found", "written"),
        [
            ("<p>", "<p>\n\n   "),
            ('href="../words/#burn"', 'href="./../words/#burn"'),
            ("let seen = 1", "let seen = 2"),
            ("<main>", "<main>\n<!-- built by another -->"),
        ],
    )
    def test_what_no_reader_meets_is_the_same(self, found: str, written: str) -> None:
        """Blanks between words, another way of writing where a link leads, scripts, comments."""
        assert found in PAGE
        assert read_page(PAGE, "after/") == read_page(PAGE.replace(found, written), "after/")


def test_the_settings_are_whole_and_without_material(tmp_path: Path) -> None:
    """Maps are joined, lists are replaced, as MkDocs does it; the pages stand beside the settings."""
    for name, settings in {
        "base.yml": {"theme": {"name": "material", "font": False, "static_templates": ["404.html"]}, "plugins": [], "nav": ["a"]},
        "own.yml": {"INHERIT": "base.yml", "theme": {"language": "es"}, "nav": ["b"]},
        "es.yml": {
            "INHERIT": str(tmp_path / "own.yml"),
            "docs_dir": "/x/es",
            "site_dir": "/x/out/es",
            "theme": {"custom_dir": "/t"},
        },
    }.items():
        (tmp_path / name).write_text(yaml.safe_dump(settings), "utf-8")
    assert whole_settings(tmp_path / "es.yml")["nav"] == ["b"]
    assert exit_settings(tmp_path / "es.yml", Path("/x/out"), Path("/y")) == {
        "theme": {"name": None, "language": "es", "static_templates": ["404.html"], "custom_dir": "/t"},
        "plugins": [], "nav": ["b"], "docs_dir": "es", "site_dir": "/y/es",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("codes.md", '<a href="../../connect/?x=1&amp;y=2">', '<a href="../connect/?x=1&amp;y=2">'),
        ("review.md", '<li><a class="a" href="all.csv">', '<li><a class="a" href="review/all.csv">'),
        ("review.md", '<img alt="" src="../a.svg" width="1">', '<img alt="" src="a.svg" width="1">'),
        ("review.md", '<a href="../#x">', '<a href="./#x">'),
        ("index.md", '<a href="../x/">', '<a href="../x/">'),
        ("codes.md", "[x](../x.md)", "[x](../x.md)"),
        ("codes.md", '<a href="#x"> <a href="https://x.example/y"> <a href="tel:911"> <a href="/z/">', None),
    ],
)
def test_links_in_html_are_written_as_the_file_sees_them(name: str, before: str, after: str | None) -> None:
    """For the builder that reads them so; Markdown's own links are read from the file by every builder."""
    assert with_links_from_file(before, name) == (after or before)


def test_each_builder_has_its_locked_requirements() -> None:
    """Every line of them with a hash, and no theme among them."""
    assert [builder.program for builder in BUILDERS] == list(EXITS)
    for name in EXITS:
        locked = (ROOT / "requirements" / f"exit-{name}.txt").read_text("utf-8")
        assert re.search(rf"^{name}==[\d.]+ \\$", locked, re.MULTILINE) and "mkdocs" not in locked.replace("mkdocs.org", "")
        assert all("--hash=sha256:" in part for part in re.split(r"^(?=[a-z0-9-]+==)", locked, flags=re.MULTILINE)[1:])


def test_templates_use_what_every_builder_has() -> None:
    """Filters, tests and loops of Jinja: no method of Python, nothing of the theme's, nothing of MkDocs' own objects."""
    for path in sorted((OVERRIDES / "theme").rglob("*.html")):
        code = " ".join(" ".join(pair) for pair in re.findall(r"\{\{(.*?)\}\}|\{%(.*?)%\}", path.read_text("utf-8"), re.DOTALL))
        code = re.sub(r"'[^']*'|\"[^\"]*\"", "''", code)
        assert not re.findall(r"\.\w+\(|\blang\.t\b|\bpage\.(?:file|is_\w+|parent|ancestors)\b|\bimport\b|\bsuper\b", code), path


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.program)
def test_the_tiny_site_comes_out_the_same(builder, built_tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every page, and every check of the finished tree; where a builder cannot be had, its part is left out."""
    if not exit_program(builder.program):
        pytest.skip(f"{builder.name} is not here: `make exits` gets it from the package index")
    words = ["exits", "--docs", built_tiny / "docs", "--work", built_tiny / "build", "--only", builder.program]
    assert main([str(word) for word in words]) == 0, capsys.readouterr().out


def test_what_cannot_be_tried_is_said(
    built_tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A builder that is not here, and a site that was never built."""
    monkeypatch.setattr(command, "exit_program", lambda _: None)
    assert main(["exits", "--docs", str(built_tiny / "docs"), "--work", str(built_tiny / "build")]) == 1
    said = capsys.readouterr().out
    assert all(f"{builder.name} was not tried, because it is not here" in said for builder in BUILDERS)
    assert main(["exits", "--docs", str(built_tiny / "docs"), "--work", str(built_tiny)]) == 1
    assert "holds no whole build: run `make site` first" in capsys.readouterr().out
