"""A fault, told to the person who can mend it: the one type that every stage and check reports."""

from __future__ import annotations

import difflib
import os
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

STORY = "what-went-wrong.txt"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where it stands (path as the writer knows it, line from 1) and what to do about it.

    `kind` names the check that found it, where a check has names; `written` holds the words as they stand in the file (an
    address, an id, a mark), so that a line can be found for them.
    """

    path: str
    line: int
    message: str
    kind: str = ""
    written: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}{': ' if self.kind else ''}{self.message}"


class ContentError(Exception):
    """Raised once a stage has looked at everything, with every fault that it found."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(path: Path, root: Path) -> str:
    """The path as the writer knows it: from the top of the project, with forward slashes."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` for the nearest known word, or nothing where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def of_the_program(error: Exception, folder: Path) -> Fault:
    """What stands for an error that nobody foresaw: where the program was, and where its whole story lies. It is written into
    `folder`, if that can be."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if f"{os.sep}iontosite{os.sep}" in frame.filename] or frames
    what = f"{type(error).__name__}: {error}".replace("\n", " ")[:200]
    path, line = (own[-1].filename, own[-1].lineno or 1) if own else ("scripts/iontosite", 1)
    name = path[path.rfind(f"{os.sep}scripts{os.sep}") + 1 :]
    story = folder / STORY
    try:
        folder.mkdir(parents=True, exist_ok=True)
        story.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        advice = f"take back what you changed last, and send {folder.name}/{STORY} to whoever looks after the program"
    except OSError:
        advice = "take back what you changed last, and tell whoever looks after the program"
    return Fault(name, line, f"the program did not foresee this, which is its own fault ({what}): {advice}")


def say(console: Console, text: str, style: str | None = None) -> None:
    """Print a line as it is: no markup, no pictures for words between colons, no breaks of the terminal's own."""
    console.print(text, style=style, soft_wrap=True, highlight=False, markup=False, emoji=False)


def print_faults(console: Console, faults: Iterable[Fault], ending: str) -> None:
    """Every fault on a line of its own, then how many there are and the ending."""
    listed = list(faults)
    for fault in listed:
        say(console, str(fault), style="red")
    say(console, f"{len(listed)} fault(s). {ending}".strip(), style="bold")
