"""What a page tells programs about itself, as JSON-LD in the vocabulary of https://schema.org.

It says nothing that the page does not: the day of the evidence check, who signed it off (nobody, until somebody does), what it
cites, and of the safety rules those that stand on it. The part of the vocabulary that is used stands in
tests/fixtures/schema_org.yml.
"""

from __future__ import annotations

import json
import re
from typing import Any

from iontosite.content.codes import SYSTEMS, Code
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.safety import SafetyRule, include_of
from iontosite.content.statements import cited_on

Data = dict[str, Any]
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_FOR_STAFF = ("clinics/", "handouts/make/")
_NOT_MEDICAL = ("about/", "sources/", "search/", *_FOR_STAFF)
# Which treatment a rule is about, by those whom it is for; a rule for another one (TENS, shockwave) says nothing about this one.
_TREATMENTS = {"anyone": "", "steroid": "", "sweat machines": "water", "numbing patch": "numbing"}
_SERIOUS_LEVELS = ("call-911", "emergency-room", "today")
_SERIOUS = {"allergy": "", "burn": "", "infection": "", "numbing": "numbing"}  # harm -> the treatment that can do it
_MILD_LEVELS, _MILD = ("normal", "call-clinic"), ("after", "red-skin", "more-pain")
MOST_CITED = 12  # addresses; a page that cites more names its list, because every phone pays for the bytes
_MARKS = re.compile(r"\*\*|\[\^[^\]]*\]")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def script(data: Data) -> str:
    """The data as a page holds it: no word of it can end the script, and letters stand as they are, so that what the page says
    as well costs next to nothing. (The policy allows it: a script of this type never runs, https://html.spec.whatwg.org/#data-block.)"""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"})


def of_page(page: Page, content: Content, edition: Edition) -> Data:
    """What a page that somebody wrote says."""
    data = of_made_page(content, edition, page.url, page.front.title, page.front.description, page.front.evidence_checked)
    if data["@type"] == "MedicalWebPage":
        data["about"] = _about(page, content, edition)
    if page.is_question:
        answer = " ".join(block.text for block in page.main_message)
        data["@type"] = ["MedicalWebPage", "FAQPage"]
        data["mainEntity"] = {
            "@type": "Question",
            "name": page.front.title,
            "acceptedAnswer": {"@type": "Answer", "text": content.filled_in(answer)},
        }
    if cited := [content.sources[source].address for source in cited_on(page, content)]:
        data["citation"] = cited if len(cited) <= MOST_CITED else f"{data['url']}#sources"
    if signed := content.sign_offs_of(page):
        data["reviewedBy"] = [{"@type": "Person", "name": each.name, "jobTitle": each.role} for each in signed]
    return data | _translations(page, content)


def of_code(code: Code, content: Content, edition: Edition) -> Data:
    """What the small page of a code says: the problem that it stands for."""
    words, front = edition.strings.clinics, code.page.front
    title, description = words["code_title"].format(code=code.code), words["code_description"].format(title=front.title)
    data = of_made_page(content, edition, code.url, title, description, front.evidence_checked)
    named = {"@type": "MedicalCode", "codeValue": code.code, "codingSystem": SYSTEMS[code.system].name}
    kind = "MedicalCondition" if code.system == "icd10cm" else "MedicalTherapy"
    name = code.wording or _name_of(edition)
    return data | {"about": [{"@type": kind, "name": name, "code": named}]}


def of_made_page(content: Content, edition: Edition, url: str, title: str, description: str, checked: str) -> Data:
    """What every page says; of a page that is made from data, all that it says."""
    address = content.base_url(edition) + url
    data: Data = {
        "@context": "https://schema.org",
        "@type": "WebPage" if url.startswith(_NOT_MEDICAL) else "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": title,
        "description": description,
        "inLanguage": edition.code,
        "lastReviewed": checked,
        "isAccessibleForFree": True,
        "license": LICENSE,
    }
    if not url.startswith(_NOT_MEDICAL):
        data["medicalAudience"] = {"@type": "MedicalAudience", "audienceType": "Patient"}
    return data


def _name_of(edition: Edition) -> str:
    return edition.strings.frame["short_name"].replace("\u00ad", "")


def _about(page: Page, content: Content, edition: Edition) -> list[Data]:
    """The treatment, and the others of its kind that the page's rules are about; and the problem, where it is about one."""
    said = {rule: plain(content.filled_in(text)) for rule, text in _rules_of(page).items()}
    names = {"": _name_of(edition), **{key: edition.strings.structured[f"therapy_{key}"] for key in ("water", "numbing")}}
    found = [_therapy(key, name, said, page, edition) for key, name in names.items()]
    about = [data for key, data in zip(names, found, strict=True) if not key or len(data) > 2]
    if page.is_problem:
        about.append({"@type": "MedicalCondition", "name": page.front.title.partition(":")[0]})
    return about


def _rules_of(page: Page) -> dict[str, str]:
    """The rules that a page includes, by id, in the words in which it says them. What is to be ticked speaks for the reader, and
    is left out."""
    said = {rule: page.safety.by_id[rule].words[page.language].sentence for rule in page.safety.sentences_in(page.written)}
    for insert in page.inserts:
        form, words = include_of(insert.text) or ("", "")
        if form in ("safety", "safety-steps"):
            said |= {rule.id: rule.words[page.language].say for rule in page.safety.select(words)}
    return said


def _therapy(key: str, name: str, said: dict[str, str], page: Page, edition: Edition) -> Data:
    """One treatment with what the rules of a page say of it; `said` holds their words by id."""
    rules = [rule for rule in page.safety.rules if rule.id in said]
    own = [rule for rule in rules if _TREATMENTS.get(rule.who) == key and "in-short" not in rule.tags]
    harms = [harm for harm, treatment in _SERIOUS.items() if treatment == key and _warns(rules, harm)]
    mild = [rule for rule in rules if not key and rule.level in _MILD_LEVELS and set(rule.tags) & set(_MILD)]
    data: Data = {"@type": "MedicalTherapy", "name": name}
    if against := [said[rule.id] for rule in own if rule.level == "never"]:
        data["contraindication"] = against
    if harms:
        data["seriousAdverseOutcome"] = [{"@type": "MedicalEntity", "name": edition.strings.structured[harm]} for harm in harms]
    if mild:
        data["adverseOutcome"] = [{"@type": "MedicalEntity", "name": said[rule.id]} for rule in mild]
    return data


def _warns(rules: list[SafetyRule], harm: str) -> bool:
    """Whether one of the rules sends somebody with this harm to urgent help."""
    return any(harm in rule.tags and rule.level in _SERIOUS_LEVELS for rule in rules)


def plain(markdown: str) -> str:
    """A rule's words without marks, links and citations."""
    return " ".join(_LINK.sub(r"\1", _MARKS.sub("", markdown)).split())


def _translations(page: Page, content: Content) -> Data:
    """What a page was translated from, or into."""
    original = content.original_of(page)
    if original:
        return {"translationOfWork": {"@id": content.address_of(original)}}
    others = [edition.by_path[page.path] for edition in content.editions[1:] if page.path in edition.by_path]
    return {"workTranslation": [{"@id": content.address_of(other)} for other in others]} if others else {}
