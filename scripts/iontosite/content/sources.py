"""What the site rests on: one record for each source, from `docs/sources.yml`."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from iontosite.content.addresses import PageAddress, ReadAt
from iontosite.content.located import Key, Located, twice, validate
from iontosite.content.record import Id, Plain, Record, Whole, shaped
from iontosite.faults import ContentError, Fault

Certainty = Literal["high", "moderate", "low", "very-low", "official"]
Kind = Literal[
    "systematic-review", "rct", "guideline", "cohort", "case-series", "case-report", "lab-study", "regulator", "law",
    "label", "device-manual", "insurer", "health-service", "leaflet", "textbook", "other",
]  # fmt: skip
# The resolver puts its own address in front, so only what stands behind it is written down (DOI Handbook, 2.2).
# The signs are those of nearly all that are registered (Crossref, "DOIs and matching regular expressions").
Doi = Annotated[
    str,
    shaped(
        r"10\.\d{4,9}(?:\.\d+)*/[-._;()/:<>\[\]+A-Za-z0-9]*[A-Za-z0-9)>/]",
        'is no DOI: write it without an address, like "10.1000/182"',
    ),
]

PubMed = Annotated[
    str,
    BeforeValidator(lambda value: str(value) if type(value) is int else value),  # digits need no quotes
    shaped(r"[1-9]\d{0,7}", "is no PubMed number: write its digits, in quotes"),
]

FIRST_YEAR = 1700  # older than anything that is known about current and skin
LAST_YEAR = 2099  # no source is younger than the last look at it, which cross.py sees to
_PERSON = re.compile(r"[^\W\d_][\w'’ -]* [^\W\d_]{1,4}(?: Jr)?")


class Source(Record):
    """One source. `finding` says what was read there, and no page may say more; `read_at` is where it was read."""

    id: Id
    authors: Plain = Field(min_length=1)
    year: Whole | None = Field(ge=FIRST_YEAR, le=LAST_YEAR)  # null where the source gives none
    title: Plain = Field(min_length=1)
    container: Plain = Field(min_length=1)
    type: Kind
    doi: Doi | None = None
    pmid: PubMed | None = None
    url: PageAddress | None = None  # where readers are sent when there is no DOI
    finding: str = Field(min_length=1)
    certainty: Certainty
    n: Whole | None = Field(None, ge=1)  # how many people, where it counts people
    status: Literal["read", "summary-only", "unverified"]
    read_at: ReadAt | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _says_where_it_was_read(self) -> Source:
        if self.status == "read" and not (self.url and self.read_at):
            raise ValueError("a source with status: read needs url (for readers) and read_at (where it was read)")
        return self

    @property
    def address(self) -> str:
        """Where a reader is sent: the DOI resolver where there is a DOI, because it outlives publishers' moves."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url or ""

    @property
    def label(self) -> str:
        """What it is called in a list: "Nirschl 2003"."""
        name = self.id.replace("-", " ")
        return name[:1].upper() + name[1:]

    @property
    def first_author(self) -> tuple[str, bool]:
        """The first of several authors, and whether there are more. Up to two people are named both; a body with a comma in its
        name is no list of people, who have initials behind their names (ICMJE)."""
        authors = self.authors.split(";")[0].strip()
        if authors.endswith("et al."):
            return authors.removesuffix("et al.").rstrip(" ,"), True
        people = authors.split(", ")
        if len(people) > 2 and all(_PERSON.fullmatch(each) for each in people[:2]):
            return people[0], True
        return self.authors, False


class _File(Record):
    sources: list[dict[str, Any]]


def load_sources(located: Located) -> dict[str, Source]:
    """All sources by id, in the order of the file; raises ContentError for every record that does not fit or stands twice."""
    faults: list[Fault] = []
    sources: dict[str, Source] = {}
    names: list[tuple[Key, str]] = []
    numbers: dict[str, str] = {}
    for index in range(len(validate(_File, located).sources)):
        try:
            source = validate(Source, located, ("sources", index))
        except ContentError as error:
            faults += error.faults
            continue
        names.append((("sources", index), source.id))
        for key in ("doi", "pmid"):
            number = getattr(source, key)
            if number and (first := numbers.setdefault(f"{key} {number}".casefold(), source.id)) != source.id:
                message = f'{key}: "{number}" is that of "{first}": keep one record of each source'
                faults.append(Fault(located.path, located.line(("sources", index, key)), message))
        sources[source.id] = source
    faults += twice(located, names, 'the source id "{}" stands twice: give one another id')
    if faults:
        raise ContentError(faults)
    return sources
