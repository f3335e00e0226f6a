"""Turns handouts into PDF/UA-1 files: two papers, two type sizes. Text that does not fit is a fault, never shrunk below
the floor: 12 pt for the standard sheet (UKAAF clear print), 16 pt for large print."""
from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from iontosite.paper import qr
from iontosite.content.clinic import PICTURES
from iontosite.faults import ContentError, Fault
from iontosite.content.library import Library
from iontosite.content.recipes import Place
from iontosite.paper.layout import TEMPLATES, content_of, environment
from iontosite.paper.wptags import finish_tags


@dataclass(frozen=True)
class Paper:
    """A sheet of paper, upright, in millimetres."""

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


def limits() -> dict[str, dict]:
    """Papers, margins and type sizes as plain data, for the handout maker, which fits the same sheet in a browser."""
    return {
        "papers": {paper.name: {"width": paper.width, "height": paper.height} for paper in (LETTER, A4)},
        "margins": {"top": TOP, "side": SIDE},
        "sizes": {
            size.name: {"points": size.points, "small": size.small, "sides": size.sides, "foot": size.foot} for size in SIZES
        },
    }


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


class OfflineFetcher(URLFetcher):
    """Gives the renderer the QR code, drawings and fonts, and refuses anything from a network. What it cannot give stops
    the rendering: a sheet without one of its pictures is no sheet."""

    def __init__(self, docs: Path, qr_code: bytes):
        super().__init__(fail_on_errors=True)
        self._docs, self._qr_code = docs, qr_code

    def fetch(self, url: str, headers: dict | None = None):
        if url.endswith("/qr.svg"):
            return URLFetcherResponse(url, self._qr_code, {"Content-Type": "image/svg+xml"})
        if url.startswith("asset:"):
            path = self._docs / "assets" / url.removeprefix("asset:")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": PICTURES[path.suffix]})
        if not url.startswith(("file:", "data:")):
            raise ValueError(f"a handout may not load {url}: nothing is fetched from a network")
        return super().fetch(url, headers)


@dataclass(frozen=True)
class _Job:
    """All that one PDF needs, without the library, so that another process can make it."""

    name: str
    language: str
    recipe_id: str
    paper: str
    size: Size
    pages: dict[float, str]  # points -> HTML
    address: str
    place: Place
    docs: Path


def _jobs(library: Library) -> list[_Job]:
    template, jobs, faults = environment().get_template("handout.html.j2"), [], []
    logo = library.clinic.logo

    def image(name: str) -> str:
        return "qr.svg" if name == "qr" else f"asset:{logo}" if name == "logo" else f"asset:figures/{name}"

    for language in (item.code for item in library.site.languages):
        for recipe_id, recipe in library.recipes.get(language, {}).items():
            for size in SIZES:
                try:
                    values = content_of(recipe, library, language, size=size.name, image=image)
                except ContentError as error:
                    faults += error.faults
                    continue
                for paper in PAPERS:
                    values |= {"paper": paper, "size": size.name, "small": size.small}
                    values |= {"top_margin": TOP, "side_margin": SIDE, "foot_margin": size.foot}
                    values |= {"top": "h1", "sub": "h2", "maker": False}
                    pages = {points: template.render(**values, body=points) for points in size.points}
                    name = f"{recipe_id}-{paper}-{size.name}.pdf"
                    job = _Job(
                        name, language, recipe_id, paper, size, pages, values["address"], recipe.place, library.docs
                    )
                    jobs.append(job)
    if faults:
        raise ContentError(faults)
    return jobs


def _make(job: _Job) -> Sheet | Fault:
    """One PDF, in the largest type of its size that fits, or the fault that even the floor does not."""
    try:
        return _fit(job)
    except FatalURLFetchingError as error:
        # The renderer's own error stands above the ordinary ones and would end the process without a word.
        return job.place.fault(f"{job.name}: {error} ({error.__cause__}): put the file there, or take it out")


def _fit(job: _Job) -> Sheet | Fault:
    sides = 0
    fetcher = OfflineFetcher(job.docs, qr.svg(job.address))
    for points, html in job.pages.items():
        source = weasyprint.HTML(string=html, base_url=str(TEMPLATES) + "/", url_fetcher=fetcher)
        document = source.render(font_config=FontConfiguration())
        sides = len(document.pages)
        if sides <= job.size.sides:
            pdf = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish_tags)
            return Sheet(
                job.name, job.language, job.recipe_id, job.paper, job.size, html, pdf, points, sides, job.address
            )
    message = (
        f"does not fit on {job.size.sides} sides of {job.paper} at {job.size.points[-1]:g} pt: it makes {sides}; "
        "take lines out (the type is never made smaller)"
    )
    return job.place.fault(message)


def make_all(library: Library, tell: Callable[[str], None] = lambda _: None, workers: int | None = None) -> list[Sheet]:
    """Every handout of every language, paper and size; raises ContentError with all that do not fit. `tell` hears the
    name of each as it is done."""
    sheets, faults = [], []
    # Fresh processes, not forks: a fork of a process with threads may stand still for ever.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        for result in pool.map(_make, _jobs(library)):
            if isinstance(result, Fault):
                faults.append(result)
            else:
                sheets.append(result)
                tell(f"{result.name}: {result.points:g} pt, {result.sides} side(s)")
    if faults:
        raise ContentError(faults)
    return sheets
