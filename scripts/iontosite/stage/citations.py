"""Citations become footnotes: only the sources that a page cites, with what kind of study each is and how sure we are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from iontosite.content.site import Strings
from iontosite.content.sources import Source
from iontosite.templates import fill


def definition(source: Source, strings: Strings) -> str:
    """The footnote of one source, on one line."""
    return fill("citation.md.j2", source=source, strings=strings).strip()


def definitions(cited: Iterable[str], sources: Mapping[str, Source], strings: Strings) -> str:
    """The footnotes of a page, in the order of first use."""
    return "\n".join(f"[^{source}]: {definition(sources[source], strings)}" for source in cited)
