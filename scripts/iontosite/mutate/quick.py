"""Makes a second reading of nearly the same content quick: what each pure function said of the same page or file is remembered.

A damage changes one file of 400. Reading all of them again takes seconds, two thousand times. So this process remembers, under
all that a function was given, what it returned or raised; nothing is left out and no check is skipped. `tests/test_mutate.py`
holds quick answers against those of a process that remembers nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from types import ModuleType
from typing import Any

from iontosite.content import cross, load, model, promises
from iontosite.content.pages import Page
from iontosite.content.rules import all_rules, parity
from iontosite.faults import ContentError

MOST = 1500  # answers of one function; each holds a page at most
_LOADERS = (
    "load_changes", "load_clinic", "load_findings", "load_glossary", "load_ledger", "load_redirects", "load_messages",
    "load_recipe", "load_sign_offs", "load_safety", "load_search_words", "load_searches", "load_site", "load_strings",
    "load_sources", "load_sums", "load_made_from", "load_vocabulary", "load_yardsticks",
)  # fmt: skip


class _Memory:
    """What one function said, by what it was given. The oldest answers go first."""

    def __init__(self, function: Callable[..., Any], key: Callable[..., Hashable]) -> None:
        self.function, self.key = function, key
        self.known: OrderedDict[Hashable, tuple[Any, ContentError | None, tuple[object, ...]]] = OrderedDict()

    def __call__(self, *given: Any) -> Any:
        """What the function says of this, as it said it before."""
        key = self.key(*given)
        if key in self.known:
            self.known.move_to_end(key)
        else:
            self.known[key] = (*self._ask(*given), given)  # what was given stays alive, so that its id stays its own
            if len(self.known) > MOST:
                self.known.popitem(last=False)
        said, error, _ = self.known[key]
        if error:
            raise error
        return said

    def _ask(self, *given: Any) -> tuple[Any, ContentError | None]:
        try:
            said = self.function(*given)
        except ContentError as error:
            return None, error
        return (list(said), None) if hasattr(said, "__next__") else (said, None)


def remember() -> None:
    """From now on, this process remembers. It is asked for once, by a process that does nothing else."""
    same = _Fingerprints()
    _wrap(load, "read_yaml", lambda path, name: (name, _text(path)))
    for name in _LOADERS:
        _wrap(load, name, lambda located, *more: (id(located), *map(_plain, more)))
    _wrap(load, "parse_page", lambda text, *where: (text, *where[:3], id(where[3]), id(where[4])))
    _wrap(cross, "syntax_faults", same.of)
    _wrap(cross, "mark_faults", same.of)
    _wrap(cross, "quote_faults", id)
    _wrap(promises, "heading_ids", same.of)
    _wrap(cross, "page_variable_faults", lambda page, *more: (same.of(page), id(page.safety), *more))
    _wrap(cross, "file_variable_faults", lambda located, known: (id(located), known))
    _wrap(all_rules, "check_wording", lambda page, *more: (same.of(page), *map(id, more)))
    _wrap(all_rules, "check_safety_words", lambda page, tongue: (same.of(page), id(page.safety), id(tongue)))
    _wrap(all_rules, "check_absence", lambda page, searches, months: (same.of(page), id(searches), tuple(months)))
    _wrap(all_rules, "check_numbers", lambda page, *more: (same.of(page), *map(id, more)))
    _wrap(all_rules, "check_floors", lambda page, floors: (same.of(page), id(floors)))
    _wrap(parity, "page_faults", lambda one, other, *readers: (same.of(one), same.of(other), *map(_reader, readers)))
    _wrap(parity, "_piece_differences", lambda piece, one, other, *readers: (*_piece(piece), one, other, *map(_reader, readers)))
    _wrap(model, "page_hash", lambda page: (page.front.title, page.front.description, page.written))


def _wrap(module: ModuleType, name: str, key: Callable[..., Hashable]) -> None:
    setattr(module, name, _Memory(getattr(module, name), key))


def _text(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _plain(value: object) -> Hashable:
    return value if isinstance(value, str | Path | None) else id(value)


def _reader(reader: parity.Reader) -> Hashable:
    return (id(reader.tongue), tuple(reader.months))


def _piece(piece: Any) -> tuple[Hashable, ...]:
    """The words of a shared piece: the objects that were read, which stay the same while their file does."""
    words = [each if isinstance(each, list) else [each] for each in piece.words.values()]
    return (piece.file, piece.id, tuple(piece.words), tuple(id(word) for each in words for word in each))


class _Fingerprints:
    """A number for all that the words of a page are made from: its file, and each rule and finding that it includes."""

    def __init__(self) -> None:
        self.known: OrderedDict[int, tuple[Page, int]] = OrderedDict()
        self.numbers: dict[Hashable, int] = {}

    def of(self, page: Page) -> int:
        """The same number for pages that say the same on the same lines."""
        if id(page) not in self.known:
            made_from = (
                page.name,
                page.front,
                tuple(page.front_lines.lines.items()),
                page.first_line,
                page.body,
                _included(page),
            )
            self.known[id(page)] = page, self.numbers.setdefault(made_from, len(self.numbers))
            if len(self.known) > MOST:
                self.known.popitem(last=False)
        return self.known[id(page)][1]


def _included(page: Page) -> tuple[str, ...]:
    said = [page.written]
    for insert in page.inserts:
        try:
            said.append(page.included(insert.text) if insert.includes else "")
        except ValueError as error:
            said.append(str(error))
    said += [f"{figure.line} {figure.chart!r}" for figure in page.figures]
    return tuple(said)
