"""A poster for the waiting room: one big QR code, the address in letters, and what it opens."""
from __future__ import annotations

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from iontosite.paper import qr
from iontosite.faults import ContentError, Fault
from iontosite.content.library import Library
from iontosite.content.pages import Page
from iontosite.paper.layout import TEMPLATES, environment, reviewed
from iontosite.paper.handouts import OfflineFetcher
from iontosite.paper.wptags import finish_tags

SQUARES = (110, 95, 80, 65)  # millimetres, the largest first; a phone reads a code from about ten times its width
HEIGHTS = {"letter": 249, "a4": 267}  # millimetres between margins of 15 mm


def pages_with_posters(library: Library, language: str) -> list[Page]:
    """The pages that clinics send: those of the ready messages, and those about one problem."""
    sent = {moment.page for moment in library.messages[language].moments}
    return [p for p in library.pages_in(language) if p.path in sent or p.is_problem]


def make_poster(page: Page, library: Library, paper: str) -> bytes:
    """The poster of one page as PDF/UA-1, with the largest square that leaves room for the words; raises ContentError where
    even the smallest leaves too little."""
    strings = library.strings[page.language]
    path = next(item.path for item in library.site.languages if item.code == page.language)
    address = library.site.site_url + path + page.url
    template = environment().get_template("poster.html.j2")
    fetcher = OfflineFetcher(library.docs, qr.svg(address))
    for square in SQUARES:
        html = template.render(
            language=page.language,
            title=page.front.title,
            description=page.front.description,
            paper=paper,
            height=HEIGHTS[paper],
            square=square,
            words=strings.handout,
            about=strings.site_name,
            checked=strings.say_date(page.front.evidence_checked),
            reviewed=reviewed(library, page.language, page.url),
            clinic=library.clinic,
            address=address,
            shown_address=address.removeprefix("https://"),
        )
        source = weasyprint.HTML(string=html, base_url=str(TEMPLATES) + "/", url_fetcher=fetcher)
        document = source.render(font_config=FontConfiguration())
        if len(document.pages) == 1:
            return document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish_tags)
    message = f"does not fit on a poster ({paper}): shorten its title or description, or the details in docs/clinic.yml"
    raise ContentError([Fault(page.name, 2, message)])
