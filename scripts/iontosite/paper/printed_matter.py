"""All paper of the site: drafts, in which every fault of the content can be found at once, and the files made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from iontosite.content.model import Content, Edition
from iontosite.content.pages import file_stem
from iontosite.kept import Kept
from iontosite.paper import qr
from iontosite.paper.handouts import PAPERS, SIZES, Draft, Sheet, draft_handouts, finished
from iontosite.paper.picture import first_side
from iontosite.paper.posters import draft_posters, pages_with_posters
from iontosite.paper.printing import Job, print_all
from iontosite.paper.side_by_side import PairDraft, PairSheet, draft_pairs, finished_pair

HANDOUTS, PICTURES, POSTERS, CODES = "handouts", "assets/handouts", "assets/posters", "assets/qr"  # folders of an edition


@dataclass(frozen=True)
class Drafts:
    """Everything that is to be printed."""

    handouts: list[Draft]
    posters: list[Job]
    pairs: list[PairDraft] = field(default_factory=list)


@dataclass(frozen=True)
class PrintedMatter:
    """Everything that was printed, and its files by language: their paths below the edition's folder, and their bytes.
    `is_stale` tells that some of it was printed from older words, and waits to be printed."""

    sheets: list[Sheet]
    files: dict[str, dict[str, bytes]]
    is_stale: bool = False
    pairs: list[PairSheet] = field(default_factory=list)  # in two languages

    def sheets_of(self, edition: Edition, recipe_id: str) -> list[Sheet]:
        """The sheets of one handout, by paper and then by size."""
        own = [sheet for sheet in self.sheets if (sheet.language, sheet.recipe_id) == (edition.code, recipe_id)]
        sizes = [size.name for size in SIZES]
        return sorted(own, key=lambda sheet: (PAPERS.index(sheet.paper), sizes.index(sheet.size.name)))


def draft_all(content: Content, kept: Kept) -> Drafts:
    """Draft every handout and poster; raises ContentError with everything that pages do not hold."""
    return Drafts(draft_handouts(content, kept), draft_posters(content, kept), draft_pairs(content, kept))


def print_drafts(
    drafts: Drafts,
    kept: Kept,
    *,
    tell: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
    may_be_stale: bool = False,
) -> PrintedMatter:
    """Print every draft; raises ContentError with all that do not fit. See `print_all` for the rest."""
    jobs = [*(draft.job for draft in drafts.handouts), *drafts.posters, *(draft.job for draft in drafts.pairs)]
    printed = print_all(jobs, kept, tell=tell, workers=workers, may_be_stale=may_be_stale)
    sheets = [finished(draft, done) for draft, done in zip(drafts.handouts, printed, strict=False)]
    files: dict[str, dict[str, bytes]] = {}
    for sheet in sheets:
        own = files.setdefault(sheet.language, {})
        own[f"{HANDOUTS}/{sheet.name}"] = sheet.pdf
        if (sheet.paper, sheet.size.name) == (PAPERS[0], SIZES[0].name):
            own[f"{PICTURES}/{sheet.recipe_id}.png"] = first_side(sheet.pdf, kept)
    for job, done in zip(drafts.posters, printed[len(drafts.handouts) :], strict=False):
        language, _, name = job.name.partition("/")
        files.setdefault(language, {})[f"{POSTERS}/{name}"] = done.pdf
    after = len(drafts.handouts) + len(drafts.posters)
    pairs = [finished_pair(draft, done) for draft, done in zip(drafts.pairs, printed[after:], strict=True)]
    for pair in pairs:
        files.setdefault(pair.language, {})[f"{HANDOUTS}/{pair.name}"] = pair.pdf
    return PrintedMatter(sheets, files, any(done.stale for done in printed), pairs)


def qr_codes(content: Content, edition: Edition, kept: Kept) -> Iterator[tuple[str, bytes]]:
    """A QR code of every page, for its printed form, with its path below the edition's folder; the pages that clinics send have
    one as PNG, too."""
    base = content.base_url(edition)
    for url in [*(page.url for page in edition.pages), *(code.url for code in edition.codes)]:
        yield f"{CODES}/{file_stem(url)}.svg", qr.svg(base + url, kept)
    for page in pages_with_posters(edition):
        yield f"{CODES}/{page.stem}.png", qr.png(base + page.url, kept)
