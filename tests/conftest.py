"""What tests share: the project's own content, one finished site built from it, a server for it and a browser."""
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
