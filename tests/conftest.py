"""What tests share: the project's own content, a tiny site to break, one finished site, a server for it and a browser."""

from __future__ import annotations

import functools
import http.server
import io
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
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
SHARED = ("docs/en/strings.yml", "docs/reading.yml", "docs/assets", "overrides/theme", "mkdocs.base.yml")

# What takes a browser, or the real site: `pytest -m "not slow"` runs the rest in a minute.
SLOW = {"site", "address", "browser", "page", "browser_type_launch_args"}

# A shared machine is slow at times, and a failure must be the same for everybody who runs the tests.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
# The address that a developer's shell sets for builds would change what the tests build.
os.environ.pop("SITE_URL", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that needs a browser or the real site as slow; a parameter of the same name does not count."""
    for item in items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        if SLOW & (set(getattr(item, "fixturenames", ())) - set(parameters)):
            item.add_marker(pytest.mark.slow)


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
    for name in ("mkdocs.yml", "mkdocs.base.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
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
