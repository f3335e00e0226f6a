"""The menu of each language, under `nav:` in its builder configuration: read here so that a slip is told before anything slow."""

from __future__ import annotations

from collections.abc import Iterator

from iontosite.content.located import Key, Located, read_yaml, strings_in
from iontosite.content.model import Content, Edition
from iontosite.faults import ContentError, Fault, did_you_mean


def menu_faults(content: Content, broken: frozenset[str]) -> list[Fault]:
    """Entries that lead to no page, pages that stand in the menu twice, and two entries of one group that are called alike.
    `broken` names the files of docs/ that could not be read: their pages are not missed."""
    faults: list[Fault] = []
    for edition in content.editions:
        path = content.root / edition.language.config
        if not path.is_file():
            continue  # told with the languages
        try:
            faults += _faults(read_yaml(path, path.name), edition, broken)
        except ContentError as error:
            faults += error.faults
    return faults


def _faults(located: Located, edition: Edition, broken: frozenset[str]) -> Iterator[Fault]:
    known = {*edition.by_path, *(name.removeprefix(f"{edition.code}/") for name in broken)}
    nav = located.data.get("nav") if isinstance(located.data, dict) else None
    first: dict[str, Key] = {}
    for key, page in strings_in(nav, ("nav",)):
        line = located.line(key)
        if page not in known:
            yield Fault(located.path, line, f'the menu leads to "{page}", which does not exist{did_you_mean(page, known)}')
        elif page in first:
            yield Fault(located.path, line, f'"{page}" stands in the menu twice, first in line {located.line(first[page])}')
        first.setdefault(page, key)
    yield from _alike(located, nav, ("nav",))


def _alike(located: Located, group: object, key: Key) -> Iterator[Fault]:
    names: set[str] = set()
    for index, entry in enumerate(group if isinstance(group, list) else []):
        for name, inside in entry.items() if isinstance(entry, dict) else ():
            if name in names:
                yield Fault(located.path, located.line((*key, index)), f'two entries here are called "{name}": change one')
            names.add(name)
            yield from _alike(located, inside, (*key, index, name))
