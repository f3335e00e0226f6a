"""A real nginx on this machine, running the configuration that `make hosting` wrote, but for its folder and port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iontosite.finish.hosts import FOLDER_OF_SITES, PORT

MAIN = Path(__file__).with_name("nginx.conf")
PATIENCE = 10.0  # seconds until it answers


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def nginx_serving(program: str, modules: list[Path], hosting: Path, base: str, folder: Path) -> Iterator[int]:
    """nginx for a while; the port that it answers on. `hosting` is the folder of `make hosting`, `base` the path of the site's
    address, as "/" or "/patients/ionto/", and `folder` an empty one for the site and nginx's own files.

    Raises RuntimeError with what nginx says where it does not start, or warns of the configuration."""
    port = free_port()
    shutil.copytree(hosting / "site", folder / "root" / base.strip("/"), dirs_exist_ok=True)
    text = (hosting / "nginx.conf").read_text(encoding="utf-8")
    for line, ours in ((f"listen {PORT};", f"listen 127.0.0.1:{port};"), (f"root {FOLDER_OF_SITES};", f"root {folder}/root;")):
        if line not in text:
            raise RuntimeError(f"{hosting}/nginx.conf has no line “{line}”: run make hosting again")
        text = text.replace(line, ours)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    loaded = "".join(f"load_module {path};" for path in modules)
    main = MAIN.read_text(encoding="utf-8").replace("$modules", loaded).replace("$folder", str(folder))
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    _let_in(folder)
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
    if tried.returncode or "[warn]" in tried.stderr.replace('the "user" directive', ""):
        raise RuntimeError(tried.stderr)
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait()


def _let_in(folder: Path) -> None:
    """Let nginx's workers, which may be another user, reach the folder."""
    for place in (folder, *folder.parents):
        if place != Path("/") and place.stat().st_uid == os.getuid():
            place.chmod(place.stat().st_mode | 0o055)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nginx does not answer on port {port}")
