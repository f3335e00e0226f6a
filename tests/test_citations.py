"""Citations: one quiet mark for a paragraph, list, table or box; a folded list; and which words rest on which source."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from editing import edit
from iontosite.check.citations import check_citations, problems
from iontosite.check.finished import FinishedPages
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.content.sources import Source
from iontosite.content.statements import all_statements, cited_on, statements_of
from iontosite.finish.citations import quiet
from test_stage import page_of

NUMBER = re.compile(r"\d+")


def mark(name: str) -> str:
    """A mark as the builder writes it."""
    return f'<sup id="fnref:{name}"><a class="footnote-ref" href="#fn:{name}">9</a></sup>'


def built(body: str, *names: str) -> str:
    """A page as the builder leaves it, with its list in any order."""
    notes = "".join(
        f'<li id="fn:{name}"><p>About {name}.&nbsp;<a class="footnote-backref" href="#fnref:{name}">↩</a></p></li>'
        for name in names
    )
    sources = f'<h2 id="sources">Sources</h2><div class="footnote"><hr><ol>{notes}</ol></div>'
    return f'<html><body><article>{body}{sources}<div class="review">x</div></article></body></html>'


def article_of(html: str) -> LexborNode:
    """The article of a page's HTML."""
    article = LexborHTMLParser(html).css_first("article")
    assert article
    return article


@pytest.fixture
def gather(tiny_content: Content):
    """Gathers the marks of a body that cites these sources."""

    def gather(body: str, *names: str) -> LexborNode:
        return article_of(quiet(built(body, *names), tiny_content.edition("en").strings, "https://x.org/a/"))

    return gather


