"""A record system that sends a code gets the page about it, whatever it sends; the catalogue of all topics is whole and true."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route
from pydantic import ValidationError
from selectolax.lexbor import LexborHTMLParser

from editing import edit, faults_of, line_of
from iontosite.check.catalogue import ATOM_FILE, JSON_FILE, atom_problems, check_catalogue, json_problems
from iontosite.content.catalogue import Catalogue
from iontosite.content.code_meanings import meaning_of, side_of
from iontosite.content.codes import SYSTEMS
from iontosite.content.model import Content
from iontosite.content.topics import topics
from iontosite.finish.catalogue import atom_of, catalogue_of
from iontosite.finish.connect import connect_data, spelled

ICD, CPT = SYSTEMS["icd10cm"].oid, SYSTEMS["cpt"].oid
C, CS, DN = "mainSearchCriteria.v.c", "mainSearchCriteria.v.cs", "mainSearchCriteria.v.dn"
LANGUAGE = "informationRecipient.languageCode.c"
ELBOW, SWEAT, BURSA = "conditions/tennis-elbow/", "other-uses/sweating/", "conditions/bursitis/"
CALCIUM, SHOULDER, JAW, MUSCLES = (
    "conditions/shoulder-calcium/",
    "conditions/shoulder/",
    "conditions/jaw/",
    "conditions/sore-muscles/",
)
BILL = ["what-it-is/", "codes/cpt/97033/"]
NONE = "We have no page about this code"


# --- What a code means ---


@pytest.mark.parametrize(
    ("wording", "side"),
    [
        ("Lateral epicondylitis, right elbow", "right"),
        ("Unspecified rotator cuff tear or rupture of left shoulder, not specified as traumatic", "left"),
        ("Bilateral primary osteoarthritis of knee", "both"),
        ("Carpal tunnel syndrome, unspecified upper limb", "unsaid"),
        ("Rheumatoid arthritis, unspecified", ""),
        ("Plantar fascial fibromatosis", ""),
    ],
)
def test_the_side_comes_from_the_official_wording(wording: str, side: str) -> None:
    """ "Unspecified" of an illness is no side."""
    assert side_of(wording) == side


def test_every_code_page_says_in_one_sentence_what_the_code_means(content: Content, site: Path) -> None:
    """In each language; and what 97033 says leads to its sources."""
    for edition in content.editions:
        for code in edition.codes:
            meaning = meaning_of(code.code, content.meanings)
            assert meaning, code.code
            page = LexborHTMLParser((site / edition.path_of(code.url).strip("/") / "index.html").read_text("utf-8"))
            said = page.css_first("article p").text()
            assert said.count(code.code) == 1 and meaning.words[edition.code] in said and said.endswith(".")
    page = LexborHTMLParser((site / "codes/cpt/97033/index.html").read_text("utf-8"))
    assert "a therapist beside you" in page.css_first("article").text()
    assert len(page.css("article a[href*='#record-']")) == 2


CODES = """meanings:
  - begins: "97033"
    words: {en: "this treatment"}
  - begins: "M77.1"
    words: {en: "tennis elbow"}
