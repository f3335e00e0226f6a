"""The day on which somebody builds or reads the site changes no byte of it; overdue pages tell their readers, and stop no build."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import copy_tiny
from iontosite.project import ROOT

YEARS = 5
# `date.today` and the build's own `today` ask time.time; `datetime.now` does not, and file times of the system stay as they are.
LATER = f"""
import time
from datetime import date
now, real = time.time, date.today()
time.time = lambda: now() + {YEARS} * 365.25 * 86400
assert date.today().year >= real.year + {YEARS} - 1
"""


def in_five_years(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python whose clock is set forward."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("SITE_URL", None)
    command = [sys.executable, "-c", LATER + code, *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=ROOT)


def bytes_of(site: Path) -> dict[str, str]:
    """The hash of each file of a site."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


BUILD = """
import io, sys
from pathlib import Path
from rich.console import Console
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build
root = Path(sys.argv[1])
build(Plan(root / "docs", root / "site", root / "build"), Console(file=io.StringIO()), Kept(Path(sys.argv[2])))
"""


def test_a_build_in_five_years_gives_the_same_bytes(built_tiny: Path, tmp_path: Path) -> None:
    """Every page is overdue by then. The build goes through, from nothing, and differs in nothing."""
    later = in_five_years(BUILD, str(copy_tiny(tmp_path / "later")), str(tmp_path / "kept"))
    assert later.returncode == 0, later.stderr
    assert bytes_of(tmp_path / "later" / "site") == bytes_of(built_tiny / "site")


def test_the_build_asks_the_clock_that_is_set_forward() -> None:
    """Else these tests would show nothing. In our code nobody asks another one: `datetime.now` cannot be set forward."""
    asked = in_five_years("from iontosite.content.dates import today; print(today().year - real.year)")
    assert int(asked.stdout) >= YEARS - 1, asked.stderr
    code = {path.name: path.read_text("utf-8") for path in (ROOT / "scripts").rglob("*.py")}
    assert [
        name for name, text in code.items() if re.search(r"datetime\.(?:now|utcnow|today)\(|time_ns\(|gmtime\(\)", text)
    ] == []


def test_in_five_years_the_list_of_what_is_due_says_so(tmp_path: Path) -> None:
    """It ends with 1, so that a scheduled run is seen; checks do not, because nothing is wrong with the words."""
    docs = copy_tiny(tmp_path) / "docs"
    code = "import sys; from iontosite.__main__ import main; sys.exit(main(sys.argv[1:]))"
    due = in_five_years(code, "review", "--docs", str(docs))
    assert due.returncode == 1 and "OVERDUE" in due.stdout, due.stderr
    check = in_five_years(code, "check", "--docs", str(docs), "--site", str(tmp_path / "none"))
    assert check.returncode == 0, check.stdout + check.stderr


@pytest.mark.parametrize(("day", "told"), [("2026-12-01", False), ("2031-12-01", True)])
@pytest.mark.parametrize("url", ["after/", "es/after/"])
def test_an_overdue_page_tells_its_readers(browser: Browser, address: str, url: str, day: str, told: bool) -> None:
    """Above its text, in its language, by the reader's own clock. Without scripts the day of the next check stands at the foot."""
    page = browser.new_page()
    try:
        page.clock.set_fixed_time(day)
        page.goto(address + url)
        page.wait_for_function("document.querySelector('script[src*=row]')")  # which page.js asks for at its end
        notice = page.locator("[data-due]")
        assert notice.is_visible() == told
        assert not told or ("Ask your clinic" in notice.inner_text()) != url.startswith("es/")
    finally:
        page.close()


def test_without_scripts_the_day_stands_on_the_page(built_tiny: Path) -> None:
    """The notice is hidden until a script shows it; the day itself is there for everybody."""
    html = (built_tiny / "site/after/index.html").read_text("utf-8")
    assert 'hidden data-due="2027-11-20"' in html.replace('hidden=""', "hidden") and "November 20, 2027" in html
