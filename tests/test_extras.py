"""Small things that pages add: a half page for the visit, a row that enlarges, reads aloud and sends, a reminder. Each works from
the page alone, stores nothing, sends nothing by itself, and is absent where it cannot work."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import brotli
import pdfplumber
import pytest
from playwright.sync_api import Browser, Page, Route

from iontosite.project import DOCS

LIGHT = 1200  # bytes of a script in Brotli
SCRIPTS = ("take.js", "row.js", "listen.js", "reminder.js", "scale.js", "checklist.js", "page.js", "connect.js")
KEPT = "() => [localStorage.length, sessionStorage.length, document.cookie.length, window.name.length].some(Boolean)"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone, with fingers and without voices."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True)
    yield context.new_page()
    context.close()


def spoil(page: Page, name: str, old: str, new: str) -> None:
    """Give a page another script than the site's: the known-bad one that a measure has to catch."""

    def answer(route: Route) -> None:
        script = route.fetch()
        assert old in script.text(), f"{name} no longer holds {old!r}"
        route.fulfill(response=script, body=script.text().replace(old, new))

    page.route(re.compile(rf"/static/{name.removesuffix('.js')}\.[0-9a-f]+\.js$"), answer)


def weight(data: bytes) -> int:
    """Bytes as a host sends them."""
    return len(brotli.compress(data, quality=11))


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_script_is_light(name: str) -> None:
    """At most 1,200 bytes."""
    assert weight((DOCS / "assets" / name).read_bytes()) <= LIGHT


def test_a_heavy_script_is_caught() -> None:
    """The measure itself, with words that do not compress."""
    assert weight(random.Random(7).randbytes(LIGHT)) > LIGHT


def test_without_scripts_nothing_is_offered_that_needs_one(browser: Browser, address: str) -> None:
    """The page is whole: its lists keep their numbers, and no button and no form stands there without effect."""
    page = browser.new_page(java_script_enabled=False)
    for path in ("compare/", "before/", "tell-us-first/"):
        page.goto(address + path)
        assert page.locator("article :is(button, form, input, .take)").filter(visible=True).count() == 0
        assert page.locator(".asks").count() == 0
    page.close()


# --- For my visit ---


def lines_of(page: Page) -> list[str]:
    """What stands on the half page; nothing where it is not shown."""
    return page.locator(".take:visible li").all_inner_texts()


def test_what_is_chosen_comes_together_and_goes_along_by_its_own_links_alone(phone: Page, address: str) -> None:
    """Numbers and questions of one page, then the checks of another; another way out, or a reload, takes nothing along."""
    phone.goto(address + "compare/")
    assert lines_of(phone) == [] and not phone.locator(".take").is_visible()
    phone.locator(".scale li").nth(2).locator("label").nth(2).click()
    phone.locator(".asks input").nth(1).check()
    chosen = ["I want no needle: 3 a lot", "Which choice has been tested for my problem?"]
    assert lines_of(phone) == chosen and not phone.evaluate(KEPT)
    phone.locator(".take a[href*=tell-us-first]").click()
    phone.wait_for_url("**/tell-us-first/")
    assert lines_of(phone) == chosen and not phone.evaluate(KEPT)
    phone.locator(".checklist-stop input").first.check()
    phone.locator(".checklist-tell input").first.check()
    stop, tell, *rest = lines_of(phone)
    labels = [phone.locator(f".checklist-{kind} label").first.inner_text().strip() for kind in ("stop", "tell")]
    assert [stop, tell] == labels and rest == chosen
    assert "do not start before we have talked" in phone.locator(".take p").first.inner_text()
    phone.get_by_role("button", name="Clear it").click()
    assert lines_of(phone) == [] and phone.locator("main :checked").count() == 0
    phone.locator(".checklist-tell input").first.check()
    phone.locator(".checklist-tell input").first.uncheck()
    assert not phone.locator(".take").is_visible()
    phone.locator(".checklist-tell input").nth(1).check()
    phone.locator("article a[href*=handouts], .to-top a").first.click()
    phone.goto(address + "before/")
    assert lines_of(phone) == []


KEEPS = 'document.addEventListener("change", show);'


