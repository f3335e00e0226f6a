"""Where fences and boxes begin and end in the lines of a page, and that every kind of writing that is refused has its proof."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iontosite.content.figures import FENCES
from iontosite.content.markdown import read_markdown
from iontosite.content.outline import Box, Fence, boxes, fences, outside_fences
from iontosite.content.pages import INSERTS, parse_page
from iontosite.content.syntax import BOXES, syntax_faults
from iontosite.project import ROOT

FRONT = '---\ntitle: "A page"\ndescription: "Only a page for a test of the build."\nevidence_checked: "2026-11-20"\nnext_check: "2027-11-20"\n---\n'
PIECES = [
    "/// html | div.do",
    "//// html | div.key-facts",
    "///",
    "////",
    "/////",
    "```icon-array",
    "```",
    "````",
    "~~~",
    "Words.",
    "",
    "",
]


def slips(body: str) -> list[str]:
    """What is refused on a page of this body, whose first line is line 7."""
    return [f"{fault.line}: {fault.message}" for fault in syntax_faults(parse_page(FRONT + body, "en", "a.md", "a.md"))]


def test_fences_are_found_with_their_lines() -> None:
    """A fence ends with just the marks that it began with; what is between is nobody else's; an open one takes the rest."""
    lines = ["a", "```icon-array", "~~~", "````", "```", "b", "~~~ x", "/// html | div.do"]
    assert fences(lines) == [Fence(1, 4, "icon-array", "```"), Fence(6, None, "x", "~~~")]
    assert list(outside_fences(lines)) == [(0, "a"), (5, "b")]
    assert boxes(lines) == ([], [])


def test_boxes_are_found_with_their_lines() -> None:
    """They come in the order in which they begin, with their kind and classes."""
    found, wrong = boxes(["//// html | div.key-facts", "/// html | div.do.big", "a", "///", "////", "/// caption", "b", "///"])
    assert found == [Box(0, 4, "html", "div.key-facts"), Box(1, 3, "html", "div.do.big"), Box(5, 7, "caption", "")]
    assert found[1].classes == ("do", "big") and wrong == []


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_what_the_outline_calls_closed_is_closed_for_the_parser(lines: list[str]) -> None:
    """Where there is no slip, every box and fence of the outline is one of the parser's, and the parser has no other."""
    found, wrong = boxes(lines)
    opened = [fence for fence in fences(lines) if fence.end is None]
    lawful = all(fence.info in ("", "icon-array") for fence in fences(lines))
    if wrong or opened or not lawful or any(box.kind != "html" for box in found):
        return
    text = "\n".join(f"word{number}q" if line == "Words." else line for number, line in enumerate(lines))
    blocks = read_markdown(text, 0)
    assert "/" not in "".join(block.text for block in blocks if block.kind != "code")
    for block in blocks:
        if block.kind == "paragraph":
            at = block.line
            around = [box.name for box in found if box.start < at < box.end]
            assert [container.name for container in block.within] == around, (text, block)


@pytest.mark.parametrize("insert", INSERTS)
def test_each_insert_is_lawful(insert: str) -> None:
    """What staging computes may be asked for, on a line of its own."""
    page = parse_page(f"{FRONT}<!-- insert: {insert} -->\n", "en", "a.md", "a.md")
    assert [(found.line, found.name) for found in page.inserts] == [(7, insert)] and syntax_faults(page) == []


@pytest.mark.parametrize("box", BOXES)
def test_each_box_is_lawful(box: str) -> None:
    """Every kind of the list may stand on a page, alone or around another one."""
    assert slips(f"/// html | {box}\nRest.\n///") == []
    assert slips(f"//// html | {box}\n/// html | {'div.do-not' if box == 'div.do' else 'div.do'}\nRest.\n///\n////") == []


@pytest.mark.parametrize("fence", FENCES)
def test_each_fence_is_lawful(fence: str) -> None:
    """What is drawn may be asked for."""
    assert slips(f"```{fence}\nof: 10\n```") == []


