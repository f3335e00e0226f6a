"""Printing any page from Chromium: 12 pt or more, black on white, nothing lost, and where it came from."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from iontosite.content.model import Content

SMALLEST = 12  # points (RNIB clear print)
MARGIN = 15 / 25.4 * 72  # points: the left margin of the style sheet, 15 mm
# What only works on a screen: ways through the site, what a touch changes, and the numbers that lead to the sources, which
# the paper has in its own way. Words for screen readers alone are left aside too, unless the paper shows them.
NOT_ON_PAPER = ".crumbs, .to-top, .on-this-page, .find, .picker, .cites, .checklist-result, .scale-result, .scale__row, .scale .print-scale, .reminder"
LEAVE_ASIDE = """(left_aside) => {
  const unseen = [...document.querySelectorAll(".visually-hidden")].filter((node) => node.offsetWidth <= 1);
  const hidden = [...document.querySelectorAll(left_aside), ...unseen].map((node) => [node, node.style.display]);
  hidden.forEach(([node]) => { node.style.display = "none"; });
  const result = READ;
  hidden.forEach(([node, display]) => { node.style.display = display; });
  return result;
}"""
WORDS = LEAVE_ASIDE.replace("READ", 'document.querySelector("article").innerText')
PAGES = ["", "after/", "compare/", "does-it-work/", "tell-us-first/", "words/", "conditions/tennis-elbow/", "questions/does-it-hurt/", "is-this-normal/", "codes/icd10cm/m77.11/"]  # fmt: skip


def printed(page: Page) -> bytes:
    """The page as Chromium prints it, on Letter paper, with the margins of the style sheet."""
    return page.pdf(format="Letter", prefer_css_page_size=False, print_background=False)


def read(pdf: bytes) -> tuple[list[str], list[str]]:
    """What is too small, too pale or off the paper (Chromium shrinks all of it when one thing is too wide), and the text of
    each sheet of paper. Both at once: to read a long PDF takes seconds."""
    found = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        sheets = [sheet.extract_text() or "" for sheet in document.pages]
        for number, sheet in enumerate(document.pages, 1):
            for char in sheet.chars:
                if char["text"].strip() and char["size"] < SMALLEST - 0.1:
                    found.append(f"page {number}: {char['text']!r} at {char['size']:.1f} pt")
                colour = char["non_stroking_color"] or (0,)
                if char["text"].strip() and max(colour) > 0.35 and len(colour) != 4:
                    found.append(f"page {number}: {char['text']!r} is pale: {colour}")
                if char["x1"] > sheet.width:
                    found.append(f"page {number}: {char['text']!r} is off the paper")
                if char["text"].strip() and char["x0"] < MARGIN - 0.5:
                    found.append(f"page {number}: {char['text']!r} stands left of the margin, where Chromium cuts it")
    return found, sheets


def findings(pdf: bytes) -> list[str]:
    """What is wrong with a print."""
    return read(pdf)[0]


def sheets_of(pdf: bytes) -> list[str]:
    """The text of each sheet of paper."""
    return read(pdf)[1]


def squeezed(text: str) -> str:
    """A text without its spaces and line ends, which paper sets in its own way, and without the marks at which words may part."""
    return "".join(text.replace("\u00ad", "").split())


def lost(shown: str, paper: str) -> list[str]:
    """The words that a screen shows more often than the paper does."""
    words = Counter(word for raw in shown.replace("\u00ad", "").split() if len(word := raw.strip(".,;:()?!…")) > 3)
    return sorted(word for word, count in words.items() if paper.count(word) < count)


def lost_numbers(page: Page, sheets: list[str]) -> list[int]:
    """The numbers of the page's sources that do not stand on paper, whole: one after the other where the reader left the list
    folded, each at the head of a line where it was opened."""
    count = page.locator(".sources > details > ol > li").count()
    after = "\n".join(sheets).rpartition("Sources for this page")[2]
    before = "^" if page.locator(".sources > details[open]").count() else r"(?<!\S)"
    printed_numbers = {int(number) for number in re.findall(rf"{before}(\d+)\.(?=\s)", after, re.MULTILINE)}
    return [number for number in range(1, count + 1) if number not in printed_numbers]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("path", PAGES)
def test_a_printed_page_is_large_black_and_whole(
    browser: Browser, address: str, content: Content, path: str, scripts: bool
) -> None:
    """Every word of the article that a reader can see is on the paper, with title, address, QR code and dates."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address + path)
    shown = page.evaluate(WORDS, NOT_ON_PAPER)
    page.emulate_media(media="print")
    pdf = printed(page)
    found, sheets = read(pdf)
    assert found == []
    text = squeezed("".join(sheets))
    assert lost(shown, text) == []
    assert lost_numbers(page, sheets) == []
    where = content.site.site_url + path
    assert where.removeprefix("https://").rstrip("/") in text
    assert "Evidencechecked" in text
    assert where in codes_in(pdf)
    context.close()