"""


def test_meanings_that_fit_pass(tiny: Path) -> None:
    """No false alarm: each code has its words."""
    from iontosite.content.load import load_content

    (tiny / "docs/codes.yml").write_text(CODES, "utf-8")
    assert len(load_content(tiny / "docs").meanings) == 2


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ('begins: "M77.1"', 'begins: "M77.2"', "meanings:", 'nothing says what "M77.11" means'),
        ('begins: "M77.1"', 'begins: "M77.2"', "M77.2", 'no page names a code that begins like "M77.2"'),
        ('{en: "tennis elbow"}', '{es: "codo"}', "codo", '"M77.1" has no words in "en"'),
        ('begins: "M77.1"', 'begins: "97033"', "tennis", '"97033" stands twice'),
        ('begins: "M77.1"', 'begins: "M77.1"\n    sources: [nobody-1999]', "M77.1", 'rests on "nobody-1999"'),
        ('begins: "M77.1"', 'begin: "M77.1"', "tennis", "begin"),
    ],
)
def test_a_meaning_that_is_missing_or_needless_is_told(tiny: Path, old: str, new: str, at: str, says: str) -> None:
    """With the line in docs/codes.yml."""
    path = tiny / "docs/codes.yml"
    path.write_text(CODES, "utf-8")
    edit(path, old, new)
    told = [fault for fault in faults_of(tiny) if says in fault.message]
    assert told and told[0].path == "docs/codes.yml" and abs(told[0].line - line_of(path, at)) <= 1


# --- The catalogue ---


@pytest.fixture(scope="module")
def made(content: Content) -> Catalogue:
    """The real catalogue."""
    return catalogue_of(content)


@pytest.fixture
def pages(made: Catalogue, content: Content, tmp_path: Path) -> Path:
    """A tree that holds an empty file for each page that the catalogue names."""
    addresses = [page.address for topic in made.topics for page in topic.pages]
    for address in [made.described_at, *(system.example.partition("?")[0] for system in made.systems), *addresses]:
        folder = tmp_path / address.removeprefix(content.site.site_url)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text("", "utf-8")
    return tmp_path


def test_the_catalogue_holds_every_code_and_every_language(made: Catalogue, content: Content) -> None:
    """No code is missing or stands for another topic; a request asks with the code's own system."""
    listed = {(code.system, code.code) for topic in made.topics for code in topic.codes}
    codes = content.editions[0].codes
    assert listed == {(SYSTEMS[code.system].oid, code.code) for code in codes} and len(listed) == len(codes)
    assert all({page.language for page in topic.pages} == {"en", "es"} for topic in made.topics)
    assert {system.oid for system in made.systems} == {ICD, CPT}
    assert not made.reviewed_by_clinician
    for system in made.systems:
        asked = parse_qs(urlsplit(system.example).query)
        assert asked[CS] == [system.oid] and (system.oid, asked[C][0]) in listed


def test_the_finished_catalogue_is_whole(site: Path, content: Content, made: Catalogue) -> None:
    """What visitors get is what was meant; both files are linked from the page about codes, in each language."""
    assert check_catalogue(site, content.site.site_url) == []
    assert Catalogue.model_validate_json((site / JSON_FILE).read_text("utf-8")) == made
    entries = ElementTree.parse(site / ATOM_FILE).getroot().findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == sum(len(topic.pages) for topic in made.topics)
    for language in ("", "es/"):
        page = site / language / "clinics/codes"
        links = LexborHTMLParser((page / "index.html").read_text("utf-8")).css("article a[href*='connect/topics.']")
        assert {(page / (link.attributes["href"] or "")).resolve() for link in links} == {
            (site / name).resolve() for name in (JSON_FILE, ATOM_FILE)
        }


def test_a_site_without_the_page_has_no_catalogue(tiny_site: Path) -> None:
    """And nothing is missed there."""
    assert not (tiny_site / JSON_FILE).exists() and check_catalogue(tiny_site, "https://tiny.example/") == []


def broken(made: Catalogue, change: Any) -> dict[str, Any]:
    """The catalogue as plain data, with one change."""
    data = json.loads(made.model_dump_json())
    change(data)
    return data


BAD_JSON = {
    "2026-11-31": lambda data: data["topics"][0]["pages"][0].update(evidence_checked="2026-11-31"),
    "is no full address": lambda data: data["topics"][0]["pages"][0].update(address="/conditions/achilles/"),
    "is no OID": lambda data: data["topics"][0]["codes"][0].update(system="ICD-10-CM"),
    "of a system that is not listed": lambda data: data["systems"].pop(),
    "leads to two topics": lambda data: data["topics"][0]["codes"].append(data["topics"][1]["codes"][0]),
    "two pages in one language": lambda data: data["topics"][0]["pages"].append(data["topics"][0]["pages"][0]),
    "does not ask with": lambda data: data["systems"][0].update(example=data["systems"][1]["example"]),
    "updated is not the last day": lambda data: data.update(updated="2031-01-01"),
    "is no code: capitals": lambda data: data["topics"][0]["codes"][0].update(code="m77.11<"),
    "Extra inputs": lambda data: data.update(reviewed_by="Dr. Nobody"),
    "Field required": lambda data: data["topics"][0]["pages"][0].pop("title"),
    "topics": lambda data: data.update(topics=[]),
}


@pytest.mark.parametrize("says", BAD_JSON)
def test_a_bad_catalogue_is_caught(made: Catalogue, pages: Path, content: Content, says: str) -> None:
    """Every kind of slip that its shape can show."""
    data = broken(made, BAD_JSON[says])
    problems = list(json_problems(json.dumps(data), pages, content.site.site_url))
    assert any(says in problem for problem in problems), problems
    with pytest.raises(ValidationError):
        Catalogue.model_validate(data)


