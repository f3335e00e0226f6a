"""A disk that is really full, and one that can only be read: the last good site stays, it is said what to do, and the next build
succeeds. The disks are made of memory, in a corner of the system that this test alone sees."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from iontosite.project import ROOT
from iontosite.refused import first_refusal

ALONE = ["unshare", "--map-root-user", "--mount"]  # unshare(1), of util-linux: a name space of its own, where mounts are allowed
# Each build in turn: what was said, and whether the site is the one that it was.
BUILDS = """
import io, json, subprocess, sys
from contextlib import redirect_stdout
from pathlib import Path
from shutil import copytree
from iontosite.__main__ import main
good, docs, work, kept, disk = map(Path, sys.argv[1:])
block = 4096  # a disk gives whole ones

def size_of(*folders):
    return sum(-(-path.stat().st_size // block) * block for each in folders for path in each.rglob("*") if path.is_file())

def files(site):
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}

def mount(options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], check=True)

def build(name, output, folder):
    said = io.StringIO()
    with redirect_stdout(said):
        code = main(["build", "--docs", str(docs), "--output", str(output), "--work", str(folder), "--kept", str(kept)])
    left = sorted(path.name for path in output.parent.glob(".site-*"))
    told[name] = [code, files(output) == before, left, said.getvalue()]

told, before = {}, files(good)
mount(f"size={int(size_of(good) * 1.3)}")
copytree(good, disk / "site")
build("the site does not fit", disk / "site", work)
mount("remount,ro")
build("the site cannot be replaced", disk / "site", work)
build("nothing can be written", good, disk / "build")
subprocess.run(["umount", str(disk)], check=True)
mount(f"size={int(size_of(work / 'stage', work / 'rendered') * 1.1)}")
build("the copy of the pages does not fit", good, disk / "build")
mount("remount,size=1g")
build("there is room again", good, disk / "build")
print(json.dumps(told))
"""


def test_a_disk_that_is_full_or_read_only(built_tiny: Path, kept_folder: Path, tmp_path: Path) -> None:
    """The site, or the work folder, on each of them."""
    if not shutil.which("unshare") or subprocess.run([*ALONE, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a disk of memory: it wants unshare of util-linux, and root or user namespaces")
    for name in ("site", "work", "disk"):
        (tmp_path / name).mkdir()
    good = Path(shutil.copytree(built_tiny / "site", tmp_path / "site", dirs_exist_ok=True))
    words = [good, built_tiny / "docs", tmp_path / "work", kept_folder, tmp_path / "disk"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "COLUMNS": "400"}
    command = [*ALONE, sys.executable, "-c", BUILDS, *map(str, words)]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    for name, (code, same, left, said) in told.items():
        assert same and not left, name
        assert code == int(name != "there is room again"), said
        assert code == 0 or said.endswith("1 fault(s). The last good site was not touched.\n"), said
    disk = tmp_path / "disk"
    for name, words_of_it in {
        "the site does not fit": f"{disk}/site:1: the site cannot be put here (No space left on device): make the folder writable",
        "the site cannot be replaced": f"{disk}/site:1: the site cannot be put here (Read-only file system): make the folder",
        "nothing can be written": f"{disk}/build:1: Read-only file system: make it yours to read and write, or choose another",
        "the copy of the pages does not fit": "the disk is full: make room, or choose a folder on another one with --work and",
    }.items():
        fault = told[name][3].splitlines()[-2]
        assert words_of_it in fault and fault.startswith(str(disk)) and len(fault) < 400, fault


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "No space", "/from", None, "/to"), (errno.ENOSPC, "No space", "/to")),
        (OSError(errno.EROFS, "Read-only", "/x"), (errno.EROFS, "Read-only", "/x")),
        (OSError(errno.EIO, "Broken"), (errno.EIO, "Broken", None)),
        (shutil.Error([("/a", "/b", "[Errno 28] No space left: '/a' -> '/b'"), ("/c", "/d", "")]), (28, "No space left", "/b")),
        (shutil.Error([("/a", "/b", "another reason")]), (0, "another reason", "/b")),
        (shutil.SameFileError("is the same file"), (None, None, None)),
    ],
)
def test_the_refusal_itself_is_told(error: OSError, expected: tuple[int | None, str | None, str | None]) -> None:
    """Its number, its words, and the file that could not be written."""
    found = first_refusal(error)
    assert (found.errno, found.strerror, found.filename) == expected