@pytest.mark.parametrize("path", ["", "compare/", "clinics/links/", "clinics/codes/", "about/yardsticks/"])
def test_wide_type_fits_the_paper(browser: Browser, address: str, set_type, path: str) -> None:
    """Paper has one width and printers have many faces: nothing is so wide in any of them that all of the print shrinks."""
    page = browser.new_page()
    page.goto(address + path)
    set_type(page, "wide")
    page.emulate_media(media="print")
    assert findings(printed(page)) == []
    page.close()


@pytest.mark.parametrize(("path", "says"), [("tell-us-first/", "Noboxischecked"), ("compare/", "Whatyouchoose")])
def test_what_a_tool_says_before_it_is_used_is_not_on_paper(browser: Browser, address: str, path: str, says: str) -> None:
    """A blank list to fill in with a pen says nothing about boxes that are not checked."""
    page = browser.new_page()
    page.goto(address + path)
    assert says in squeezed(page.locator("article").inner_text())
    page.emulate_media(media="print")
    said = page.locator(".screen-only").all()
    assert said and not any(each.is_visible() for each in said)
    assert says not in squeezed(page.locator("article").inner_text())
    page.close()


def codes_in(pdf: bytes) -> list[str]:
    """What the QR codes of a PDF say, read as a phone would, in grey at 150 dpi."""
    found = []
    for sheet in pypdfium2.PdfDocument(pdf):
        picture = sheet.render(scale=150 / 72, grayscale=True).to_pil()
        found += [code.text for code in zxingcpp.read_barcodes(picture)]
    return found


def pictures_that_wait(html: str) -> list[str]:
    """The addresses of pictures that a browser fetches only when they are scrolled to, so that paper may lack them."""
    waiting = LexborHTMLParser(html).css("img[loading=lazy]:not(.thumbnail)")
    return [picture.attributes.get("src") or "" for picture in waiting]


def test_no_picture_waits_to_be_scrolled_to(site: Path) -> None:
    """Whoever prints right after opening a page gets its pictures and its QR code; only previews of handouts may wait."""
    assert pictures_that_wait('<img src="late.svg" loading="lazy"><img src="x.png" class="thumbnail" loading="lazy">') == [
        "late.svg"
    ]
    waiting = {
        str(file.relative_to(site)): found
        for file in site.rglob("*.html")
        if (found := pictures_that_wait(file.read_text("utf-8")))
    }
    assert waiting == {}


def test_outside_addresses_are_printed(browser: Browser, address: str) -> None:
    """A link to a source is of use on paper only with its address: whoever opens the list prints it."""
    page = browser.new_page()
    page.goto(address + "after/#sources")
    page.emulate_media(media="print")
    with pdfplumber.open(io.BytesIO(printed(page))) as document:
        text = "".join("".join((sheet.extract_text() or "").split()) for sheet in document.pages)
    assert "(https://" in text
    page.close()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(":root:root:root article p { font-size: 8pt !important }", "pt"), ("article p { color: #aaa !important; print-color-adjust: exact }", "pale"), ("article h1 { width: 400mm; white-space: nowrap; word-spacing: 60mm }", "pt|off the paper")],
)  # fmt: skip
def test_a_bad_print_is_caught(browser: Browser, address: str, spoil: str, says: str) -> None:
    """Small type, pale type, and a thing so wide that Chromium shrinks or cuts the page are each found."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(address + "after/")
    page.add_style_tag(content=f"@media print {{ {spoil} }}")
    page.emulate_media(media="print")
    assert any(re.search(says, line) for line in findings(printed(page)))
    context.close()


def test_the_print_button_prints(browser: Browser, address: str) -> None:
    """The button on a page opens the browser's own print."""
    page = browser.new_page()
    page.add_init_script("window.print = () => { window.wasPrinted = true }")
    page.goto(address + "after/")
    page.locator(".print-button").click()
    assert page.evaluate("window.wasPrinted")
    page.close()


