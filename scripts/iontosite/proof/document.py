"""The pack for a committee on paper: one long tagged PDF (PDF/UA-1), made by `make proof`, and by no other build.

It takes half a minute to set, which nobody who changes a sentence should wait for. It is kept by the hash of all that it is made
from.
"""

from __future__ import annotations

from iontosite.content.model import Content, Edition
from iontosite.faults import ContentError, Fault
from iontosite.kept import Kept
from iontosite.paper.layout import environment
from iontosite.paper.printing import Job, Printed, print_all
from iontosite.proof.pack import GROUPS, Sheet, pack_of
from iontosite.proof.told import Teller

PDF = "review.pdf"
PAPER = "letter"
MOST_SIDES = 2000


def proof_pdf(content: Content, edition: Edition, kept: Kept) -> Printed:
    """The pack of one language as a PDF. Raises ContentError where it cannot be printed."""
    return print_all([proof_job(content, edition)], kept)[0]


def proof_job(content: Content, edition: Edition) -> Job:
    """All that the PDF needs; raises ContentError in a language that has no pack."""
    if edition.proof is None:
        message = "has no words for the pack: add docs/<language>/proof.yml"
        raise ContentError([Fault(f"docs/{edition.code}", 1, message)])
    pack, teller, strings = pack_of(content, edition), Teller(content, edition), edition.strings
    day = max(page.front.evidence_checked for page in edition.pages)
    pages, handouts = [each for each in pack.sheets if each.page], [each for each in pack.sheets if not each.page]
    counts = teller.told["counts"].format(
        pages=len(pages), handouts=len(handouts), statements=sum(map(_count, pack.sheets)), sources=len(pack.sources)
    )
    signed = sum(bool(content.sign_offs_of(sheet.page)) for sheet in pages if sheet.page)
    html = (
        environment()
        .get_template("review.html.j2")
        .render(
            language=edition.code,
            paper=PAPER,
            title=teller.told["pack"],
            description=counts,
            author=strings.handout["authors"],
            day=day,
            checked=strings.say_date(day),
            standing="" if signed else teller.told["not_signed"],
            address=content.base_url(edition),
            words=strings.handout,
            told={**teller.told, "counts": counts},
            parts=_parts(pack.sheets, teller),
            claims=content.findings.claims,
            rules=[(teller.told[f"group_{group}"], pack.rules_in(group)) for group in GROUPS],
            unknown=pack.unknown,
            not_claimed=teller.proof.not_claimed,
            changes=edition.changes,
            searches=content.searches,
            records=(*pack.sources, *pack.unread),
            sources=content.sources,
            teller=teller,
            filled_in=content.filled_in,
            say_date=strings.say_date,
        )
    )
    problem = Fault("docs/en/proof.yml", 1, f"the pack makes {{sides}} pages; {MOST_SIDES} at most")
    return Job(f"{edition.code}/{PDF}", ((12.0, html),), MOST_SIDES, b"", content.docs, problem)


def _count(sheet: Sheet) -> int:
    return len(sheet.statements)


def _parts(sheets: tuple[Sheet, ...], teller: Teller) -> list[tuple[str, list[Sheet]]]:
    """The sheets under the parts of the site; what belongs to none stands with the first."""
    found: dict[str, list[Sheet]] = {label: [] for label in teller.proof.parts.values()}
    for sheet in sheets:
        folder = sheet.page.section if sheet.page else "handouts"
        label = teller.proof.parts.get(folder) or next(iter(found))
        found[label].append(sheet)
    return [(label, own) for label, own in found.items() if own]
