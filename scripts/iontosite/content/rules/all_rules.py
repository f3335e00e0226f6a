"""All rules of the pages in one call: the build, the preview and `make check` hold every page against the same ones."""

from __future__ import annotations

from functools import partial

from iontosite.content.cross import INCLUDED
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.remembered import Remembered
from iontosite.content.rules.absence import check_absence
from iontosite.content.rules.by_hand import check_by_hand
from iontosite.content.rules.floors import check_floors
from iontosite.content.rules.numbers import check_findings, check_numbers
from iontosite.content.rules.parity import parity_faults
from iontosite.content.rules.safety_words import check_safety_words
from iontosite.content.rules.tongues import TONGUES
from iontosite.content.rules.translation import translation_faults
from iontosite.content.rules.wording import check_wording
from iontosite.faults import Fault

ENGLISH = "en"  # absence is looked for in English words


def rule_faults(content: Content, broken: frozenset[str] = frozenset(), remembered: Remembered | None = None) -> list[Fault]:
    """Every page that breaks a rule. `broken` names the files that could not be read: without their words nothing can be
    measured. `remembered` holds what was found in earlier readings."""
    faults: list[Fault] = []
    if broken & INCLUDED:
        return faults  # their words stand on most pages
    remembered = remembered or Remembered()
    question = f"rules without {sorted(broken)}"
    for edition in content.editions:
        for page in edition.pages:
            look = partial(_page_faults, page, edition, content, broken)
            faults += remembered.faults(question, [page], look)
    if not broken & {"sources.yml", "findings.yml"} and "findings.yml" in content.files:
        faults += check_findings(content.findings, content.sources, content.files["findings.yml"])
    return [*faults, *translation_faults(content, broken), *parity_faults(content, broken, remembered)]


def _page_faults(page: Page, edition: Edition, content: Content, broken: frozenset[str]) -> list[Fault]:
    """What one page breaks by itself: no other page is looked at."""
    faults: list[Fault] = []
    tongue = TONGUES.get(edition.code)
    if tongue and "reading.yml" not in broken:
        faults += check_wording(page, content.vocabulary, tongue)
        faults += check_safety_words(page, tongue)
    faults += check_by_hand(page)
    if edition.code == ENGLISH and not broken & {"searches.yml", f"{ENGLISH}/strings.yml"}:
        faults += check_absence(page, content.searches, edition.strings.months)
    # A translation's numbers are those of its original, which parity sees to.
    if edition is content.editions[0] and not broken & {"sources.yml", "sums.yml"}:
        faults += check_numbers(page, content.sources, content.sums)
    if f"{edition.code}/strings.yml" not in broken:
        faults += check_floors(page, edition.strings.floors)
    return faults