# Each card with all its words, and each heading with the words that follow it, as paper shows them.
TOGETHER = LEAVE_ASIDE.replace(
    "READ",
    r"""[
    ...[...document.querySelectorAll(".care, .do, .do-not")].map((card) => card.innerText),
    ...[...document.querySelectorAll("article > h2")].map((heading) =>
      heading.innerText + " " + (heading.nextElementSibling?.innerText ?? "").split(/\s+/).slice(0, 4).join(" ")),
  ]""",
)


def split(page: Page) -> list[str]:
    """The cards and headings of a page that no single sheet of paper holds."""
    page.emulate_media(media="print")
    sheets = [squeezed(sheet) for sheet in sheets_of(printed(page))]
    parts = page.evaluate(TOGETHER, NOT_ON_PAPER)
    assert len(parts) >= 5
    return [part[:60] for part in parts if all(lost(part, sheet) for sheet in sheets)]


@pytest.mark.parametrize("path", ["after/", "is-this-normal/"])
def test_no_card_or_heading_is_split(browser: Browser, address: str, path: str) -> None:
    """On the pages that are printed most a card stands on one sheet, and a heading on the sheet of what it heads."""
    page = browser.new_page()
    page.goto(address + path)
    assert split(page) == []
    page.close()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(".care-emergency li:nth-child(2) { break-before: page !important }", "Emergency"), ("article > h2 + * { break-before: page !important }", "")],
    ids=["card", "heading"],
)  # fmt: skip
def test_a_split_card_or_heading_is_caught(browser: Browser, address: str, spoil: str, says: str) -> None:
    """A card cut in two, and a heading alone at the foot of a sheet."""
    page = spoilt(browser, address + "after/", spoil)
    assert any(says in part for part in split(page))
    page.context.close()


def spoilt(browser: Browser, address: str, spoil: str) -> Page:
    """A page with one rule of a bad style sheet for paper."""
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(address)
    page.add_style_tag(content=f"@media print {{ {spoil} }}")
    return page


@pytest.mark.parametrize(
    "spoil", [".care-emergency { display: none !important }", "article > p { position: absolute; left: -99in }"]
)
def test_what_the_paper_leaves_out_is_caught(browser: Browser, address: str, spoil: str) -> None:
    """A card that the style sheet hides on paper, and lines moved off it."""
    page = spoilt(browser, address + "after/", spoil)
    shown = page.evaluate(WORDS, NOT_ON_PAPER)
    page.emulate_media(media="print")
    assert lost(shown, squeezed("".join(sheets_of(printed(page)))))
    page.context.close()


OPEN = 'document.querySelector(".sources > details").open = true'


def test_sources_are_printed_short_and_whole_on_wish(browser: Browser, address: str, content: Content) -> None:
    """Without a script: a closed list prints who and when, and where the rest is; one that was opened prints titles and links."""
    page = browser.new_page()
    page.goto(address + "does-it-work/")
    page.emulate_media(media="print")
    short = sheets_of(printed(page))
    page.evaluate(OPEN)
    pdf = printed(page)
    found, whole = read(pdf)
    assert found == [] and lost_numbers(page, whole) == []
    entry = content.sources[content.edition("en").by_path["does-it-work.md"].sources[0]]
    title, where = squeezed(entry.title), squeezed(f"{content.site.site_url}does-it-work/#sources")
    assert title in squeezed("".join(whole)) and where not in squeezed("".join(whole))
    assert title not in squeezed("".join(short)) and where in squeezed("".join(short))
    count = page.locator(".sources li").count()
    words = squeezed("".join(short).rpartition("Sources for this page")[2].partition("The whole list")[0])
    assert len(words) < 60 * count and len(short) < len(whole)
    page.close()


def test_a_cut_source_number_is_caught(browser: Browser, address: str) -> None:
    """Without room before them, the numbers from 10 up lose their first digit at the edge of the box."""
    page = spoilt(
        browser,
        address + "does-it-work/",
        ":root .sources > details[open] > ol { padding-inline-start: 0 !important; margin: 0 !important }",
    )
    page.evaluate(OPEN)
    page.emulate_media(media="print")
    found, sheets = read(printed(page))
    assert lost_numbers(page, sheets) or any("left of the margin" in line for line in found)
    page.context.close()


def test_a_list_that_paper_leaves_out_is_caught(browser: Browser, address: str) -> None:
    """As browsers do with a closed fold when nobody tells them otherwise."""
    page = spoilt(browser, address + "after/", ".sources > details::details-content { content-visibility: hidden !important }")
    page.emulate_media(media="print")
    assert lost_numbers(page, sheets_of(printed(page)))
    page.context.close()
