"""Every number beside a citation stands in the cited record, or was worked out from it in `docs/sums.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from iontosite.content.findings import Findings
from iontosite.content.located import Key, Located
from iontosite.content.markdown import VARIABLE, Block
from iontosite.content.pages import Page
from iontosite.content.sources import Source
from iontosite.content.sums import Sum
from iontosite.faults import Fault

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = re.compile(r"\d+(?:,\d{3}\b)*(?:\.\d+)?")  # 50,000 is one number
# No findings: what a share is counted out of, the day of a search, a place on the page, how many studies a sentence speaks of.
_NOT_FOUND = re.compile(
    r"\b(?:out of|of|each|every|per) 100\b"
    r"|\bin (?:January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, 20\d\d\b"
    r"|\b(?:step|steps|line|lines|part|number|the last|the first|the next) \d+\b"
    r"|(?<![\d,.])\d+ (?:tiny |small |fair |old |short |large |newer |good |other |kinds? of )*"
    r"(?:study|studies|trials?|reports?|guides?|reviews?|groups?|states|sources|tests|pads?|spots?|stacked)\b",
    re.IGNORECASE,
)


def check_findings(findings: Findings, sources: Mapping[str, Source], located: Located) -> list[Fault]:
    """A fault for each number of a finding (a result, how many were counted, the end of a scale) that no record of its sources
    holds. `located` is the file of the findings."""
    faults = []
    for index, finding in enumerate(findings.findings):
        known = set().union(*(numbers_of(record) for source in finding.sources if (record := sources.get(source))))
        told: list[tuple[Key, float | None]] = [(("of",), finding.of)]
        for at, arm in enumerate(finding.arms):
            told += [(("arms", at, "counted"), arm.counted), (("arms", at, "result"), arm.result)]
        for key, number in told:
            if number is not None and f"{number:g}" not in known:
                line = located.line(("findings", index, *key))
                cited = ", ".join(finding.sources)
                advice = "correct it, or add it to the record's finding if it was read there"
                faults.append(Fault(located.path, line, f'"{finding.id}": {number:g} stands in no record of {cited}: {advice}'))
    return faults


def check_numbers(page: Page, sources: Mapping[str, Source], sums: Iterable[Sum]) -> list[Fault]:
    """A fault for each number of a page, beside a citation, that no cited record holds and no sum gives."""
    worked_out = {each.says for each in sums if page.path in each.pages}
    faults = []
    for block in page.blocks:
        if not block.cites or block.kind in ("code", "comment"):
            continue
        cited = dict.fromkeys(source for _, source in block.cites)
        known = worked_out.union(*(numbers_of(record) for source in cited if (record := sources.get(source))))
        for number, line in _numbers_in(block):
            if number not in known:
                advice = "correct it, add it to the record's finding if it was read there, or its sum to docs/sums.yml"
                faults.append(Fault(page.name, line, f"{number} stands in no record cited here ({', '.join(cited)}): {advice}"))
    return faults


def numbers_of(source: Source) -> frozenset[str]:
    """Every number that a record holds, in digits or in words up to twelve."""
    text = f"{source.finding} {source.title} {source.note or ''} {source.year or ''} {source.n or ''}"
    said = {str(_WORDS.index(word)) for word in re.findall(r"[a-z]+", text.casefold()) if word in _WORDS}
    return frozenset({*_digits(text), *said})


def _numbers_in(block: Block) -> Iterator[tuple[str, int]]:
    text = VARIABLE.sub(_blank, block.text)
    text = _NOT_FOUND.sub(_blank, text)
    for match in _NUMBER.finditer(text):
        yield match[0].replace(",", ""), block.line_at(match.start())


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _digits(text: str) -> list[str]:
    return [number.replace(",", "") for number in _NUMBER.findall(text)]
