"""Who reaches what: every kind of page in the states that readers bring about, with the spacing, size and colours of their own, by
keyboard alone, and as a screen reader names it. One visit of a page looks at all of its states, because to open one takes longer."""

from __future__ import annotations

import io
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser, LexborNode

import axe
from test_browser import ANSWER, LAYOUT_FAULTS, listening

USE = (Path(__file__).parent / "use.js").read_text(encoding="utf-8")
SPOKEN = Path(__file__).parent / "fixtures" / "spoken"
MAKER = "handouts/make/visit/"
# One page of each kind, and of the second language those whose scripts and frame have words of their own.
KINDS = [
    *("", "is-this-normal/", "tell-us-first/", "compare/", "before/", "does-it-work/", "words/", "no-such-page/"),
    *("conditions/", "conditions/tennis-elbow/", "questions/burn/", "codes/icd10cm/m77.11/", "search/#q=burn", MAKER, ANSWER),
    *("sources/", "sources/na-nm/", "about/yardsticks/", "clinics/links/", "clinics/review/", "clinics/review/page-after/"),
    *("es/", "es/tell-us-first/", "es/compare/", "es/search/#q=quemadura", f"es/{MAKER}"),
]
MENUS = ("es/tell-us-first/", "questions/burn/")  # the menu is the same on every page of a language
# WCAG 1.4.12, Text Spacing.
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
SPACING += " p { margin-bottom: 2em !important }"
ADD_SHEET = """(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; dispatchEvent(new Event("resize")); }"""
DROP_SHEET = "document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1)"
# 1280 x 1024 px at 400 % are 320 x 256: what stays where it is while one scrolls would cover the rest.
STAYS = """[...document.body.querySelectorAll("*")].filter((node) => node.checkVisibility())
    .filter((node) => ["fixed", "sticky"].includes(getComputedStyle(node).position)).map((node) => node.outerHTML.slice(0, 60))"""


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[Page]:
    """One page of a phone's browser for all visits."""
    context = browser.new_context(has_touch=True)
    yield context.new_page()
    context.close()


def look(page: Page, width: int, scheme: str) -> None:
    """Set the window and the reader's colours."""
    page.set_viewport_size({"width": width, "height": 780})
    page.emulate_media(color_scheme=scheme)


@pytest.mark.parametrize("path", KINDS)
def test_a_kind_of_page_holds_in_every_state(visitor: Page, address: str, set_type: Callable[..., None], path: str) -> None:
    """Nothing for axe (A, AA, AAA, best practice) at 320, 360 and 1280 px, light and dark, with the menu open, with the tools used,
    and on paper; nothing cut off with text spaced out (1.4.12), and with every fold open and every tool used at 200 % (1.4.4)."""
    with listening(visitor, address, path) as said:
        found = {**states(visitor, address + path, set_type), "complaints": said}
    assert {state: faults for state, faults in found.items() if faults} == {}


def states(page: Page, address: str, set_type: Callable[..., None]) -> dict[str, list[str]]:
    """What is wrong in each state of a page."""
    found = {}
    page.emulate_media(media="screen", color_scheme="light")
    page.goto("about:blank")
    page.goto(address)
    axe.load(page)
    for width, scheme, rules in ((320, "light", axe.ALL), (360, "dark", axe.COLOURS), (1280, "light", axe.ALL)):
        look(page, width, scheme)
        found[f"{width} px, {scheme}"] = axe.faults(page, rules)
    if address.endswith(MENUS):
        page.locator(".menu summary").click()
        for width, scheme in ((1280, "light"), (320, "dark")):
            look(page, width, scheme)
            found[f"menu, {width} px, {scheme}"] = axe.faults(page)
        page.keyboard.press("Escape")
    page.evaluate(USE)
    for width, scheme, rules in ((1280, "dark", axe.COLOURS), (320, "light", axe.ALL)):
        look(page, width, scheme)
        found[f"used, {width} px, {scheme}"] = axe.faults(page, rules)
    found["stays where it is at 400 %"] = page.evaluate(STAYS)
    page.evaluate(ADD_SHEET, SPACING)
    for width in (1280, 320):
        look(page, width, "light")
        found[f"spaced out, {width} px"] = page.evaluate(LAYOUT_FAULTS)
    page.evaluate(DROP_SHEET)
    set_type(page, "wide", 2)
    found["used, 200 %, 320 px"] = page.evaluate(LAYOUT_FAULTS)
    page.emulate_media(media="print")
    page.evaluate("document.documentElement.style.fontSize = ''")
    found["on paper"] = axe.faults(page, axe.PAPER)
    return found


