"""Stage 6: swaps the finished tree in. Until this moment the last good site stands untouched."""
from __future__ import annotations

import shutil
from pathlib import Path


def publish(finished: Path, site: Path, work: Path) -> None:
    """Put `finished` where `site` is. Both lie on one file system, so each step is a rename: a reader sees the old site
    or the new one. If the second rename fails, the old site is put back."""
    previous = work / "previous-site"
    shutil.rmtree(previous, ignore_errors=True)
    site.parent.mkdir(parents=True, exist_ok=True)
    if site.exists():
        site.rename(previous)
    try:
        finished.rename(site)
    except OSError:
        if previous.exists():
            previous.rename(site)
        raise
    shutil.rmtree(previous, ignore_errors=True)
