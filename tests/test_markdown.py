"""The one reader of Markdown: known writings, and what must hold for any text at all."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from iontosite.content import markdown
from iontosite.content.markdown import Block, Kind, Link, parsed, read_markdown
from iontosite.content.outline import MOST_OPEN
from iontosite.content.pages import parse_page
from iontosite.faults import ContentError

FRONT = '---\ntitle: "A page"\ndescription: "Only a page for a test of the build."\nevidence_checked: "2026-11-20"\nnext_check: "2027-11-20"\n---\n'

# Markdown: its blocks as (kind, line, text) or (kind, line, text, {what else is known of it})
KNOWN: dict[str, list[tuple[Any, ...]]] = {
    "": [],
    "Words.": [("paragraph", 1, "Words.")],
    "One\ntwo.\n\nThree.": [("paragraph", 1, "One two."), ("paragraph", 4, "Three.")],
    "## Words {#words}": [("heading", 1, "Words", {"level": 2, "id": "words"})],
    "### Words": [("heading", 1, "Words", {"level": 3, "id": ""})],
    "- one\n- two": [("item", 1, "one", {"ordered": False}), ("item", 2, "two")],
    "1. one\n2. two": [("item", 1, "one", {"ordered": True}), ("item", 2, "two", {"ordered": True})],
    "- one\n    - two\n- three": [("item", 1, "one"), ("item", 2, "two"), ("item", 3, "three")],
    "- one\n    1. two": [("item", 1, "one", {"ordered": False}), ("item", 2, "two", {"ordered": True})],
    "- one\n\n    more\n\n- two": [("item", 1, "one"), ("paragraph", 3, "more"), ("item", 5, "two")],
    "- one\n\n    - two\n\n    - three": [("item", 1, "one"), ("item", 3, "two"), ("item", 5, "three")],
    "Words\n- one": [("paragraph", 1, "Words - one")],
    "A **bold** and *soft* `word`.": [("paragraph", 1, "A bold and soft word.")],
    "**Bold** first.": [("paragraph", 1, "Bold first.")],
    "`code` first.\n`code` again.": [("paragraph", 1, "code first. code again.")],
    "Red.[^a-1] Sore.[^b-2]": [("paragraph", 1, "Red. Sore.", {"cites": ((1, "a-1"), (1, "b-2"))})],
    "Red.\nSore.[^b-2]": [("paragraph", 1, "Red. Sore.", {"cites": ((2, "b-2"),)})],
    "See [the `way` home](index.md#up).": [("paragraph", 1, "See the way home.", {"links": (Link(1, "index.md#up", "the way home"),)})],
    "See\n[home](index.md)\nand\n[away](away.md).": [("paragraph", 1, "See home and away.", {"links": (Link(2, "index.md", "home"), Link(4, "away.md", "away"))})],
    "[a [b] c](x.md)": [("paragraph", 1, "a [b] c", {"links": (Link(1, "x.md", "a [b] c"),)})],
    "[a](b\n)": [("paragraph", 1, "a", {"links": (Link(1, "b", "a"),)})],
    "![A pad](pad.svg){ width=\"1\" }": [("image", 1, "", {"pictures": (Link(1, "pad.svg", "A pad"),)})],
    "See ![a pad](pad.svg) here.": [("paragraph", 1, "See here.", {"pictures": (Link(1, "pad.svg", "a pad"),)})],
    "![A pad](pad.svg)\n\n/// caption\nFlat.\n///": [("image", 1, "", {"in": ["figure"]}), ("paragraph", 4, "Flat.", {"in": ["figure", "figcaption"]})],
    "| a | b |\n|---|---|\n| c[^x-1] | |": [("cell", 1, "a", {"table": (0, 0, 0)}), ("cell", 1, "b", {"table": (0, 0, 1)}), ("cell", 3, "c", {"table": (0, 1, 0), "cites": ((3, "x-1"),)}), ("cell", 3, "", {"table": (0, 1, 1)})],
    "| a |\n|---|\n| b |\n\n| c |\n|---|\n| d |": [("cell", 1, "a", {"table": (0, 0, 0)}), ("cell", 3, "b", {"table": (0, 1, 0)}), ("cell", 5, "c", {"table": (1, 0, 0)}), ("cell", 7, "d", {"table": (1, 1, 0)})],
    "/// html | div.do\n### Do\n\n- Rest\n///": [("heading", 2, "Do", {"in": ["div.do"]}), ("item", 4, "Rest", {"in": ["div.do"]})],
    "//// html | div.key-facts\n/// html | div.do\nRest\n///\n////": [("paragraph", 3, "Rest", {"in": ["div.key-facts", "div.do"]})],
    "- one\n\n    /// html | div.do\n    Rest\n    ///": [("item", 1, "one"), ("paragraph", 4, "Rest", {"in": ["div.do"]})],
    "```\n```\n\n```bar-chart\n{x: 1}\n  max: 1\n```": [("code", 1, "", {"id": ""}), ("code", 4, "{x: 1}\n  max: 1\n", {"id": "bar-chart"})],
    "- one\n\n    ## Two\n\n- three": [("item", 1, "one"), ("heading", 3, "Two"), ("item", 5, "three")],
    "Words.\n\n| | b |\n|---|---|\n| | d |": [("paragraph", 1, "Words."), ("cell", 3, ""), ("cell", 3, "b"), ("cell", 5, ""), ("cell", 5, "d")],
    "- one\n\n    | a |\n    |---|\n    | b |": [("item", 1, "one"), ("cell", 3, "a"), ("cell", 5, "b")],
    "```icon-array\nof: 10\n```": [("code", 1, "of: 10\n", {"id": "icon-array"})],
    "Words.\n\n```\n# none\n```\n\n```bar-chart\nmax: 1\n```": [("paragraph", 1, "Words."), ("code", 3, "# none\n", {"id": ""}), ("code", 7, "max: 1\n", {"id": "bar-chart"})],
    "<!-- insert: words -->\n\nWords.\n\n<!-- two\nlines -->": [("comment", 1, "insert: words"), ("paragraph", 3, "Words."), ("comment", 5, "two\nlines")],
    "Call {{ emergency }} or [{{ poison_help }}](x.md).": [("paragraph", 1, "Call {{ emergency }} or {{ poison_help }}.", {"links": (Link(1, "x.md", "{{ poison_help }}"),)})],
    "{{ emergency }} help\nsoon": [("paragraph", 1, "{{ emergency }} help soon", {"lines": ((0, 1), (21, 2))})],
    "Words.\n\n    code\n\n```icon-array\nof: 1\n```": [("paragraph", 1, "Words."), ("code", 3, "code\n"), ("code", 5, "of: 1\n", {"id": "icon-array"})],
    "{{ emergency }}": [("paragraph", 1, "{{ emergency }}")],
    "> Words": [("paragraph", 1, "Words", {"in": ["blockquote"]})],
    "Word\n:   Meaning": [("paragraph", 1, "Word : Meaning")],
    "---": [],
    "<div>Words</div>": [("html", 1, "Words", {"in": ["div"]})],
    "<main>Words</main>": [("html", 1, "Words")],
    "<div><!-- x -->\n</div>": [("comment", 1, "x", {"in": ["div"]})],
    "[^a-1]: A note.\n\nWords.[^a-1]": [("paragraph", 3, "Words.", {"cites": ((3, "a-1"),)})],
    "[home]: index.md\n\nGo [home].": [("paragraph", 3, "Go home.", {"links": (Link(3, "index.md", "home"),)})],
    "&#xE001; &#983040; &#x100000; \ue001 x": [("paragraph", 1, "x")],
}  # fmt: skip


@pytest.mark.parametrize("text", KNOWN)
def test_known_writings_are_read_as_they_are_meant(text: str) -> None:
    """Each writing gives its blocks: kind, line, words, and what hangs on it."""
    blocks = read_markdown(text)
    assert [(block.kind, block.line, block.text) for block in blocks] == [known[:3] for known in KNOWN[text]]
    for block, (_, _, _, *more) in zip(blocks, KNOWN[text], strict=True):
        for name, value in (more[0] if more else {}).items():
            found = [container.name for container in block.within] if name == "in" else getattr(block, name)
            assert found == value, name


def test_every_kind_of_block_has_a_known_writing() -> None:
    """No kind is added without one."""
    assert {known[0] for expected in KNOWN.values() for known in expected} == set(get_args(Kind))


def test_the_line_of_each_word_is_known() -> None:
    """Front matter counts, and each line of a paragraph is told apart."""
    (block,) = read_markdown("One two\nthree [four](x.md)\nfive", first_line=8)
    assert [block.line_at(block.text.index(word)) for word in ("One", "two", "three", "four", "five")] == [8, 8, 9, 9, 10]
    assert Block("html", 4, "x").line_at(0) == 4


def test_boxes_of_one_kind_are_told_apart() -> None:
    """Two boxes side by side have one name and two numbers."""
    one, two = read_markdown("/// html | div.do\nOne\n///\n\n/// html | div.do\nTwo\n///")
    assert one.within[0].name == two.within[0].name == "div.do" and one.within != two.within
    assert one.within[0].classes == ("do",) and one.is_in("do", "x") and not one.is_in("div")


WRITINGS = {
    "an entity": ("Salt &amp; water &lt; 5.", "Salt & water < 5."),
    "a break": ("One<br>two.", "One two."),
    "a span": ("One <span>two</span>.", "One two."),
    "an escaped mark": (r"A \* star.", "A * star."),
    "a low line in code": ("The `a_b_c` word.", "The a_b_c word."),
    "a link with brackets": ("[One [two]](x.md) three.", "One [two] three."),
    "a bare address": ("See <https://example.org/a_b>.", "See https://example.org/a_b."),
}


@pytest.mark.parametrize("name", WRITINGS)
def test_page_and_blocks_say_the_same_words(name: str) -> None:
    """The writings in which paper and page once differed give the words that a reader of the page sees."""
    text, words = WRITINGS[name]
    assert [block.text for block in read_markdown(text)] == [words] == [seen(text)]


# The building blocks of pages, right and wrong, from which any page of a careless writer can be put together.
PIECES = """
## Heading {#id}|### Small|# Big|Some words.|More words[^first-2001] here.|- item|- item [link](after.md)|    - deeper
  - crooked|    continued|1. one|2) two|/// html % div.do|///|//// html % div.key-facts|////|/// caption|///html|/// html
