"""What the site rests on: one record for each source, from `docs/sources.yml`."""
from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from iontosite.faults import ContentError, Fault
from iontosite.content.located import Located, validate

Certainty = Literal["high", "moderate", "low", "very-low", "official"]
Kind = Literal[
    "systematic-review", "rct", "guideline", "cohort", "case-series", "case-report", "lab-study", "regulator", "law",
    "label", "device-manual", "insurer", "health-service", "leaflet", "textbook", "other",
]  # fmt: skip
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Source(BaseModel):
    """One source. `finding` says what was read there, and no page may say more; `read_at` is where it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    authors: str = Field(min_length=1)
    year: int | None
    title: str = Field(min_length=1)
    container: str = Field(min_length=1)
    type: Kind
    doi: str | None
    pmid: str | int | None
    url: Address | None
    finding: str = Field(min_length=1)
    certainty: Certainty
    n: int | None
    status: Literal["read", "summary-only", "unverified"]
    read_at: str | None
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


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sources: list[dict]


def load_sources(located: Located) -> tuple[dict[str, Source], dict[str, int]]:
    """All sources by id, and the line of each; raises ContentError for every record that does not fit or stands twice."""
    faults: list[Fault] = []
    sources: dict[str, Source] = {}
    lines: dict[str, int] = {}
    for index in range(len(validate(_Entry, located).sources)):
        try:
            source = validate(Source, located, ("sources", index))
        except ContentError as error:
            faults += error.faults
            continue
        line = located.line(("sources", index))
        if source.id in sources:
            faults.append(Fault(located.path, line, f'the source id "{source.id}" stands twice: give one another id'))
        sources[source.id], lines[source.id] = source, line
    if faults:
        raise ContentError(faults)
    return sources, lines
