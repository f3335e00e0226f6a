"""Whether a translation says the same as its original, as far as a machine can see: not how it is said, but what people act on.

Page by page and part by part: numbers and what they count, numbers to call, dates, citations in their order, headings, lists, how
often something is forbidden, care cards and their level, links, lines to fill in, pictures and everything that is included. The
same is held against the words of rules, findings, handouts and messages. A page whose original moved on is not held against it:
it tells its readers, and `make review` lists it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import BaseModel

from iontosite.content.located import strings_in
from iontosite.content.markdown import Block
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.recipes import Recipe
from iontosite.content.remembered import Remembered
from iontosite.content.rules.reading import spoken
from iontosite.content.rules.tongue import Tongue
from iontosite.content.rules.tongues import TONGUES
from iontosite.content.translated import Shared, is_translated_file, shared_words
from iontosite.faults import Fault

# What a page's front matter says in words; all the rest of it is the same in every language.
FRONT_WORDS = frozenset({"title", "description", "aliases", "text_message", "short", "made_from"})
_NUMBER = re.compile(r"\d+(?:,\d{3}\b)*(?:\.\d+)?")
_VALUE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


@dataclass(frozen=True)
class Reader:
    """How one language is read: what the rules know of it (None where they do not), and its months."""

    tongue: Tongue | None
    months: Sequence[str]


@dataclass(frozen=True)
class Part:
    """The blocks of a page from one heading to the next; the first one begins with the page."""

    line: int
    blocks: tuple[Block, ...]

    @property
    def told(self) -> list[Block]:
        """The blocks that hold words."""
        return [block for block in self.blocks if block.kind not in ("code", "comment")]


def parity_faults(content: Content, broken: frozenset[str], remembered: Remembered | None = None) -> list[Fault]:
    """Every place at which a translation says something else than its original. `broken` names the files that were not read,
    `remembered` holds what was found in earlier readings."""
    first, remembered = content.editions[0], remembered or Remembered()
    faults: list[Fault] = []
    for edition in content.editions[1:]:
        if broken & {f"{first.code}/strings.yml", f"{edition.code}/strings.yml"}:
            continue
        readers = reader_of(first), reader_of(edition)
        for page in edition.pages:
            original = content.original_of(page)
            if original and (content.moved_on(page) is None or not page.front.made_from):
                faults += remembered.faults("parity", [original, page], partial(page_faults, original, page, *readers))
        faults += _shared_faults(content, edition, *readers)
        for name, recipe in edition.recipes.items():
            if name in first.recipes:
                faults += _recipe_faults(first.recipes[name], recipe)
        faults += _file_faults(content, edition, *readers)
    return faults


def reader_of(edition: Edition) -> Reader:
    """How an edition's language is read."""
    return Reader(TONGUES.get(edition.code), edition.strings.months)


def page_faults(original: Page, page: Page, ours: Reader, theirs: Reader) -> list[Fault]:
    """Where a page differs from its original; `ours` reads the original, `theirs` the page."""
    found = [*_front_differences(original, page, ours, theirs), *_form_differences(original, page)]
    parts = _parts(original), _parts(page)
    if _headings(original) == _headings(page):  # else no part could be held against another
        for one, other in zip(*parts, strict=True):
            found += _part_differences(one, other, original.name, ours, theirs)
    return [Fault(page.name, line, f"differs from its original: {message}") for line, message in found]


def words_differences(original: str, text: str, ours: Reader, theirs: Reader) -> Iterator[str]:
    """How two texts that shall say the same differ: values, numbers, what they count, dates, and what they forbid."""
    yield from _unlike("the values", _values([original]), _values([text]))
    yield from _unlike("the numbers", _numbers([original]), _numbers([text]))
    yield from _unlike_units([original], [text], ours, theirs)
    yield from _unlike("the months", _months([original], ours), _months([text], theirs))
    if ours.tongue and theirs.tongue:
        one, other = ours.tongue.count_orders(original), theirs.tongue.count_orders(text)
        if one != other:
            yield f"it says {other} time(s) not to do something, the original {one}"
        if ours.tongue.says_no(original) and not theirs.tongue.says_no(text):
            yield f"no word in it says no, and the original does: “{original[:60]}”"


def _front_differences(original: Page, page: Page, ours: Reader, theirs: Reader) -> Iterator[tuple[int, str]]:
    one, other = _front_facts(original), _front_facts(page)
    for key in one.keys() - FRONT_WORDS:
        if (one[key] or None) != (other[key] or None):
            yield page.line_of(key), f"{key} is {_shown(other[key])} here and {_shown(one[key])} in {original.name}"
    for key in ("title", "description", "text_message"):
        if bool(one[key]) != bool(other[key]):
            yield page.line_of(key), f"{key} stands in only one of the two"
        elif one[key]:
            yield from ((page.line_of(key), f"{key}: {what}") for what in words_differences(one[key], other[key], ours, theirs))