def test_a_catalogue_that_leads_nowhere_is_caught(made: Catalogue, pages: Path, content: Content) -> None:
    """A page that is gone, another host, and no JSON at all; the right one passes."""
    url = content.site.site_url
    assert list(json_problems(made.model_dump_json(), pages, url)) == []
    gone = made.topics[0].pages[0].address
    (pages / gone.removeprefix(url) / "index.html").unlink()
    assert list(json_problems(made.model_dump_json(), pages, url)) == [f"{gone}: is no page of this site"]
    assert any(
        "is no page of this site" in each for each in json_problems(made.model_dump_json(), pages, "https://other.example/")
    )
    assert list(json_problems("{", pages, url))


BAD_ATOM = {
    "the feed: needs just one updated": (r"<updated>.*?</updated>", ""),
    "the feed: needs just one id": (r"<id>.*?</id>", "<id> </id>"),
    "which is no date and time": (r"T00:00:00Z</updated>", "</updated>"),
    "has no author with a name": (r"<author>.*?</author>", ""),
    "has no link to itself": (r'rel="self"', 'rel="via"'),
    "two entries have this id": (r"<entry.*?</entry>", lambda match: match[0] * 2),
    "needs just one link to its page": (r'rel="alternate" type="text/html" hreflang', 'rel="related" hreflang'),
    "is no page of this site": (r"conditions/achilles/\" />", 'conditions/achiles/" />'),
    "a code lacks its system": (r"urn:oid:2", "oid 2"),
    "has no code": (r"<category[^>]*>", ""),
    "needs just one title": (r"(<entry.*?)<title>.*?</title>", r"\1"),
    "is no XML": (r"</feed>", ""),
    "its first element": (r"http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/"),
}


def atom_text(made: Catalogue, content: Content) -> str:
    """The feed as text, without a prefix."""
    return re.sub(r"ns0:|:ns0", "", ElementTree.tostring(atom_of(made, content.site.site_url), encoding="unicode"))


@pytest.mark.parametrize("says", BAD_ATOM)
def test_a_bad_feed_is_caught(made: Catalogue, pages: Path, content: Content, says: str) -> None:
    """What RFC 4287 asks for, and what ours adds; the right one passes."""
    url, text = content.site.site_url, atom_text(made, content)
    assert list(atom_problems(text.encode(), pages, url)) == []
    pattern, new = BAD_ATOM[says]
    count = 0 if says == "has no code" else 1
    spoiled, changed = re.subn(pattern, new, text, count=count, flags=re.DOTALL)
    assert changed
    problems = list(atom_problems(spoiled.encode(), pages, url))
    assert any(says in problem for problem in problems), problems


# --- What the page answers from ---


def test_systems_are_told_apart_in_any_spelling(content: Content) -> None:
    """Their numbers and names, as others write them; no name stands for two."""
    systems = connect_data(content, content.editions[0])["systems"]
    names = ["ICD-10-CM", "icd10cm", "urn:oid:" + ICD, "http://hl7.org/fhir/sid/icd-10-cm", ICD]
    assert {systems[spelled(name)] for name in names} == {0}
    assert {systems[spelled(name)] for name in ("CPT", "cpt-4", CPT, "urn:oid:" + CPT)} == {1}
    written = [spelled(name) for system in SYSTEMS.values() for name in (system.oid, system.name, *system.also)]
    assert len(written) == len(set(written))


def test_each_language_answers_in_both(content: Content, site: Path) -> None:
    """The data of each page leads to pages that exist, in every language."""
    for edition in content.editions:
        page = site / edition.language.path / "connect"
        scripts = LexborHTMLParser((page / "index.html").read_text("utf-8")).css("article script[src]")
        (text,) = [(page / (script.attributes["src"] or "")).read_text("utf-8") for script in scripts]
        data = json.loads(text.removeprefix("self.connectData=").removesuffix(";\n"))
        assert data == connect_data(content, edition)
        for entry in data["pages"]:
            for href, title in entry.values():
                assert title and (page / href / "index.html").resolve().is_file()


