"""Pages stay light, short and still: every figure of tests/budgets.yml, on every page, all misses told at once."""

from __future__ import annotations

import random
import re
import statistics
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from measure_pages import (
    SCREEN,
    Measured,
    late_server,
    measure,
    measure_all,
    read_budgets,
    too_heavy,
    too_long,
    too_many_requests,
    too_much_apparatus,
    too_restless,
    weigh,
    written_pages,
)

BUDGETS = read_budgets()
WAYS_ON = ["search/", "no-such-page/"]
FOLDERS = ["", *(f"{code}/" for code in BUDGETS.longer)]  # of the languages


@pytest.fixture(scope="module")
def sizes(site: Path) -> dict[str, int]:
    """Every HTML file's bytes."""
    return weigh(site)


def test_every_page_is_light(site: Path, sizes: dict[str, int]) -> None:
    """Bytes of HTML as a host sends it, of every file; and the median."""
    tell(too_heavy(sizes, written_pages(site), BUDGETS))


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_page_is_within_its_budget(browser: Browser, site: Path, folder: str) -> None:
    """Length before the sources, the share of apparatus, requests for the first screen, and layout shift, at 360 x 640 px: in one
    test, so that one worker visits each page once. Of the records, which have no length and are all alike, the first ones."""
    visitor = browser.new_page(viewport=SCREEN, color_scheme="light")
    others = tuple(one for one in FOLDERS if one)
    written = [page for page in written_pages(site) if (page.startswith(folder) if folder else not page.startswith(others))]
    records = [page for page in written if BUDGETS.kind_of(page).name == "record"]
    pages = [page for page in written if page not in records[4:]]
    found = measure_all(visitor, site, [*pages, *(folder + page for page in WAYS_ON)], BUDGETS)
    visitor.context.close()
    tell([line for misses in (too_long, too_much_apparatus, too_many_requests, too_restless) for line in misses(found, BUDGETS)])


def tell(lines: list[str]) -> None:
    """Fail with all misses below each other; pytest's own comparison would cut a long list."""
    if lines:
        pytest.fail("\n".join([f"{len(lines)} miss(es):", *lines]), pytrace=False)


def test_every_page_belongs_to_one_kind() -> None:
    """A page without a kind, or with two, is told: it would have no limit, or the wrong one. Another language's pages have the
    kinds of the first one's."""
    for page, kind in {
        "": "home",
        "questions/burn/": "question",
        "questions/": "list",
        "es/questions/burn/": "question",
        "es/": "home",
    }.items():
        assert BUDGETS.kind_of(page).name == kind
    assert BUDGETS.screens("questions/burn/") == 3.5 and BUDGETS.screens("es/questions/burn/") == 4.2
    assert BUDGETS.screens("es/questions/") is None
    with pytest.raises(ValueError, match=r"/news/ needs just one kind .* has: none"):
        BUDGETS.kind_of("news/")
    twice = replace(BUDGETS, kinds=[*BUDGETS.kinds, replace(BUDGETS.kinds[0], name="again")])
    with pytest.raises(ValueError, match="has: question, again"):
        twice.kind_of("questions/burn/")


def test_a_heavy_page_is_caught(tmp_path: Path) -> None:
    """Words that do not compress; one page over its bytes, then so many that the median is."""
    noise = random.Random(7).randbytes(30_000).hex()
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(noise[:28_100], encoding="utf-8")  # as hex digits: 4 bits in each byte
    (tmp_path / "a" / "index.html").write_text(noise[:8_000], encoding="utf-8")
    sizes = weigh(tmp_path)
    assert sizes.keys() == {"", "a/"} and 14_000 < sizes[""] < 15_500 and 3_900 < sizes["a/"] < 4_500
    (page,) = too_heavy(sizes, ["a/"], BUDGETS)
    assert page == f"/: {sizes['']:,} bytes of 14,000"
    median, page = too_heavy(sizes, ["", "a/"], BUDGETS)
    assert median == f"median: {statistics.median(sizes.values()):,.0f} bytes of 9,000"


LATE = "/late.svg"
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>'
# What is put where on a page that is good, and which of its figures then has to be over: screens, share, requests, shift.
BAD_PAGES = {
    "too long": ('<h2 id="sources"', "<p>Long.</p>" * 200, too_long, r"^/questions/bad/: [\d.]+ screens of 3.5$"),
    "much apparatus": (
        "</footer>",
        "<p>More.</p>" * 200,
        too_much_apparatus,
        r"^/questions/bad/: apparatus is \d+ % of its height, of 25 %$",
    ),
    "many requests": (
        "<title>",
        "".join(f'<link rel="stylesheet" href="/assets/site.css?{number}">' for number in range(4)),
        too_many_requests,
        r"^/questions/bad/: \d requests of 4: /questions/bad/ /assets/site.css\?0 ",
    ),
    "a jump": ("<h1", f'<img src="{LATE}" alt="">', too_restless, r"^/questions/bad/: layout shift 0\.\d+$"),
}
# A page as small as can be: within every budget, until something is put into it.
GOOD_PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body>
<article><h1>A page</h1>{words}<h2 id="sources">Sources</h2></article><footer class="foot">The end</footer></body></html>"""


def budget_of(browser: Browser, site: Path, html: str) -> Measured:
    """A page measured as the others are, with its files a second late: on a busy machine, too, it is painted before them."""
    page = "questions/bad/"
    visitor = browser.new_page(viewport=SCREEN)
    with late_server(site, 1, {f"/{page}": html.encode(), LATE: PICTURE}) as address:
        measured = measure(visitor, address, page, BUDGETS.apparatus)
    visitor.context.close()
    return measured


def test_a_good_page_passes(browser: Browser, built_tiny: Path) -> None:
    """Otherwise the tests of bad ones would show nothing."""
    found = [budget_of(browser, built_tiny / "site", GOOD_PAGE.format(words="<p>Words.</p>" * 40))]
    for misses in (too_long, too_much_apparatus, too_many_requests, too_restless):
        assert misses(found, BUDGETS) == []


@pytest.mark.parametrize("fault", BAD_PAGES)
def test_a_bad_page_is_caught(browser: Browser, built_tiny: Path, fault: str) -> None:
    """Each miss is told with its figure, and no other one."""
    before, added, misses, says = BAD_PAGES[fault]
    html = GOOD_PAGE.format(words="<p>Words.</p>" * 40).replace(before, added + before)
    found = [budget_of(browser, built_tiny / "site", html)]
    (line,) = misses(found, BUDGETS)
    assert re.match(says, line), line
    for other in {too_long, too_much_apparatus, too_many_requests, too_restless} - {misses}:
        assert other(found, BUDGETS) == []


def test_what_has_no_limit_is_not_held_to_one() -> None:
    """A list may be as long as it is, and a page that only leads on may be mostly footer."""
    found = [Measured("words/", 60, 10, 0), Measured("search/", 0.9, 80, 0)]
    assert too_long(found, BUDGETS) == too_much_apparatus(found, BUDGETS) == []
