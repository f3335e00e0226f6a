"""How many damages of each kind were noticed, by which check, and with the right file and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iontosite.mutate.damage import Damage
from iontosite.mutate.trial import Told

AIM_FILE, AIM_LINE = 98, 95  # of 100


@dataclass(frozen=True)
class Outcome:
    """One damage and what was told of it."""

    damage: Damage
    told: Told

    @property
    def caught(self) -> bool:
        """Whether a fault was told, in words. A traceback is none."""
        return bool(self.told.faults)

    @property
    def with_file(self) -> bool:
        """Whether a fault names the damaged file, as its place or in its words."""
        file = self.damage.file
        return any(path == file or file in message for path, _, message, _ in self.told.faults)

    @property
    def with_line(self) -> bool:
        """Whether a fault stands at the damaged line."""
        return any(path == self.damage.file and line in self.damage.lines for path, line, _, _ in self.told.faults)


def share(outcomes: Sequence[Outcome], name: str) -> float:
    """How many of 100 have a property."""
    return 100 * sum(getattr(each, name) for each in outcomes) / len(outcomes) if outcomes else 0.0


def reaches_its_aim(outcomes: Sequence[Outcome]) -> bool:
    """Whether enough were told of, with file and line."""
    return share(outcomes, "with_file") >= AIM_FILE and share(outcomes, "with_line") >= AIM_LINE


def as_markdown(outcomes: Sequence[Outcome], seed: int, seconds: float) -> str:
    """The figures as tables: by group, by check; then what slipped."""
    lines = [f"{len(outcomes)} damages, seed {seed}, {seconds:.0f} s", ""]
    lines += ["| what was damaged | tried | told | with the file | with the line |", "|---|---|---|---|---|"]
    groups = dict.fromkeys(each.damage.group for each in outcomes)
    for group in sorted(groups):
        lines.append(_row(group, [each for each in outcomes if each.damage.group == group]))
    lines += [_row("**all**", outcomes), "", "| told by | damages |", "|---|---|"]
    checks: Counter[str] = Counter()
    for each in outcomes:
        checks.update({module or each.told.stage for _, _, _, module in each.told.faults})
    lines += [f"| {check} | {count} |" for check, count in checks.most_common()]
    return "\n".join([*lines, "", *slipped(outcomes)]) + "\n"


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    shares = " | ".join(f"{share(outcomes, what):.1f}" for what in ("caught", "with_file", "with_line"))
    return f"| {name} | {len(outcomes)} | {shares} |"


def slipped(outcomes: Iterable[Outcome]) -> list[str]:
    """A line for each damage that was not told, ended in a traceback, or was told at another place."""
    lines = []
    for each in outcomes:
        damage, told = each.damage, each.told
        where = f"{damage.file}:{min(damage.lines)}"
        what = f"{damage.group}: {damage.kind}: {where}: “{_short(damage.was)}” → “{_short(damage.now)}”"
        if told.broke:
            lines.append(f"- TRACEBACK at {told.stage}: {what}: {told.broke.strip().splitlines()[-1]}")
        elif not told.faults:
            lines.append(f"- NOT TOLD: {what}")
        elif not each.with_line:
            path, line, message, _ = told.faults[0]
            lines.append(f"- {'OTHER LINE' if each.with_file else 'OTHER FILE'}: {what}: {path}:{line}: {_short(message, 120)}")
    return sorted(lines)


def _short(text: str, most: int = 70) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
