"""What pages tell programs about themselves: in the words of schema.org, and nothing that the page does not say."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from iontosite.check.finished import plain
from iontosite.content.model import Content
from iontosite.content.reviews import SignOff
from iontosite.links.policy import Policy
from iontosite.stage.structured_data import of_page, script
from schema_org import problems

SCRIPT = 'script[type="application/ld+json"]'


def data_of(site: Path, path: str) -> dict[str, Any]:
    """The data of one finished page."""
    node = LexborHTMLParser((site / path / "index.html").read_text("utf-8")).css_first(SCRIPT)
    assert node, path
    return json.loads(node.text())


@pytest.fixture(scope="module")
def all_data(site: Path) -> dict[str, dict[str, Any]]:
    """The data of every page of the site that search engines may list."""
    found = {}
    for path in sorted(site.rglob("index.html")):
        text = path.read_text("utf-8")
        if 'name="robots" content="noindex"' not in text and 'rel="canonical"' in text:
            nodes = LexborHTMLParser(text).css(SCRIPT)
            assert len(nodes) == 1, path
            found[path.parent.relative_to(site).as_posix()] = json.loads(nodes[0].text())
    return found


def test_every_page_speaks_the_vocabulary(all_data: dict[str, dict[str, Any]]) -> None:
    """Every type, every property where it belongs, every date a day; nobody has signed anything off."""
    assert len(all_data) > 400
    told = {page: list(problems(data)) for page, data in all_data.items()}
    assert {page: wrong for page, wrong in told.items() if wrong} == {}


def test_a_page_says_what_it_is(all_data: dict[str, dict[str, Any]], content: Content) -> None:
    """Its own address, title, language and day of the evidence check."""
    for edition in content.editions:
        for page in edition.pages:
            data = all_data[edition.path_of(page.url).strip("/") or "."]
            assert data["url"] == data["@id"] == content.address_of(page)
            assert (data["name"], data["inLanguage"]) == (page.front.title, edition.code)
            assert data["lastReviewed"] == page.front.evidence_checked


def test_a_question_comes_with_its_answer(all_data: dict[str, dict[str, Any]], content: Content) -> None:
    """The words of the page's own main message."""
    for page in content.edition("en").questions:
        data = all_data[page.url.strip("/")]
        answer = data["mainEntity"]["acceptedAnswer"]["text"]
        assert "FAQPage" in data["@type"] and data["mainEntity"]["name"] == page.front.title
        assert len(answer) > 20 and "{" not in answer


def test_reasons_against_and_harms_are_those_of_the_page(
    site: Path, all_data: dict[str, dict[str, Any]], content: Content
) -> None:
    """Each one stands on the page, in its words; the page on safety has most of them, and another treatment's rules are its own."""
    for page in content.edition("en").pages:
        data = all_data[page.url.strip("/") or "."]
        text = plain(LexborHTMLParser((site / page.url / "index.html").read_text("utf-8")).css_first("article").text())
        for treatment in data.get("about", []):
            for reason in treatment.get("contraindication", []):
                assert plain(reason) in text, (page.path, reason)
            for harm in treatment.get("adverseOutcome", []):
                assert plain(harm["name"]) in text, (page.path, harm)
    general = all_data["is-it-safe-for-me"]["about"][0]
    assert any("pacemaker" in reason for reason in general["contraindication"])
    assert not any("fixed mouth braces" in reason for reason in general["contraindication"])
    names = [treatment["name"] for treatment in all_data["other-uses/sweating"]["about"]]
    assert names == ["Iontophoresis", "Tap water iontophoresis", "Sweaty hands and feet"]
    assert {harm["name"] for harm in all_data["after"]["about"][0]["seriousAdverseOutcome"]} >= {"Burn", "Skin infection"}


def test_translations_know_each_other(all_data: dict[str, dict[str, Any]]) -> None:
    """Each leads to the other, and never to a page that is not there."""
    addresses = {data["@id"] for data in all_data.values()}
    for data in all_data.values():
        for other in data.get("workTranslation", []):
            assert other["@id"] in addresses
        if origin := data.get("translationOfWork"):
            assert origin["@id"] in addresses
    assert all_data["es/after"]["translationOfWork"] == {"@id": all_data["after"]["@id"]}
    assert all_data["after"]["workTranslation"] == [{"@id": all_data["es/after"]["@id"]}]


def test_what_a_page_cites_is_named(all_data: dict[str, dict[str, Any]], content: Content) -> None:
    """A few sources by their addresses; many by the list that the page ends in."""
    page = content.edition("en").by_path["questions/burn.md"]
    assert all_data["questions/burn"]["citation"] == [content.sources[source].address for source in page.sources]
    assert all_data["after"]["citation"] == content.site.site_url + "after/#sources"