# What one of the states alone shows, one of each kind.
SPOILT = {
    "menu, 320 px, dark": "@media (max-width: 330px) and (prefers-color-scheme: dark) { .menu__panel a { color: #888 } }",
    "used, 320 px, light": "@media (max-width: 330px) and (prefers-color-scheme: light) { .to-top + .to-top a { color: #888 } }",
    "stays where it is at 400 %": ".top { position: sticky }",
    "spaced out, 320 px": ".main-message p { max-height: 9.3em; overflow: hidden }",
    "used, 200 %, 320 px": ".sources li { overflow-wrap: normal } .sources li a { display: inline-block }",
    "on paper": "@media print { article p { color: #888 !important } }",
}


def test_what_one_state_alone_shows_is_caught(browser: Browser, address: str, set_type: Callable[..., None]) -> None:
    """The measure itself: each state tells its own fault, and the other states none."""
    page = browser.new_page(has_touch=True)
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => ({ADD_SHEET})({' '.join(SPOILT.values())!r}))")
    found = states(page, address + "questions/burn/", set_type)
    assert {name for name, faults in found.items() if faults} == set(SPOILT)
    page.close()


# --- As a screen reader names it ---

# What is worked, seen or gone to; what stands in words is read as it is.
NAMED = {
    *("button", "checkbox", "radio", "textbox", "searchbox", "combobox", "DisclosureTriangle", "Date", "InputTime", "DateTime"),
    *("image", "img", "figure", "group", "form", "search", "navigation", "main", "banner", "contentinfo", "region", "article"),
    *("status", "alert", "table", "dialog"),
}


# What is in them is the browser's own.
WHOLE = {"Date", "InputTime", "DateTime", "combobox"}
COUNTED = {"group", "DisclosureTriangle", "textbox"}
# Those of which there is one, or which what stands in them tells.
NAMELESS = ("main", "banner", "contentinfo", "article", "status", "figure", "group", "table", "form")


