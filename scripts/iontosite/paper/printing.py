"""Turns HTML into PDF/UA-1, in several processes, and only what was not printed before.

A print job has variants, the largest type first: the first one that fits its sides is taken, and a job of which none fits is a
fault. What was printed is kept under the hash of all that it was made from: words, style sheet, fonts, drawings, program.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import hashlib
import json
import multiprocessing
import os
import re
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import resource_tracker
from pathlib import Path

from iontosite.faults import ContentError, Fault
from iontosite.kept import Kept
from iontosite.paper.layout import TEMPLATES

_ASSET = re.compile(r"asset:([^\"'<>\s]+)")
_STYLES = (".css", ".ttf")  # what a print job loads from the print folder


@dataclass(frozen=True)
class Job:
    """All that one PDF needs, without the content, so that another process can make it."""

    name: str  # the language and the file: "en/visit-letter-standard.pdf"
    variants: tuple[tuple[float, str], ...]  # (points of type, or millimetres of the code; HTML)
    sides: int  # at most
    qr_code: bytes
    docs: Path
    problem: Fault  # where it stands, and what to say if even the last variant does not fit ("{sides}" is how many it takes)
    likely: int = 0  # the variant to try first


@dataclass(frozen=True)
class Printed:
    """One finished PDF: which variant was taken, and how many sides it has. `stale` tells that it was made from older words."""

    pdf: bytes
    variant: float
    sides: int
    stale: bool = False


def print_all(
    jobs: Iterable[Job],
    kept: Kept,
    *,
    tell: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
    may_be_stale: bool = False,
) -> list[Printed]:
    """Every job's PDF, in order; raises ContentError with all that do not fit. `tell` hears the name of each as it is done.
    Where `may_be_stale` is set, a job that has changed gets the PDF that its name had last, so that nobody has to wait."""
    listed = list(jobs)
    found = [_kept(job, kept, may_be_stale) for job in listed]
    missing = [job for job, printed in zip(listed, found, strict=True) if printed is None]
    made = iter(_print(missing, workers) if missing else [])
    results: list[Printed] = []
    faults: list[Fault] = []
    for job, printed in zip(listed, found, strict=True):
        result = printed or next(made)
        if isinstance(result, Fault):
            faults.append(result)
            continue
        if printed is None:
            piece = _piece(result)
            kept.put(piece, "pdf", *_made_from(job))
            kept.put(piece, "last-pdf", str(job.docs), job.name)
        tell(f"{job.name}: {result.sides} side(s){'' if printed is None else ', as before'}")
        results.append(result)
    if faults:
        raise ContentError(faults)
    return results


def _kept(job: Job, kept: Kept, may_be_stale: bool) -> Printed | None:
    if piece := kept.get("pdf", *_made_from(job)):
        return _printed(piece)
    if may_be_stale and (piece := kept.get("last-pdf", str(job.docs), job.name)):
        older = _printed(piece, stale=True)
        return older if older.variant in dict(job.variants) else None  # a size that no sheet has any more is not shown
    return None


def _piece(printed: Printed) -> bytes:
    return json.dumps([printed.variant, printed.sides]).encode() + b"\n" + printed.pdf


def _printed(piece: bytes, stale: bool = False) -> Printed:
    facts, _, pdf = piece.partition(b"\n")
    variant, sides = json.loads(facts)
    return Printed(pdf, variant, sides, stale)


def _made_from(job: Job) -> tuple[str | bytes, ...]:
    """Everything that a job's bytes depend on."""
    html = [text for _, text in job.variants]
    assets = sorted({name for text in html for name in _ASSET.findall(text)})
    pictures = [(job.docs / "assets" / name).read_bytes() for name in assets if (job.docs / "assets" / name).is_file()]
    points = json.dumps([points for points, _ in job.variants])
    return (program(), job.name, points, str(job.sides), job.qr_code, *html, *assets, *pictures)


@functools.cache
def program() -> bytes:
    """The hash of what prints: our own code, its libraries, the style sheets and the fonts."""
    found = hashlib.sha256()
    for name in ("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "pillow"):
        found.update(f"{name} {version(name)}\n".encode())
    found.update(_pango().encode())
    files = [path for path in TEMPLATES.rglob("*") if path.suffix in _STYLES]
    for path in sorted([*files, Path(__file__), Path(__file__).with_name("wptags.py"), Path(__file__).with_name("engine.py")]):
        found.update(path.name.encode() + path.read_bytes())
    return found.digest()


def _pango() -> str:
    """The version of the system's text layout: another one may break lines elsewhere."""
    library = ctypes.util.find_library("pango-1.0")
    if not library:
        return ""
    tell = ctypes.CDLL(library).pango_version_string
    tell.restype = ctypes.c_char_p
    return str(tell().decode())


def _print(jobs: list[Job], workers: int | None) -> list[Printed | Fault]:
    # Fresh processes, not forks: a fork of a process with threads may stand still for ever. Few jobs need no company.
    if len(jobs) == 1 or workers == 1:
        return [print_job(job) for job in jobs]
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_end_with_parent) as pool:
        try:
            with _children_that_hear_no_interrupt():
                coming = [pool.submit(print_job, job) for job in jobs]
            return [each.result() for each in coming]
        except BaseException:
            for child in multiprocessing.active_children():  # else Ctrl+C waits until all is printed
                child.terminate()
            raise


def _end_with_parent() -> None:
    """In a child: end as soon as the process that started it is gone, even if it was killed and could say nothing. Else the
    child would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _children_that_hear_no_interrupt() -> Iterator[None]:
    """What is started here does not hear Ctrl+C, which a terminal sends to everybody: the one who started it ends it, and each
    of them would else tell where it was. What is heard in the meantime, Ctrl+C or a call to end, waits until the end: nobody is
    left half started."""
    resource_tracker.ensure_running()  # the helper of all; as it starts it lets the signal through again
    heard: list[int] = []
    # The mask is for the children, who inherit it. Here another thread may still get the signal (the one that draws the
    # progress), and Python would then interrupt this one.
    handles = threading.current_thread() is threading.main_thread()
    ways = (signal.SIGINT, signal.SIGTERM)
    handlers = {way: signal.signal(way, lambda number, _: heard.append(number)) for way in ways} if handles else {}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for way, handler in handlers.items():
            signal.signal(way, handler)
    if signal.SIGTERM in heard:
        os.kill(os.getpid(), signal.SIGTERM)  # as it would have been heard
    elif heard:
        raise KeyboardInterrupt


def print_job(job: Job) -> Printed | Fault:
    """One PDF, in the first variant that fits, or the fault that none does. What fits in one variant fits in every later one,
    which is smaller; so it is looked for by halves, and only the one that is taken is written out."""
    from iontosite.paper.engine import lay_out  # loads the renderer, which takes a while, only where something is printed

    taken: tuple[float, int, Callable[[], bytes]] | None = None
    sides, low, high = 0, 0, len(job.variants)
    probe = min(job.likely, high - 1)
    try:
        while low < high:
            variant, html = job.variants[probe]
            sides, write = lay_out(html, job.docs, job.qr_code)
            if sides <= job.sides:
                taken, high = (variant, sides, write), probe
            else:
                low = probe + 1
            probe = (low + high - 1) // 2
        if taken:
            variant, sides, write = taken
            return Printed(write(), variant, sides)
    except ValueError as error:
        return Fault(job.problem.path, job.problem.line, f"{job.name}: {error}: put the file there, or take it out")
    return Fault(job.problem.path, job.problem.line, job.problem.message.replace("{sides}", str(sides)))