def test_only_who_signed_a_page_off_is_named(content: Content) -> None:
    """With name and job; on the page that was signed, and on no other."""
    page = content.edition("en").by_path["after.md"]
    signed = SignOff(
        name="A Toy Name",
        role="Licensed physical therapist",
        registration="A board",
        date="2026-11-20",
        until="2027-11-20",
        pages={"/after/": content.meaning_of(page)},
    )
    with_one = dataclasses.replace(content, sign_offs=(signed,), today=date(2026, 12, 1))
    data = of_page(page, with_one, content.edition("en"))
    assert data["reviewedBy"] == [{"@type": "Person", "name": "A Toy Name", "jobTitle": "Licensed physical therapist"}]
    assert list(problems(data, ["A Toy Name"])) == [] and list(problems(data))
    other = content.edition("en").by_path["before.md"]
    assert "reviewedBy" not in of_page(other, with_one, content.edition("en"))


# --- The measure itself ---

GOOD: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": ["MedicalWebPage", "FAQPage"],
    "@id": "https://a.example/x/",
    "name": "A page",
    "lastReviewed": "2026-11-20",
    "isAccessibleForFree": True,
    "about": [{"@type": "MedicalTherapy", "name": "A treatment", "contraindication": ["A reason"]}],
    "mainEntity": {"@type": "Question", "name": "Why?", "acceptedAnswer": {"@type": "Answer", "text": "So."}},
}
BAD: dict[str, dict[str, Any]] = {
    "page: reviewd is no property": {"reviewd": "x"},
    "page: MedicalPage is no type": {"@type": "MedicalPage"},
    "page: has no @type": {"@type": []},
    'lastReviewed: "20 November 2026" is no Date': {"lastReviewed": "20 November 2026"},
    'lastReviewed: "2026-02-30" is no Date': {"lastReviewed": "2026-02-30"},
    "who signed nothing off": {"reviewedBy": [{"@type": "Person", "name": "Dr. Nobody"}]},
    "names 'Dr. Nobody'": {"reviewedBy": "Dr. Nobody"},
    "MedicalWebPage/FAQPage has no contraindication": {"contraindication": "x"},
    "about: MedicalCondition has no adverseOutcome": {"about": {"@type": "MedicalCondition", "adverseOutcome": {"@type": "MedicalEntity"}}},
    "adverseOutcome: takes MedicalEntity, not Person": {
        "about": {"@type": "MedicalTherapy", "adverseOutcome": {"@type": "Person", "name": "x"}}
    },
    'adverseOutcome: "a burn" is no MedicalEntity': {"about": {"@type": "MedicalTherapy", "adverseOutcome": "a burn"}},
    "a page of questions needs a question": {"mainEntity": {"@type": "Question", "name": "Why?"}},
    "isAccessibleForFree: \"yes\" is no Boolean": {"isAccessibleForFree": "yes"},
    "name: takes Text, not True": {"name": True},
    "name: '' is no text": {"name": ""},
    'name: "**Bold**" is no Text': {"name": "**Bold**"},
    "about: is empty": {"about": []},
    "license: \"/license\" is no CreativeWork or URL": {"license": "/license"},
    "@id: \"/x/\" is no URL": {"@id": "/x/"},
    "its context is not": {"@context": "https://schema.example"},
}  # fmt: skip


def test_good_data_passes() -> None:
    """No false alarm."""
    assert list(problems(GOOD)) == []


@pytest.mark.parametrize("says", BAD)
def test_bad_data_is_caught(says: str) -> None:
    """One slip of each kind."""
    found = list(problems({**GOOD, **BAD[says]}))
    assert any(says in problem for problem in found), found


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_no_words_end_the_script(words: Any) -> None:
    """Whatever a title holds: the browser's own reader finds one script, and in it what was put in."""
    text = script({"name": words, "other": "</script><!--<script>&"})
    assert "<" not in text and ">" not in text and "&" not in text
    assert json.loads(text)["name"] == words


def test_a_title_that_ends_a_script_stays_a_title(content: Content) -> None:
    """In the data of a page, as the page holds it."""
    page = content.edition("en").by_path["after.md"]
    front = page.front.model_copy(update={"title": "</script><script>alert(1)</script>"})
    spoiled = dataclasses.replace(page, front=front)
    held = f'<script type="application/ld+json">{script(of_page(spoiled, content, content.edition("en")))}</script><p>after</p>'
    tree = LexborHTMLParser(held)
    assert len(tree.css("script")) == 1 and tree.css_first("p").text() == "after"
    assert json.loads(tree.css_first("script").text())["name"] == front.title


@pytest.fixture(scope="module")
def refused(browser: Browser, address: str) -> Iterator[list[str]]:
    """What the browser's own policy refuses on three pages with data."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("", "after/", "questions/burn/"):
        page.goto(address + path)
        said += page.evaluate(
            "() => [...document.querySelectorAll('script[type=\"application/ld+json\"]')].map((node) => node.nonce)"
        )
    yield [words for words in said if words]
    page.close()


def test_the_policy_has_nothing_against_data(refused: list[str], site: Path) -> None:
    """A script of this type never runs, so no word of the policy speaks of it; the link checker agrees."""
    assert refused == []
    text = (site / "after/index.html").read_text("utf-8")
    tree = LexborHTMLParser(text)
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert policy and "sha256" not in policy.split("script-src")[1].split(";")[0]
    assert list(Policy(policy).blocked(text, tree)) == []
