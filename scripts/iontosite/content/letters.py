"""What no file of this site holds: letters that nobody sees, that turn a text round, that pass for another one, or that a
program left when it misread a file; and the marks of a merge that nobody finished."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from iontosite.faults import Fault

# Categories of Unicode (UAX 44, table 12): control signs, signs that only steer what stands around them (bidirectional marks
# among them, UAX 9), private ones, halves of pairs, unassigned ones, separators of lines and paragraphs.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_LAWFUL = frozenset("\n\t\u00ad")  # the last one is where a long word of the frame may be parted; on pages it is left over
_JOINERS = frozenset("\u200c\u200d")  # some scripts need them inside of a word; Latin ones do not
_LOST = "\ufffd"
_MISREAD = re.compile("[ÃÂ][\u0080-\u00bf]|â€|ï»¿")  # UTF-8 that was read as Windows-1252
_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = ("CYRILLIC", "GREEK")  # scripts with letters that look like Latin ones (UTS 39)
_MERGE = re.compile(r"^[ \t]*(?:(?:<{7}|>{7}|\|{7})(?: .*)?|={7})[ \t]*$", re.MULTILINE)  # git, "How conflicts are presented"


def letter_faults(text: str, name: str, first_line: int = 1) -> list[Fault]:
    """The first such letter of each line of a text, whose first line is `first_line` of the file `name`."""
    if text.isascii() and text.isprintable():
        return []
    strange = {letter for letter in set(text) if not _is_lawful(letter)}
    mixed = any(_script(letter) in _ALIKE for letter in set(text))
    if not (strange or mixed or _MISREAD.search(text)):
        return []
    lines = enumerate(text.split("\n"), first_line)
    return [Fault(name, number, found) for number, line in lines if (found := _trouble(line, strange, mixed))]


def letter_trouble(text: str) -> str | None:
    """What is wrong with the letters of one value; None if nothing is."""
    faults = letter_faults(text, "")
    return faults[0].message if faults else None


def merge_faults(text: str, name: str) -> list[Fault]:
    """Every mark of a merge that was not finished: both texts would be published."""
    message = "a mark of a merge that was not finished: keep one of the two texts, and take the marks out"
    return [Fault(name, text.count("\n", 0, match.start()) + 1, message) for match in _MERGE.finditer(text)]


def _is_lawful(letter: str) -> bool:
    return letter in _LAWFUL or (unicodedata.category(letter) not in _UNSEEN and letter != _LOST)


def _trouble(line: str, strange: set[str], mixed: bool) -> str | None:
    for at, letter in enumerate(line) if strange else ():
        if letter == _LOST:
            return "a letter was lost here (U+FFFD): write it again"
        if letter in strange and not (letter in _JOINERS and _joins(line, at)):
            return f"U+{ord(letter):04X} stands here, which nobody sees: take it out"
    if match := _MISREAD.search(line):
        return f"“{match[0]}” was another letter before the file was saved in the wrong encoding: write it again, save as UTF-8"
    for word in _mixed_words(line) if mixed else ():
        foreign = next(letter for letter in word if _script(letter) in _ALIKE)
        return f"“{word}” holds a letter of another script ({unicodedata.name(foreign).lower()}): type the word again"
    return None


def _joins(line: str, at: int) -> bool:
    """Whether a sign that joins letters stands between two of a script that is not Latin."""
    sides = (line[at - 1 : at], line[at + 1 : at + 2])
    return all(side and unicodedata.category(side)[0] in "LMS" and _script(side) != "LATIN" for side in sides)


def _mixed_words(line: str) -> Iterator[str]:
    for word in _WORD.findall(line):
        scripts = {_script(letter) for letter in word}
        if "LATIN" in scripts and scripts & set(_ALIKE):
            yield word


def _script(letter: str) -> str:
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "").partition(" ")[0]