def test_a_half_page_that_is_stored_is_caught(phone: Page, address: str) -> None:
    """The measure itself: a script that keeps what it gathers."""
    spoil(phone, "take.js", KEEPS, f'{KEEPS} document.addEventListener("change", () => sessionStorage.setItem("a", "b"));')
    phone.goto(address + "compare/")
    assert not phone.evaluate(KEPT)
    phone.locator(".asks input").first.check()
    assert phone.evaluate(KEPT)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('for my visit {"ask": ["<img src=x onerror=alert(1)>"]}', ["<img src=x onerror=alert(1)>"]),
        ('for my visit {"ask": "one", "other": ["two"], "stop": [{"a": 1}]}', ["[object Object]", "one"]),
        ("for my visit {", []),
        ("for my visit null", []),
        ("somebody else's tab", []),
    ],
)
def test_what_another_page_named_the_tab_does_no_harm(phone: Page, address: str, name: str, shown: list[str]) -> None:
    """It is never read as HTML, breaks nothing, and a name that is not ours stays."""
    faults: list[object] = []
    phone.on("pageerror", lambda fault: faults.append(fault))
    phone.goto(address + "after/")
    phone.evaluate("(name) => { window.name = name; }", name)
    phone.goto(address + "before/")
    assert lines_of(phone) == shown and phone.locator(".take img").count() == 0
    assert phone.evaluate("window.name") == ("" if name.startswith("for my visit") else name)
    assert faults == []


def half_page(page: Page) -> float:
    """How much of the first sheet of paper is used; 1 and more where there are several."""
    with pdfplumber.open(io.BytesIO(page.pdf(format="Letter"))) as document:
        sheet = document.pages[0]
        words = [word for word in sheet.extract_words() if not re.fullmatch(r"\d+|/", word["text"])]
        last = max(word["bottom"] for word in words if word["top"] < float(sheet.height) - 60)
        return len(document.pages) - 1 + last / float(sheet.height)


def test_the_half_page_prints_alone(phone: Page, address: str) -> None:
    """Six checks, three questions and six numbers fit on half a sheet, with nothing else on it; printed as usual, the page is
    whole again."""
    phone.add_init_script("window.print = () => { window.printed = true; };")
    phone.goto(address + "compare/")
    for line in range(6):
        phone.locator(".scale li").nth(line).locator("label").nth(line % 3).click()
    for line in range(3):
        phone.locator(".asks input").nth(line).check()
    phone.locator(".take a[href*=tell-us-first]").click()
    for line in range(3):
        phone.locator(".checklist-stop input").nth(line).check()
        phone.locator(".checklist-tell input").nth(line).check()
    assert len(lines_of(phone)) == 15 and half_page(phone) > 1
    phone.get_by_role("button", name="Print this half page").click()
    assert phone.evaluate("window.printed") and half_page(phone) <= 0.5
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    assert half_page(phone) > 1


# --- The row at the end of a page ---

# A browser with voices: `said` holds what was spoken, `by` the voice's language; `finish()` ends the line that is being read.
VOICES = """(local) => {
  let now = null;
  window.said = [];
  window.voices = [{ lang: "de-DE", localService: true }, { lang: "en_US", localService: local }];
  window.finish = () => { const part = now; now = null; part.onend(); };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => window.voices,
    speak: (part) => { now = part; window.said.push(part.text); window.by = part.voice.lang; },
    cancel: () => { const part = now; now = null; if (part) setTimeout(part.onend); },
  } });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""


def with_voices(page: Page, local: bool) -> None:
    """Give a page's browser an English voice of its own, or one of a server."""
    page.add_init_script(f"({VOICES})({str(local).lower()})")


def test_a_page_is_read_aloud_by_a_voice_of_the_device(phone: Page, address: str) -> None:
    """Title and text in order, without marks, sources and frame; it pauses, and goes on with the line that was cut."""
    with_voices(phone, local=True)
    phone.goto(address + "conditions/jaw/")
    phone.get_by_role("button", name="Listen").click()
    title = phone.locator("h1").inner_text()
    assert phone.evaluate("said") == [title]
    phone.evaluate("finish()")
    phone.get_by_role("button", name="Pause").click()
    phone.wait_for_timeout(20)
    heard = phone.evaluate("said")
    assert len(heard) == 2
    phone.get_by_role("button", name="Go on").click()
    assert phone.evaluate("said") == [*heard, heard[1]]
    for _ in range(300):
        if phone.get_by_role("button", name="Listen").count():
            break
        phone.evaluate("finish()")
    text = "\n".join(phone.evaluate("said"))
    assert all(heading in text for heading in phone.locator("article h2").all_inner_texts()[:5])
    assert "Sources" not in text and "To the top" not in text and "Evidence checked" not in text and "911" in text
    phone.get_by_role("button", name="Listen").click()
    assert phone.evaluate("said.at(-1)") == title


