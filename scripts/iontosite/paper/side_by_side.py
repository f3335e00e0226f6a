"""Sheets in two languages, the first one on the left: staff see what they give, and whoever reads both can compare.

Which handouts have one is said in the recipe of the first language (`side_by_side: true`). Part stands beside part, so both
recipes need the same number of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from iontosite.content.model import Content, Edition
from iontosite.content.recipes import Recipe
from iontosite.faults import ContentError, Fault
from iontosite.kept import Kept
from iontosite.paper import qr
from iontosite.paper.handouts import PAPERS, SIDE, SIZES, TOP, pictures_of
from iontosite.paper.layout import content_of, fill_paper
from iontosite.paper.printing import Job, Printed

POINTS = 12.0  # UKAAF clear print: no smaller
SIDES = 8  # at most


@dataclass(frozen=True)
class PairDraft:
    """One sheet in two languages before it is printed. `language` is the second one, in whose folder the file stands."""

    language: str
    recipe_id: str
    paper: str
    job: Job


@dataclass(frozen=True)
class PairSheet:
    """One finished sheet in two languages."""

    name: str
    language: str
    recipe_id: str
    paper: str
    html: str
    pdf: bytes
    sides: int


def draft_pairs(content: Content, kept: Kept) -> list[PairDraft]:
    """Every sheet in two languages, ready to be printed; raises ContentError with all recipes that do not go together, and with
    everything that they name and their pages do not hold."""
    first, *others = content.editions
    drafts: list[PairDraft] = []
    faults: list[Fault] = []
    for recipe_id, recipe in first.recipes.items():
        for edition in others:
            if recipe.side_by_side and recipe_id in edition.recipes:
                try:
                    drafts += _drafts(recipe_id, (first, edition), content, kept)
                except ContentError as error:
                    faults += error.faults
    if faults:
        raise ContentError(faults)
    return drafts


def _drafts(recipe_id: str, editions: tuple[Edition, Edition], content: Content, kept: Kept) -> list[PairDraft]:
    first, second = editions
    recipe = second.recipes[recipe_id]
    left, right = (_side(edition.recipes[recipe_id], content, edition) for edition in editions)
    if len(left["parts"]) != len(right["parts"]):
        message = f"has {len(right['parts'])} parts, and the first language has {len(left['parts'])}: one has to stand beside one"
        raise ContentError([recipe.place.fault(message, "parts")])
    pairs = [((first.code, one), (second.code, other)) for one, other in zip(left["parts"], right["parts"], strict=True)]
    values = {"first": left, "second": right, "pairs": pairs, "clinic": right["clinic"], "sub": "h2", "body": f"{POINTS:g}"}
    values |= {"longest_address": left["longest_address"]}
    values |= {"top_margin": TOP, "side_margin": SIDE, "foot_margin": SIZES[0].foot}
    code = qr.svg(right["address"], kept)
    drafts = []
    for paper in PAPERS:
        html = fill_paper("side-by-side.html.j2", **values, paper=paper)
        name = f"{second.code}/{recipe_id}-{first.code}-{second.code}-{paper}.pdf"
        message = f"does not fit on {SIDES} sides of {paper} in two languages: it makes {{sides}}; take lines out"
        job = Job(name, ((POINTS, html),), SIDES, code, content.docs, recipe.place.fault(message))
        drafts.append(PairDraft(second.code, recipe_id, paper, job))
    return drafts


def _side(recipe: Recipe, content: Content, edition: Edition) -> dict[str, Any]:
    return content_of(recipe, content, edition, size=SIZES[0].name, image=pictures_of(content))


def finished_pair(draft: PairDraft, printed: Printed) -> PairSheet:
    """The sheet that a draft became."""
    ((_, html),) = draft.job.variants
    name = draft.job.name.rpartition("/")[2]
    return PairSheet(name, draft.language, draft.recipe_id, draft.paper, html, printed.pdf, printed.sides)
