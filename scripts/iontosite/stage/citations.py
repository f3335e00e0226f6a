"""The list of sources below a page, as footnotes: only those that the page cites, each in a line or two.

The full record of a source stands on the page of sources; `finish/citations.py` folds the list and gathers the marks.
"""

from __future__ import annotations

from collections.abc import Iterable

from iontosite.content.site import Strings
from iontosite.content.sources import Source
from iontosite.templates import fill


def definition(source: Source, strings: Strings, record_page: str = "") -> str:
    """The footnote of one source, on one line; `record_page` is the way to the page of its record, empty where there is none."""
    first, others = source.first_author
    by = f"{first} {strings.frame['and_others']}" if others else first
    record = f"{record_page}#source-{source.id}" if record_page else ""
    return fill("citation.md.j2", source=source, by=by.rstrip("."), record=record, strings=strings).strip()


def definitions(cited: Iterable[tuple[Source, str]], strings: Strings) -> str:
    """The footnotes of a page, from its sources in the order of first use, each with the way to the page of its record."""
    return "\n".join(f"[^{source.id}]: {definition(source, strings, record_page)}" for source, record_page in cited)
