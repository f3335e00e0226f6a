"""Printing any page from Chromium: 12 pt or more, black on white, nothing lost, and where it came from."""
from __future__ import annotations

import io
import re
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

SMALLEST = 12  # points (RNIB clear print)
# The words of the article as they are shown, without the numbers that lead to the sources.
WORDS = """() => {
  const hidden = [...document.querySelectorAll(".footnote-ref")];
  hidden.forEach((number) => { number.style.display = "none"; });
  const words = document.querySelector("article").innerText;
  hidden.forEach((number) => { number.style.display = ""; });
  return words;
}"""
PAGES = ["", "after/", "compare/", "does-it-work/", "tell-us-first/", "words/", "conditions/tennis-elbow/", "questions/does-it-hurt/", "is-this-normal/", "codes/icd10cm/m77.11/"]  # fmt: skip


def printed(page: Page) -> bytes:
    """The page as Chromium prints it, on Letter paper, with the margins of the style sheet."""
    return page.pdf(format="Letter", prefer_css_page_size=False, print_background=False)


def findings(pdf: bytes) -> list[str]:
    """What is too small, too pale or off the paper; Chromium shrinks all of it when one thing is too wide."""
    found = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for number, sheet in enumerate(document.pages, 1):
            for char in sheet.chars:
                if char["text"].strip() and char["size"] < SMALLEST - 0.1:
                    found.append(f"page {number}: {char['text']!r} at {char['size']:.1f} pt")
                colour = char["non_stroking_color"] or (0,)
                if char["text"].strip() and max(colour) > 0.35 and len(colour) != 4:
                    found.append(f"page {number}: {char['text']!r} is pale: {colour}")
                if char["x1"] > sheet.width:
                    found.append(f"page {number}: {char['text']!r} is off the paper")
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("path", PAGES)
def test_a_printed_page_is_large_black_and_whole(browser: Browser, address: str, library, path: str, scripts: bool) -> None:
    """Every word of the article that a reader can see is on the paper, with title, address, QR code and dates."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address + path)
    page.emulate_media(media="print")
    words = {word.strip(".,;:()?!…") for word in page.evaluate(WORDS).split()}
    pdf = printed(page)
    assert findings(pdf) == []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        text = "".join("".join((sheet.extract_text() or "").split()) for sheet in document.pages)
    text = re.sub(r"\[\d+\]", "", text)
    lost = [word for word in words if word not in text and len(word) > 3]
    assert len(lost) <= 0.02 * len(words), lost[:20]
    where = library.site.site_url + path
    assert where.removeprefix("https://").rstrip("/") in text
    assert "Evidencelastchecked" in text
    assert where in codes_in(pdf)
    context.close()


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
    assert pictures_that_wait('<img src="late.svg" loading="lazy"><img src="x.png" class="thumbnail" loading="lazy">') == ["late.svg"]
    waiting = {str(file.relative_to(site)): found for file in site.rglob("*.html") if (found := pictures_that_wait(file.read_text("utf-8")))}
    assert waiting == {}


def test_outside_addresses_are_printed(browser: Browser, address: str) -> None:
    """A link to a source is of use on paper only with its address."""
    page = browser.new_page()
    page.goto(address + "after/")
    page.emulate_media(media="print")
    with pdfplumber.open(io.BytesIO(printed(page))) as document:
        text = "".join("".join((sheet.extract_text() or "").split()) for sheet in document.pages)
    assert "(https://" in text
    page.close()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(":root:root:root article p { font-size: 8pt !important }", "pt"), ("article p { color: #aaa !important }", "pale"), ("article h1 { width: 400mm; white-space: nowrap; word-spacing: 60mm }", "pt|off the paper")],
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


def test_no_card_or_heading_is_split(browser: Browser, address: str, tmp_path: Path) -> None:
    """The style sheet forbids breaks inside cards and after headings on the pages that are printed most."""
    page = browser.new_page()
    page.goto(address + "after/")
    page.emulate_media(media="print")
    rules = page.evaluate("""() => [...document.querySelectorAll('.care, .do, .do-not, article h2')]
        .map(node => [node.className || node.tagName, getComputedStyle(node).breakInside, getComputedStyle(node).breakAfter])""")
    assert rules and all(inside == "avoid" for _, inside, _ in rules)
    assert all(after == "avoid" for name, _, after in rules if name == "H2")
    page.close()