def test_without_a_voice_of_the_device_nothing_is_offered(browser: Browser, address: str) -> None:
    """A voice of a server would send it the page's words: there is no button, nor where there is no voice at all."""
    for setting in (lambda page: with_voices(page, local=False), lambda page: None):
        page = browser.new_page()
        setting(page)
        page.goto(address + "after/")
        assert page.get_by_role("button", name="Send").is_visible() and not page.get_by_role("button", name="Listen").count()
        page.close()
    page = browser.new_page()
    spoil(page, "listen.js", "one.localService && ", "")
    with_voices(page, local=False)
    page.goto(address + "after/")
    assert page.get_by_role("button", name="Listen").is_visible(), "the measure itself"
    page.close()


SIZE = "() => parseFloat(getComputedStyle(document.querySelector('article li')).fontSize)"


def growth(page: Page) -> dict[str, float]:
    """How much larger "A+" makes the text, on the screen and on paper."""
    sizes: dict[str, list[float]] = {"screen": [], "print": []}
    for press in ("A+", "A"):
        for media, found in sizes.items():
            page.emulate_media(media=media)
            found.append(page.evaluate(SIZE))
        page.emulate_media(media="screen")
        page.locator(".to-top button", has_text=re.compile(f"^{re.escape(press)}$")).click()
    return {media: large / usual for media, (usual, large) in sizes.items()}


def test_larger_text_prints_larger(phone: Page, address: str) -> None:
    """By a quarter or more, in both; a second press takes it back; the button says what it does, and stays on the screen."""
    phone.goto(address + "after/")
    assert all(factor >= 1.25 for factor in growth(phone).values())
    button = phone.get_by_role("button", name="A+ Larger text")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true" and button.inner_text() == "A"
    box = button.bounding_box()
    assert box and 0 <= box["y"] <= 640 and not phone.evaluate(KEPT)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_larger_text_that_paper_does_not_know_is_caught(phone: Page, address: str) -> None:
    """The measure itself: a sheet for paper with a size of its own."""

    def fix(route: Route) -> None:
        sheet = route.fetch()
        route.fulfill(response=sheet, body=sheet.text() + "@media print { :root article li { font-size: 12pt !important } }")

    phone.route("**/static/print.*.css", fix)
    phone.goto(address + "after/")
    found = growth(phone)
    assert found["screen"] >= 1.25 and found["print"] == 1


def ways_to_send(page: Page) -> dict[str, str]:
    """The links that send a page on, as a person reads them, by their words."""
    page.get_by_role("button", name="Send").click()
    links = page.locator(".to-top + .to-top a").evaluate_all(
        "(links) => links.map((link) => [link.textContent, link.getAttribute('href')])"
    )
    return {words: unquote(href) for words, href in links}


def private(ways: dict[str, str], address: str) -> bool:
    """Whether no way to send says more than neutral words and the page's address."""
    says = "This page may help you:"
    starts = ("sms:?&body=", "whatsapp://send?text=", f"mailto:?subject={says}&body=")
    return all(href in [f"{start}{says} {address}" for start in starts] for href in ways.values())


def test_a_page_is_sent_on_by_the_reader_s_own_programs(phone: Page, address: str, site: Path) -> None:
    """Its public address in neutral words; where that can name a problem a line says so; nothing is shown before it is asked for."""
    for path, names in (("conditions/jaw/", True), ("questions/pregnant/", True), ("before/", False)):
        phone.goto(address + path)
        send = phone.get_by_role("button", name="Send")
        assert send.get_attribute("aria-expanded") == "false" and phone.locator(".to-top").count() == 1
        ways = ways_to_send(phone)
        assert send.get_attribute("aria-expanded") == "true"
        assert list(ways) == ["Text", "WhatsApp", "Email"] and private(ways, f"https://iontophoresis.example/{path}")
        assert ("names a health problem" in phone.locator(".to-top").last.inner_text()) == names
        assert phone.evaluate(
            """() => [...document.querySelectorAll(".to-top :is(a, button)")].every((each) => each.offsetHeight >= 44)"""
        )
        send.click()
        assert phone.locator(".to-top").count() == 1


def test_what_tells_more_than_the_address_is_caught(phone: Page, address: str) -> None:
    """The measure itself: the title of the page in the subject of an email, which a locked screen shows."""
    spoil(phone, "row.js", "encodeURIComponent(says)}&", "encodeURIComponent(document.title)}&")
    phone.goto(address + "conditions/jaw/")
    assert not private(ways_to_send(phone), "https://iontophoresis.example/conditions/jaw/")


def test_programs_of_phones_are_not_offered_elsewhere(browser: Browser, address: str) -> None:
    """A screen without touch gets the email alone."""
    page = browser.new_page()
    page.goto(address + "before/")
    assert list(ways_to_send(page)) == ["Email"]
    page.close()


# --- The reminder ---