def spoken(page: Page) -> list[str]:
    """Role and name of every control, picture and landmark of an open page, in order, as the browser tells them to a screen
    reader (https://chromedevtools.github.io/devtools-protocol/tot/Accessibility/), with what is checked, pressed or open."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    known = {node["nodeId"]: node for node in nodes}
    lines: list[str] = []

    def read(node: dict[str, Any]) -> None:
        role = node.get("role", {}).get("value", "")
        if not node.get("ignored") and role in NAMED:
            name = " ".join(node.get("name", {}).get("value", "").split())
            if role in COUNTED:  # how many sources there are, and which, changes with every edit of a page
                name = re.sub(r"\d+(?:, \d+)*(?: \w+ \d+)?", "#", name)
            told = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
            state = [key for key in ("checked", "pressed", "expanded") if told.get(key) in (True, "true")]
            if role != "group" or "#" not in name:
                lines.append(f"{role}: {name}{''.join(f' [{key}]' for key in state)}".rstrip())
        if role not in WHOLE:
            for child in node.get("childIds", []):
                if child in known:
                    read(known[child])

    read(nodes[0])
    return lines


def kept_as(path: str) -> Path:
    """The file that says what is spoken on a page."""
    return SPOKEN / f"{re.sub(r'[^a-z0-9]+', '-', path.partition('?')[0]).strip('-') or 'home'}.txt"


READ_OUT = [
    *(
        "",
        "is-this-normal/",
        "tell-us-first/",
        "compare/",
        "before/",
        "conditions/",
        "conditions/tennis-elbow/",
        "questions/burn/",
    ),
    *("search/#q=burn", MAKER, "clinics/links/", "clinics/review/", ANSWER, "no-such-page/"),
    *("es/", "es/tell-us-first/", f"es/{MAKER}"),
]


@pytest.mark.parametrize("path", READ_OUT)
def test_what_a_screen_reader_says_is_what_was_read(visitor: Page, address: str, path: str) -> None:
    """Every control, picture and landmark of a page whose tools were used: whoever changes one sees what is spoken from now on in
    the difference of a file. `make spoken` writes them anew."""
    visitor.emulate_media(media="screen", color_scheme="light")
    visitor.set_viewport_size({"width": 360, "height": 780})
    visitor.goto("about:blank")
    visitor.goto(address + path)
    visitor.evaluate(USE)
    lines = spoken(visitor)
    assert [line for line in lines if line.endswith(":") and not line.startswith(NAMELESS)] == [], "without a name"
    text = "\n".join(lines) + "\n"
    if os.environ.get("SPOKEN") == "write":
        SPOKEN.mkdir(exist_ok=True)
        kept_as(path).write_text(text, encoding="utf-8")
    assert kept_as(path).read_text(encoding="utf-8") == text, "read the difference; if it is meant, run `make spoken`"


def test_each_file_of_what_is_spoken_belongs_to_a_page() -> None:
    """None is left over, and no two pages share one."""
    assert sorted(path.name for path in SPOKEN.iterdir()) == sorted({kept_as(path).name for path in READ_OUT})
    assert len({kept_as(path) for path in READ_OUT}) == len(READ_OUT)


UNNAMED = {
    "a button without words": "<button><svg viewBox='0 0 1 1'></svg></button>",
    "a field with a placeholder for a name": "<input type='text' placeholder=''>",
    "a picture that is told by its file": "<img src='/assets/favicon.svg'>",
}


@pytest.mark.parametrize("fault", UNNAMED)
def test_a_control_without_a_name_is_heard(browser: Browser, fault: str) -> None:
    """The measure itself."""
    page = browser.new_page()
    page.set_content(f"<main>{UNNAMED[fault]}</main>")
    assert any(line.endswith(":") for line in spoken(page) if not line.startswith("main"))
    page.set_content("<main><button aria-pressed='true' aria-label='Larger'>A</button></main>")
    assert "button: Larger [pressed]" in spoken(page)
    page.close()


# Two pages answer the first question, a short one and a long one; the list of a committee's sheets names each by its page.
# Of two records of one title the line below each says who wrote it: a label more would weigh too much on the longest list.
ONE_PURPOSE = {
    "carpal tunnel syndrome",
    "burns and scalds",
    "tendonitis",
    "does it work?",
    "¿funciona?",
    "questions people ask",
    "staff card: teach-back questions for each handout",
}


def name_of(link: LexborNode) -> str:
    """What a link is called: its label, else its words and what its pictures say."""
    words = link.attributes.get("aria-label") or " ".join(
        (link.text(), *(img.attributes.get("alt") or "" for img in link.css("img")))
    )
    return " ".join(words.split()).casefold()


def same_names(html: str, path: str) -> list[str]:
    """Names of links of one page that lead to more than one place (WCAG 2.4.9). A link to a part of the page itself is named as
    the part is."""
    here = f"https://site.example/{path}"
    leads: dict[str, set[str]] = defaultdict(set)
    for link in LexborHTMLParser(html).css("body a[href]"):
        target = urljoin(here, link.attributes["href"] or "")
        if target.partition("#")[0] != here:
            leads[name_of(link)].add(target)
    return sorted(name for name, places in leads.items() if len(places) > 1 and name not in ONE_PURPOSE)


def test_a_link_says_by_itself_where_it_leads(site: Path) -> None:
    """On no page do two links of one name lead to two places."""
    found = {}
    for file in sorted(site.rglob("index.html")):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        if names := same_names(file.read_text(encoding="utf-8"), path):
            found[path] = names
    assert found == {}


def test_two_links_of_one_name_are_caught() -> None:
    """The measure itself."""
    html = (
        "<body><a href='a/'>More</a> <a href='b/'>more</a> <a href='c/' aria-label='More on c'>More</a> <a href='./a/'>More</a>"
    )
    assert same_names(html, "x/") == ["more"]


# --- By keyboard alone ---

FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])"
# What the focus was on is looked at just before the next key moves it on: by then the page has scrolled to it.
WATCH = """() => {
  const seen = new Set();
  self.stops = [];
  const faults = (node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    const name = (node.textContent.trim() || node.id || node.name || node.localName).slice(0, 40);
    const found = [];
    if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) found.push(`off the screen: ${name}`);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) found.push(`the focus is not seen: ${name}`);
    const over = document.elementFromPoint((Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
    if (over && !node.contains(over) && !over.contains(node) && !over.closest("label")?.contains(node)) found.push(`covered: ${name}`);
    return found;
  };
  self.note = () => {
    const node = document.activeElement;
    if (node === document.body || node.id === "main") return;
    seen.add(node);
    self.stops.push(...faults(node));
  };
  addEventListener("keydown", self.note, true);
  self.missed = (focusable) => [...document.querySelectorAll(focusable)]
    .filter((node) => !node.disabled && node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length)
    .filter((node) => !(node.type === "radio" && [...seen].some((one) => one.name === node.name && one.type === "radio")))
    .filter((node) => !seen.has(node)).map((node) => `never reached: ${node.outerHTML.slice(0, 80)}`);
}"""
TOOLS = ["", "tell-us-first/", "compare/", "before/", "questions/burn/", "clinics/links/", "search/#q=burn", MAKER]


def walked(page: Page) -> list[str]:
    """Press Tab from the top of a page to its end: what is not reached, not seen, or covered when the focus is on it."""
    page.evaluate(WATCH)
    page.evaluate("scrollTo(0, 0)")
    count = page.evaluate(f"document.querySelectorAll(`{FOCUSABLE}`).length")
    for _ in range(count + 2):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    found: list[str] = page.evaluate(
        "(focusable) => { self.note(); return [...self.stops, ...self.missed(focusable)]; }", FOCUSABLE
    )
    return found


@pytest.mark.parametrize("path", TOOLS)
def test_tab_reaches_every_control_and_shows_where_it_is(visitor: Page, address: str, path: str) -> None:
    """No trap, nothing left out, the focus on the screen, seen and uncovered (WCAG 2.1.1, 2.1.2, 2.4.7, 2.4.11)."""
    visitor.emulate_media(media="screen", color_scheme="light")
    visitor.set_viewport_size({"width": 360, "height": 640})
    visitor.goto("about:blank")
    visitor.goto(address + path)
    visitor.evaluate("document.activeElement.blur()")  # the search page puts the focus into its field
    assert walked(visitor) == []


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (":focus-visible { outline: 0 !important }", "the focus is not seen"),
        (".foot nav a { position: absolute; left: -99rem }", "off the screen"),
        (".top { position: sticky !important; top: 0; z-index: 9; height: 100vh }", "covered"),
    ],
)
def test_a_lost_focus_is_caught(browser: Browser, address: str, spoil: str, says: str) -> None:
    """The measure itself."""
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(address + "about/privacy/")
    page.evaluate(ADD_SHEET, spoil)
    assert any(line.startswith(says) for line in walked(page))
    page.evaluate("document.querySelector('.to-top button').tabIndex = -1")
    assert any(line.startswith("never reached") for line in walked(page))
    page.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _ in range(150):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches {selector}")


@pytest.fixture
def keys(browser: Browser, address: str) -> Iterator[Page]:
    """A page that is worked by its keyboard alone; it notes when it prints."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True)
    page = context.new_page()
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    yield page
    context.close()


