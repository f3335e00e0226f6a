"""Posters for the waiting room: one big QR code, the address in letters, and what it opens."""

from __future__ import annotations

from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.faults import Fault
from iontosite.kept import Kept
from iontosite.paper import qr
from iontosite.paper.handouts import PAPERS
from iontosite.paper.layout import fill_paper, reviewed
from iontosite.paper.printing import Job

SQUARES = (110, 95, 80, 65)  # millimetres, the largest first; a phone reads a code from about ten times its width
_APART = 0.01  # tells the smallest square without the address from the one with it
HEIGHTS = {"letter": 249, "a4": 267}  # millimetres between margins of 15 mm


def pages_with_posters(edition: Edition) -> list[Page]:
    """The pages that clinics send: those of the ready messages, and those about one problem."""
    sent = {moment.page for moment in edition.messages.moments}
    return [page for page in edition.pages if page.path in sent or page.is_problem]


def draft_posters(content: Content, kept: Kept) -> list[Job]:
    """Every poster of every language and paper, ready to be printed."""
    return [
        poster_job(page, content, paper, kept)
        for edition in content.editions
        for page in pages_with_posters(edition)
        for paper in PAPERS
    ]


def poster_job(page: Page, content: Content, paper: str, kept: Kept) -> Job:
    """The poster of one page, with the largest square that leaves room for the words; the clinic's address goes before the others
    do where all of it is too much."""
    strings, address = content.edition(page.language).strings, content.address_of(page)
    values = {
        "language": page.language,
        "title": page.front.title,
        "description": page.front.description,
        "paper": paper,
        "height": HEIGHTS[paper],
        "words": strings.handout,
        "about": strings.site_name,
        "checked": strings.say_date(page.front.evidence_checked),
        "reviewed": reviewed(content, page),
        "address": address,
        "shown_address": address.removeprefix("https://"),
    }
    variants = tuple(
        (float(square), fill_paper("poster.html.j2", **values, clinic=content.clinic, square=square)) for square in SQUARES
    )
    if content.clinic.address:  # each variant has to be smaller than the one before it (`paper/printing.py`)
        without = content.clinic.model_copy(update={"address": ""})
        bare = fill_paper("poster.html.j2", **values, clinic=without, square=SQUARES[-1])
        variants = (*variants, (SQUARES[-1] - _APART, bare))
    message = f"does not fit on a poster ({paper}): shorten its title or description, or the details in docs/clinic.yml"
    problem = Fault(page.name, page.line_of("title"), message)
    return Job(f"{page.language}/{page.stem}-{paper}.pdf", variants, 1, qr.svg(address, kept), content.docs, problem)