# --- What it answers ---


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[Page]:
    """A page that may not leave the disk."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    context.route(re.compile("^https?:"), lambda route: route.abort())
    yield context.new_page()
    context.close()


@pytest.fixture
def faults(visitor: Page) -> Iterator[list[str]]:
    """What goes wrong on the page meanwhile: errors of scripts, and windows that only an injected script opens."""
    found: list[str] = []

    def note(fault: object) -> None:
        found.append(str(fault))

    def close(dialog: Dialog) -> None:
        found.append(dialog.message)
        dialog.dismiss()

    visitor.on("pageerror", note)
    visitor.on("dialog", close)
    yield found
    visitor.remove_listener("pageerror", note)
    visitor.remove_listener("dialog", close)


def ask(page: Page, site: Path, query: str, folder: str = "") -> dict[str, list[str]]:
    """Opens the page from the disk with a query, and reads the answer: each heading with the pages below it."""
    page.goto("about:blank")
    page.goto((site / folder / "connect/index.html").as_uri() + query)
    if DN in query or "v.dn" in query:
        page.wait_for_function("document.getElementById('connect-answer').children.length")
    return page.evaluate(
        """() => {
          const found = {};
          const root = new URL('..', location.href).href;
          for (const node of document.getElementById('connect-answer').children) {
            if (node.tagName !== 'UL') found[node.textContent] = [];
            else Object.values(found).at(-1).push(...[...node.querySelectorAll('a')].map((a) => a.href.replace(root, '')));
          }
          return found;
        }"""
    )


def query(*pairs: tuple[str, str]) -> str:
    """A query as a record system writes it."""
    return "?" + urlencode(pairs)


FOUND, NEAR = "The page for your code", "Close to your code"
ONLY_NEAR = "We have no page about just this code, but these are close to it"
BY_WORDS = "Pages that fit the words in your record"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (query((C, "M77.11"), (CS, ICD)), {FOUND: [ELBOW]}),
        (query((C, "m7711"), (CS, ICD)), {FOUND: [ELBOW]}),
        (query((C, " M77.11 "), (CS, f"urn:oid:{ICD}")), {FOUND: [ELBOW]}),
        (query((C, "M77.11")), {FOUND: [ELBOW]}),
        (query((C, "M77.1"), (CS, "ICD-10-CM")), {FOUND: [ELBOW]}),
        (query((C, "M77"), (CS, ICD)), {FOUND: [ELBOW]}),
        (query((C, "M77.41"), (CS, ICD)), {ONLY_NEAR: [ELBOW]}),
        (query((C, "M75.51"), (CS, ICD)), {FOUND: [BURSA], NEAR: [CALCIUM, SHOULDER]}),
        (query((C, "97033"), (CS, CPT)), {FOUND: BILL}),
        (query((C, "97033"), (CS, "CPT")), {FOUND: BILL}),
        (query((C, "97033")), {FOUND: BILL}),
        (query((C, "M77.11"), (CS, ICD), (C + "1", "L74.512"), (CS + "1", ICD)), {FOUND: [ELBOW, SWEAT]}),
        (query((C, "M77.11"), (CS, ICD), (C + "1", "97033"), (CS + "1", CPT)), {FOUND: [ELBOW, *BILL]}),
        (query((C + "0", "E11.9"), (CS + "0", ICD), (C + "1", "L74.512"), (CS + "1", ICD)), {FOUND: [SWEAT]}),
        (query((C, "M77.11"), (CS, ICD)).replace("?", "#"), {FOUND: [ELBOW]}),
        (query((C, "M77.11"), (CS, ICD)).replace("?", "#?"), {FOUND: [ELBOW]}),
        (query((C, "M77.11"), (CS, ICD), (DN, "sweaty hands")), {FOUND: [ELBOW]}),
        (query((C, "M79.7"), (CS, ICD)), {ONLY_NEAR: [JAW, MUSCLES]}),
        (query((LANGUAGE, "xx"), (C, "M77.11")), {FOUND: [ELBOW]}),
        (query(("age.v.v", "44"), ("patientPerson.administrativeGenderCode.c", "F"), (C, "M72.2")), {FOUND: ["conditions/plantar-fasciitis/"]}),
        ("", {}),
        (query(("age.v.v", "44")), {}),
    ],
)  # fmt: skip
def test_a_code_finds_its_page(visitor: Page, site: Path, asked: str, answer: dict[str, list[str]]) -> None:
    """In any spelling, several at once, the topic first and its neighbors next; words count where no code is known."""
    found = ask(visitor, site, asked)
    assert found == {heading: [f"{page}" for page in pages] for heading, pages in answer.items()}


@pytest.mark.parametrize("asked", [query((C, "E11.9"), (CS, ICD), (DN, "Sweaty hands")), query((DN, "sweaty hands"))])
def test_words_go_to_the_finder_of_the_site(visitor: Page, site: Path, asked: str) -> None:
    """Where no code is known."""
    found = ask(visitor, site, asked)
    assert list(found) == [BY_WORDS] and found[BY_WORDS][0] == SWEAT and len(found[BY_WORDS]) <= 5


def test_the_language_of_the_request_is_the_language_of_the_answer(visitor: Page, site: Path) -> None:
    """Words, titles and links, marked as such, from either page; and the page's own where nothing is asked for."""
    found = ask(visitor, site, query((C, "M77.11"), (CS, ICD), (LANGUAGE, "es-MX")))
    assert found == {"La página para su código": ["es/conditions/tennis-elbow/"]}
    assert visitor.locator("#connect-answer").get_attribute("lang") == "es"
    assert visitor.locator("#connect-answer a").get_attribute("lang") == "es"
    assert list(ask(visitor, site, query((C, "M77.11")), "es")) == ["La página para su código"]
    found = ask(visitor, site, query((C, "M77.11"), (LANGUAGE, "EN")), "es")
    assert list(found) == [FOUND] and found[FOUND][0].endswith("/conditions/tennis-elbow/") and "/es/" not in found[FOUND][0]


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "'; alert(1); '",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "javascript:alert(1)",
    "M77.11<script>",
    "𝑴77.11",
    "M" * 20_000,
    "../../../etc/passwd",
    "{{constructor.constructor('alert(1)')()}}",
    "M77.11\u0000",
    "٠٠٠",
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_input_gets_the_list(visitor: Page, site: Path, faults: list[str], number: int) -> None:
    """As a code, a system and words, in each place: no error, nothing injected, and the list stands."""
    text = HOSTILE[number]
    odd = ((LANGUAGE, text), (text, text))
    for asked in (query((C, text), (CS, ICD), *odd), query((C, "M77.11"), (CS, text), (DN, text))):
        found = ask(visitor, site, asked)
        held = visitor.locator("#connect-answer :not(h2, ul, li, a, p)").count()
        assert held == 0 and set(found) <= {f"{NONE}, so please pick your problem from the list.", BY_WORDS}, asked[:80]
        assert visitor.locator("#connect-answer a:not([href^='../'])").count() == 0
        assert visitor.locator("h2#topics + ul > li").count() == len(topics_listed(site))
    assert faults == []


