"""Sets up what the commands need: `.venv` from the hash-locked requirements, and the system packages for PDF and browser.

Called by make, with the system's own Python, so it uses nothing but the standard library. Usage: setup.py build|test|lock|exits
"""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
# Other builders, each with an environment of its own from requirements/exit-<name>.txt. Where one cannot be had, it is left out.
EXITS = ("properdocs", "zensical")
EXITS_FOLDER = ROOT / ".exits"

# What to look for -> the Debian package that has it. WeasyPrint loads Pango and HarfBuzz; the tests drive a real browser.
LIBRARIES = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0", "harfbuzz-subset": "libharfbuzz-subset0"}
# The tests of the server's configuration run it. Where it cannot be had they are left out, and say so.
NGINX_PACKAGES = ("nginx-light", "libnginx-mod-http-brotli-static")
NGINX_MODULES = (Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"),)  # where Debian has it
NO_SERVICES = Path("/usr/sbin/policy-rc.d")
# The same browser without windows opens a page in a third of the time; Ubuntu does not have it, and Chromium does as well.
WINDOWLESS = "chromium-headless-shell"
BROWSERS = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing_packages(purpose: str) -> list[str]:
    """The Debian packages that this purpose needs and the machine lacks."""
    missing = [package for library, package in LIBRARIES.items() if not ctypes.util.find_library(library)]
    if not importlib.util.find_spec("ensurepip"):  # Debian keeps it apart; without it `venv` makes half an environment
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if purpose == "test" and not browser():
        missing.append("chromium")
    return missing


def browser() -> str | None:
    """The system's Chromium or Chrome; the environment's CHROMIUM names another."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for path in map(shutil.which, BROWSERS) if path), None)


def nginx() -> str | None:
    """The system's nginx, if it can send files that were compressed before."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return program if program and all(module.exists() for module in NGINX_MODULES) else None


def run(command: list[str], advice: str, environment: dict[str, str] | None = None, quiet: bool = False) -> None:
    """Run one step. If it fails, stop with one line that says which step it was and what to do, under what it said."""
    try:
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL if quiet else None)
    except (subprocess.CalledProcessError, OSError) as error:
        why = f"exit code {error.returncode}" if isinstance(error, subprocess.CalledProcessError) else error.strerror
        sys.exit(f"This step failed ({why}): {' '.join(command)}\n  {advice} Then run the same command again.")


def policy_of(package: str) -> bytes:
    """What apt knows of a package; nothing where there is none of this name."""
    return subprocess.run(["apt-cache", "policy", package], capture_output=True).stdout


def install_packages(packages: list[str]) -> None:
    """Install on Debian or Ubuntu as root; elsewhere say exactly what to install, and stop."""
    names = " ".join(packages)
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"installing system packages: {', '.join(packages)}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        advice = f"Look at what apt-get said above, or install these in another way: {names}."
        run(["apt-get", "update", "-qq"], advice, environment, quiet=True)
        wanted = [WINDOWLESS if package == "chromium" and policy_of(WINDOWLESS) else package for package in packages]
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted], advice, environment, quiet=True)
        return
    sys.exit(
        f"These are needed and not installed: {names}\n"
        f"  Debian, Ubuntu:  sudo apt-get install {names}\n"
        "  macOS:           brew install pango   (and Chromium or Chrome for `make test`)\n"
        "  elsewhere:       Pango with its HarfBuzz subset library, Python's venv and ensurepip, and Chromium for `make test`\n"
        "Then run the same command again."
    )


def install_nginx() -> None:
    """Install nginx on Debian or Ubuntu as root, without starting it; where it does not come, say what is left out."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"installing system packages: {', '.join(NGINX_PACKAGES)}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        own = not NO_SERVICES.exists()
        if own:  # else it would stand on port 80 from now on (Debian Policy, 9.3.3)
            NO_SERVICES.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
            NO_SERVICES.chmod(0o755)
        try:
            for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *NGINX_PACKAGES]):
                subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL)
        finally:
            if own:
                NO_SERVICES.unlink(missing_ok=True)
    if not nginx():
        print(f"not here, and its tests are left out: {' '.join(NGINX_PACKAGES)}", flush=True)


def works(python: Path) -> bool:
    """Whether an environment is whole: a step that failed may have left a Python without pip."""
    command = [str(python), "-m", "pip", "--version"]
    return python.exists() and subprocess.run(command, capture_output=True).returncode == 0


def make_environment(purpose: str) -> None:
    """Make `.venv` if there is none that works, and install the locked requirements of this purpose into it."""
    python = VENV / "bin" / "python"
    if not works(python):
        print("making .venv", flush=True)
        advice = f"Take away the folder {VENV}, and make sure that Python {sys.version.split()[0]} has venv and ensurepip."
        run([sys.executable, "-m", "venv", "--clear", str(VENV)], advice)
    # Only finished packages: one that has to be built would fetch its tools without a hash, and run what is in them.
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]
    advice = "Look at what pip said above: it needs the network, or a mirror that PIP_INDEX_URL names."
    print(f"installing the locked requirements for: {purpose}", flush=True)
    for name in ("pip", purpose):
        run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / f"{name}.txt")], advice)
    # `venv` puts the setuptools of its own day in, with the holes of that day; nothing here uses it.
    run([str(python), "-m", "pip", "uninstall", "--quiet", "--yes", "setuptools"], advice, quiet=True)


def exit_program(name: str) -> Path | None:
    """The program of another builder; None where its environment is not there, or not as its requirements are now."""
    folder, requirements = EXITS_FOLDER / name, ROOT / "requirements" / f"exit-{name}.txt"
    made_from = folder / "made-from.txt"
    stands = made_from.is_file() and made_from.read_bytes() == requirements.read_bytes()
    return folder / "bin" / name if stands else None


def make_exits() -> None:
    """Make the environment of every other builder that has none; say of each that does not come that it is left out."""
    for name in EXITS:
        if exit_program(name):
            continue
        folder, requirements = EXITS_FOLDER / name, ROOT / "requirements" / f"exit-{name}.txt"
        print(f"making .exits/{name}", flush=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        steps = (
            [sys.executable, "-m", "venv", "--clear", str(folder)],
            [*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(requirements)],
        )
        if all(subprocess.run(step).returncode == 0 for step in steps):
            (folder / "made-from.txt").write_bytes(requirements.read_bytes())
        else:
            print(f"not here, and what needs it is left out: {name}", flush=True)


def main() -> int:
    """Set up for one purpose and leave a stamp, so that make knows it is done."""
    if sys.version_info < (3, 11, 5):
        sys.exit(f"Python 3.11.5 or newer is needed; this is {sys.version.split()[0]}")
    if len(sys.argv) != 2 or sys.argv[1] not in ("build", "test", "lock", "exits"):
        sys.exit(__doc__)
    purpose = sys.argv[1]
    if purpose == "exits":
        make_exits()
        return 0
    if missing := missing_packages(purpose):
        install_packages(missing)
    if purpose == "test" and not nginx():
        install_nginx()
    make_environment(purpose)
    if purpose == "test":
        make_exits()
    for done in ("build", "test") if purpose == "test" else (purpose,):
        (VENV / f"ready-{done}").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
