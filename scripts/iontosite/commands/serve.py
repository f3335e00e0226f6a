"""A live preview at http://127.0.0.1:8000/ that rebuilds when a file is saved, and reloads the browser. Stop it with Ctrl+C.

The preview is built for this address into `build/preview/`; `site/` is not touched. A save is shown at once: the pages that it
changes, with the paper that was printed last. Paper, search and the checks of the whole tree follow as soon as nobody saves.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import stat
import threading
import time
from http import HTTPStatus
from pathlib import Path

from rich.console import Console

from iontosite.alone import alone_in
from iontosite.content.remembered import Remembered
from iontosite.faults import ContentError, Fault, of_the_program, print_faults, say
from iontosite.finish.hosts import Headers, read_headers
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build
from iontosite.project import DOCS, KEPT, ROOT, WORK

WATCHED = ("docs", "overrides", "mkdocs.yml", "mkdocs.base.yml")
PAUSE = 0.2  # seconds between two looks at the files
CALM = 3.0  # seconds without a save before what takes longer is done
PATIENCE = 25.0  # seconds that a browser is kept waiting for news before it asks again
NEWS = "/__preview__/news.js"
# The browser asks for news once the page stands: for a picture, that comes once there is a new version. The page's own policy
# lets no script ask in another way, and the preview leaves the policy as visitors get it.
ASK = """\
addEventListener("load", () => {
  const ask = () => {
    const news = new Image();
    news.onload = () => location.reload();
    news.onerror = () => setTimeout(ask, 500);
    news.src = "NEWS?since=VERSION";
  };
  ask();
});
"""
KINDS = {".webmanifest": "application/manifest+json", ".atom": "application/atom+xml"}
CHANGED = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@functools.cache
def _headers() -> Headers:
    return read_headers()


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a finished site, with its own 404 page, and keeps quiet about each request."""

    directory: str

    def log_message(self, *_: object) -> None:
        """Nothing: the builds are what the terminal is for."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """The kind of a file by its ending; Python does not know these."""
        return KINDS.get(Path(path).suffix) or super().guess_type(path)

    def end_headers(self) -> None:
        """What hosts are told to send, but a preview is never cached: the next look must show the last save."""
        for name, value in _headers().every.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for an address that does not exist."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            return super().send_error(code, message, explain)
        self.send_text(page.read_bytes(), "text/html", HTTPStatus.NOT_FOUND)

    def send_text(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Send a whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class News:
    """Which version of the preview stands, for browsers that wait for the next one."""

    def __init__(self) -> None:
        self.version = 0
        self._changed = threading.Condition()

    def publish(self) -> None:
        """Tell everybody who waits that there is a new version."""
        with self._changed:
            self.version += 1
            self._changed.notify_all()

    def wait(self, since: int, seconds: float = PATIENCE) -> bool:
        """Whether there is another version than `since`, now or within so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.version != since, timeout=seconds)


class PreviewHandler(SiteHandler):
    """Serves the preview: pages that load themselves anew once there is a new version of them."""

    def __init__(self, *arguments: object, news: News, **more: object) -> None:
        self.news = news
        super().__init__(*arguments, **more)  # type: ignore[arg-type]  # what the server gives, handed on

    def do_GET(self) -> None:
        """Answer the question for news; any other address is a file."""
        path, _, query = self.path.partition("?")
        if path != NEWS:
            return super().do_GET()
        question, _, since = query.partition("=")
        if question != "since":
            version = since if since.isdigit() else str(self.news.version)
            return self.send_text(ASK.replace("NEWS", NEWS).replace("VERSION", version).encode(), "text/javascript")
        if not since.isdigit() or self.news.wait(int(since)):
            return self.send_text(CHANGED, "image/svg+xml")
        self.send_text(b"", "text/plain", HTTPStatus.NOT_FOUND)

    def send_head(self) -> object:  # type: ignore[override]  # None stands for "all is sent", as in the standard library
        """A page gets the script that asks for news; everything else goes out as it is."""
        place = Path(self.translate_path(self.path))
        page = place / "index.html" if place.is_dir() and self.path.partition("?")[0].endswith("/") else place
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        # The version from before the page was read: a save that comes in between is not missed.
        script = f'<script src="{NEWS}?page={self.news.version}" defer></script></body>'.encode()
        self.send_text(page.read_bytes().replace(b"</body>", script), "text/html")
        return None


def snapshot(root: Path = ROOT) -> dict[Path, int]:
    """Every watched file and when it was saved. Editors' passing files may be gone before they are looked at."""
    files: dict[Path, int] = {}
    for name in WATCHED:
        place = root / name
        for path in place.rglob("*") if place.is_dir() else [place]:
            try:
                found = path.stat()
            except OSError:
                continue
            if stat.S_ISREG(found.st_mode):
                files[path] = found.st_mtime_ns
    return files


def rebuild(plan: Plan, console: Console, kept: Kept, may_be_stale: bool, remembered: Remembered | None = None) -> bool:
    """Build the preview; a fault is shown, and the last good preview stays. Returns whether some of the paper is stale."""
    faults: list[Fault] = []
    try:
        return build(plan, console, kept, may_be_stale, remembered=remembered)
    except ContentError as error:
        faults = error.faults
    except OSError as error:  # a file that was there a moment ago; its going starts the next build
        say(console, f"{error.filename}: {error.strerror}")
    except Exception as error:  # the last net: the preview goes on, whatever was written
        faults = [of_the_program(error, WORK)]
    print_faults(console, faults, "The last good preview stays.")
    return False


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--port", type=int, default=8000, help="make serve PORT=8001 (default: 8000)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Build, serve, watch, until somebody stops it; 1 if the port cannot be used."""
    target, kept, news = WORK / "preview", Kept(KEPT), News()
    handler = functools.partial(PreviewHandler, directory=str(target), news=news)
    # First the port, so that one in use is told before anybody waits for a build.
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", arguments.port), handler)
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        say(console, f"Port {arguments.port} cannot be used ({why}): choose another one with --port", style="red")
        return 1
    with server, alone_in(target.with_name("preview-served"), "a preview", option=""):
        address = f"http://127.0.0.1:{server.server_port}/"
        plan = Plan(DOCS, target, WORK / "preview-work", address, with_offline_copy=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            watch(plan, console, kept, news, f"[bold]{address}[/bold]  (Ctrl+C stops it)")
        except KeyboardInterrupt:
            server.shutdown()
    return 0


def watch(plan: Plan, console: Console, kept: Kept, news: News, greeting: str) -> None:
    """Build now and after every save, for ever: first what is read, then all the rest, unless another save comes before it."""
    seen: dict[Path, int] = {}
    stale, saved, remembered = False, 0.0, Remembered()
    while True:
        now = snapshot()
        if now != seen:
            changed = sorted(path.name for path in now.keys() | seen.keys() if now.get(path) != seen.get(path))
            console.print(f"changed: {', '.join(changed[:3])}" if seen else greeting)
            stale = rebuild(plan, console, kept, bool(seen), remembered)
            seen, saved = now, time.monotonic()
            news.publish()
        elif stale and time.monotonic() - saved >= CALM:
            console.print("printing, finishing and checking the rest")
            stale = rebuild(plan, console, kept, False, remembered)
            news.publish()
        else:
            time.sleep(PAUSE)