class TestGather:
    """Where the one mark goes."""

    def test_a_paragraph_has_one_mark_at_its_end(self, gather) -> None:
        """With the numbers in rising order, a word before them, and a name for those who hear it."""
        article = gather(f"<p>Red.{mark('b')} Sore.{mark('a')}{mark('b')} All.</p><p>More.{mark('b')}</p><p>No.</p>", "a", "b")
        first, second, third = (node.text() for node in article.css("p")[:3])
        assert (first, second, third) == ("Red. Sore. All. Sources 1 2", "More. Source 1", "No.")
        both = article.css("p > .cites")
        assert both[0].attributes["aria-label"] == "Sources 1 and 2" and both[0].attributes["role"] == "group"
        assert [a.attributes.get("aria-label") for a in both[0].css("a")] == ["Source 1", "Source 2"]
        assert "role" not in both[1].attributes
        assert [a.attributes["href"] for a in article.css(".cites a")] == ["#fn:b", "#fn:a", "#fn:b"]

    @pytest.mark.parametrize(
        "html",
        [
            "<ul><li>Red.M<ul><li>Sore.N</li></ul></li><li>No.</li></ul>",
            "<ol><li><p>Red.M</p><p>Sore.N</p></li></ol>",
            "<ul><li>Red.M <div class=do><p>Sore.N</p></div></li></ul>",
        ],
    )
    def test_a_list_has_one_mark_below(self, gather, html: str) -> None:
        """With all that stands in it, lists and boxes too: a mark on its last item would speak for that item alone."""
        article = gather(html.replace("M", mark("a")).replace("N", mark("b")), "a", "b")
        (only,) = article.css(".cites")
        assert article.css_first("article > :is(ul, ol) + p.cites-list") and only.text() == "Sources 1 2"

    @pytest.mark.parametrize("name", ["main-message", "care care-emergency", "care care-call", "do", "do-not"])
    def test_a_box_has_none_and_a_line_below(self, gather, name: str) -> None:
        """Neither its paragraphs nor its lists; and a box in a box brings no second line."""
        body = f'<div class="{name}"><p>Red.{mark("a")}</p><ul><li>Sore.{mark("b")}</li></ul><div class="do"><p>x{mark("a")}</p></div></div>'
        article = gather(body, "a", "b")
        (only,) = article.css(".cites")
        assert article.css_first("article > div + p.cites-below") and only.text() == "Where this comes from: 1 2"

    def test_a_table_has_none_in_its_cells(self, gather) -> None:
        """One line below it."""
        article = gather(f"<table><tr><td>1{mark('a')}<td>2{mark('b')}</table>", "a", "b")
        assert article.css_first("table + p.cites-below") and not article.css(".cites")[1:]

    def test_other_boxes_keep_the_mark_of_their_paragraph(self, gather) -> None:
        """How sure we are, and what stands below a picture."""
        article = gather(
            f'<div class="certainty"><p>Low.{mark("a")}</p></div><figure><figcaption>{mark("a")}</figcaption></figure>', "a"
        )
        assert article.css_first(".certainty > p > .cites") and article.css_first("figcaption > .cites")

    def test_the_list_is_folded_short_and_in_the_order_of_the_marks(self, gather) -> None:
        """Without the ways back; a link to #sources leads into the fold, and so opens it; paper has its address."""
        article = gather(f"<p>Red.{mark('b')}</p><p>Sore.{mark('a')}</p>", "a", "b")
        assert [node.attributes["id"] for node in article.css(".sources li")] == ["fn:b", "fn:a"]
        assert [node.text() for node in article.css(".sources li")] == ["About b.", "About a."]
        fold = article.css_first("details")
        assert fold.css_first("summary h2").text() == "Sources (2)" and "open" not in fold.attributes
        assert fold.css_first('[id="sources"]').tag == "span" and not article.css(".footnote, .footnote-backref, hr")
        assert "https://x.org/a/#sources" in article.css_first(".on-paper").text()

    BLOCKS = st.recursive(
        st.sampled_from(["<p>x@</p>", "<p>x@ y@</p>", "<p>x</p>", "<table><tr><td>x@<td>y@</table>"]),
        lambda inner: st.builds(
            lambda box, parts: box.replace("…", "".join(parts)),
            st.sampled_from(
                ["<ul><li>x@ …</li></ul>", "<div class=do>…</div>", "<section class=care>…</section>", "<div>…</div>"]
            ),
            st.lists(inner, min_size=1, max_size=3),
        ),
        max_leaves=8,
    )

    @given(st.lists(BLOCKS, min_size=1, max_size=5).map("".join), st.lists(st.sampled_from("abcd"), min_size=60, max_size=60))
    def test_any_page_comes_out_whole_and_in_order(self, tiny_content: Content, body: str, names: list[str]) -> None:
        """Whatever stands in what: no source is lost, no number is out of order, no mark is where none may be."""
        left = iter(names)
        body = re.sub("@", lambda _: mark(next(left)), body)
        cited = list(dict.fromkeys(re.findall(r"#fn:(\w)", body)))
        if cited:
            html = quiet(built(body, *sorted(cited)), tiny_content.edition("en").strings, "https://x.org/")
            assert list(problems(article_of(html), cited)) == []


GOOD = (
    '<p>Red. <span class="cites"><a href="#fn:a">Source 1</a></span></p><ul><li>x</li></ul>'
    '<p class="cites cites-list"><a href="#fn:a">1</a> <a href="#fn:b">2</a></p>'
    '<div class="sources"><details><ol><li id="fn:a">A</li><li id="fn:b">B</li></ol></details></div>'
)
# what is said of it: (what stands in a good page, what stands there instead)
BAD = {
    'cites "c", which its list of sources lacks': ("", ""),
    'lists "z", which nothing on it cites': ('<li id="fn:b">B</li>', '<li id="fn:b">B</li><li id="fn:z">Z</li>'),
    "a mark 2 leads to fn:y, which is no entry": ('<a href="#fn:b">2', '<a href="#fn:y">2'),
    "a mark says 3 and leads to source 2": ("2</a>", "3</a>"),
    'no mark leads to "b", which it lists': (' <a href="#fn:b">2</a>', ""),
    "not numbered in the order": ('<a href="#fn:a">Source 1', '<a href="#fn:b">Source 2'),
    "a footnote of the builder is left": ("<p>Red.", '<p>Red.<sup><a class="footnote-ref" href="#fn:a">1</a></sup>'),
    "a mark stands inside a box \\(care\\)": ("<p>Red.", '<p class="care">Red.'),
    "a mark stands inside a box \\(main-message\\)": ("<p>Red.", '<p class="main-message">Red.'),
    "a mark stands inside a list or table \\(ul\\)": ("<li>x", '<li>x <span class="cites"></span>'),
    "a mark stands inside a list or table \\(table\\)": ("<ul>", '<table><tr><td><span class="cites"></span></table><ul>'),
    "a paragraph has two marks": ("</span></p>", '</span> <span class="cites"></span></p>'),
    "two marks stand below one": ("</ul>", '</ul><p class="cites cites-list"></p>'),
}


