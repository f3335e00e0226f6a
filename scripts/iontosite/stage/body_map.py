"""Where it hurts: one drawing of the body with a dot for each problem, and the list of links that it stands beside. Both come
from the `place` of the pages, so that a new condition appears here because its file exists."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from iontosite.content.model import Edition
from iontosite.content.pages import BodyPlace, Page
from iontosite.templates import fill

_PROBLEMS = "conditions"  # the folder of the problems, whose index tells of those that have no page
_WIDE, _HIGH = 150, 330  # the drawing of the body, in its own units
_PART = 96  # how much of it a page about one place shows, across and down


@dataclass(frozen=True)
class Spot:
    """A problem on the map. What has a dot has a number, too: its turn from head to heel among those with dots."""

    place: BodyPlace
    page: Page
    number: int | None


def spots(edition: Edition) -> list[Spot]:
    """Every problem with a place, from head to heel; those without a dot come last, whatever their order."""
    placed = [(page.front.place, page) for page in edition.pages if page.front.place]
    placed.sort(key=lambda each: (each[0].x is None, each[0].order, each[1].path))
    return [Spot(place, page, None if place.x is None else at) for at, (place, page) in enumerate(placed, 1)]


def body_map(edition: Edition, page: Page) -> str:
    """The map with its list, with links that start at `page`; the last leads to all problems, unless they stand here."""
    here = posixpath.dirname(page.path)
    listed = [(spot, posixpath.relpath(spot.page.path, here or ".")) for spot in spots(edition)]
    other = "" if here == _PROBLEMS else posixpath.relpath(f"{_PROBLEMS}/index.md", here or ".")
    return fill("body-map.md.j2", listed=listed, other=other, frame=edition.strings.frame)


def place_picture(page: Page) -> str:
    """The part of the body that a page is about, with its dot, to stand in its main message; empty where there is no dot."""
    place = page.front.place
    if not place or place.x is None or place.y is None:
        return ""
    left, top = (min(max(middle - _PART // 2, 0), full - _PART) for middle, full in ((place.x, _WIDE), (place.y, _HIGH)))
    return fill("body-part.md.j2", place=place, left=left, top=top, side=_PART).strip()