@pytest.mark.parametrize(
    "raw", ["?%", "?%00", f"?{C}=%00", f"?{C}=%E0%A4%A", "?=&=&&==", f"?{C}", f"?{C}=&{CS}=", "#%", "?" + "a=1&" * 500]
)
def test_broken_addresses_get_the_list(visitor: Page, site: Path, faults: list[str], raw: str) -> None:
    """Half an escape, no value, no name."""
    assert set(ask(visitor, site, raw)) <= {f"{NONE}, so please pick your problem from the list."}
    assert faults == []


def test_nothing_is_stored_or_sent(browser: Browser, address: str) -> None:
    """Only the site's own files are asked for, none of them with the code, and no file of the search where the code is known."""
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address + "connect/" + query((C, "M77.11"), (CS, ICD), (DN, "private words")))
    page.wait_for_load_state("networkidle")
    assert all(url.startswith((address, "data:")) for url in requests)
    assert not any("M77" in url or "private" in url for url in requests[1:]) and not any("/search." in url for url in requests)
    assert (
        page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length, window.name.length].some(Boolean)")
        is False
    )
    page.close()


def test_an_injected_element_is_caught(browser: Browser, address: str) -> None:
    """The measure itself: a script that put in a picture; one that wrote HTML is stopped by the policy of the page."""
    page = browser.new_page()

    def answer(route: Route) -> None:
        script = route.fetch()
        old = '  const answer = document.getElementById("connect-answer");'
        assert old in script.text()
        route.fulfill(response=script, body=script.text().replace(old, old + "\n  answer.append(document.createElement('img'));"))

    page.route(re.compile(r"/static/connect\.[0-9a-f]+\.js$"), answer)
    page.goto(address + "connect/?" + C + "=" + quote("<img src=x>"))
    assert page.locator("#connect-answer :not(h2, ul, li, a, p)").count() == 1
    page.close()


def topics_listed(site: Path) -> list[str]:
    """The lines of the plain list, as they stand without a script."""
    page = LexborHTMLParser((site / "connect/index.html").read_text("utf-8"))
    return [item.text() for item in page.css("h2#topics + ul > li")]


def test_without_a_script_the_list_is_whole(content: Content, site: Path) -> None:
    """Every topic with every one of its codes."""
    listed = topics_listed(site)
    shown = topics(content)
    assert len(listed) == len(shown)
    for item, topic in zip(listed, shown, strict=True):
        page = topic.page_in(content.editions[0])
        assert page and item.startswith(page.front.title) and item.endswith(", ".join(code.code for code in topic.codes))
