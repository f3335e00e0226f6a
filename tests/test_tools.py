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
    phone.locator(control).last.check()
    phone.goto(address + "after/")
    phone.go_back()
    phone.wait_for_selector(control)
    box, says = (".scale", "Say it first") if path == "compare/" else (".checklist", "Tell your therapist")
    ticked = phone.locator(f"{box} :checked").count()
    assert bool(ticked) == (says in phone.locator(f"{box}-result").text_content())


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

    page.route("**/static/print.*.css", spoil)
    page.goto(address + "tell-us-first/")
    page.emulate_media(media="print")
    assert page.eval_on_selector_all(".checklist > ul > li", DRAWN) == 0
    page.close()


# --- What matters to you: three-way choices that mark what they point to ---

# Each row of choices that is not in one line, has a target below 44 px (WCAG 2.5.5), or has one chosen before anybody chose.
BAD_ROWS = """() => [...document.querySelectorAll(".scale__row")].filter((row) => {
  const labels = [...row.children], boxes = labels.map((label) => label.getBoundingClientRect());
  return labels.length !== 3 || row.querySelector(":checked") || new Set(boxes.map((box) => box.top)).size > 1
    || boxes.some((box) => box.height < 44 || box.width < 44);
}).length"""
MARKED = "() => [...document.querySelectorAll('.scale-mark')].map((mark) => mark.previousElementSibling.id)"
LINES = [
    {"gel-or-pills", "iontophoresis", "shot"},
    {"exercise", "waiting"},
    {"waiting", "exercise", "iontophoresis", "gel-or-pills", "other-treatments"},
    {"waiting", "exercise"},
    {"waiting", "exercise", "gel-or-pills"},
    {"exercise"},
]


def choose(page: Page, line: int, number: int) -> None:
    """Choose the number of a line; lines count from 0, numbers from 1."""
    page.locator(".scale li").nth(line).locator("label").nth(number - 1).click()


def wrongly_marked(page: Page) -> list[int]:
    """The lines that mark other choices than those they name."""
    wrong = []
    for line, meant in enumerate(LINES):
        page.reload()
        choose(page, line, 3)
        found = page.evaluate(MARKED)
        if set(found) != meant or len(found) != len(meant):
            wrong.append(line)
    return wrong


def test_six_lines_take_little_of_a_phone(phone: Page, address: str) -> None:
    """At 360 x 640 px six lines take at most 2.2 screens; each has three choices in one row, large enough, and none is made."""
    phone.goto(address + "compare/")
    assert phone.locator(".scale__row").count() == 6 and phone.evaluate(BAD_ROWS) == 0
    assert phone.locator(".scale").bounding_box()["height"] <= 2.2 * 640
    choose(phone, 0, 2)
    phone.reload()
    assert phone.evaluate(BAD_ROWS) == 0
    # The measure itself: one that is chosen, targets that are too low, and a row that takes two lines.
    choose(phone, 1, 3)
    assert phone.evaluate(BAD_ROWS) == 1
    for css in (".scale__row label { min-height: 40px }", ".scale__row label { flex-basis: 60% }"):
        phone.evaluate(
            "(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }", css
        )
        assert phone.evaluate(BAD_ROWS) == 6


def test_each_line_marks_the_choices_that_it_names(phone: Page, address: str) -> None:
    """In step 1, below their headings; the result links to them."""
    phone.goto(address + "compare/")
    assert wrongly_marked(phone) == []
    assert phone.locator(".scale-result a").evaluate_all("(links) => links.map((link) => link.hash)") == ["#exercise"]


def test_a_line_that_points_elsewhere_is_caught(phone: Page, address: str) -> None:
    """The measure itself: the last line leads to the shot."""

    def spoil(route: Route) -> None:
        page = route.fetch()
        head, found, tail = page.text().rpartition('ask about <a href="#exercise">')
        assert found
        route.fulfill(response=page, body=f'{head}ask about <a href="#shot">{tail}')

    phone.route("**/compare/", spoil)
    phone.goto(address + "compare/")
    assert wrongly_marked(phone) == [5]


def test_the_highest_lines_are_said_first(phone: Page, address: str) -> None:
    """Those with the highest number alone mark choices; a little marks nothing; the keyboard does it, too."""
    phone.goto(address + "compare/")
    result = phone.locator(".scale-result")
    choose(phone, 0, 1)
    assert "not stored" in result.text_content() and phone.evaluate(MARKED) == []
    choose(phone, 0, 2)
    assert "I want less pain in 2 weeks" in result.text_content() and set(phone.evaluate(MARKED)) == LINES[0]
    phone.locator(".scale li").nth(3).locator("input").first.focus()
    for _ in range(2):
        phone.keyboard.press("ArrowRight")
    assert "I want the lowest risk of harm" in result.text_content() and "less pain" not in result.text_content()
    assert set(phone.evaluate(MARKED)) == LINES[3]
    names = phone.locator(".scale fieldset > legend").all_text_contents()
    assert len(names) == 6 and all(name.startswith("I want") for name in names)


def test_a_chosen_number_is_on_paper(phone: Page, address: str) -> None:
    """A line with a number prints it; a line without one prints the numbers to circle."""
    phone.goto(address + "compare/")
    choose(phone, 2, 3)
    phone.emulate_media(media="print")
    paper = phone.locator(".print-scale").all_inner_texts()
    assert paper[2] == "My number: 3 a lot" and paper[0] == "1 little · 2 some · 3 a lot"
    assert not phone.locator(".scale__row").first.is_visible()


def test_the_paper_scale_stands_without_scripts(browser: Browser, address: str) -> None:
    """Every line keeps its numbers to circle, each with what it means."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "compare/")
    lines = page.locator(".scale li").all_text_contents()
    assert len(lines) == 6 and all(line.endswith(". 1 little · 2 some · 3 a lot") for line in lines)
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
