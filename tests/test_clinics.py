"""What clinics send: every message is one text message, every code is real, every address lives, and copying works."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, Route, expect
from selectolax.lexbor import LexborHTMLParser

from iontosite.check.ledger import check_ledger, not_yet_promised
from iontosite.content.clinic import Clinic
from iontosite.content.codes import wording
from iontosite.content.ledger import Promise, Redirect
from iontosite.content.load import load_content
from iontosite.content.located import parse_yaml
from iontosite.content.messages import GSM_7, LINK, MAX_TEXT, load_messages, most_of, parts_of, text_faults, wide_letters
from iontosite.content.model import Content
from iontosite.content.pages import Page as SitePage
from iontosite.content.text_messages import message_faults, text_of
from iontosite.faults import ContentError
from iontosite.finish.redirects import write_code_redirects, write_redirects
from iontosite.kept import Kept
from iontosite.paper.handouts import PAPERS
from iontosite.paper.posters import pages_with_posters, poster_job
from iontosite.paper.printing import Printed, print_job
from iontosite.project import DOCS
from iontosite.stage.messages import messages as staged_messages


def test_every_ready_text_is_one_text_message(content: Content) -> None:
    """At most 160 characters of the GSM alphabet, with the address, and nothing about the person."""
    messages = content.edition("en").messages
    pages = {page.path: page for page in content.edition("en").pages}
    assert len(messages.moments) >= 5
    for moment in messages.moments:
        text = moment.text.replace("{link}", content.site.site_url + pages[moment.page].url)
        assert len(text) <= MAX_TEXT and set(text) <= GSM_7 and "#" not in text
        for words in (moment.text, moment.short or "", messages.condition_text):
            assert not re.search(r"iontophoresis|steroid|elbow|heel|sweat", words, re.IGNORECASE), "not neutral"


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


# what the fault says: (what is written, what is written in its place)
BAD_MESSAGES = {
    "booking: leads to|before": ("page: before.md", "page: befor.md"),
    "U\\+2019": ("Your therapy visit is tomorrow", "It’s tomorrow"),
    "day-before: .* at most": ("Your therapy visit is tomorrow", "Your therapy visit is tomorrow " + "and so on " * 12),
    "text: holds {link} 0 times": ("How to get ready: {link}", "How to get ready"),
    "email: holds {link} 2 times": ("You do not need to send it to us.", "You do not need to send it to us: {link}"),
    "condition_text: with the address of .*plantar-fasciitis.* at most": ("More: {link}", "More" + " in plain words" * 7 + ": {link}"),
    "condition_text: with the address of .*sweating.*U\\+2019": ("More: {link}", "It’s more: {link}"),
    "condition_text: holds {link} 0 times": ("More: {link}", "More"),
    "no-answer: the short .* at most": ("Your health list: {link}", "Your health list: {link}" + " and so on" * 12),
    "short: holds {link} 0 times": ("Your health list: {link}", "Your health list"),
    "condition_line: holds {link} 0 times": ("More on your problem: {link}", "More on your problem"),
}  # fmt: skip


@pytest.mark.parametrize("says", BAD_MESSAGES)
def test_a_bad_message_stops_the_build(content: Content, says: str) -> None:
    """A message that leads nowhere or does not fit is a fault of the content, and its line is named."""
    old, new = BAD_MESSAGES[says]
    name = "docs/en/messages.yml"
    head, found, tail = (DOCS / "en/messages.yml").read_text("utf-8").rpartition(old)
    assert found, f"messages.yml no longer holds {old!r}"
    with pytest.raises(ContentError, match=says) as caught:
        located = parse_yaml(head + new + tail, name)
        first, *others = content.editions
        editions = (dataclasses.replace(first, messages=load_messages(located)), *others)
        files = {**content.files, "en/messages.yml": located}
        raise ContentError(message_faults(dataclasses.replace(content, editions=editions, files=files), frozenset()))
    # A translation then differs from it, which is told of the translation's own file.
    own = [fault for fault in caught.value.faults if not fault.path.startswith("docs/es/")]
    lines = {fault.line for fault in own}
    first = head.count("\n") + 1
    assert {fault.path for fault in own} == {"docs/en/messages.yml"}
    assert all(first - 3 <= line <= first for line in lines), (lines, first)


def test_a_question_s_text_message_is_held_to_the_same_rule(project: Path) -> None:
    """A question page's own text is checked with its address."""
    page = project / "docs/en/questions/does-it-hurt.md"
    text = re.sub(r"^text_message:.*$", 'text_message: "' + "long " * 40 + '"', page.read_text("utf-8"), flags=re.MULTILINE)
    page.write_text(text, "utf-8")
    with pytest.raises(ContentError, match="text_message"):
        load_content(project / "docs")