class TestCheck:
    """Every build holds the finished pages against what their Markdown cites."""

    def test_a_good_page_passes(self) -> None:
        assert list(problems(article_of(f"<article>{GOOD}</article>"), ["a", "b"])) == []

    @pytest.mark.parametrize("says", BAD)
    def test_a_bad_one_is_told(self, says: str) -> None:
        """Each rule has its fault."""
        old, new = BAD[says]
        assert old in GOOD
        cited = ["a", "b", "c"] if '"c"' in says else ["a", "b"]
        found = list(problems(article_of(f"<article>{GOOD.replace(old, new, 1)}</article>"), cited))
        assert any(re.search(says, each) for each in found), found

    def test_the_whole_site_is_held_against_it(self, tiny_site: Path, tiny_content: Content) -> None:
        """Page by page, at the writer's file."""
        assert check_citations(tiny_content, FinishedPages(tiny_site)) == []
        edit(tiny_site / "after/index.html", 'id="fn:second-2002"', 'id="fn:third-2003"')
        assert {fault.path for fault in check_citations(tiny_content, FinishedPages(tiny_site))} == {"docs/en/after.md"}


class TestStatements:
    """What the marks stood for stays in the build's data."""

    def said(self, body: str, content: Content) -> list[tuple[int, str, str, tuple[str, ...], str]]:
        return [(s.line, s.heading, s.text, s.sources, s.context) for s in statements_of(page_of(body), content)]

    def test_a_statement_goes_from_mark_to_mark_in_whole_sentences(self, tiny_content: Content) -> None:
        """Two marks in a row are one; one in the middle of a sentence stands for all of it; what follows the last has none."""
        body = "One. Two.[^a][^b] Three.[^a] Of 28[^a], 24 got\nred[^b]. Four.\n\n## Then {#then}\n\n- Item[^b]\n"
        assert self.said(body, tiny_content) == [
            (8, "", "One. Two.", ("a", "b"), ""),
            (8, "", "Three.", ("a",), ""),
            (8, "", "Of 28, 24 got red.", ("a",), ""),
            (9, "", "Of 28, 24 got red.", ("b",), ""),
            (13, "then", "Item", ("b",), ""),
        ]

    def test_the_end_of_a_sentence_after_a_mark_belongs_to_it(self, tiny_content: Content) -> None:
        assert [text for _, _, text, _, _ in self.said("It fades[^a]. Wait.[^b]\n", tiny_content)] == ["It fades.", "Wait."]

    def test_a_cell_and_a_picture_say_what_they_are_about(self, tiny_content: Content) -> None:
        """Their numbers alone say nothing."""
        table = "| What | Red |\n|---|---|\n| Drug | 24 of 28[^a] |\n"
        assert self.said(table, tiny_content) == [(10, "", "24 of 28", ("a",), "Drug | Red")]
        icons = '```icon-array\ntitle: "Who did well?"\nof: 30\ngroups:\n  - {label: "drug", count: 12}\nsources: [a]\nnote: "At 2 days."\n```\n'
        assert self.said("## Well {#well}\n\n" + icons, tiny_content) == [
            (10, "well", "drug: 12 / 30. At 2 days.", ("a",), "Who did well?")
        ]

    def test_no_citation_of_any_page_is_missing(self, content: Content) -> None:
        """As many as the pages have, with words, at lines that hold them or what includes them."""
        statements = all_statements(content)
        for page in content.pages:
            own = [s for s in statements if s.file == page.name]
            assert {source for s in own for source in s.sources} == set(cited_on(page, content)), page.name
            assert all(s.text and page.first_line <= s.line <= page.first_line + len(page.lines) for s in own)

    def test_each_statement_leads_to_its_sources_on_the_page(self, site: Path, content: Content) -> None:
        """The marks between its heading and the next one lead to each of them."""
        pages = FinishedPages(site)
        for edition in content.editions:
            for page in edition.pages:
                article = pages.article(edition.path_of(page.url))
                statements = statements_of(page, content)
                marks = marks_by_heading(article, {s.heading for s in statements} | {heading.id for heading in page.headings})
                for statement in statements:
                    assert set(statement.sources) <= marks.get(statement.heading, set()), statement

    def test_a_lost_mark_is_caught(self, site: Path, content: Content) -> None:
        """The known-bad example of the test above."""
        page = content.edition("en").by_path["questions/does-it-hurt.md"]
        article = FinishedPages(site).article("/questions/does-it-hurt/")
        article.css_first(".cites").decompose()
        first, known = statements_of(page, content)[0], {heading.id for heading in page.headings}
        assert not set(first.sources) <= marks_by_heading(article, known).get(first.heading, set())


