"""The handouts: two papers, two type sizes. Text that does not fit is a fault, never shrunk below the floor: 12 pt for the
standard sheet (UKAAF clear print), 16 pt for large print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from iontosite.content.model import Content, Edition
from iontosite.content.recipes import Recipe
from iontosite.faults import ContentError, Fault
from iontosite.kept import Kept
from iontosite.paper import qr
from iontosite.paper.layout import Image, content_of, fill_paper
from iontosite.paper.printing import Job, Printed


@dataclass(frozen=True)
class Paper:
    """A sheet of paper; width and height in millimetres."""

    name: str
    width: float
    height: float


@dataclass(frozen=True)
class Size:
    """A type size: points to try from the largest down, the small print's points, how many sides at most, the foot
    margin in millimetres."""

    name: str
    points: tuple[float, ...]
    small: float
    sides: int
    foot: int


LETTER, A4 = Paper("letter", 215.9, 279.4), Paper("a4", 210, 297)
PAPERS = (LETTER.name, A4.name)
SIZES = (
    Size("standard", (14, 13.5, 13, 12.5, 12), 12, 2, 14),
    Size("large", (18, 17, 16), 16, 4, 18),
)
TOP, SIDE = 11, 15  # margins in millimetres
_APART = 0.01  # points by which the name of a variant differs from another one's with the same type


def limits() -> dict[str, dict[str, Any]]:
    """Papers, margins and type sizes as plain data, for the handout maker, which fits the same sheet in a browser."""
    return {
        "papers": {paper.name: {"width": paper.width, "height": paper.height} for paper in (LETTER, A4)},
        "margins": {"top": TOP, "side": SIDE},
        "sizes": {
            size.name: {"points": size.points, "small": size.small, "sides": size.sides, "foot": size.foot} for size in SIZES
        },
    }


@dataclass(frozen=True)
class Draft:
    """One sheet before it is printed: everything that a fault in the content can be found in."""

    language: str
    recipe_id: str
    paper: str
    size: Size
    address: str
    job: Job


@dataclass(frozen=True)
class Sheet:
    """One finished PDF, the HTML that it was made from, and what came out."""

    name: str
    language: str
    recipe_id: str
    paper: str
    size: Size
    html: str
    pdf: bytes
    points: float
    sides: int
    address: str


def draft_handouts(content: Content, kept: Kept) -> list[Draft]:
    """Every handout of every language, paper and size, ready to be printed; raises ContentError with everything that the
    recipes name and their pages do not hold."""
    drafts: list[Draft] = []
    faults: list[Fault] = []
    for edition in content.editions:
        for recipe_id, recipe in edition.recipes.items():
            for size in SIZES:
                try:
                    drafts += _drafts(recipe_id, recipe, size, content, edition, kept)
                except ContentError as error:
                    faults += error.faults
    if faults:
        raise ContentError(faults)
    return drafts


def pictures_of(content: Content) -> Image:
    """What turns a picture's name into the address at which the renderer asks for it (`paper/engine.py`)."""
    logo = content.clinic.logo
    return lambda name: "qr.svg" if name == "qr" else f"asset:{logo}" if name == "logo" else f"asset:figures/{name}"


def _drafts(recipe_id: str, recipe: Recipe, size: Size, content: Content, edition: Edition, kept: Kept) -> list[Draft]:
    values = content_of(recipe, content, edition, size=size.name, image=pictures_of(content))
    values |= {"size": size.name, "small": size.small, "top_margin": TOP, "side_margin": SIDE, "foot_margin": size.foot}
    values |= {"top": "h1", "sub": "h2", "maker": False}
    code = qr.svg(values["address"], kept)
    drafts = []
    for paper in PAPERS:
        variants = tuple((points, fill_paper("handout.html.j2", **values, paper=paper, body=points)) for points in size.points)
        if values["report"]:  # a sheet that is full to the last line goes without it: its QR code leads to a page that has it
            smallest = size.points[-1]
            bare = fill_paper("handout.html.j2", **{**values, "report": ""}, paper=paper, body=smallest)
            variants = (*variants, (smallest - _APART, bare))
        problem = recipe.place.fault(
            f"does not fit on {size.sides} sides of {paper} at {size.points[-1]:g} pt: it makes {{sides}}; "
            "take lines out (the type is never made smaller)"
        )
        name = f"{edition.code}/{recipe_id}-{paper}-{size.name}.pdf"
        job = Job(name, variants, size.sides, code, content.docs, problem, likely=len(variants) // 2)
        drafts.append(Draft(edition.code, recipe_id, paper, size, values["address"], job))
    return drafts


def finished(draft: Draft, printed: Printed) -> Sheet:
    """The sheet that a draft became."""
    return Sheet(
        name=draft.job.name.rpartition("/")[2],
        language=draft.language,
        recipe_id=draft.recipe_id,
        paper=draft.paper,
        size=draft.size,
        html=next(html for points, html in draft.job.variants if points == printed.variant),
        pdf=printed.pdf,
        points=round(printed.variant, 1),
        sides=printed.sides,
        address=draft.address,
    )
