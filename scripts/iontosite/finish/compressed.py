"""Each text of a finished tree once more in Brotli (RFC 7932) and gzip (RFC 1952), for hosts that send such files as they are.

The best compression takes half a minute for the whole site, so a build does without it; what was compressed once is kept.
"""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from iontosite.kept import Kept

TEXTS = frozenset({".html", ".css", ".js", ".svg", ".json", ".xml", ".txt", ".webmanifest", ".atom", ".csv", ".ttf"})
_LEAST = 256  # bytes; below that there is nothing to win


def write_compressed(site: Path, kept: Kept) -> int:
    """Write `.br` and `.gz` beside each text of the tree; returns how many texts have them now."""
    texts = sorted(path for path in site.rglob("*") if path.suffix in TEXTS and path.stat().st_size >= _LEAST)
    with ThreadPoolExecutor() as workers:  # the libraries work outside of Python's lock
        list(workers.map(lambda path: _write(path, kept), texts))
    return len(texts)


def _write(path: Path, kept: Kept) -> None:
    data = path.read_bytes()
    mode = brotli.MODE_FONT if path.suffix == ".ttf" else brotli.MODE_TEXT
    small = kept.ask("br", data, make=lambda: brotli.compress(data, mode=mode, quality=11))
    path.with_name(f"{path.name}.br").write_bytes(small)
    # No time and no name inside, so that the same text gives the same bytes.
    small = kept.ask("gz", data, make=lambda: gzip.compress(data, compresslevel=9, mtime=0))
    path.with_name(f"{path.name}.gz").write_bytes(small)