def marks_by_heading(article: LexborNode, known: set[str]) -> dict[str, set[str]]:
    """The sources that marks lead to, by the heading above them, of those whose ids are known: the writer's own. A mark below a
    box speaks for every heading in the box."""
    found: dict[str, set[str]] = {}
    heading, above = "", [""]
    for node in article.traverse():
        classes = (node.attributes.get("class") or "").split() if node.is_element_node else []
        if node.tag in ("h2", "h3", "h4") and (node.attributes.get("id") or "-") in known:
            heading = node.attributes["id"] or ""
        elif "cites" in classes:
            box = node.prev if "cites-below" in classes else None
            above = [heading, *(inside.attributes["id"] or "" for inside in box.css("[id]"))] if box else [heading]
        elif node.tag == "a" and (node.attributes.get("href") or "").startswith("#fn:"):
            for each in above:
                found.setdefault(each, set()).add((node.attributes["href"] or "").removeprefix("#fn:"))
    return found


@pytest.mark.parametrize(
    ("authors", "first", "others"),
    [
        ("Nirschl RP, Rodin DM, Ochiai DH", "Nirschl RP", True),
        ("van der Windt D, Smidt N, Deville W", "van der Windt D", True),
        ("Koc TA Jr, Bise CG, Neville C", "Koc TA Jr", True),
        ("Stuart ME, et al.", "Stuart ME", True),
        ("Shaw J, Callaghan M (BestBETs)", "Shaw J, Callaghan M (BestBETs)", False),
        ("Greene County, Georgia, Office of X", "Greene County, Georgia, Office of X", False),
        ("Mayo Clinic", "Mayo Clinic", False),
    ],
)
def test_a_long_row_of_authors_is_cut(content: Content, authors: str, first: str, others: bool) -> None:
    """After the first of three or more people; a body keeps its name."""
    source: Source = next(iter(content.sources.values())).model_copy(update={"authors": authors})
    assert source.first_author == (first, others)


def test_an_id_that_all_pages_of_a_folder_lost_is_kept(tiny: Path) -> None:
    """One line of redirects.yml; only on pages that promised it, and are still there."""
    from iontosite.finish.redirects import write_redirects

    (tiny / "docs/redirects.yml").write_text(
        'redirects:\n  - {from: "/questions/*/#old", to: "/questions/*/#new", why: "moved"}\n', "utf-8"
    )
    content = load_content(tiny / "docs")
    promise = next(iter(content.ledger.values())).model_copy(update={"ids": ("old",)})
    names = ("/questions/a/", "/questions/gone/", "/questions/moved/", "/other/b/")
    content = dataclasses.replace(content, ledger=dict.fromkeys(names, promise))
    pages = {"questions/a": '<h2 id="new">x</h2>', "questions/c": '<h2 id="new">x</h2>', "other/b": '<h2 id="new">x</h2>'}
    pages["questions/moved"] = '<meta http-equiv="refresh" content="0">'
    for name, html in pages.items():
        (tiny / "out" / name).mkdir(parents=True)
        (tiny / "out" / name / "index.html").write_text(html, "utf-8")
    write_redirects(content, tiny / "out")
    kept = [name for name in pages if 'id="old"' in (tiny / "out" / name / "index.html").read_text("utf-8")]
    assert kept == ["questions/a"]