HEALTH = re.compile(r"ionto|th?erap|treat|tratam|pain|dolor|skin|piel|visit|cl[ií]nic|health|salud|m[eé]dic", re.IGNORECASE)


def reminder(page: Page, when: str, button: str = "Make the reminder", file: str = "appointment.ics") -> str:
    """The file that a press makes for a day and time, line ends as they are."""
    page.locator("#reminder-when").fill(when)
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    assert download.value.suggested_filename == file
    return Path(download.value.path()).read_bytes().decode("utf-8")


def calendar_faults(text: str) -> list[str]:
    """What a calendar would stumble over (RFC 5545), and words that say why somebody has an appointment."""
    lines = text.split("\r\n")
    faults = [f"line end: {line!r}" for line in lines if "\n" in line or len(line.encode()) > 75]
    for name in ("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "TRIGGER:-P1D", "END:VALARM", "END:VEVENT", "END:VCALENDAR"):
        faults += [] if name in lines else [f"missing: {name}"]
    for name in ("PRODID", "UID", "DTSTAMP", "DTSTART", "SUMMARY"):
        faults += [] if sum(line.startswith(f"{name}:") for line in lines) == 1 else [f"not once: {name}"]
    return faults + [f"tells too much: {match[0]}" for match in HEALTH.finditer(text)]


def test_a_reminder_says_when_and_nothing_else(phone: Page, address: str) -> None:
    """The hour on the wall, one day's warning, a neutral word; nothing is made before a time is given."""
    phone.goto(address + "before/")
    phone.get_by_role("button", name="Make the reminder").click()
    assert phone.evaluate("document.getElementById('reminder-when').validity.valueMissing")
    text = reminder(phone, "2027-03-09T08:05")
    assert calendar_faults(text) == []
    assert "DTSTART:20270309T080500\r\n" in text and text.count("Appointment") == 2
    assert re.search(r"^DTSTAMP:\d{8}T\d{6}Z\r$", text, re.MULTILINE)
    assert not phone.evaluate(KEPT)


def test_a_spanish_page_speaks_and_reminds_in_spanish(phone: Page, address: str) -> None:
    """No English voice reads Spanish to anybody: the button comes with a Spanish one. A calendar shows “Cita”, and nothing else."""
    with_voices(phone, local=True)
    phone.goto(address + "es/before/")
    assert phone.get_by_role("button", name="Enviar").is_visible() and not phone.get_by_role("button", name="Escuchar").count()
    phone.evaluate("voices.push({ lang: 'es_MX', localService: true }); speechSynthesis.onvoiceschanged()")
    phone.get_by_role("button", name="Escuchar").click()
    assert phone.evaluate("[said, by]") == [[phone.locator("h1").inner_text()], "es_MX"]
    text = reminder(phone, "2027-03-09T08:05", "Hacer el recordatorio", "cita.ics")
    assert calendar_faults(text) == [] and text.count(":Cita\r\n") == 2


BAD_REMINDERS: dict[str, Callable[[Page], None]] = {
    "tells too much: ionto": lambda page: spoil(page, "reminder.js", "`SUMMARY:${title}`", "`SUMMARY:${document.title} ionto`"),
    "not once: UID": lambda page: spoil(page, "reminder.js", "`UID:", "`ID:"),
    "line end": lambda page: spoil(page, "reminder.js", r'"\r\n"', r'"\n"'),
}


@pytest.mark.parametrize("fault", BAD_REMINDERS)
def test_a_bad_reminder_is_caught(phone: Page, address: str, fault: str) -> None:
    """The measure itself."""
    BAD_REMINDERS[fault](phone)
    phone.goto(address + "before/")
    assert any(found.startswith(fault) for found in calendar_faults(reminder(phone, "2027-03-09T08:05")))


@pytest.mark.parametrize(("locale", "page", "label"), [("es-MX", "after/", "español"), ("en-US", "es/after/", "English")])
def test_whoever_reads_another_language_sees_the_way_to_it(
    browser: Browser, address: str, locale: str, page: str, label: str
) -> None:
    """The way to the same page in the language that the browser asks for is marked, and says what it is; whoever's browser
    asks for the page's own language, or for a third one, sees nothing of it. Nothing is stored."""
    for wanted in (locale, "fr-FR", "es-US" if page.startswith("es/") else "en-US"):
        visitor = browser.new_page(locale=wanted)
        visitor.goto(address + page)
        ways = visitor.locator(".top .offered")
        assert ways.count() == (wanted == locale), wanted
        if wanted == locale:
            assert label in (ways.get_attribute("aria-label") or "") and label.lower() == ways.inner_text().strip().lower()
        assert visitor.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
        visitor.close()