def test_choices_and_the_half_page_are_made_by_keyboard(keys: Page, address: str) -> None:
    """A number by the arrows, a question by the space bar; the half page prints, is taken along and emptied by Enter."""
    keys.goto(address + "compare/")
    tab_to(keys, ".scale input")
    keys.keyboard.press("ArrowRight")
    keys.keyboard.press("ArrowRight")
    assert keys.locator(".scale fieldset").first.locator("input").nth(2).is_checked()
    tab_to(keys, ".asks input")
    keys.keyboard.press("Space")
    assert keys.locator(".take li").count() == 2
    tab_to(keys, ".take button")
    keys.keyboard.press("Enter")
    assert keys.evaluate("window.printed") == 1
    tab_to(keys, ".take a[href*='tell-us-first']")
    keys.keyboard.press("Enter")
    keys.wait_for_url("**/tell-us-first/")
    tab_to(keys, ".checklist-stop input")
    keys.keyboard.press("Space")
    assert keys.locator(".take li").count() == 3
    tab_to(keys, ".take button")
    keys.keyboard.press("Tab")
    keys.keyboard.press("Enter")
    assert keys.locator(".take li").count() == 0 and not keys.locator(".checklist-stop input").first.is_checked()


def test_folds_the_row_and_the_reminder_work_by_keyboard(keys: Page, address: str) -> None:
    """A fold opens and closes, the page prints, grows and is sent on, and a day for the calendar is typed and made."""
    keys.goto(address + "before/")
    tab_to(keys, ".on-this-page summary")
    keys.keyboard.press("Enter")
    assert keys.locator(".on-this-page[open]").count() == 1
    tab_to(keys, ".reminder input")
    keys.keyboard.type("12032026")
    keys.keyboard.press("Tab")
    keys.keyboard.type("0930AM")
    assert keys.locator(".reminder input").input_value() == "2026-12-03T09:30"
    tab_to(keys, ".reminder button")
    with keys.expect_download() as download:
        keys.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".ics")
    tab_to(keys, ".sources summary")
    keys.keyboard.press("Space")
    assert keys.locator(".sources [open]").count() == 1
    tab_to(keys, ".print-button")
    keys.keyboard.press("Enter")
    assert keys.evaluate("window.printed") == 1
    tab_to(keys, "[aria-pressed]")
    keys.keyboard.press("Enter")
    assert keys.locator("[aria-pressed=true]").count() == 1
    tab_to(keys, ".to-top [aria-expanded]")
    keys.keyboard.press("Space")
    keys.keyboard.press("Tab")
    assert keys.evaluate("document.activeElement.href").startswith(("sms:", "mailto:"))


