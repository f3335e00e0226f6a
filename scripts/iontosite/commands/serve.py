"""A live preview at http://127.0.0.1:8000/ that rebuilds when a file is saved (`make serve`). Stop it with Ctrl+C.

The preview is built for this address into `build/preview/`; `site/` is not touched.
"""
from __future__ import annotations

import argparse
import functools
import http.server
import os
import stat
import sys
import threading
import time
from pathlib import Path

from rich.console import Console

from iontosite.pipeline import ROOT, build, print_faults
from iontosite.faults import ContentError

WATCHED = ("docs", "overrides", "mkdocs.yml", "mkdocs.base.yml")
PAUSE = 0.5  # seconds between two looks at the files


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the preview, with the site's own 404 page, and keeps quiet about each request."""

    def log_message(self, *_: object) -> None:
        """Nothing: the builds are what the terminal is for."""

    def end_headers(self) -> None:
        """A preview is never cached: the next look must show the last save."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for an address that does not exist."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def snapshot() -> dict[Path, int]:
    """Every watched file and when it was saved. Editors' passing files may be gone before they are looked at."""
    files: dict[Path, int] = {}
    for name in WATCHED:
        place = ROOT / name
        for path in place.rglob("*") if place.is_dir() else [place]:
            try:
                found = path.stat()
            except OSError:
                continue
            if stat.S_ISREG(found.st_mode):
                files[path] = found.st_mtime_ns
    return files


def rebuild(target: Path, console: Console) -> None:
    """Build the preview; a fault is shown, and the last good preview stays."""
    try:
        build(ROOT / "docs", target, ROOT / "build" / "preview-work", console)
    except ContentError as error:
        print_faults(console, error.faults)
    except OSError as error:  # a file that was there a moment ago; its going starts the next build
        said = f"{error.filename}: {error.strerror}: the last good preview stays"
        console.print(said, soft_wrap=True, markup=False, emoji=False, highlight=False)


def main() -> int:
    """Build, serve, watch."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    os.environ["SITE_URL"] = f"http://127.0.0.1:{port}/"
    console, target = Console(), ROOT / "build" / "preview"
    seen = snapshot()
    rebuild(target, console)
    handler = functools.partial(Handler, directory=str(target))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        console.print(f"[bold]http://127.0.0.1:{port}/[/bold]  (Ctrl+C stops it)")
        try:
            while True:
                time.sleep(PAUSE)
                if (now := snapshot()) != seen:
                    changed = sorted(p.name for p in now.keys() | seen.keys() if now.get(p) != seen.get(p))
                    console.print(f"changed: {', '.join(changed[:3])}")
                    seen = now
                    rebuild(target, console)
        except KeyboardInterrupt:
            server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
