"""One damage: a slip of a hand at one place of one file, and the lines at which it may rightly be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

import yaml

Change = Callable[[re.Match[str], Random], str | None]  # what stands there afterwards; None where this place does not serve
Serves = Callable[[str, str], bool]  # the file's text before and after: whether it is wrong now


@dataclass(frozen=True)
class Damage:
    """What was done to one file. `text` is what it holds afterwards, None where it is gone; `lines` are those at which a person
    would look for the mend."""

    group: str
    kind: str
    file: str
    text: str | None
    lines: frozenset[int]
    was: str
    now: str


@dataclass(frozen=True)
class Kind:
    """One kind of damage: in which files, at which places, and what happens there. `around` is how many lines above and below
    are as good as the line itself, as where an empty line or a closing mark is lost."""

    group: str
    name: str
    files: re.Pattern[str]
    place: re.Pattern[str]
    change: Change
    around: int = 0
    serves: Serves = lambda _before, _after: True

    def damages(self, files: Mapping[str, str], random: Random, tries: int = 40) -> Iterator[Damage]:
        """Damages of this kind at places that chance chooses, without end; it ends after so many places that do not serve."""
        places = {name: list(self.place.finditer(text)) for name, text in files.items() if self.files.fullmatch(name)}
        names = [name for name, found in places.items() if found]
        while names and tries:
            name = random.choice(names)
            found = self._at(random.choice(places[name]), name, files[name], random)
            if found:
                yield found
            else:
                tries -= 1

    def _at(self, match: re.Match[str], name: str, text: str, random: Random) -> Damage | None:
        now = self.change(match, random)
        if now is None or now == match[0]:
            return None
        after = text[: match.start()] + now + text[match.end() :]
        if not self.serves(text, after):
            return None
        first = text.count("\n", 0, match.start() + _alike(match[0], now)) + 1
        lines = frozenset(range(max(1, first - self.around), first + self.around + 1))
        return Damage(self.group, self.name, name, after, lines, match[0].strip(), now.strip())


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike: there the damage stands."""
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other)))
    return at


def mistyped(word: str, random: Random) -> str:
    """A word with one slip of a finger: a letter lost, doubled, changed for another, or two in the wrong order."""
    letters = [at for at, letter in enumerate(word) if letter.isalpha()]
    at = random.choice(letters or [0])
    how = random.choice("ldcs")
    if how == "l" and len(word) > 3:
        return word[:at] + word[at + 1 :]
    if how == "s" and at + 1 < len(word) and word[at] != word[at + 1] and word[at + 1].isalpha():
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == "c":
        return word[:at] + random.choice("".join(set("aeinorst") - {word[at]})) + word[at + 1 :]
    return word[:at] + word[at] + word[at:]


def miscounted(number: str, random: Random) -> str:
    """A number with one other digit; it keeps its length, and does not begin with 0."""
    digits = [at for at, digit in enumerate(number) if digit.isdigit()]
    at = random.choice(digits)
    other = random.choice("123456789".replace(number[at], ""))
    return number[:at] + other + number[at + 1 :]


def part(change: Callable[[str, Random], str]) -> Change:
    """A change of the group `x` of a place, all around it left as it is."""

    def at(match: re.Match[str], random: Random) -> str:
        start, end = match.start("x") - match.start(), match.end("x") - match.start()
        return match[0][:start] + change(match["x"], random) + match[0][end:]

    return at


TYPO = part(mistyped)
COUNT = part(miscounted)
LOST = part(lambda _word, _random: "")
TWICE = part(lambda word, _random: word + word)


def means_something_else(before: str, after: str) -> bool:
    """Whether YAML says something else than before, or is none any more: a space more may change nothing."""
    try:
        one = yaml.load(before, Loader=_Loader)
        return bool(yaml.load(after, Loader=_Loader) != one)
    except (yaml.YAMLError, ValueError, TypeError):
        return True


_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value as text: no date, no number
