"""A real browser opens every page: no error in the console, no request to anybody else, nothing that axe finds."""
from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from iontosite.content.library import load_library

ROOT = Path(__file__).resolve().parents[1]
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PATHS = [*sorted(page.url for page in load_library(ROOT / "docs").pages), "search/", "search/#q=burn", "no-such-page/"]
# WCAG 2.0 to 2.2 at A and AA, and axe's best practices.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations
    .map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '))"""


def open_quietly(page: Page, address: str, path: str) -> list[str]:
    """Open a page; return the list of what its console said in anger and what it asked of other hosts. It grows while the
    page is open, because messages arrive late: look at it last."""
    said: list[str] = []
    own = urlsplit(address).netloc

    def note(message: ConsoleMessage) -> None:
        expected = path == "no-such-page/" and "404" in message.text
        if message.type in ("error", "warning") and not expected:
            said.append(f"console {message.type}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(f"script error: {error}"))
    page.on("request", lambda r: said.append(f"asked {r.url}") if urlsplit(r.url).netloc not in (own, "") else None)
    page.goto(address + path, wait_until="load")
    return said


@pytest.mark.parametrize("path", PATHS)
def test_page_is_quiet_private_and_accessible(browser: Browser, address: str, path: str) -> None:
    """At phone width in the light, and on a wide screen in the dark, which together show every colour and layout."""
    for width, height, scheme in ((360, 780, "light"), (1280, 900, "dark")):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        page = context.new_page()
        said = open_quietly(page, address, path)
        # Over the debugger, because the page's own policy forbids scripts that are not the site's.
        page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE})
        assert page.evaluate(RUN_AXE, RULES) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
        assert page.context.cookies() == [] and page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert said == []
        context.close()


def test_a_page_that_complains_late_is_heard(browser: Browser, address: str) -> None:
    """An error, a warning and a request to somebody else are each noted, also after the page is loaded."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    said = open_quietly(page, address, "after/")
    page.evaluate("console.error('late'); console.warn('later'); fetch('http://127.0.0.2:9/').catch(() => 0)")
    page.wait_for_timeout(200)
    assert {"console error: late", "console warning: later", "asked http://127.0.0.2:9/"} <= set(said)
    context.close()


@pytest.mark.parametrize("path", ["", "after/", "compare/"])
def test_text_reflows_at_320_px(browser: Browser, address: str, path: str) -> None:
    """WCAG 1.4.10: no sideways scrolling at 320 CSS px, which is 1280 px at 400 % zoom."""
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


@pytest.mark.parametrize("path", [path for path in PATHS if "search" not in path and "no-such" not in path])
def test_main_message_is_on_the_first_screen_of_a_phone(browser: Browser, address: str, path: str) -> None:
    """The answer is seen before any scrolling: 360 x 780 px."""
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.goto(address + path)
    box = page.locator(".main-message").bounding_box()
    assert box and box["y"] + box["height"] <= 780
    page.close()


def test_type_is_large_enough_on_a_phone(browser: Browser, address: str) -> None:
    """Running text is at least 18 px."""
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.goto(address + "after/")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('article > p, article li')).fontSize)")
    assert size >= 18
    page.close()


def test_the_menu_works_with_the_keyboard_and_without_scripts(browser: Browser, address: str) -> None:
    """Tab to the menu, open it with Enter, reach a page: all with JavaScript off."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(address + "after/")
    menu = page.locator(".menu summary")
    for _ in range(10):
        page.keyboard.press("Tab")
        if menu.evaluate("node => node === document.activeElement"):
            break
    else:
        pytest.fail("the menu cannot be reached with Tab")
    page.keyboard.press("Enter")
    assert page.locator(".menu__panel a").first.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/after/" not in url)
    context.close()


def test_the_open_menu_never_hides_the_focus(browser: Browser, address: str) -> None:
    """WCAG 2.4.11: Escape closes the menu and goes back to its button; Tab past its end closes it."""
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.goto(address + "after/")
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator(".menu[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('.menu summary')")
    page.keyboard.press("Enter")
    page.locator(".menu__panel a").last.focus()
    page.keyboard.press("Tab")
    assert page.locator(".menu[open]").count() == 0 and page.evaluate("!document.activeElement.closest('.menu')")
    page.close()


@pytest.mark.parametrize("path", ["", "after/", "compare/", "tell-us-first/", "is-this-normal/", "clinics/"])
def test_large_text_reflows_too(browser: Browser, address: str, path: str) -> None:
    """WCAG 1.4.4 with 1.4.10: text at 200 % on a 320 px screen makes nothing scroll sideways."""
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.goto(address + path)
    page.evaluate("document.documentElement.style.setProperty('font-size', '237.5%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_targets_are_big_enough(browser: Browser, address: str) -> None:
    """Buttons of the head and links of menus and lists: 44 px or more on a phone (WCAG 2.5.5)."""
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.goto(address + "after/")
    page.locator(".menu summary").click()
    small = page.evaluate("""() => [...document.querySelectorAll('.top__button, .menu__panel a, .foot nav a, .print-button')]
        .map(node => [node.textContent.trim(), node.getBoundingClientRect()]).filter(([, box]) => box.height > 0 && box.height < 43.5)
        .map(([name, box]) => `${name}: ${box.height} px`)""")
    assert small == []
    page.close()


def test_the_search_page_helps_without_scripts(browser: Browser, address: str) -> None:
    """No dead end: the search page says what to do and links the lists."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "search/")
    assert page.locator("noscript").count() == 1 and page.locator(".ways a").count() >= 3
    context.close()


BAD_PAGES = {
    "image-alt": "<img src='/assets/favicon.svg'>",
    "label": "<input type='text'>",
    "color-contrast": "<p style='color:#999;background:#fff'>Pale text that nobody can read well</p>",
    "heading-order": "<h5>Deep</h5>",
}


@pytest.mark.parametrize("rule", BAD_PAGES)
def test_axe_is_awake(browser: Browser, address: str, rule: str) -> None:
    """A page with a known fault is reported under that fault's name."""
    page = browser.new_page()
    page.goto("about:blank")
    page.set_content(f"<html lang='en'><title>T</title><main><h1>H</h1>{BAD_PAGES[rule]}</main>")
    page.evaluate(AXE)
    assert any(line.startswith(rule + ":") for line in page.evaluate(RUN_AXE, RULES))
    page.close()


def test_a_request_to_another_host_is_noticed(browser: Browser, address: str) -> None:
    """The privacy check sees a picture from elsewhere."""
    page = browser.new_page()
    page.route("**/after/", lambda route: route.fulfill(body="<img src='https://other.example/x.png' alt=''>", content_type="text/html"))
    page.route("https://other.example/**", lambda route: route.abort())
    assert any("other.example" in line for line in open_quietly(page, address, "after/"))
    page.close()