def test_each_question_s_text_stands_with_the_messages(content: Content, site: Path) -> None:
    """Whole, with its address, below the name of its page and the group of questions that it is found in."""
    edition = content.edition("en")
    page = LexborHTMLParser((site / "clinics/question-texts/index.html").read_text("utf-8"))
    folds = {fold.css_first("summary").text(): fold for fold in page.css("details.texts")}
    for question in edition.questions:
        if question.front.text_message:
            fold = folds[edition.strings.groups[question.front.group]]
            (item,) = [item for item in fold.css("li") if content.address_of(question) in item.text()]
            assert text_of(question, content) in " ".join(item.text().split())
            assert item.css_first("a").text() == question.front.title
    assert sum(len(fold.css("li")) for fold in folds.values()) == sum(bool(q.front.text_message) for q in edition.questions)


def test_every_code_is_in_the_official_list(content: Content, site: Path) -> None:
    """Each ICD-10-CM code is billable and has its page; 97033 has one, without any wording of the code's owner."""
    codes = content.edition("en").codes
    assert {"M77.11", "M72.2", "97033"} <= {code.code for code in codes}
    for code in codes:
        page = site / "codes" / code.system / code.code.lower() / "index.html"
        tree = LexborHTMLParser(page.read_text("utf-8"))
        target = tree.css_first(".lead-on a").attributes["href"]
        assert (page.parent / target / "index.html").resolve().exists()
        said = tree.css_first("article").text()
        topic = (
            "tap water iontophoresis" if code.page.path == "other-uses/sweating.md" else "helps push medicine through your skin"
        )
        assert topic in said and said.index(topic) < said.index("Evidence checked November")
        assert "No clinician has reviewed this text. The sources are on the page below." in said
        if code.system == "icd10cm":
            assert wording(code.code) in said


@pytest.mark.parametrize(
    ("code", "says"),
    [("M77.41x", '"M77.41"'), ("M77", "is a group.*M77"), ("M77.99", '"M77.9"'), ("m77.11", '"M77.11"'), ("M7711", 'lacks its dot.*"M77.11"'), ("", "is not an")],
)  # fmt: skip
def test_a_wrong_code_is_refused(code: str, says: str) -> None:
    """A code that does not exist, is only a group, or is written in another way is no code for a record."""
    with pytest.raises(ValueError, match=says):
        wording(code)


@pytest.mark.parametrize("spelling", ["M77.11", "m7711", "M7711"])
def test_codes_in_other_spellings_lead_on(site: Path, spelling: str) -> None:
    """Record systems fill in M77.11 or M7711, and addresses are lower-case: all work, and the data says where they lead."""
    page = LexborHTMLParser((site / f"codes/icd10cm/{spelling}/index.html").read_text("utf-8"))
    assert page.css_first("meta[http-equiv=refresh]").attributes["content"] == "0; url=/codes/icd10cm/m77.11/"
    data = json.loads((site / "permalinks.json").read_text("utf-8"))["permalinks"]
    assert data[f"/codes/icd10cm/{spelling}/"]["now"].endswith("/codes/icd10cm/m77.11/")


@pytest.mark.parametrize("spelling", ["l74.511", "L74.511", "l74511", "L74511"])
def test_a_code_whose_page_says_not_there_is_no_longer_shown_but_leads_on(site: Path, content: Content, spelling: str) -> None:
    """Sweating of the face: the page says not to treat it. The promised address leads to that very line."""
    assert "L74.511" not in {code.code for code in content.edition("en").codes}
    page = LexborHTMLParser((site / f"codes/icd10cm/{spelling}/index.html").read_text("utf-8"))
    assert page.css_first("meta[http-equiv=refresh]").attributes["content"].endswith("/other-uses/sweating/#who-should-not")
    assert "L74.511" not in (site / "clinics/codes/index.html").read_text("utf-8")


