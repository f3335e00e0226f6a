"""Stage 6: swaps the finished tree in. Until this moment the last good site stands untouched."""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
from pathlib import Path

from iontosite.alone import in_turn
from iontosite.faults import ContentError, Fault
from iontosite.refused import first_refusal

# Every site that this build made holds it, and hardly another folder does.
MARK = "permalinks.json"
_HERE, _RENAME_EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux (renameat2(2))


def refuse_to_replace(site: Path, docs: Path, work: Path) -> None:
    """Raises ContentError where publishing to `site` would wipe what no build made: a folder with other things in it, one
    that holds the content or the work folder, or one inside of them. Called before a build begins."""
    here, others = site.resolve(), (docs.resolve(), (work / "site").resolve())
    if any(here == other or here in other.parents or other in here.parents for other in others):
        advice = "choose a folder of its own with --output"
        raise ContentError([Fault(site.as_posix(), 1, f"the site would replace the content, or the build's own work: {advice}")])
    if site.exists() and (not site.is_dir() or any(site.iterdir())) and not (site / MARK).is_file():
        advice = "choose an empty folder with --output, or empty this one yourself"
        raise ContentError([Fault(site.as_posix(), 1, f"holds what no build of this site made, and would lose it: {advice}")])


def put_back(site: Path) -> None:
    """Bring the last good site back, where a build was killed between taking it away and putting the new one in its place."""
    previous = _previous(site)
    if previous.is_dir() and not site.exists() and site.parent.is_dir():
        with in_turn(site.parent):
            if not site.exists():
                previous.rename(site)


def publish(finished: Path, site: Path) -> None:
    """Put `finished` where `site` is. It is first brought beside `site`, over to another disk if need be; then the two are
    exchanged in one step where the system can (Linux, renameat2), else by two renames: a reader sees the old site or the new
    one. If that fails, the old site is put back, what was brought is taken away, and ContentError is raised."""
    fresh, previous = site.with_name(f".{site.name}-new"), _previous(site)
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        with in_turn(site.parent):
            for left_over in (fresh, previous):
                shutil.rmtree(left_over, ignore_errors=True)
            shutil.move(finished, fresh)  # a rename on one disk, a copy from one to another
            _readable(fresh)
            if not (site.exists() and _exchange(fresh, site)):
                _replace(fresh, site, previous)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        why = first_refusal(error)
        problem = f"the site cannot be put here ({why.strerror or why})"
        advice = "make the folder writable, make room on the disk, or choose another one with --output"
        raise ContentError([Fault(site.as_posix(), 1, f"{problem}: {advice}")]) from error
    for left_over in (fresh, previous):
        shutil.rmtree(left_over, ignore_errors=True)


def _previous(site: Path) -> Path:
    return site.with_name(f".{site.name}-old")


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; whether the system could. Nobody ever finds neither of them."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return bool(call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _replace(fresh: Path, site: Path, previous: Path) -> None:
    """The same by two renames; the old site is put back where the second one fails."""
    if site.exists():
        site.rename(previous)
    try:
        fresh.rename(site)
    except OSError:
        if previous.exists():
            previous.rename(site)
        raise


def _readable(site: Path) -> None:
    """Let a web server, which is another user, read every file, whatever this user's umask makes of new ones."""
    for path in [site, *site.rglob("*")]:
        wanted = stat.S_IMODE(path.stat().st_mode) | (0o755 if path.is_dir() else 0o644)
        if wanted != stat.S_IMODE(path.stat().st_mode):
            path.chmod(wanted)
