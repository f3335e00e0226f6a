"""Sets up what the commands need: `.venv` from the hash-locked requirements, and the system packages for PDF and browser.

Called by make, with the system's own Python, so it uses nothing but the standard library. Usage: setup.py build|test|lock
"""
from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"

# What to look for -> the Debian package that has it. WeasyPrint loads Pango and HarfBuzz; the tests drive a real browser.
LIBRARIES = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0", "harfbuzz-subset": "libharfbuzz-subset0"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing_packages(purpose: str) -> list[str]:
    """The Debian packages that this purpose needs and the machine lacks."""
    missing = [package for library, package in LIBRARIES.items() if not ctypes.util.find_library(library)]
    if purpose == "test" and not browser():
        missing.append("chromium")
    return missing


def browser() -> str | None:
    """The system's Chromium or Chrome; the environment's CHROMIUM names another."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for path in map(shutil.which, BROWSERS) if path), None)


def install_packages(packages: list[str]) -> None:
    """Install on Debian or Ubuntu as root; elsewhere say exactly what to install, and stop."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"installing system packages: {', '.join(packages)}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        quiet = {"env": environment, "check": True, "stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], **quiet)
        return
    names = " ".join(packages)
    sys.exit(
        f"These are needed and not installed: {names}\n"
        f"  Debian, Ubuntu:  sudo apt-get install {names}\n"
        "  macOS:           brew install pango   (and Chromium or Chrome for `make test`)\n"
        "  elsewhere:       Pango with its HarfBuzz subset library, and Chromium for `make test`\n"
        "Then run the same command again."
    )


def make_environment(purpose: str) -> None:
    """Make `.venv` if there is none, and install the locked requirements of this purpose into it."""
    python = VENV / "bin" / "python"
    if not python.exists():
        print("making .venv", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if purpose == "lock":
        print("installing the lock tool", flush=True)
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        subprocess.run([*pip, *project["dependency-groups"]["lock"]], check=True)
    else:
        print(f"installing the locked requirements for: {purpose}", flush=True)
        subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / f"{purpose}.txt")], check=True)


def main() -> int:
    """Set up for one purpose and leave a stamp, so that make knows it is done."""
    if sys.version_info < (3, 11, 5):
        sys.exit(f"Python 3.11.5 or newer is needed; this is {sys.version.split()[0]}")
    if len(sys.argv) != 2 or sys.argv[1] not in ("build", "test", "lock"):
        sys.exit(__doc__)
    purpose = sys.argv[1]
    if missing := missing_packages(purpose):
        install_packages(missing)
    make_environment(purpose)
    for done in ("build", "test") if purpose == "test" else (purpose,):
        (VENV / f"ready-{done}").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
