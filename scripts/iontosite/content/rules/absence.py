"""What was looked for and not found: nobody's finding, so it is cited to nobody, and as good as the search behind it, so the page
says when that was. The searches stand in `docs/searches.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from iontosite.content.pages import Page
from iontosite.content.searches import Search
from iontosite.faults import Fault

_FOUND_NONE = re.compile(r"\b[Ww]e (?:found|saw|could find|have found) no(?:ne|thing)?\b")
_CITED = re.compile(r"\b[Ww]e (?:found|saw|could find|have found|know of) no(?:ne|thing)?\b[^.!?…\n]*[.!?…]+[\"”’*)]*\[\^")
_LOOKED = re.compile(r"\b[Ww]e (?:last )?(?:looked|searched)[^.!?]*? in ([A-Z][a-z]+) (\d{4})")


def check_absence(page: Page, searches: Iterable[Search], months: Sequence[str]) -> list[Fault]:
    """A fault for each sentence that cites a study for what we did not find, for a page that found nothing and does not say when
    it looked, and for a month in which nobody looked."""
    return [Fault(page.name, page.first_line + at, message) for at, message in _slips(page, list(searches), months)]


def _slips(page: Page, searches: list[Search], months: Sequence[str]) -> Iterator[tuple[int, str]]:
    text = page.written
    for match in _CITED.finditer(text):
        yield text.count("\n", 0, match.start()), "what we did not find is cited to a study: give that fact a sentence of its own"
    looked = list(_LOOKED.finditer(text))
    if (none := _FOUND_NONE.search(text)) and not looked:
        yield (
            text.count("\n", 0, none.start()),
            "“we found no …” without its date: write “We looked in <month and year> and found no …”",
        )
    when = {f"{months[int(each.date[5:7]) - 1]} {each.date[:4]}" for each in searches}
    for match in looked:
        if (said := f"{match[1]} {match[2]}") not in when:
            yield text.count("\n", 0, match.start()), f"nobody looked in {said}: docs/searches.yml holds no search of that month"