def test_the_ledger_is_published(site: Path, content: Content) -> None:
    """As data and as a page, with the day of each promise and where it leads now; the page counts what it does not list."""
    data = json.loads((site / "permalinks.json").read_text("utf-8"))["permalinks"]
    assert data.keys() == content.ledger.keys()
    assert data["/after/"]["since"] == content.ledger["/after/"].since
    article = LexborHTMLParser((site / "clinics/permalinks/index.html").read_text("utf-8")).css_first("article")
    shown = {node.text() for node in article.css("li > code:first-child")}
    rest = data.keys() - shown
    assert {"/after/", "/codes/icd10cm/m77.11/"} <= shown
    assert {
        "/handouts/visit-a4-large.pdf",
        "/assets/posters/before-a4.pdf",
        "/assets/qr/before.png",
        "/codes/icd10cm/M7711/",
    } <= rest
    assert all(address.endswith((".pdf", ".svg", ".png")) or address in content.code_spellings for address in rest)
    counts = [
        int(number) for number in re.findall(r"^(?:Handouts|Posters|QR codes|Codes) .*: (\d+)$", article.text(), re.MULTILINE)
    ]
    assert len(counts) == 4 and sum(counts) == len(rest)


def test_a_promised_file_that_is_gone_fails(site: Path, content: Content, tmp_path: Path) -> None:
    """Handouts, posters and QR codes that pages link to are promised like pages, and missed like pages."""
    ledger = {**content.ledger, "/assets/posters/gone-a4.pdf": Promise(since="2026-01-01")}
    said = [str(fault) for fault in check_ledger(site, ledger)]
    assert len(said) == 1 and "/assets/posters/gone-a4.pdf was promised on 2026-01-01 and is gone: bring the file back" in said[0]
    promised = {address for address in content.ledger if not address.endswith("/")}
    assert not_yet_promised(site, {a: p for a, p in content.ledger.items() if a not in promised}) == sorted(
        promised, key=not_yet_promised(site, {}).index
    )


def test_a_file_that_was_renamed_is_given_under_its_old_name(content: Content, tmp_path: Path) -> None:
    """A file cannot lead on, so a redirect copies it; one that leads nowhere, or to another kind of file, is refused."""
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts/new.pdf").write_bytes(b"%PDF")
    moved = Redirect(**{"from": "/handouts/old.pdf", "to": "/handouts/new.pdf", "why": "a test"})
    write_redirects(dataclasses.replace(content, redirects=[moved]), tmp_path)
    assert (tmp_path / "handouts/old.pdf").read_bytes() == b"%PDF"
    assert check_ledger(tmp_path, {"/handouts/old.pdf": Promise(since="2026-01-01")}) == []
    for target, says in (("/handouts/none.pdf", "no .pdf file"), ("/handouts/new.pdf", "still stands")):
        with pytest.raises(ContentError, match=says):
            old = "/handouts/old.pdf" if says == "still stands" else "/handouts/older.pdf"
            write_redirects(
                dataclasses.replace(content, redirects=[Redirect(**{"from": old, "to": target, "why": "a test"})]), tmp_path
            )


