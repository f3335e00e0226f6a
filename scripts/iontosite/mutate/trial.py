"""What the checks say of one damage: the cheapest stage that tells of it, and what it tells.

Each trial happens in a copy of the project, where the damaged file really stands on the disk. The stages are the build's own, in
its order: reading with all rules, templates, the words of the handouts, staged pages; and where none of them says a word and the
caller wants it, a whole build with the checks of the finished site.
"""

from __future__ import annotations

import io
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import Any

import jinja2
from rich.console import Console

from iontosite.content import load
from iontosite.faults import ContentError, Fault
from iontosite.kept import Kept
from iontosite.paper.maker import maker_files
from iontosite.paper.printed_matter import PrintedMatter, draft_all, print_drafts
from iontosite.pipeline import Plan, build, template_fault
from iontosite.stage.write import stage
from iontosite.templates import read_all

STAGES = ("templates", "reading", "handouts", "staging", "site")
SITE = STAGES[-1]
COPIED = ("scripts", "docs", "overrides")
_PACKAGE = "iontosite."
_NOT_CHECKS = ("faults", "mutate.trial", "mutate.quick", "content.model")


@dataclass(frozen=True)
class Told:
    """What was told of one damage: at which stage, and each fault with the module that found it. `broke` is a traceback."""

    stage: str = ""
    faults: tuple[tuple[str, int, str, str], ...] = ()  # path, line, message, module
    seconds: float = 0.0
    broke: str = ""

    def as_data(self) -> dict[str, Any]:
        """Plain data, to be handed from one process to the other."""
        return {"stage": self.stage, "faults": self.faults, "seconds": self.seconds, "broke": self.broke}


@dataclass
class Trial:
    """A copy of the project in which damages are tried, stage by stage up to `last`, one of STAGES."""

    root: Path
    kept: Kept
    last: str = "staging"
    _built: bool = field(default=False, init=False)

    def of(self, file: str, text: str | None) -> Told:
        """What is told once a file holds another text, or is gone. The file is put back."""
        path, start = self.root / file, time.perf_counter()
        before = path.read_bytes()
        if self.last == SITE:
            self._base()
        try:
            path.unlink() if text is None else path.write_text(text, encoding="utf-8")
            said = self._stages(file)
        finally:
            path.write_bytes(before)
        return Told(said.stage, said.faults, time.perf_counter() - start, said.broke)

    def _stages(self, file: str) -> Told:
        found: list[Any] = []
        steps: dict[str, Callable[[], object]] = {
            "templates": lambda: self._templates() if file.startswith("overrides/") else None,
            "reading": lambda: found.append(load.load_content(self.root / "docs")),
            "handouts": lambda: draft_all(found[0], self.kept),
            "staging": lambda: self._stage(found[0]),
            SITE: self._build,
        }
        for name in STAGES[: STAGES.index(self.last) + 1]:
            try:
                steps[name]()
            except ContentError as error:
                return Told(name, tuple(map(_as_told, error.faults)))
            except jinja2.TemplateError as error:
                return Told(name, (_as_told(template_fault(error)),))
            except Exception:
                return Told(name, broke=traceback.format_exc())
        return Told()

    def _templates(self) -> None:
        read_all(self.root / "overrides" / "theme")

    def _stage(self, content: Any) -> None:
        stage(content, self._printed, self.kept, self.root / "build" / "tried", self.root / "build" / "tried-site")
        for edition in content.editions:
            for _ in maker_files(content, edition):
                pass

    @cached_property
    def _printed(self) -> PrintedMatter:
        """The paper of the whole project: what is staged beside the damaged words is as it was."""
        content = load.load_content(self.root / "docs")
        return print_drafts(draft_all(content, self.kept), self.kept, workers=1)

    def prepare(self) -> None:
        """Read everything once, so that the first trial is as quick as the others."""
        load.load_content(self.root / "docs")
        if STAGES.index(self.last) >= STAGES.index("staging"):
            _ = self._printed

    def _base(self) -> None:
        if not self._built:
            self._build()
            self._built = True

    def _build(self) -> None:
        plan = Plan(self.root / "docs", self.root / "site", self.root / "build")
        build(plan, Console(file=io.StringIO()), self.kept, may_be_stale=True)


def copy_project(root: Path, folder: Path) -> Path:
    """Put what a build reads into a folder, the package itself among it, so that a process there knows no other project."""
    for name in COPIED:
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (*root.glob("mkdocs*.yml"), root / "pyproject.toml"):
        shutil.copy(path, folder / path.name)
    return folder


def name_checks() -> None:
    """From now on, each fault of this process knows which module found it."""
    made = Fault.__init__

    def named(self: Fault, *given: Any, **more: Any) -> None:
        made(self, *given, **more)
        object.__setattr__(self, "found_by", _caller(sys._getframe(1)))

    Fault.__init__ = named  # type: ignore[method-assign]


def _caller(frame: FrameType | None) -> str:
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(_PACKAGE) and name.removeprefix(_PACKAGE) not in _NOT_CHECKS:
            return name.removeprefix(_PACKAGE)
        frame = frame.f_back
    return ""


def _as_told(fault: Fault) -> tuple[str, int, str, str]:
    return fault.path, fault.line, fault.message, getattr(fault, "found_by", "")
