"""What tests share: the project's own content, a tiny site to break, one finished site, a server for it and a browser."""

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
from playwright.sync_api import Page, Route
from rich.console import Console

from iontosite.commands.serve import SiteHandler
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build
from iontosite.project import DOCS, ROOT
from setup import browser as system_browser

TINY = Path(__file__).parent / "fixtures" / "tiny"
# What every site has from the project itself: the words of the frame, and files that its pages load.
SHARED = ("docs/en/strings.yml", "docs/reading.yml", "docs/search.yml", "docs/assets", "overrides/theme", "mkdocs.base.yml")

# What takes a browser, or the real site: `make quick` runs the rest.
SLOW = {"site", "address", "browser", "page", "browser_type_launch_args"}

# A shared machine is slow at times, and a failure must be the same for everybody who runs the tests.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
# The address that a developer's shell sets for builds would change what the tests build.
os.environ.pop("SITE_URL", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that needs a browser or the real site as slow; a parameter of the same name does not count. One of them
    comes first, so that one worker builds the site while the others do what needs none."""
    for item in items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        if SLOW & (set(getattr(item, "fixturenames", ())) - set(parameters)):
            item.add_marker(pytest.mark.slow)
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = [item for item in items if not item.get_closest_marker("slow")]
    items[:] = [*slow[:1], *quick, *slow[1:]]


def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of one test run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def content() -> Content:
    """The real content."""
    return load_content(DOCS)


@pytest.fixture(scope="session")
def kept_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Where all tests of a run keep finished pieces, so that each PDF is printed once."""
    return shared_folder(tmp_path_factory, worker_id) / "kept"


@pytest.fixture
def kept(kept_folder: Path) -> Kept:
    """The pieces that this run has finished so far."""
    return Kept(kept_folder)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str, kept_folder: Path) -> Path:
    """The real site, built once for all workers of a test run."""
    shared = shared_folder(tmp_path_factory, worker_id)
    target = shared / "site"
    with FileLock(str(shared / "site.lock")):
        if not target.exists():
            build(Plan(DOCS, target, shared / "build"), Console(file=io.StringIO()), Kept(kept_folder))
    return target


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's content and theme, free to be broken. It is large: what can be shown on `tiny` belongs there."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for path in ROOT.glob("mkdocs*.yml"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def copy_tiny(folder: Path) -> Path:
    """Put the tiny site's content and theme into a folder."""
    for name in SHARED:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("figures"))
        else:
            shutil.copy(ROOT / name, target)
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A site of twelve pages with one of everything, free to be broken; it loads and builds in a moment."""
    return copy_tiny(tmp_path)


@pytest.fixture(scope="session")
def built_tiny(tmp_path_factory: pytest.TempPathFactory, worker_id: str, kept_folder: Path) -> Path:
    """A project folder with the tiny site, built in `site/`, once for all workers of a test run. Break only a copy of it."""
    target = shared_folder(tmp_path_factory, worker_id) / "tiny"
    with FileLock(f"{target}.lock"):
        if not (target / "site").exists():
            plan = Plan(copy_tiny(target) / "docs", target / "site", target / "build")
            build(plan, Console(file=io.StringIO()), Kept(kept_folder))
    return target


@pytest.fixture(scope="session")
def tiny_content(built_tiny: Path) -> Content:
    """The content of the tiny site that stands built."""
    return load_content(built_tiny / "docs")


@pytest.fixture
def tiny_site(built_tiny: Path, tmp_path: Path) -> Path:
    """A copy of the built tiny site, free to be broken."""
    return Path(shutil.copytree(built_tiny / "site", tmp_path / "built"))


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site on a local server, under a path, as many clinics will host it."""
    handler = functools.partial(SiteHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The system's own Chromium: nothing is downloaded. Letters are as wide on every machine, whatever its screen asks of fonts."""
    path = system_browser()
    assert path, "Chromium is missing: run `make test`, which sets it up"
    quiet = [
        "--no-sandbox",
        "--font-render-hinting=none",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return {**browser_type_launch_args, "executable_path": path, "args": quiet}


def give(page: Page, site: Path, address: str) -> None:
    """Answer every request of a page below `address` from a folder, as a host does, and with its page where a folder is meant,
    also without the last slash (nginx with `try_files $uri $uri/index.html`)."""

    def answer(route: Route) -> None:
        path = site / route.request.url.removeprefix(address).partition("?")[0]
        file = path / "index.html" if path.is_dir() else path
        route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)

    page.route(f"{address}**", answer)


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
    sheet.replaceSync(faces + ":root[data-face=wide] body { font-family: Wide !important; }");
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