def _front_facts(page: Page) -> dict[str, Any]:
    """A page's front matter without the short name of its place on the body, which is a word."""
    facts = page.front.model_dump()
    return facts | {"place": {**facts["place"], "name": ""} if facts["place"] else None}


def _shown(value: Any) -> str:
    return str(value) if value else "empty"


def _form_differences(original: Page, page: Page) -> Iterator[tuple[int, str]]:
    """Headings, boxes with their level, and pictures of numbers, in the order of the page."""
    ours, theirs = _headings(original), _headings(page)
    if ours != theirs:
        at = next(
            (at for at, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), min(len(ours), len(theirs))
        )
        line = page.headings[at].line if at < len(theirs) else page.first_line
        here, there = (_heading(rows[at]) if at < len(rows) else "none" for rows in (theirs, ours))
        yield line, f"heading {at + 1} is {here} here and {there} in {original.name}"
    boxes, wanted = _boxes(page), _boxes(original)
    for at, (line, name) in enumerate(boxes):
        if at >= len(wanted) or wanted[at][1] != name:
            there = wanted[at][1] if at < len(wanted) else "none"
            yield line, f"box {at + 1} is {name} here and {there} in {original.name}"
            return
    if len(boxes) < len(wanted):
        yield page.first_line, f"the box {wanted[len(boxes)][1]} is missing ({original.name}:{wanted[len(boxes)][0]})"
    charts, drawn = ([_chart_facts(figure.chart) for figure in each.figures] for each in (original, page))
    if charts != drawn:
        lines = [figure.line for figure, one, other in zip(page.figures, drawn, charts, strict=False) if one != other]
        yield (
            lines[0] if lines else page.first_line,
            f"its pictures of numbers show other numbers or sources than those of {original.name}",
        )


def _heading(row: tuple[int, str]) -> str:
    return f"{'#' * row[0]} {{#{row[1]}}}" if row[1] else "#" * row[0]


def _headings(page: Page) -> list[tuple[int, str]]:
    return [(block.level, block.id) for block in page.own_blocks if block.kind == "heading"]


def _boxes(page: Page) -> list[tuple[int, str]]:
    """Each box with the line of the first thing in it, in order."""
    seen: dict[int, tuple[int, str]] = {}
    for block in page.own_blocks:
        for container in block.within:
            seen.setdefault(container.number, (block.line, container.name))
    return list(seen.values())


def _chart_facts(chart: BaseModel) -> Any:
    """What a picture of numbers shows, its words left out."""
    data = chart.model_dump()
    groups = [{key: value for key, value in group.items() if key != "label"} for group in data.pop("groups", [])]
    return {key: value for key, value in data.items() if not isinstance(value, str)}, groups


def _parts(page: Page) -> list[Part]:
    parts: list[list[Block]] = [[]]
    for block in page.own_blocks:
        if block.kind == "heading":
            parts.append([])
        parts[-1].append(block)
    return [Part(blocks[0].line if blocks else page.first_line, tuple(blocks)) for blocks in parts]


def _part_differences(one: Part, other: Part, name: str, ours: Reader, theirs: Reader) -> Iterator[tuple[int, str]]:
    """How one part differs from the same one of the original, `one`."""
    where = f" ({name}:{one.line})"
    for what, find in _SEQUENCES.items():
        wanted, given = find(one), find(other)
        if [each for _, each in wanted] != [each for _, each in given]:
            at = next((at for at, pair in enumerate(zip(wanted, given, strict=False)) if pair[0][1] != pair[1][1]), None)
            line = given[at][0] if at is not None else (given[-1][0] if given else other.line)
            listed = [", ".join(str(each) for _, each in rows) or "none" for rows in (given, wanted)]
            line = _first_unlike(one, other, lambda block: [source for _, source in block.cites], line)
            yield line, f"{what}: {listed[0]} here, {listed[1]} in the original{where}"
    ours_said, theirs_said = ([_own_words(block) for block in part.told] for part in (one, other))
    for what in _unlike("the values", _values(ours_said), _values(theirs_said)):
        yield _first_unlike(one, other, lambda block: _values([_own_words(block)]), other.line), what + where
    wanted_links, links = (Counter(link.target for block in part.told for link in block.links) for part in (one, other))
    for what in _unlike("the links", wanted_links, links):
        line = _first_unlike(one, other, lambda block: Counter(link.target for link in block.links), other.line)
        yield line, what + where
    wanted_numbers, numbers = _numbers(ours_said), _numbers(theirs_said)
    for what in _unlike("the numbers", wanted_numbers, numbers):
        line = _line_with(other, numbers - wanted_numbers)
        yield _first_unlike(one, other, lambda block: _numbers([_own_words(block)]), line), what + where
    for what in _unlike_units(ours_said, theirs_said, ours, theirs):
        yield other.line, what + where
    for what in _unlike("the months", _months(ours_said, ours), _months(theirs_said, theirs)):
        yield other.line, what + where
    if ours.tongue and theirs.tongue:
        yield from _forbidding_differences(one, other, where, ours.tongue, theirs.tongue)