```icon-array|```|~~~|¦ a ¦ b ¦|¦---¦---¦|¦ c ¦ `d` ¦|¦ *e|![alt](x.svg)|![alt](x.svg){ width="1" }|<!-- insert: glossary -->
<!-- two|lines -->|**bold|bold**|** x|* b **|__b|b__|***a*b**|_it|it_|*_x|x_*|`code` x|`open|``a `b``|a \\* b|\\|&amp; &lt;
&copy;|&#x41;|&#xE001;|&#57345;|<br>|<span>x</span>|<div>|</div>|<div markdown="1">|<p>|</p>|<pre>|</pre>|<
<https://e.org>|http://x.org|[l [b] c](x.md)|[a](b "t")|[a](<b c>)|[ref]: http://x|  "title"|[text][ref]|[text]|[^zz]
[^zz]: note|[un(closed|![|](x)|{{ emergency }}|My {{ fill_in }} and [x {{ emergency }}](y.md)|---|===|> quote|> - q|* * *
+ plus|* star|-   - a|1. - b|- ```|-|#|##|#none|Term|:   Def|{: .cls }|{ .x }|words {#y}|line  |\ttab|a\ttab\t|\u00a0|é|\ue001
""".strip()  # fmt: skip
LINES = [piece.replace("%", "|").replace("¦", "|").replace("\\t", "\t") for piece in re.split(r"[|\n]", PIECES)] + [""] * 12
pages = st.lists(st.sampled_from(LINES), max_size=9).map("\n".join)
# Raw HTML that nothing ends is taken for different things by different readers, and HTML of any kind is a fault anyway: of
# that, only what stands in `PIECES` is held against each other.
any_text = (st.text(max_size=200) | st.text("ab 1.*_`[](){}<>!#|-+=~^:/\\\"'&;\n\t\u00a0\u2028", max_size=60)).filter(
    lambda text: not re.search(r"<[?!/a-zA-Z]", text)
) | pages


def seen(text: str) -> str:
    """The words that the parser's own HTML of a text shows, single spaces between them."""
    body = LexborHTMLParser(f"<body>{markdown._without_own(parsed(text))}").body
    assert body is not None
    for node in body.css(".footnote-ref, .footnote"):
        node.decompose()
    for node in body.css("br"):
        node.replace_with(" ")
    return " ".join(body.text().split())


def tidy(html: str) -> str:
    """HTML without the spaces that nobody sees: at ends of lines, before a break, at the end of an address."""
    return re.sub(r"\s+", " ", re.sub(r'\s+(?=["<])', "", html)).strip()


@given(any_text)
@example("`unclosed\n`code` x")
@example("**bold\n**bold")
@example("_it\n*_x")
@example('[ref]: http://x\n  "title"\n[text]\n[ref]')
@example("words\n{ .x }")
@example("*a*\n{ .x }\n![b](x.svg)")
@example("a\t\nb")
@example("\u00a0a")
def test_marks_change_nothing_in_what_the_parser_makes(text: str) -> None:
    """The text with a mark before each line is the same HTML, once the marks are out again."""
    text = markdown._OWN.sub("", text.replace("\r", "\n"))
    marked = parsed(markdown._with_marks(text.split("\n")))
    assert tidy(markdown._MARKS.sub("", marked)) == tidy(parsed(text))


@given(any_text)
def test_blocks_say_what_the_page_shows(text: str) -> None:
    """Every word of the rendered HTML stands in a block, in its order, and nothing else does."""
    text = markdown._OWN.sub("", text.replace("\r", "\n"))
    said = " ".join(block.text for block in read_markdown(text) if block.kind != "comment")
    assert "".join(said.split()) == "".join(seen(text).split())


# Words that no mark is made of, each with a number of its own, so that each can be found again.
SHELLS = ["{}", "## {}", "- {}", "1. {}", "    - {}", "> {}", "**{}** x", "`{}` x", "[{}](x.md)", "*{}*", "| {} | b |", "![{}](x.svg)", "", "", "",
          "/// html | div.do", "///", "|---|---|", "<!-- x -->", "```\nof: 1\n```", "{{{{ emergency }}}} {}", "x[^a-1] {}"]  # fmt: skip


@given(st.lists(st.sampled_from(SHELLS), max_size=12), st.integers(1, 40))
def test_every_word_is_found_on_its_true_line(shells: list[str], first_line: int) -> None:
    """The line that a block tells for a word, a link or a picture is the one on which it stands in the file."""
    text = "\n".join(shell.format(f"word{index}q") for index, shell in enumerate(shells))
    true = {word: first_line + number for number, line in enumerate(text.split("\n")) for word in re.findall(r"word\d+q", line)}
    for block in read_markdown(text, first_line):
        found = [(match[0], block.line_at(match.start())) for match in re.finditer(r"word\d+q", block.text)]
        found += [(link.words, link.line) for link in (*block.links, *block.pictures) if link.words in true]
        if block.kind != "code":  # which has the line of its fence
            assert all(true[word] == line for word, line in found), block
            assert not found or block.line <= min(line for _, line in found), block


@given(any_text)
def test_any_text_can_be_read(text: str) -> None:
    """Nothing raises, and every line is one of the text's."""
    count = len(re.split(r"\r\n?|\n", text))
    assert all(5 <= block.line < 5 + count for block in read_markdown(text, 5))


SWAMPS = {
    "brackets": "[" * 20_000,
    "brackets of pictures": "![" * 20_000,
    "citations without an end": "[^" * 20_000,
    "addresses without an end": "[a](" * 20_000,
    "brackets on lines of their own": "words [\n" * 20_000,
}


@pytest.mark.parametrize("name", SWAMPS)
def test_thousands_of_open_brackets_are_a_fault_at_once(name: str) -> None:
    """The parser would look for the ends of all of them for minutes, so it does not get them."""
    line = 7 + (MOST_OPEN if name == "brackets on lines of their own" else 0)
    with pytest.raises(ContentError, match=rf"^a\.md:{line}: more than {MOST_OPEN} brackets are open here: close them"):
        _ = parse_page(FRONT + SWAMPS[name], "en", "a.md", "a.md").blocks


def test_as_many_brackets_as_a_page_needs_are_none() -> None:
    """Links in plenty and brackets that close are read, and an empty line lets go of what was left open."""
    text = "[a](b) (c [d]) " * 200 + "\n\n(" * (MOST_OPEN + 5)
    assert parse_page(FRONT + text, "en", "a.md", "a.md").blocks


@pytest.mark.parametrize("swamp", ["<div>" * 2_000, "> " * 2_000, "- " * 2_000, "**a " * 2_000])
def test_marks_inside_each_other_without_an_end_are_read_or_a_fault(swamp: str) -> None:
    """The parser gives up on what nests too deep; the writer is told, and nothing else happens."""
    try:
        _ = parse_page(FRONT + swamp, "en", "a.md", "a.md").blocks
    except ContentError as error:
        assert [str(fault) for fault in error.faults] == [
            "a.md:7: too many marks stand inside each other on this page: take out what was put in by mistake"
        ]


def test_more_lines_and_values_than_can_be_marked_are_still_read() -> None:
    """Beyond 65,535 of them they are no longer told apart, and nothing is lost."""
    text = "\n\n".join(["```", *["x"] * 33_000, "```", "{{ a }} " * 65_540])
    assert read_markdown(text)[-1].text == "{{ a }} " * 65_539 + "{{ a }}"
