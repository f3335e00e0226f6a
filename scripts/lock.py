"""Refreshes the hash-locked requirements from pyproject.toml (`make lock`): newest versions that its ranges allow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What each is made from; the tool that writes them is locked too.
LOCKS = {
    "build": ["pyproject.toml"],
    "test": ["pyproject.toml", "--group", "test"],
    "exit-properdocs": ["--group", "exit-properdocs"],
    "exit-zensical": ["--group", "exit-zensical"],
    "lock": ["--group", "lock"],
    "pip": ["--group", "pip"],
}


def main() -> int:
    """Write one file of requirements for each purpose; no registry's name or address goes into them."""
    for name, sources in LOCKS.items():
        subprocess.run(
            [
                sys.executable, "-m", "uv", "pip", "compile", *sources,
                "--universal", "--generate-hashes", "--upgrade", "--python-version", "3.11.5",
                "--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock",
                "--output-file", f"requirements/{name}.txt", "--quiet",
            ],
            cwd=ROOT, check=True,
        )  # fmt: skip
        print(f"wrote requirements/{name}.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