@pytest.fixture
def folding_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that does not tell capitals from small letters, as on most Macs: asked for either, it has the one it holds."""

    def real(path: Path) -> Path:
        where = Path(path.anchor)
        for part in path.parts[1:]:
            names = os.listdir(where) if os.path.isdir(where) else []
            where /= next((name for name in names if name.casefold() == part.casefold()), part)
        return where

    for name in ("exists", "is_file"):
        monkeypatch.setattr(Path, name, lambda path, name=name: getattr(os.path, name.replace("is_file", "isfile"))(real(path)))


def test_a_disk_without_capitals_keeps_every_promise(site: Path, content: Content, tmp_path: Path, folding_disk: None) -> None:
    """The pages in capitals are not written there, because the others stand in their place, and none is missed."""
    shutil.copytree(site, tmp_path / "site")
    spellings = content.code_spellings
    for address in spellings:
        shutil.rmtree(str(tmp_path / "site") + address)
    write_code_redirects(content, tmp_path / "site")
    written = {address for address in spellings if os.path.exists(str(tmp_path / "site") + address)}
    assert 0 < len(written) < len(spellings) and "/codes/icd10cm/M77.11/" not in written
    assert check_ledger(tmp_path / "site", content.ledger) == []
    shutil.rmtree(tmp_path / "site/codes/icd10cm/m77.11")
    assert any("/codes/icd10cm/M77.11/" in str(fault) for fault in check_ledger(tmp_path / "site", content.ledger))


@pytest.mark.parametrize("path", ["after/", "clinics/links/", "codes/icd10cm/m77.11/"])
def test_unknown_parameters_never_break_a_page(browser: Browser, address: str, path: str) -> None:
    """Mail programs add parameters; the page is the same, and its canonical address has none."""
    page = browser.new_page()
    response = page.goto(address + path + "?utm_source=x&fbclid=y")
    assert response and response.status == 200
    assert "?" not in page.locator("link[rel=canonical]").get_attribute("href")
    page.close()


def kit_of(site: Path) -> dict:
    """The data of the picker, as the page holds it."""
    tree = LexborHTMLParser((site / "clinics/links/index.html").read_text("utf-8"))
    return json.loads(tree.css_first("#message-kit").text())


def test_the_kit_has_every_file_it_names(site: Path, content: Content) -> None:
    """QR codes as SVG and PNG and the posters on both papers are where the picker looks for them, and the page links all of
    them without a script, too."""
    kit = kit_of(site)
    tree = LexborHTMLParser((site / "clinics/links/index.html").read_text("utf-8"))
    linked = {node.attributes["href"] for node in tree.css("article a[href]")}
    for entry in kit["moments"] + kit["problems"]:
        name = entry["files"]
        for file in (f"qr/{name}.svg", f"qr/{name}.png", f"posters/{name}-letter.pdf", f"posters/{name}-a4.pdf"):
            assert (site / "assets" / file).is_file() and f"../../assets/{file}" in linked, file
    addresses = {entry["address"].removeprefix(content.site.site_url) for entry in kit["problems"]}
    assert "other-uses/sweating/" in addresses
    assert addresses >= {page.url for page in content.edition("en").pages if page.path.startswith("conditions/")} - {
        "conditions/"
    }


def test_every_problem_stands_in_a_table_without_scripts(site: Path) -> None:
    """Problem, address, QR code, poster: four columns at most, a row for each that the picker has."""
    tree = LexborHTMLParser((site / "clinics/links/index.html").read_text("utf-8"))
    rows = [[cell.text() for cell in row.css("td")] for row in tree.css("article tbody tr")]
    assert [row[:2] for row in rows] == [[problem["label"], problem["address"]] for problem in kit_of(site)["problems"]]
    assert {len(row) for row in rows} == {4}


EVERY_COMBINATION = """() => {
  const form = document.getElementById("picker"), seen = [];
  const read = (name) => { const field = document.getElementById("picked-" + name); return field ? field.value : null; };
  for (const moment of form.elements.moment.options) for (const problem of form.elements.condition.options) {
    moment.selected = problem.selected = true;
    form.dispatchEvent(new Event("input"));
    seen.push({
      moment: moment.textContent, problem: problem.value && problem.textContent, text: read("text_message"), plain: read("email_plain"),
      rich: read("email_html"), address: read("address"), problemAddress: read("address_condition"),
      labels: [...form.querySelectorAll(".picked label")].map((label) => label.textContent),
      warnings: form.querySelectorAll(".picked__warning").length, images: [...form.querySelectorAll("img")].map((image) => image.alt),
      cut: [...form.querySelectorAll("textarea")].some((field) => field.scrollHeight > field.clientHeight),
    });
  }
  return seen;
}"""


def test_no_combination_makes_a_false_message(browser: Browser, address: str, content: Content) -> None:
    """The moment's own words and its own address stand in every text and email, whatever problem is picked; the problem's
    address comes on top, with a warning beside it, and every text is whole to be read on a phone."""
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.goto(address + "clinics/links/")
    seen = page.evaluate(EVERY_COMBINATION)
    page.close()
    messages, base = content.edition("en").messages, content.site.site_url
    urls = {item.path: base + item.url for item in content.edition("en").pages}
    problems = [item for item in content.edition("en").pages if item.is_problem]
    titles = {item.front.place.name if item.front.place else item.front.title: base + item.url for item in problems}
    assert len(seen) == len(messages.moments) * (len(titles) + 1)
    for one in seen:
        moment = next(moment for moment in messages.moments if moment.label == one["moment"])
        own = urls[moment.page]
        email = "\n\n".join(moment.email).replace(LINK, own)
        assert one["address"] == own and own in one["images"][0]
        assert one["plain"].startswith(email) and one["rich"] == one["plain"] and not one["cut"]
        assert f"Text message ({len(one['text'])} of {MAX_TEXT} characters)" in one["labels"], "no single text message"
        words = moment.text.replace(LINK, own)
        if not one["problem"]:
            assert one["text"] == words and one["plain"] == email and one["warnings"] == 0
            continue
        theirs = titles[one["problem"]]
        assert one["plain"] == f"{email}\n\nMore on your problem: {theirs}"
        assert one["text"] == f"{words} {messages.condition_text.replace(LINK, theirs)}" and one["problemAddress"] == theirs
        assert one["warnings"] == 4 and theirs in one["images"][1]


# What a clinic calls itself: (name, phone), the start of the text for the day before
# with a problem, and what its label says.
NAMED = {
    "both fit in short words": ("Riverside PT", "555-555-0100", "Riverside PT: Visit tomorrow: http", r"\(1[45]\d of 160 characters\)"),
    "none fits": ("Riverside Physical Therapy and Sports Medicine", "555-555-0100", "Riverside Physical Therapy and Sports Medicine: Your therapy visit is", r"of 160 characters \(It takes 2 text messages.\)\)"),
    "a letter that needs room": ("Clínica Río", "", "Clínica Río: Your therapy visit is", r"of 70 characters \(It takes 3 text messages.\)\)"),
    "a sign that some programs read": ("A $& B", "", "A $& B: Visit tomorrow: http", r"of 160 characters"),
}  # fmt: skip


def with_kit(kit: str) -> Callable[[Route], None]:
    """Answers with the page as it is, but for the data of its picker."""

    def answer(route: Route) -> None:
        response = route.fetch()
        head, start, rest = response.text().partition('id="message-kit">')
        route.fulfill(response=response, body=f"{head}{start}{kit}</script>{rest.partition('</script>')[2]}")

    return answer


def test_a_text_carries_the_clinic_s_name_and_phone(browser: Browser, address: str, content: Content) -> None:
    """And the moment and the problem, in one text where there is a way to say it in one; else its label says how many it takes.
    What the picker says for the moment alone is what stands on the page without scripts."""
    edition = content.edition("en")
    page = browser.new_page(viewport={"width": 360, "height": 780})
    for name, phone, start, label in NAMED.values():
        named = dataclasses.replace(content, clinic=Clinic(name=name, phone=phone))
        staged = staged_messages(named, edition)
        kit = staged.partition('id="message-kit">')[2].partition("</script>")[0]
        page.route("**/clinics/links/", with_kit(kit))
        page.goto(address + "clinics/links/")
        page.select_option("#pick-moment", "1")
        field = page.locator("#picked-text_message")
        assert f"> {field.input_value()}" in staged.splitlines()
        page.select_option("#pick-condition", label="Heel")
        text = field.input_value()
        assert text.startswith(start) and text.endswith(f" Call: {phone}" if phone else "/") and "/before/ More: http" in text
        assert re.search(label, page.locator("label[for=picked-text_message]").inner_text())
        page.unroute("**/clinics/links/")
    page.close()


@pytest.mark.parametrize(
    ("text", "most", "parts"),
    [("x" * 160, 160, 1), ("x" * 161, 160, 2), ("x" * 307, 160, 3), ("í" * 70, 70, 1), ("í" * 71, 70, 2), ("ñ" * 160, 160, 1)],
)
def test_texts_are_counted_as_networks_do(text: str, most: int, parts: int) -> None:
    """160 characters, or 70 with a letter from outside of the alphabet; parts of a longer one hold a few less."""
    assert (most_of(text), parts_of(text)) == (most, parts)


def test_emails_with_links_lead_where_their_words_say(site: Path) -> None:
    """The formatted email holds the moment's address as a link, and the problem's line holds the problem's."""
    kit = kit_of(site)
    for entry, name in [(one, "emailHtml") for one in kit["moments"]] + [(one, "lineHtml") for one in kit["problems"]]:
        links = [(node.attributes["href"], node.text()) for node in LexborHTMLParser(entry[name]).css("a")]
        assert links == [(entry["address"], entry["address"])]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_receptionist_copies_a_text_with_the_keyboard_alone(browser: Browser, address: str, width: int) -> None:
    """From the home page: menu, ready messages, moment, problem, copy; the clipboard holds the text, the word beside the
    button says so, and the button keeps the focus."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(address)
    press_until(page, "document.activeElement.matches('.menu summary')")
    page.keyboard.press("Enter")
    press_until(page, "document.activeElement.matches('.menu a[href*=\"clinics/links\"]')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clinics/links/")
    press_until(page, "document.activeElement.id === 'pick-moment'")
    page.keyboard.press("ArrowDown")
    press_until(page, "document.activeElement.id === 'pick-condition'")
    page.keyboard.type("Elbow")
    copied = {}
    for name in ("Copy text message", "Copy email with a link"):
        press_until(page, f"document.activeElement.textContent === '{name}'")
        page.keyboard.press("Enter")
        expect(page.locator(".picked", has_text=name).locator("[role=status]").last).to_have_text("Copied")
        assert page.locator(".picked__said:not(:empty)").count() == 1
        assert page.evaluate("document.activeElement.textContent") == name
        copied[name] = page.evaluate("navigator.clipboard.readText()")
    text = copied["Copy text message"]
    assert text.startswith("Your therapy visit is tomorrow") and "/before/ More: " in text
    assert text.endswith("/conditions/tennis-elbow/")
    email = copied["Copy email with a link"]
    assert "/before/" in email and email.endswith("/conditions/tennis-elbow/")
    context.close()


HEAR_COPIES = "addEventListener('copy', (event) => { window.heard = ['text/plain', 'text/html'].map((kind) => event.clipboardData.getData(kind)); });"


def test_copying_works_without_a_clipboard_of_the_browser_s_own(browser: Browser, address: str) -> None:
    """Over plain http, as inside of many clinics, a browser gives pages no clipboard: the old command copies."""
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });" + HEAR_COPIES)
    page.goto(address + "clinics/links/")
    button = page.get_by_role("button", name="Copy email with a link")
    button.click()
    assert button.locator("xpath=..").locator("[role=status]").text_content() == "Copied"
    plain, rich = page.evaluate("heard")
    assert "/what-it-is/" in plain and "/what-it-is/</a>" in rich and button.evaluate("node => node === document.activeElement")
    page.close()


def test_where_copying_is_not_allowed_the_text_is_selected(browser: Browser, address: str) -> None:
    """A browser that refuses is not the end: the text is selected, and the word beside the button says what to press."""
    page = browser.new_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'));")
    page.goto(address + "clinics/links/")
    button = page.get_by_role("button", name="Copy text message")
    button.click()
    said = button.locator("xpath=..").locator("[role=status]")
    expect(said).to_contain_text("press Ctrl+C")
    selected = page.evaluate(
        "(field => [field.id, field.value.slice(field.selectionStart, field.selectionEnd)])(document.activeElement)"
    )
    assert (
        selected[0] == "picked-text_message"
        and selected[1].startswith("Your therapy visit is booked")
        and selected[1].endswith("/what-it-is/")
    )
    page.close()


def press_until(page: Page, condition: str, key: str = "Tab", most: int = 150) -> None:
    """Press a key until a condition on the page holds."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(condition):
            return
    pytest.fail(f"{key} never led to: {condition}")


