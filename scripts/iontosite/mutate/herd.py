"""Several processes that try damages side by side, and what all of them told."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from iontosite.mutate.damage import Damage
from iontosite.mutate.trial import Told, copy_project
from iontosite.project import KEPT, ROOT


def try_all(damages: Sequence[Damage], workers: int, last: str, tell: Callable[[int], None] = lambda _: None) -> list[Told]:
    """What was told of each damage up to the stage `last`, in their order. `tell` hears how many are done."""
    told: list[Told | None] = [None] * len(damages)
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for index in range(len(damages)):
        waiting.put(index)
    errors: list[BaseException] = []

    def work(folder: Path) -> None:
        try:
            with Worker(copy_project(ROOT, folder), last) as worker:
                while not waiting.empty() and not errors:
                    index = waiting.get()
                    told[index] = worker.ask(damages[index])
                    tell(sum(each is not None for each in told))
        except BaseException as error:
            errors.append(error)

    with tempfile.TemporaryDirectory(prefix="iontosite-mutate-") as top:
        threads = [threading.Thread(target=work, args=(Path(top) / str(number),)) for number in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if errors:
        raise errors[0]
    return [each or Told(broke="was not tried") for each in told]


class Worker:
    """One process with a copy of the project of its own in `folder`; finished pieces are shared with the project."""

    def __init__(self, folder: Path, last: str) -> None:
        self.folder, self.last = folder, last

    def __enter__(self) -> Worker:
        (self.folder / "build").mkdir()
        KEPT.mkdir(parents=True, exist_ok=True)
        (self.folder / "build" / "kept").symlink_to(KEPT, target_is_directory=True)
        environment = os.environ | {"PYTHONPATH": str(self.folder / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "iontosite.mutate.worker", self.last],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._answer()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.terminate()
        self.process.wait()

    def ask(self, damage: Damage) -> Told:
        """What is told of one damage."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"file": damage.file, "text": damage.text}) + "\n")
        self.process.stdin.flush()
        said = self._answer()
        return Told(said["stage"], tuple(tuple(fault) for fault in said["faults"]), said["seconds"], said["broke"])

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("a process that tries damages ended: look at what it said above")
        return json.loads(line)
