"""What tests share: the project's own content, one finished site built from it, a server for it and a browser."""
from __future__ import annotations

import functools
import http.server
import io
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Page
from rich.console import Console

from iontosite.pipeline import build
from iontosite.content.library import Library, load_library
from iontosite.commands.serve import Handler
from setup import browser as system_browser

ROOT = Path(__file__).resolve().parents[1]

# A shared machine is slow at times, and a failure must be the same for everybody who runs the tests.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
# The address that a developer's shell sets for builds would change what the tests build.
os.environ.pop("SITE_URL", None)


@pytest.fixture(scope="session")
def library() -> Library:
    """The real content."""
    return load_library(ROOT / "docs")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The real site, built once for all workers of a test run."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    target = shared / "site"
    with FileLock(str(shared / "site.lock")):
        if not target.exists():
            build(ROOT / "docs", target, shared / "build", Console(file=io.StringIO()))
    return target


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's content and theme, free to be broken."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("mkdocs.yml", "mkdocs.base.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site on a local server, under a path, as many clinics will host it."""
    handler = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The system's own Chromium: nothing is downloaded."""
    path = system_browser()
    assert path, "Chromium is missing: run `make test`, which sets it up"
    quiet = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": path, "args": quiet}


# Type decides what fits, and every machine has its own: "own" is this machine's sans-serif, whatever it is, and "wide" is one
# that the tests bring, the same everywhere. It is the project's Noto Sans, widened until it is wider than DejaVu Sans, the widest
# face that a system is likely to come with, so that what holds in it holds on every machine. (DejaVu itself is not on all.)
FACES = ("own", "wide")
WIDER = {400: "112%", 700: "120%"}  # DejaVu Sans is 8 % wider than Noto Sans, and in bold 15 %; its digits up to 22 %
SET_TYPE = """async ([faces, face, scale]) => {
  const root = document.documentElement;
  if (!root.dataset.face) {
    // A sheet made here and not a <style>, which the page's own policy would forbid.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(faces + ":root[data-face=wide] body { --md-text-font-family: Wide !important; font-family: Wide !important; }");
    document.adoptedStyleSheets.push(sheet);
    await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 1em Wide`)));
  }
  root.dataset.face = face;
  root.style.fontSize = "";
  if (scale !== 1) root.style.fontSize = parseFloat(getComputedStyle(root).fontSize) * scale + "px";
  dispatchEvent(new Event("resize"));
}"""


@pytest.fixture(params=FACES)
def face(request: pytest.FixtureRequest) -> str:
    """Each face in turn, for tests that do something with a page; tests that only look at it go through FACES on one page."""
    return request.param


@pytest.fixture(scope="session")
def set_type(address: str) -> Callable[..., None]:
    """Sets an open page in one of the FACES, with its text at `scale` times its usual size: `set_type(page, "wide", 2)`."""
    rule = "@font-face {{ font-family: Wide; font-weight: {0}; size-adjust: {1}; src: url({2}assets/print/fonts/NotoSans-{0}.ttf); }}"
    faces = "".join(rule.format(weight, wider, address) for weight, wider in WIDER.items())

    def set_type(page: Page, face: str, scale: float = 1) -> None:
        page.evaluate(SET_TYPE, [faces, face, scale])

    return set_type
