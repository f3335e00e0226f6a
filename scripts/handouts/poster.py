"""A poster for the waiting room: one big QR code, the address in letters, and what it opens."""
from __future__ import annotations

import weasyprint
from weasyprint.text.fonts import FontConfiguration

import qr
from content.library import Library
from content.pages import Page
from handouts.layout import TEMPLATES, environment, reviewed
from handouts.paper import OfflineFetcher
from handouts.wptags import finish_tags

LONGEST_ADDRESS = 54  # characters that fit on one line


def pages_with_posters(library: Library, language: str) -> list[Page]:
    """The pages that clinics send: those of the ready messages, and the conditions."""
    sent = {moment.page for moment in library.messages[language].moments}
    return [p for p in library.pages_in(language) if p.path in sent or p.section == "conditions"]


def make_poster(page: Page, library: Library, paper: str) -> bytes:
    """The poster of one page as PDF/UA-1."""
    strings = library.strings[page.language]
    path = next(item.path for item in library.site.languages if item.code == page.language)
    address = library.site.site_url + path + page.url
    html = environment().get_template("poster.html.j2").render(
        language=page.language,
        title=page.front.title,
        description=page.front.description,
        paper=paper,
        words=strings.handout,
        about=strings.site_name,
        checked=strings.say_date(page.front.evidence_checked),
        reviewed=reviewed(library, page.language, page.url),
        clinic=library.clinic,
        address=address,
        shown_address=address.removeprefix("https://"),
        longest_address=LONGEST_ADDRESS,
    )
    fetcher = OfflineFetcher(library.docs, qr.svg(address))
    source = weasyprint.HTML(string=html, base_url=str(TEMPLATES) + "/", url_fetcher=fetcher)
    document = source.render(font_config=FontConfiguration())
    return document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish_tags)
