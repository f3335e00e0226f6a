"""All paper of the site: drafts, in which every fault of the content can be found at once, and the sheets printed from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from iontosite.content.model import Content
from iontosite.kept import Kept
from iontosite.paper.handouts import Draft, Sheet, draft_handouts, finished
from iontosite.paper.posters import Poster, draft_posters
from iontosite.paper.printing import Job, print_all


@dataclass(frozen=True)
class Drafts:
    """Everything that is to be printed."""

    handouts: list[Draft]
    posters: list[Job]


@dataclass(frozen=True)
class PrintedMatter:
    """Everything that was printed. `is_stale` tells that some of it was printed from older words, and waits to be printed."""

    sheets: list[Sheet]
    posters: list[Poster]
    is_stale: bool = False

    def sheets_in(self, language: str) -> list[Sheet]:
        """The handouts of one language."""
        return [sheet for sheet in self.sheets if sheet.language == language]

    def posters_in(self, language: str) -> list[Poster]:
        """The posters of one language."""
        return [poster for poster in self.posters if poster.language == language]


def draft_all(content: Content, kept: Kept) -> Drafts:
    """Draft every handout and poster; raises ContentError with everything that pages do not hold."""
    return Drafts(draft_handouts(content, kept), draft_posters(content, kept))


def print_drafts(
    drafts: Drafts,
    kept: Kept,
    *,
    tell: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
    may_be_stale: bool = False,
) -> PrintedMatter:
    """Print every draft; raises ContentError with all that do not fit. See `print_all` for the rest."""
    jobs = [draft.job for draft in drafts.handouts] + drafts.posters
    printed = print_all(jobs, kept, tell=tell, workers=workers, may_be_stale=may_be_stale)
    sheets = [finished(draft, done) for draft, done in zip(drafts.handouts, printed, strict=False)]
    posters = []
    for job, done in zip(drafts.posters, printed[len(drafts.handouts) :], strict=True):
        language, _, name = job.name.partition("/")
        posters.append(Poster(name, language, done.pdf))
    return PrintedMatter(sheets, posters, any(done.stale for done in printed))
