"""The tools for a decision: they add to a page that is whole without them, store nothing, and never say "safe"."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route

from iontosite.content.model import Content
from iontosite.content.rules.reading import words


@pytest.fixture
def phone(browser: Browser) -> Page:
    """A page on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 780})
    yield context.new_page()
    context.close()


def test_ticks_change_what_is_said(phone: Page, address: str) -> None:
    """Nothing ticked is not "safe"; a stop line says not to start; a tell line says to tell."""
    phone.goto(address + "tell-us-first/")
    result = phone.locator(".checklist-result")
    assert "does not mean it is safe" in result.text_content()
    phone.locator(".checklist-tell input").first.check()
    assert "Tell your therapist" in result.text_content()
    phone.locator(".checklist-stop input").first.check()
    assert "Do not start before you have told your therapist" in result.text_content()
    phone.locator(".checklist-stop input").first.uncheck()
    phone.locator(".checklist-tell input").first.uncheck()
    assert "does not mean it is safe" in result.text_content()


def test_ticks_work_with_the_keyboard_and_are_gone_after_a_reload(phone: Page, address: str) -> None:
    """Space ticks the box in focus; nothing is stored."""
    phone.goto(address + "tell-us-first/")
    box = phone.locator(".checklist-stop input").first
    box.focus()
    phone.keyboard.press("Space")
    assert box.is_checked()
    assert phone.evaluate("localStorage.length + sessionStorage.length") == 0
    phone.reload()
    assert not phone.locator(".checklist-stop input").first.is_checked()


@pytest.mark.parametrize("scale", [1, 1.5])
def test_the_answer_to_a_tick_is_on_the_screen(phone: Page, address: str, set_type, face: str, scale: float) -> None:
    """Whoever ticks a line on a phone sees at once what it means, without scrolling, wherever on the screen the line stands and
    whatever the type; the line that was ticked stays in sight."""
    phone.goto(address + "tell-us-first/")
    set_type(phone, face, scale)
    for line in (0, 5):
        tick = phone.locator(".checklist-stop input").nth(line)
        tick.evaluate("node => node.scrollIntoView({ block: 'end' })")
        tick.check()
        box = phone.locator(".checklist-result").bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= 780
        assert scale > 1 or tick.bounding_box()["y"] >= 0


@pytest.mark.parametrize(("path", "control"), [("tell-us-first/", ".checklist input"), ("compare/", ".scale input")])
def test_back_brings_no_answers_of_another_person(phone: Page, address: str, path: str, control: str) -> None:
    """On a tablet that is passed on, "Back" shows an empty tool, or one whose words fit what is ticked."""
    phone.goto(address + path)
    first = phone.locator(control).first
    if path == "compare/":
        first.focus()
        phone.keyboard.press("ArrowRight")
    else:
        first.check()
    phone.goto(address + "after/")
    phone.go_back()
    phone.wait_for_selector(control)
    if path == "compare/":
        assert (
            phone.locator(control).first.input_value() == "0" or "Say it first" in phone.locator(".scale-result").text_content()
        )
    else:
        ticked = phone.locator(".checklist :checked").count()
        assert bool(ticked) == ("Do not start" in phone.locator(".checklist-result").text_content())


def test_a_chosen_number_is_on_paper(phone: Page, address: str) -> None:
    """A line with a number prints it; a line without one prints the scale to circle."""
    phone.goto(address + "compare/")
    phone.locator(".scale input").nth(2).fill("5")
    paper = phone.locator(".print-scale").all_text_contents()
    assert paper[2] == "My number: 5 of 5" and "0 1 2 3 4 5" in paper[0]


def test_every_line_of_the_list_has_its_own_labelled_box(phone: Page, address: str) -> None:
    """As many boxes as lines, each with its words as its label, and no link inside of a label."""
    phone.goto(address + "tell-us-first/")
    lines = phone.locator(".checklist > ul > li").count()
    assert lines >= 20 and phone.locator(".checklist input").count() == lines
    assert phone.locator(".checklist label sup a").count() == 0
    named = phone.evaluate(
        "[...document.querySelectorAll('.checklist input')].every(i => i.labels[0]?.textContent.trim().length > 5)"
    )
    assert named


DRAWN = """lines => lines.filter(line => {
    const box = getComputedStyle(line, '::before');
    return line.getClientRects().length && box.content !== 'none' && parseFloat(box.width) >= 12 && parseFloat(box.borderTopWidth) >= 1;
}).length"""


def test_the_list_is_whole_without_scripts_and_on_paper(browser: Browser, address: str) -> None:
    """Without scripts each line has a drawn box to tick with a pen, on the screen and on paper."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "tell-us-first/")
    lines = page.locator(".checklist > ul > li").count()
    assert lines >= 20 and page.locator(".checklist input").count() == 0
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert page.eval_on_selector_all(".checklist > ul > li", DRAWN) == lines
    context.close()


def test_a_list_without_its_boxes_is_caught(browser: Browser, address: str) -> None:
    """The measure itself: boxes that paper leaves out are not counted."""
    page = browser.new_page(java_script_enabled=False)

    def spoil(route: Route) -> None:
        sheet = route.fetch()
        rule = ".checklist > ul > li::before { content: none !important }"
        route.fulfill(response=sheet, body=sheet.text() + rule)

    page.route("**/assets/print.css", spoil)
    page.goto(address + "tell-us-first/")
    page.emulate_media(media="print")
    assert page.eval_on_selector_all(".checklist > ul > li", DRAWN) == 0
    page.close()


def test_sliders_say_what_matters_most(phone: Page, address: str) -> None:
    """Six sliders, each with its words; the highest is said back; arrows move them."""
    phone.goto(address + "compare/")
    sliders = phone.locator(".scale input[type=range]")
    assert sliders.count() == 6
    third = sliders.nth(2)
    third.focus()
    for _ in range(4):
        phone.keyboard.press("ArrowRight")
    assert third.input_value() == "4"
    label = phone.locator(".scale label").nth(2).text_content()
    assert label in phone.locator(".scale-result").text_content()
    assert third.get_attribute("aria-valuetext") == "4 of 5"


def test_the_paper_scale_stands_without_scripts(browser: Browser, address: str) -> None:
    """Every statement keeps its line of numbers to circle."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "compare/")
    lines = page.locator(".scale li").all_text_contents()
    assert len(lines) == 6 and all("0 1 2 3 4 5" in line for line in lines)
    context.close()


def test_the_ladder_goes_from_normal_to_emergency(phone: Page, address: str) -> None:
    """Four steps in order, each with what to do, and skin of every colour on the way."""
    phone.goto(address + "is-this-normal/")
    order = phone.evaluate("""() => ['normal', 'call-your-clinic', 'get-help-today', 'emergency']
        .map(id => document.getElementById(id).getBoundingClientRect().top)""")
    assert order == sorted(order)
    text = phone.locator("article").inner_text()
    assert text.count("Brown or black skin") >= 3 and text.count("What to do") >= 3


def test_options_of_the_decision_aid_get_equal_room(content: Content) -> None:
    """IPDAS: the longest option is at most one and a half times as long as the shortest."""
    page = content.edition("en").by_path["compare.md"]
    options = ("waiting", "exercise", "iontophoresis", "shot", "gel-or-pills", "other-treatments")
    sizes = [sum(len(words(block.text)) for block in page.part(option) or () if block.kind != "code") for option in options]
    assert min(sizes) > 0 and max(sizes) <= 1.5 * min(sizes), dict(zip(options, sizes, strict=True))