# --- In a browser ---

PAGES = ["questions/does-it-hurt/", "after/", "compare/", "does-it-work/", "words/"]
# What a mark looks like beside the text of its paragraph: size of its targets, of its type, its weight, its contrast.
LOUD = """() => {
  const light = (text) => { const [r, g, b] = text.match(/[\\d.]+/g).map((n) => { const c = n / 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = (node) => { for (; node; node = node.parentElement) { const found = getComputedStyle(node).backgroundColor; if (!/, 0\\)$/.test(found)) return found; } return "rgb(255, 255, 255)"; };
  const body = parseFloat(getComputedStyle(document.querySelector("article")).fontSize), wrong = [];
  for (const mark of document.querySelectorAll(".cites, .cites a")) {
    const style = getComputedStyle(mark), box = mark.getBoundingClientRect(), [a, b] = [light(style.color), light(ground(mark))].sort((x, y) => y - x);
    if (style.fontWeight > 400) wrong.push("bold");
    if (parseFloat(style.fontSize) > body) wrong.push("large");
    if ((a + .05) / (b + .05) < 7) wrong.push("pale");
    if (mark.tagName === "A" && (box.width < 24 || box.height < 24)) wrong.push(`small target: ${box.width} x ${box.height}`);
  }
  return [...new Set(wrong)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_are_quiet_and_can_be_touched(browser: Browser, address: str, scheme: str) -> None:
    """24 px at least (WCAG 2.5.8), never bolder or larger than the text, 7:1 (WCAG 1.4.6)."""
    page = browser.new_page(viewport={"width": 360, "height": 640}, color_scheme=scheme)
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate(LOUD) == [], path
    page.close()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [("font-weight: 700", "bold"), ("font-size: 2rem", "large"), ("color: #999", "pale"), ("display: inline; padding: 0", "small target")],
)  # fmt: skip
def test_a_loud_mark_is_caught(browser: Browser, address: str, spoil: str, says: str) -> None:
    """The known-bad examples of the test above."""
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(address + PAGES[0])
    rule = "; ".join(f"{each} !important" for each in spoil.split("; "))
    page.add_style_tag(content=f".cites, .cites a {{ {rule} }}")
    assert any(each.startswith(says) for each in page.evaluate(LOUD))
    page.context.close()


def opened(page: Page) -> bool:
    """Whether the list of sources can be read."""
    return page.locator(".sources li").first.is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_fold_opens_by_a_press_a_mark_and_an_address(browser: Browser, address: str, scripts: bool) -> None:
    """Without a script too; the source that a mark leads to stands on the screen."""
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(address + PAGES[0])
    assert not opened(page) and page.locator(".review").is_visible()
    page.locator(".sources summary").click()
    assert opened(page)
    page.goto(address + "about/")
    page.goto(address + PAGES[0])
    page.locator("p > .cites a").last.click()
    goal = page.locator(".sources li:target")
    assert opened(page) and goal.count() == 1
    box = goal.bounding_box()
    assert box and 0 <= box["y"] < 640
    page.goto(address + "about/")
    page.goto(address + PAGES[0] + "#sources")
    assert opened(page)
    context.close()


def test_all_links_of_the_list_lead_to_its_record(browser: Browser, address: str) -> None:
    """The full record of a source is one press away."""
    page = browser.new_page()
    page.goto(address + PAGES[0] + "#sources")
    page.locator('.sources li a[href*="/sources/"][href*="/#source-"]').first.click()
    page.wait_for_url("**/sources/*/#source-*")
    expect(page.locator(".source:target")).to_have_count(1)
    page.close()
