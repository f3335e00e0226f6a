"""The list of sources leads to full records, on pages that stay light and whose addresses stay."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from iontosite.content.model import Content
from iontosite.content.statements import citing
from iontosite.stage.source_pages import MOST_LISTED, part_of, record_addresses, record_pages, source_list


@pytest.mark.parametrize(
    ("authors", "part"),
    [
        ("Nirschl RP", "na-nm"),
        ("Osborne HR", "on-oz"),
        ("Ångström A", "an-az"),
        ("“Quoted” body", "qn-qz"),
        ("3M", "0a-0m"),
        ("N", "na-nm"),
    ],
)
def test_a_record_stands_where_its_author_s_name_begins(content: Content, authors: str, part: str) -> None:
    """By the first two letters, without accents and signs; whatever begins with no letter has a place too."""
    source = next(iter(content.sources.values())).model_copy(update={"authors": authors})
    assert part_of(source) == part


def test_each_cited_source_has_one_record_and_one_line(content: Content) -> None:
    """The list names each once and leads to the page that holds its record."""
    edition = content.edition("en")
    pages = dict(record_pages(content, edition))
    records = Counter(
        (path, source) for path, text in pages.items() for source in re.findall(r"section\.source#source-([\w-]+)", text)
    )
    links = re.findall(r'<span id="source-([\w-]+)"></span><a href="([\w-]+)/#source-([\w-]+)"', source_list(content, edition))
    assert set(records.values()) == {1} and len(links) == len(records)
    assert {(f"sources/{part}.md", source) for source, part, _ in links} == set(records)
    assert all(source == target for source, _, target in links)
    assert [path for path, _ in record_addresses(content, edition)] == list(pages)


def test_every_record_says_what_was_read(site: Path, content: Content) -> None:
    """On the finished page: the words of the record, and the pages that rest on it."""
    shown, pages = 0, citing(content.edition("en"), content)
    for path, _ in record_addresses(content, content.edition("en")):
        page = LexborHTMLParser((site / path.removesuffix(".md") / "index.html").read_text("utf-8"))
        for section in page.css("section.source"):
            source = content.sources[(section.attributes["id"] or "").removeprefix("source-")]
            assert " ".join(source.title.split()) in " ".join(section.text().split())
            links, resting = section.css("li:last-child a"), len(pages[source.id])
            assert len(links) == (resting if resting <= MOST_LISTED + 1 else MOST_LISTED) > 0
            assert (f"and {resting - MOST_LISTED} more pages" in section.text()) is (len(links) < resting)
            shown += 1
    assert shown == len(citing(content.edition("en"), content)) > 300