def test_without_scripts_the_messages_are_all_there(browser: Browser, address: str, content: Content) -> None:
    """The page lists every text, and the picker stays hidden."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "clinics/links/")
    assert not page.locator("#picker").is_visible()
    text = page.locator("article").inner_text()
    assert all(moment.text.split("{link}")[0].strip() in text for moment in content.edition("en").messages.moments)
    context.close()


def test_social_previews_are_right(site: Path, content: Content) -> None:
    """Pages that clinics send have a title, a text and an own picture for previews."""
    for moment in content.edition("en").messages.moments:
        url = next(page.url for page in content.edition("en").pages if page.path == moment.page)
        tree = LexborHTMLParser((site / url / "index.html").read_text("utf-8"))
        meta = {node.attributes["property"]: node.attributes["content"] for node in tree.css("meta[property]")}
        assert meta["og:title"] and meta["og:description"] and meta["og:url"] == content.site.site_url + url
        assert (site / meta["og:image"].removeprefix(content.site.site_url)).is_file()


def poster(page: SitePage, content: Content, paper: str, kept: Kept) -> bytes:
    """The printed poster of a page; raises ContentError where it does not fit."""
    printed = print_job(poster_job(page, content, paper, kept))
    if not isinstance(printed, Printed):
        raise ContentError([printed])
    return printed.pdf


FULL = "other-uses/sweating.md"  # its title and description fill a poster
USUAL_CLINIC = Clinic(name="Riverside Physical Therapy", phone="555-0100", address="12 River Street, Springfield, IL 62704")
LONG_CLINIC = Clinic(name="Riverside Physical Therapy and Sports Medicine of the Upper Valley, Building 12", department="Hand and elbow clinic", phone="1-800-555-0100", address="12345 Northwest Riverside Boulevard, Springfield, IL 62704", logo="preview.png")  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("clinic", [Clinic(), USUAL_CLINIC, LONG_CLINIC], ids=["no clinic", "usual clinic", "long clinic"])
def test_a_poster_is_one_sheet_with_a_square_in_the_middle(content: Content, kept: Kept, clinic: Clinic, paper: str) -> None:
    """The site's name above the title, the code in the middle, below it what to do, the address, what it opens and who
    checked it; the clinic's own details on top where there are any, its address where there is room for it."""
    named = dataclasses.replace(content, clinic=clinic)
    for page in [
        page for page in pages_with_posters(content.edition("en")) if page.path in ("your-visit.md", FULL, "what-it-is.md")
    ]:
        pdf = poster(page, named, paper, kept)
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            assert len(document.pages) == 1
            sheet = document.pages[0]
            words = {word["text"]: word["top"] / float(sheet.height) for word in sheet.extract_words()}
            text = " ".join(sheet.extract_text().split())
        assert words["explained"] < 1 / 3 and words["camera"] > 0.5 and words["reviewed"] > 0.85
        for said in (
            content.edition("en").strings.site_name,
            page.front.title,
            page.front.description,
            "Evidence checked",
            *filter(None, (clinic.name, clinic.phone, clinic.address if clinic == USUAL_CLINIC and page.path != FULL else "")),
        ):
            assert said in text, said
        found = zxingcpp.read_barcodes(pypdfium2.PdfDocument(pdf)[0].render(scale=1, grayscale=True).to_pil())
        assert [code.text for code in found] == [content.site.site_url + page.url]
        middle = (found[0].position.top_left.y + found[0].position.bottom_left.y) / 2 / float(sheet.height)
        assert 1 / 3 < middle < 2 / 3


