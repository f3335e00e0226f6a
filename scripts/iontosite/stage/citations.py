"""The list of sources below a page, as footnotes: only those that the page cites, each in a line or two.

The full record of a source stands on the page of sources; `finish/citations.py` folds the list and gathers the marks.
"""

from __future__ import annotations

from collections.abc import Iterable

from iontosite.content.site import Strings
from iontosite.content.source_notes import told
from iontosite.content.sources import Source
from iontosite.templates import fill

MOST_IN_FULL = 40  # footnotes of one page; of more, each leads to its record alone, or the page weighs too much for a weak link


def definition(source: Source, strings: Strings, record_page: str = "", *, in_short: bool = False) -> str:
    """The footnote of one source, on one line; `record_page` is the way to the page of its record, empty where there is none. In
    short, it leads to that record alone, which leads on to the source."""
    source = told(source, strings.source_notes)
    first, others = source.first_author
    by = f"{first} {strings.frame['and_others']}" if others else first
    record = f"{record_page}#source-{source.id}" if record_page else ""
    values = {"source": source, "by": by.rstrip("."), "record": record, "in_short": in_short and record, "strings": strings}
    return fill("citation.md.j2", **values).strip()


def definitions(cited: Iterable[tuple[Source, str]], strings: Strings) -> str:
    """The footnotes of a page, from its sources in the order of first use, each with the way to the page of its record."""
    listed = list(cited)
    short = len(listed) > MOST_IN_FULL
    return "\n".join(f"[^{source.id}]: {definition(source, strings, page, in_short=short)}" for source, page in listed)