def test_a_handout_is_made_by_keyboard(keys: Page, address: str) -> None:
    """Paper by an arrow, the name typed, kept by the space bar; then print, link, forget, and another handout."""
    keys.goto(address + MAKER)
    keys.wait_for_selector("#maker:not([hidden])")
    tab_to(keys, "#f-paper")
    keys.keyboard.press("ArrowDown")
    assert keys.locator("#f-paper").input_value() == "a4"
    tab_to(keys, "#f-name")
    keys.keyboard.type("Riverside")
    assert keys.locator(".maker-sheet [data-clinic=name]").first.text_content() == "Riverside"
    tab_to(keys, "#f-remember")
    keys.keyboard.press("Space")
    assert keys.evaluate("localStorage.length") == 1
    for button in ("#maker-print", "#maker-link"):
        tab_to(keys, button)
        keys.keyboard.press("Enter")
    assert keys.evaluate("window.printed") == 1 and "name=Riverside" in keys.url
    tab_to(keys, "#maker-forget")
    keys.keyboard.press("Enter")
    assert keys.evaluate("localStorage.length") == 0 and keys.locator("#f-name").input_value() == ""
    tab_to(keys, "#f-handout")
    keys.keyboard.press("ArrowDown")
    keys.wait_for_url(lambda url: MAKER not in url)


