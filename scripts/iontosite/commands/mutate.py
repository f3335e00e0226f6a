"""Damage the real sources in many ways, each alone, and report which of them the checks tell, and where. 1 if an aim is missed.

Nothing of the project is changed: it happens in copies. The kinds of damage stand in scripts/iontosite/mutate/kinds.py.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import Progress

from iontosite.faults import say
from iontosite.mutate.damage import Damage
from iontosite.mutate.herd import try_all
from iontosite.mutate.kinds import KINDS
from iontosite.mutate.report import Outcome, as_markdown, reaches_its_aim
from iontosite.mutate.trial import SITE
from iontosite.project import ROOT, WORK

_TEXTS = (".md", ".yml", ".j2", ".html")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--seed", type=int, default=1, help="which damages: the same number, the same ones (default: 1)")
    parser.add_argument("--count", type=int, default=2000, help="how many damages (default: 2000)")
    parser.add_argument("--workers", type=int, default=2, help="how many processes side by side (default: 2)")
    parser.add_argument("--kind", default="", help="only kinds that hold these words, such as “citation”")
    parser.add_argument(
        "--builds",
        type=int,
        default=0,
        help="of those that slip, how many to try in whole builds, half a minute each (default: 0)",
    )
    parser.add_argument(
        "--output", type=Path, default=WORK / "mutate.md", help="where the report goes (default: build/mutate.md)"
    )


def texts_of(root: Path) -> dict[str, str]:
    """Every text under docs/ and overrides/, by its path from the top of the project."""
    paths = [path for folder in ("docs", "overrides") for path in sorted((root / folder).rglob("*")) if path.suffix in _TEXTS]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def choose(files: Mapping[str, str], seed: int, count: int, words: str = "") -> list[Damage]:
    """So many damages, kind by kind in turn, at places that the seed chooses; none twice."""
    random = Random(seed)
    kinds = [kind for kind in KINDS if words in f"{kind.group}: {kind.name}"]
    sources: list[Iterator[Damage]] = [kind.damages(files, random) for kind in kinds]
    found: dict[tuple[str, str | None], Damage] = {}
    while sources and len(found) < count:
        still = []
        for source in sources:
            damage = next(source, None)
            if damage:
                found.setdefault((damage.file, damage.text), damage)
                still.append(source)
        sources = still if len(found) < count else []
    return list(found.values())[:count]


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Try them, print and keep the report."""
    start = time.perf_counter()
    damages = choose(texts_of(ROOT), arguments.seed, arguments.count, arguments.kind)
    outcomes = _tried(damages, arguments.workers, "staging", console)
    slips = [at for at, each in enumerate(outcomes) if not each.caught and not each.told.broke][: arguments.builds]
    if slips:
        again = _tried([damages[at] for at in slips], min(arguments.workers, len(slips)), SITE, console)
        for at, outcome in zip(slips, again, strict=True):
            outcomes[at] = outcome
    report = as_markdown(outcomes, arguments.seed, time.perf_counter() - start)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(report, encoding="utf-8")
    say(console, report)
    return 0 if reaches_its_aim(outcomes) else 1


def _tried(damages: list[Damage], workers: int, last: str, console: Console) -> list[Outcome]:
    with Progress(console=console) as progress:
        task = progress.add_task("whole builds" if last == SITE else "damages", total=len(damages))
        told = try_all(damages, workers, last, lambda done: progress.update(task, completed=done))
    return [Outcome(damage, said) for damage, said in zip(damages, told, strict=True)]
