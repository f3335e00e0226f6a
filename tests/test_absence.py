"""What was not found is cited to nobody, and says when somebody looked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iontosite.content.model import Content
from iontosite.content.rules.absence import check_absence
from iontosite.content.searches import Search

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEARCHES = [Search(about="after.md", date="2026-11-21", where="stored pages", query="words", found="Nothing.")]
GOOD = [
    "We looked in November 2026 and found no study of it.",
    "We looked for studies in November 2026. We found none, and no rule. One report says so.[^first-2001]",
    "The study found no clear gap.[^first-2001]",
    "We know of no study, so ask.",
    "We found a study.[^first-2001]",
]
BAD = [
    ("We found no study of it.", "without its date"),
    ("So we found none.", "without its date"),
    ("We looked in November 2026 and found no study.\n\nWe found no study of it.[^first-2001]", "cited to a study"),
    ("We know of no study of it.[^first-2001]", "cited to a study"),
    ("We looked in October 2026 and found no study.", "nobody looked in October 2026"),
]


def faults_of(content: Content, text: str) -> list[str]:
    """What is wrong with a page of this text."""
    page = replace(content.edition("en").by_path["after.md"], written=f"{text}\n")
    return [str(fault) for fault in check_absence(page, SEARCHES, MONTHS)]


@pytest.mark.parametrize("text", GOOD)
def test_an_absence_told_rightly_is_no_fault(tiny_content: Content, text: str) -> None:
    """With its date, and without a source; what a source itself did not find is its own."""
    assert faults_of(tiny_content, text) == []


@pytest.mark.parametrize(("text", "says"), BAD)
def test_an_absence_told_wrongly_is_told(tiny_content: Content, text: str, says: str) -> None:
    """Each fault is the only one."""
    (fault,) = faults_of(tiny_content, text)
    assert says in fault