def test_a_poster_that_does_not_fit_is_a_fault(content: Content, kept: Kept) -> None:
    """Words are never cut off: what leaves no room for the square is told to the writer."""
    page = next(page for page in content.edition("en").pages if page.path == "your-visit.md")
    long = dataclasses.replace(page, front=page.front.model_copy(update={"title": "Unbelievably long words " * 12}))
    with pytest.raises(ContentError, match=r"docs/en/your-visit\.md:2: does not fit on a poster"):
        poster(long, content, "letter", kept)


TEXTS = {
    "é, ñ, ü and ¿ are in the alphabet": ("¿Mañana? Té, pingüino. " * 6, 1, []),
    "one letter that is not": ("Su cita es hoy a las 3 en la clínica.", 1, ["í"]),
    "a long text with one that is not": ("Su cita es hoy en la clínica. " * 3, 2, ["í"]),
    "three parts": ("Su cita es hoy en la clínica. " * 5, 3, ["í"]),
    "a long plain text": ("Su cita es hoy. " * 11, 2, []),
}


@pytest.mark.parametrize("name", TEXTS)
def test_letters_outside_of_the_alphabet_of_text_messages_are_counted(name: str) -> None:
    """á, í, ó and ú cut a message to 70 characters, and each part of a long one to 67 (3GPP TS 23.038, 23.040)."""
    text, parts, letters = TEXTS[name]
    assert (parts_of(text), wide_letters(text)) == (parts, letters)


def test_a_language_may_use_its_letters_and_not_its_dashes() -> None:
    """What can be written plain is a fault in every language, a letter only where it takes too many messages."""
    assert text_faults("Su cita en la clínica", wide=True) == []
    assert "í (U+00ED)" in text_faults("Su cita en la clínica")[0]
    assert "– (U+2013)" in text_faults("Su cita – hoy", wide=True)[0]
    assert "takes 4 text messages, because of í" in text_faults("Su cita es hoy en la clínica. " * 8, wide=True)[0]