# --- In the reader's own colours, and at rest ---

SIGNS = {
    "is-this-normal/": (".care-call > h2", ".care-emergency :is(h2, h3)", ".do-not > h3", ".call"),
    "conditions/tennis-elbow/": (".certainty", "[class*=verdict-] strong"),
}


# Where the sign before an element's words stands in it: at a place of its own, or first in its row.
SIGN = """(node) => {
  const sign = getComputedStyle(node, "::before"), own = getComputedStyle(node), [width, height] = [sign.width, sign.height].map(parseFloat);
  const inside = (side) => parseFloat(own[`border${side}Width`]) + parseFloat(own[`padding${side}`]) + parseFloat(sign[`margin${side}`]);
  const row = own.display.includes("flex") ? (node.offsetHeight - height) / 2 : inside("Top");
  const [left, top] = sign.position === "absolute" ? [parseFloat(sign.left) + node.clientLeft, parseFloat(sign.top) + node.clientTop] : [inside("Left"), row];
  return [left, top, width, height];
}"""


def faint_signs(page: Page, selectors: tuple[str, ...]) -> list[str]:
    """The signs, each at the start of an element, that cannot be told from their ground in what the screen shows."""
    found = []
    for selector in selectors:
        box = page.locator(selector).first
        box.scroll_into_view_if_needed()
        place = box.bounding_box()
        assert place
        left, top, width, height = box.evaluate(SIGN)
        clip = {"x": place["x"] + left, "y": place["y"] + top, "width": width, "height": height}
        shades = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L").getextrema()
        if shades[1] - shades[0] < 100:
            found.append(selector)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_are_seen_in_forced_colours(visitor: Page, address: str, scheme: str) -> None:
    """Where the system sets all colours (Windows' contrast themes), the signs of cards, answers and buttons stay."""
    visitor.emulate_media(media="screen", color_scheme=scheme, forced_colors="active")
    visitor.set_viewport_size({"width": 360, "height": 780})
    for path, selectors in SIGNS.items():
        visitor.goto(address + path)
        assert faint_signs(visitor, selectors) == [], path
    visitor.evaluate(ADD_SHEET, ":root:root:root ::before, :root:root:root ::after { background: Canvas !important }")
    assert faint_signs(visitor, SIGNS["conditions/tennis-elbow/"]) == list(SIGNS["conditions/tennis-elbow/"]), (
        "the measure itself"
    )
    visitor.emulate_media(forced_colors="none")


MOVES = re.compile(
    r"(?<![\w-])(?:-webkit-)?(?:animation|transition)(?:-[a-z]+)?\s*:|@keyframes|scroll-behavior\s*:\s*smooth|behavior\s*:\s*[\"']smooth|<(?:animate|set|marquee|blink|video|audio)\b|requestAnimationFrame|\.animate\("
)


def test_nothing_moves(site: Path) -> None:
    """So there is nothing to take away for those who asked their system for less motion (WCAG 2.2.2, 2.3.3)."""
    moving = {}
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".css", ".js", ".svg") and (found := MOVES.search(path.read_text(encoding="utf-8"))):
            moving[path.relative_to(site).as_posix()] = found[0]
    assert moving == {}


@pytest.mark.parametrize(
    "moving",
    [
        "a{transition:color 1s}",
        "a { animation-name: x }",
        "html{scroll-behavior:smooth}",
        'scrollTo({ behavior: "smooth" })',
        "<animate x>",
    ],
)
def test_what_moves_is_caught(moving: str) -> None:
    """The measure itself; a word that only looks like it is none."""
    assert MOVES.search(moving) and not MOVES.search("a transition of care; my-animation:x")
