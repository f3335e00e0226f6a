"""Stage 6: swaps the finished tree in. Until this moment the last good site stands untouched."""

from __future__ import annotations

import shutil
from pathlib import Path

from iontosite.faults import ContentError, Fault

# Every site that this build made holds it, and hardly another folder does.
MARK = "permalinks.json"


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


def publish(finished: Path, site: Path) -> None:
    """Put `finished` where `site` is. It is first brought beside `site`, over to another disk if need be, and then each
    step is a rename: a reader sees the old site or the new one. If the last step fails, the old site is put back and
    ContentError is raised."""
    fresh, previous = site.with_name(f".{site.name}-new"), site.with_name(f".{site.name}-old")
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        for left_over in (fresh, previous):
            shutil.rmtree(left_over, ignore_errors=True)
        shutil.move(finished, fresh)  # a rename on one disk, a copy from one to another
        if site.exists():
            site.rename(previous)
        try:
            fresh.rename(site)
        except OSError:
            if previous.exists():
                previous.rename(site)
            raise
    except OSError as error:
        problem = f"the site cannot be put here ({error.strerror or error})"
        advice = "make the folder writable, or choose another one with --output"
        raise ContentError([Fault(site.as_posix(), 1, f"{problem}: {advice}")]) from error
    shutil.rmtree(previous, ignore_errors=True)
