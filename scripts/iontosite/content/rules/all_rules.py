"""All rules of the pages in one call: the build, the preview and `make check` hold every page against the same ones."""

from __future__ import annotations

from iontosite.content.cross import INCLUDED
from iontosite.content.model import Content
from iontosite.content.rules.absence import check_absence
from iontosite.content.rules.floors import check_floors
from iontosite.content.rules.numbers import check_numbers
from iontosite.content.rules.safety_words import check_safety_words
from iontosite.content.rules.translation import translation_faults
from iontosite.content.rules.wording import check_wording
from iontosite.faults import Fault

# Grade and wording are measured with English formulas and English words.
ENGLISH = "en"


def rule_faults(content: Content, broken: frozenset[str] = frozenset()) -> list[Fault]:
    """Every page that breaks a rule. `broken` names the files that could not be read: without their words nothing can be
    measured."""
    faults: list[Fault] = []
    if broken & INCLUDED:
        return faults  # their words stand on most pages
    for edition in content.editions:
        for page in edition.pages:
            if edition.code == ENGLISH and "reading.yml" not in broken:
                faults += check_wording(page, content.vocabulary)
                faults += check_safety_words(page)
                if not broken & {"searches.yml", f"{ENGLISH}/strings.yml"}:
                    faults += check_absence(page, content.searches, edition.strings.months)
            if not broken & {"sources.yml", "sums.yml"}:
                faults += check_numbers(page, content.sources, content.sums)
            if f"{edition.code}/strings.yml" not in broken:
                faults += check_floors(page, edition.strings.floors)
    return faults + translation_faults(content, broken)
