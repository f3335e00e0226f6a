"""What clinics send: every message is one text message, every code is real, every address lives, and copying works."""
from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from content.faults import ContentError
from content.library import load_library
from content.messages import GSM_7, MAX_TEXT, text_faults
from stage.codes import all_codes, wording


def test_every_ready_text_is_one_text_message(library) -> None:
    """At most 160 characters of the GSM alphabet, with the address, and nothing about the person."""
    messages = library.messages["en"]
    pages = {page.path: page for page in library.pages_in("en")}
    assert len(messages.moments) >= 5
    for moment in messages.moments:
        text = moment.text.replace("{link}", library.site.site_url + pages[moment.page].url)
        assert len(text) <= MAX_TEXT and set(text) <= GSM_7 and "#" not in text
        assert not re.search(r"iontophoresis|steroid|elbow|heel|sweat", moment.text, re.IGNORECASE), "not neutral"


@pytest.mark.parametrize(
    ("text", "says"),
    [("Don’t be late", "U\\+2019"), ("x" * 161, "161 characters"), ("See https://a.example/#top", "holds a #"), ("Café ☕", "U\\+2615")],
)  # fmt: skip
def test_a_text_that_is_no_single_message_is_caught(text: str, says: str) -> None:
    """A curly quote, one character too many, a # and a picture are each named."""
    assert any(re.search(says, fault) for fault in text_faults(text))


def test_a_plain_text_passes() -> None:
    """No false alarm."""
    assert text_faults("Your visit is tomorrow: https://iontophoresis.example/before/") == []


BAD_MESSAGES = {
    "leads to": ("page: before.md", "page: befor.md"),
    "U\\+2019": ("Your therapy visit is tomorrow", "It’s tomorrow"),
    "at most": ("Your therapy visit is tomorrow", "Your therapy visit is tomorrow " + "and so on " * 12),
}


@pytest.mark.parametrize("says", BAD_MESSAGES)
def test_a_bad_message_stops_the_build(project: Path, says: str) -> None:
    """A message that leads nowhere or does not fit is a fault of the content."""
    old, new = BAD_MESSAGES[says]
    path = project / "docs/en/messages.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError, match=says):
        load_library(project / "docs")


def test_a_question_s_text_message_is_held_to_the_same_rule(project: Path) -> None:
    """A question page's own text is checked with its address."""
    page = project / "docs/en/questions/does-it-hurt.md"
    text = re.sub(r"^text_message:.*$", 'text_message: "' + "long " * 40 + '"', page.read_text("utf-8"), flags=re.MULTILINE)
    page.write_text(text, "utf-8")
    with pytest.raises(ContentError, match="text_message"):
        load_library(project / "docs")


def test_every_code_is_in_the_official_list(library, site: Path) -> None:
    """Each ICD-10-CM code is billable and has its page; 97033 has one, without any wording of the code's owner."""
    codes = all_codes(library, "en")
    assert {"M77.11", "M72.2", "97033"} <= {code.code for code in codes}
    for code in codes:
        page = site / "codes" / code.system / code.code.lower() / "index.html"
        tree = LexborHTMLParser(page.read_text("utf-8"))
        target = tree.css_first(".lead-on a").attributes["href"]
        assert (page.parent / target / "index.html").resolve().exists()
        if code.system == "icd10cm":
            assert wording(code.code) in tree.body.text()


@pytest.mark.parametrize("code", ["M77.41x", "M77", "Z99.99", ""])
def test_a_wrong_code_is_refused(code: str) -> None:
    """A code that does not exist, or is only a group, is no code for a record."""
    with pytest.raises(ValueError):
        wording(code)


def test_codes_in_capitals_lead_on(site: Path) -> None:
    """Record systems fill in M77.11, and addresses are lower-case: both work."""
    page = (site / "codes/icd10cm/M77.11/index.html").read_text("utf-8")
    assert "m77.11" in page


def test_the_ledger_is_published(site: Path, library) -> None:
    """As data and as a page, with the day of each promise and where it leads now."""
    data = json.loads((site / "permalinks.json").read_text("utf-8"))["permalinks"]
    assert data.keys() == library.ledger.keys()
    assert data["/after/"]["since"] == library.ledger["/after/"].since
    shown = (site / "clinics/permalinks/index.html").read_text("utf-8")
    assert all(address in shown for address in data)


@pytest.mark.parametrize("path", ["after/", "clinics/links/", "codes/icd10cm/m77.11/"])
def test_unknown_parameters_never_break_a_page(browser: Browser, address: str, path: str) -> None:
    """Mail programs add parameters; the page is the same, and its canonical address has none."""
    page = browser.new_page()
    response = page.goto(address + path + "?utm_source=x&fbclid=y")
    assert response and response.status == 200
    assert "?" not in page.locator("link[rel=canonical]").get_attribute("href")
    page.close()


def test_the_kit_has_every_file_it_names(site: Path) -> None:
    """QR codes as SVG and PNG and the posters are where the picker looks for them."""
    tree = LexborHTMLParser((site / "clinics/links/index.html").read_text("utf-8"))
    kit = json.loads(tree.css_first("#message-kit").text())
    for entry in kit["moments"] + kit["conditions"]:
        for name in (f"qr/{entry['qr']}.svg", f"qr/{entry['qr']}.png", f"posters/{entry['qr']}-letter.pdf"):
            assert (site / "assets" / name).is_file(), name
    assert len(kit["conditions"]) >= 11


def test_a_receptionist_copies_a_text_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    """From the home page: menu, ready messages, moment, copy; the clipboard holds the text and the page says so."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    press_until(page, "document.activeElement.matches('.menu summary')")
    page.keyboard.press("Enter")
    press_until(page, "document.activeElement.matches('.menu a[href*=\"clinics/links\"]')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clinics/links/")
    press_until(page, "document.activeElement.id === 'pick-moment'")
    page.keyboard.press("ArrowDown")
    press_until(page, "document.activeElement.matches('.picked button')")
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('picked-status').textContent !== ''")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Your therapy visit is tomorrow") and "/before/" in copied
    assert "Copied" in page.locator("#picked-status").text_content()
    context.close()


def press_until(page, condition: str, key: str = "Tab", most: int = 150) -> None:
    """Press a key until a condition on the page holds."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(condition):
            return
    pytest.fail(f"{key} never led to: {condition}")


def test_without_scripts_the_messages_are_all_there(browser: Browser, address: str, library) -> None:
    """The page lists every text, and the picker stays hidden."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "clinics/links/")
    assert not page.locator("#picker").is_visible()
    text = page.locator("article").inner_text()
    assert all(moment.text.split("{link}")[0].strip() in text for moment in library.messages["en"].moments)
    context.close()


def test_social_previews_are_right(site: Path, library) -> None:
    """Pages that clinics send have a title, a text and an own picture for previews."""
    for moment in library.messages["en"].moments:
        url = next(page.url for page in library.pages_in("en") if page.path == moment.page)
        tree = LexborHTMLParser((site / url / "index.html").read_text("utf-8"))
        meta = {node.attributes["property"]: node.attributes["content"] for node in tree.css("meta[property]")}
        assert meta["og:title"] and meta["og:description"] and meta["og:url"] == library.site.site_url + url
        assert (site / meta["og:image"].removeprefix(library.site.site_url)).is_file()