def _forbidding_differences(one: Part, other: Part, where: str, ours: Tongue, theirs: Tongue) -> Iterator[tuple[int, str]]:
    """How often each of two parts says not to do something, and each list item that lost its no."""
    counts = [sum(tongue.count_orders(block.text) for block in part.told) for part, tongue in ((one, ours), (other, theirs))]
    if counts[0] != counts[1]:
        yield other.line, f"it says {counts[1]} time(s) not to do something, the original {counts[0]}{where}"
    items = [[block for block in part.told if block.kind in ("item", "cell")] for part in (one, other)]
    if len(items[0]) != len(items[1]):
        return
    for wanted, given in zip(*items, strict=True):
        if ours.says_no(wanted.text) and not theirs.says_no(given.text):
            yield given.line, f"no word in “{given.text[:50]}” says no, and the original does: “{wanted.text[:60]}”{where}"


def _own_words(block: Block) -> str:
    """A block's words and those of its pictures."""
    return " ".join([block.text, *(picture.words for picture in block.pictures)])


def _line_with(part: Part, numbers: Counter[str]) -> int:
    """The line of the first block that holds one of these numbers."""
    return next((block.line for block in part.told if _numbers([_own_words(block)]) & numbers), part.line)


def _first_unlike(one: Part, other: Part, said: Callable[[Block], object], otherwise: int) -> int:
    """The line of the first block of `other` that says something else than the block in the same place of `one`, where the two
    have as many blocks; else `otherwise`. Blocks that differ only in their order are told apart by what they say."""
    if len(one.told) != len(other.told):
        return otherwise
    return next(
        (block.line for wanted, block in zip(one.told, other.told, strict=True) if said(wanted) != said(block)), otherwise
    )


def _kinds(part: Part) -> list[tuple[int, str]]:
    """How many of its list items have numbers or points, and its tables with their columns."""
    rows = Counter("a numbered item" if block.ordered else "an item" for block in part.blocks if block.kind == "item")
    cells = Counter(block.table[0] for block in part.blocks if block.table)
    rows += Counter(f"a table of {count} cells" for count in cells.values())
    return [(part.line, f"{count} × {what}") for what, count in sorted(rows.items())]


# What has to stand in both in the same order.
_SEQUENCES: dict[str, Callable[[Part], list[tuple[int, str]]]] = {
    "lists and tables": _kinds,
    "citations": lambda part: [cited for block in part.told for cited in block.cites],
    "pictures": lambda part: [(picture.line, picture.target) for block in part.told for picture in block.pictures],
    "what is included": lambda part: [(block.line, block.text) for block in part.blocks if block.kind == "comment"],
}


def _values(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join(match.split()) for text in texts for match in _VALUE.findall(text))


def _numbers(texts: Iterable[str]) -> Counter[str]:
    return Counter(number.replace(",", "") for text in texts for number in _NUMBER.findall(_VALUE.sub(" ", text)))


def _months(texts: Iterable[str], reader: Reader) -> Counter[str]:
    """The months of dates, by their number: a name with a number beside it."""
    names = {name.casefold(): index for index, name in enumerate(reader.months, 1) if name}
    if not names:
        return Counter()
    name = f"({'|'.join(map(re.escape, names))})"
    dated = re.compile(rf"\d\s+(?:de\s+)?{name}\b|\b{name},?\s+(?:de\s+|del\s+)?\d", re.IGNORECASE)
    found = (match[1] or match[2] for text in texts for match in dated.finditer(text))
    return Counter(f"month {names[said.casefold()]}" for said in found)


def _unlike(what: str, wanted: Counter[str], given: Counter[str]) -> Iterator[str]:
    more, less = given - wanted, wanted - given
    if more or less:
        said = [f"{', '.join(sorted(each.elements()))} {word}" for each, word in ((more, "too much"), (less, "missing")) if each]
        yield f"{what}: {'; '.join(said)}"