LAWFUL = {
    "a heading with an id": "## Words, {{ emergency }} {#words-2}\n\nMore.",
    "a list, and a list in it": "- one\n    - two\n        - three\n\nSteps:\n\n1. one\n2. two",
    "a paragraph in a list": "- one\n\n    more\n\n- two",
    "bold and soft type, and code": "A **bold**, *soft* and `a_b` word: 5 - 3 = 2, and/or 3/4.",
    "numbers to call": "Call {{ emergency }} or [{{ poison_help }}](x.md).",
    "a picture with its size": '![A pad.](pad.svg){ width="100" height="50" }\n\n/// caption\nFlat.\n///',
    "a table without outer marks at its end": "| a | b\n|---|---\n| c | d",
    "two tables": "| a |\n|---|\n| b |\n\n| c | d |\n|---|---|\n| e | f |",
    "marks of a language inside of a fence": "```icon-array\n# <b> {x} **\n--- \n| a\n```",
    "a number and a dot in a line": "It took\n10 days.",
    "a dash and a number where a line breaks": "It may help – or not\n– and nobody knows.\n\nIt was the year\n2026.",
    "signs that words need": "A & B, R&D, $5 to $10, 3.5 mA, 5 × 3, ½ or 20 %, 1/2, and/or, e.g. (so) “it”, 10:30, x = 3.",
    "links to other places": "Ask [them](https://example.org/a?b=1&c=2#d) or [write](mailto:a.b@clinic.example).",
    "a letter or a number in brackets": "Choose (a) this, or (b) that (see [there](a.md#b)).",
    "headings of three levels": "## One {#one}\n\na\n\n### Two, 2 things?\n\nb\n\n#### Three\n\nc",
    "items that go on": "- one\n  and more\n- two\n\n1. one\n2. two\n3. three".replace("two\n\n1", "two\n\nSteps:\n\n1"),
    "names of files as code": "Upload `index.html`, `_headers` and `a_b`, and read `https://example.org/x`.",
    "citations one behind the other": "Red.[^first-2001][^second-2002] And more.[^first-2001]",
}


@pytest.mark.parametrize("name", LAWFUL)
def test_what_a_page_needs_is_no_slip(name: str) -> None:
    """No check catches what is right."""
    assert slips(LAWFUL[name]) == []


def test_several_slips_are_told_in_the_order_of_their_lines() -> None:
    """The writer goes through a page once."""
    assert [slip.partition(":")[0] for slip in slips("##a\n\nb ![\n\n~~~\n~~~\n\n#### c")] == ["7", "9", "11", "14"]


def test_a_part_of_a_page_ends_where_its_heading_does() -> None:
    """At the next heading of its level or a higher one, at the end of its box, or at the end of the page."""
    body = "/// html | div.do\n## One {#one}\n\na\n\n### Two {#two}\n\nb\n///\n\nc\n\n## Three {#three}\n\nd\n\n### Four {#four}\n\ne\n"
    page = parse_page(FRONT + body, "en", "a.md", "a.md")

    def words(heading: str) -> list[str] | None:
        part = page.part(heading)
        return None if part is None else [block.text for block in part if block.kind == "paragraph"]

    assert [words(heading) for heading in ("one", "two", "three", "four", "five")] == [["a", "b"], ["b"], ["d", "e"], ["e"], None]


def test_the_page_for_contributors_says_the_whole_language() -> None:
    """Its list of what is lawful names each kind of fence and scheme, and the pages for contributors each box and insert."""
    page = (ROOT / "contributing/what-a-page-may-hold.md").read_text("utf-8")
    both = page + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert all(f"`{fence}`" in page for fence in FENCES) and "https://" in page and "mailto:" in page
    assert [insert for insert in INSERTS if f"`{insert}`" not in both and f"insert: {insert} " not in both] == []
    written = {box for box in BOXES if ".verdict-" not in box and ".certainty-" not in box}
    assert [box for box in sorted(written) if f"`{box}`" not in both] == []
    for place in re.findall(r"`content/(\w+\.py)`", page):
        assert (ROOT / "scripts/iontosite/content" / place).is_file(), place
