"""What people type finds its page among the first three results, measured in the search box of the finished site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from iontosite.check.finished import FinishedPages
from iontosite.check.reach import TAPS, within_taps
from iontosite.content.located import read_yaml
from iontosite.content.model import Content

QUERIES = Path(__file__).parent / "fixtures" / "search_queries.yml"
AT_LEAST = 120  # queries
SHARE = 0.98  # of them must find their page …
AMONG_THE_FIRST = 3  # … among so many results


@pytest.fixture
def search_page(browser: Browser, address: str) -> Iterator[Page]:
    """The search page on a phone."""
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.goto(address + "search/")
    yield page
    page.close()


def found(page: Page, query: str) -> list[str]:
    """The addresses of the results for one query, relative to the site, best first."""
    page.fill("#find-here", query)
    start = page.url.split("search/")[0]
    return [link.removeprefix(start) for link in page.eval_on_selector_all("#find-results a", "links => links.map(a => a.href)")]


def missed(page: Page, queries: dict[str, list[str]]) -> list[str]:
    """The queries whose page is not among the first results, each with what came instead."""
    lost = []
    for wanted, typed in queries.items():
        for query in typed:
            results = found(page, query)[:AMONG_THE_FIRST]
            if wanted not in results:
                lost.append(f'"{query}" should find /{wanted}, and finds {results}')
    return lost


def test_what_people_type_finds_its_page(search_page: Page) -> None:
    """At least 98 of 100 queries: lay words, names of drugs and problems, misspellings, clinic words."""
    queries = read_yaml(QUERIES, QUERIES.name).data
    count = sum(len(typed) for typed in queries.values())
    assert count >= AT_LEAST
    lost = missed(search_page, queries)
    assert 1 - len(lost) / count >= SHARE, lost


def test_a_page_that_is_not_found_is_reported(search_page: Page) -> None:
    """The measure itself: a query that leads elsewhere is counted as lost."""
    assert missed(search_page, {"cost/": ["pacemaker"]}) and not missed(search_page, {"cost/": ["price"]})


def test_every_expected_page_exists(content: Content) -> None:
    """A page that moved is corrected in the queries, too."""
    assert set(read_yaml(QUERIES, QUERIES.name).data) <= {page.url for page in content.pages}


@pytest.mark.parametrize("query", ["zzqxj", "the", ""])
def test_no_result_is_no_dead_end(search_page: Page, query: str) -> None:
    """Nothing found: it says so, and the list of all questions is one tap away."""
    assert found(search_page, query) == []
    assert bool(search_page.text_content("#find-status")) == bool(query)
    search_page.locator("article a[href*='questions/']").first.click()
    search_page.wait_for_url("**/questions/")


def test_the_search_works_with_the_keyboard_from_any_page(browser: Browser, address: str) -> None:
    """Type on the home page, press Enter, go to the first result with Tab and Enter."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#find").focus()
    page.keyboard.type("planter fasitis")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/#q=planter*")
    page.locator("#find-here").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#find-results') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/conditions/plantar-fasciitis/")
    assert asked and not any("planter" in address for address in asked), "what was typed went to the server"
    page.close()


def test_without_scripts_the_search_page_leads_on(browser: Browser, address: str) -> None:
    """No script, no search: the page says so and links the lists that hold every page."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "search/")
    links = page.eval_on_selector_all("article a", "links => links.map(a => a.getAttribute('href'))")
    assert any("questions/" in link for link in links)
    context.close()


def test_nothing_that_is_typed_leaves_the_browser(search_page: Page) -> None:
    """Typing makes no request at all. The tab's own icon is left aside: Chromium fetches it whenever it finds the time."""
    requests = []
    search_page.on("request", lambda request: requests.append(request.url))
    found(search_page, "burned my arm")
    assert [url for url in requests if not url.endswith("/assets/favicon.svg")] == []


def test_every_question_is_found_by_its_own_words(search_page: Page, content: Content) -> None:
    """One search: each question, typed as it stands in its title, finds its page."""
    questions = {page.url: [page.front.title] for page in content.edition("en").questions}
    assert len(questions) >= 48
    assert missed(search_page, questions) == []


def test_every_answer_is_three_taps_from_home(site: Path, content: Content) -> None:
    """Three taps on links of the text, the menu left aside: home, a list, the page."""
    edition = content.edition("en")
    questions = {edition.path_of(page.url) for page in edition.questions}
    assert len(questions) >= 48 and questions <= within_taps(FinishedPages(site), "/", TAPS, "article a[href]")