def _unlike_units(wanted: Sequence[str], given: Sequence[str], ours: Reader, theirs: Reader) -> Iterator[str]:
    """Numbers that count something else than in the original: 24 hours that became 24 days. Where only one of the two has a word
    right behind the number nothing can be told."""
    if not (ours.tongue and theirs.tongue):
        return
    one, other = (_units(" ".join(map(spoken, texts)), reader.tongue) for texts, reader in ((wanted, ours), (given, theirs)))
    for number in one.keys() & other.keys():
        if len(one[number]) == len(other[number]) and Counter(one[number]) != Counter(other[number]):
            yield f"{number} counts {', '.join(other[number])} here and {', '.join(one[number])} in the original"


def _units(text: str, tongue: Tongue | None) -> dict[str, list[str]]:
    """What each number of a text counts, by the word right behind it."""
    found: dict[str, list[str]] = {}
    for unit, pattern in (tongue.units if tongue else {}).items():
        for match in re.finditer(rf"({_NUMBER.pattern})[ -]?(?:{pattern})(?![\w-])", text):
            found.setdefault(match[1].replace(",", ""), []).append(unit)
    return found


def _shared_faults(content: Content, edition: Edition, ours: Reader, theirs: Reader) -> Iterator[Fault]:
    """The words of rules, findings, codes and the word list in one language against those in the first one."""
    first = content.editions[0].code
    for piece in shared_words(content.safety, content.findings, content.glossary, content.meanings):
        if first in piece.words and edition.code in piece.words:
            for form, what in _piece_differences(piece, first, edition.code, ours, theirs):
                key = (*piece.key, "words", edition.code, *filter(None, [form]))
                where = f"{form}: " if form else ""  # what a code means is one text, without forms
                yield content.fault(piece.file, key, f'"{piece.id}" in "{edition.code}" differs: {where}{what}')


def _piece_differences(piece: Shared, first: str, language: str, ours: Reader, theirs: Reader) -> Iterator[tuple[str, str]]:
    one, other = (_texts(piece.words[code]) for code in (first, language))
    for form in one.keys() & other.keys():
        yield from ((form, what) for what in words_differences(one[form], other[form], ours, theirs))


def _texts(words: Any) -> dict[str, str]:
    """Every text in the words of one piece, by its place."""
    if isinstance(words, BaseModel):
        words = words.model_dump()
    if isinstance(words, list):
        words = {str(at): each.model_dump() if isinstance(each, BaseModel) else each for at, each in enumerate(words)}
    return {".".join(map(str, key)): text for key, text in strings_in(words) if text}


def _recipe_faults(original: Recipe, recipe: Recipe) -> Iterator[Fault]:
    """A handout's parts: from where they are taken, how they look (which is their level), how many lines they have."""

    def facts(each: Recipe) -> list[dict[str, Any]]:
        rows = [part.model_dump(exclude={"title", "lines", "blanks"}) for part in each.parts]
        return [{**row, "lines": len(part.lines), "blanks": len(part.blanks)} for row, part in zip(rows, each.parts, strict=True)]

    if (recipe.page, recipe.order, recipe.staff) != (original.page, original.order, original.staff):
        yield recipe.place.fault("differs from its original: page, order and staff are the same in every language", "page")
    ours, theirs = facts(original), facts(recipe)
    for index, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        for key in one:
            if one[key] != other[key]:
                message = f"differs from its original: {key} is {_shown(other[key])} here and {_shown(one[key])} there"
                yield recipe.parts[index].place.fault(message, key)
    if len(ours) != len(theirs):
        yield recipe.place.fault(f"differs from its original: {len(theirs)} parts here and {len(ours)} there", "parts")


def _file_faults(content: Content, edition: Edition, ours: Reader, theirs: Reader) -> Iterator[Fault]:
    """The texts of ready messages: which moments there are, where they lead, and what they say."""
    first = content.editions[0]
    file = f"{edition.code}/messages.yml"
    if not is_translated_file("messages.yml") or file not in content.files:
        return
    wanted, given = ({moment.id: moment for moment in each.messages.moments} for each in (first, edition))
    if list(wanted) != list(given):
        message = f"the moments differ from the original: {', '.join(given)} here, {', '.join(wanted)} there"
        yield content.fault(file, ("moments",), message)
        return
    for index, (one, other) in enumerate(zip(wanted.values(), given.values(), strict=True)):
        if one.page != other.page:
            yield content.fault(file, ("moments", index, "page"), f"differs from its original: it leads to {one.page} there")
        for key in ("text", "email"):
            texts = [" ".join(each) if isinstance(each, list) else each for each in (getattr(one, key), getattr(other, key))]
            for what in words_differences(texts[0], texts[1], ours, theirs):
                yield content.fault(file, ("moments", index, key), f"{one.id}: {key} differs from its original: {what}")
