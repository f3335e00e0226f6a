"""Holds the JSON-LD of a page against the part of schema.org that tests/fixtures/schema_org.yml has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

VOCABULARY = yaml.safe_load((Path(__file__).parent / "fixtures" / "schema_org.yml").read_text("utf-8"))
TYPES: dict[str, list[str]] = VOCABULARY["types"]
PROPERTIES: dict[str, dict[str, list[str]]] = VOCABULARY["properties"]
DATA_TYPES = {"Text", "URL", "Date", "Boolean"}


def problems(data: Any, signed: Iterable[str] = ()) -> Iterator[str]:
    """What is wrong with a page's data; `signed` are the names of those who signed the page off."""
    if not isinstance(data, dict) or data.get("@context") != "https://schema.org":
        yield "its context is not https://schema.org"
        return
    yield from _of_node({key: value for key, value in data.items() if key != "@context"}, "page")
    yield from _of_reviewers(data, set(signed))
    if "FAQPage" in _types(data):
        entity = data.get("mainEntity")
        answer = entity.get("acceptedAnswer", {}) if isinstance(entity, dict) else {}
        if not (isinstance(entity, dict) and entity.get("@type") == "Question" and entity.get("name") and answer.get("text")):
            yield "page: a page of questions needs a question with a name and an accepted answer with a text"


def _of_reviewers(data: dict[str, Any], signed: set[str]) -> Iterator[str]:
    given = data.get("reviewedBy", [])
    for each in given if isinstance(given, list) else [given]:
        if not isinstance(each, dict) or each.get("name") not in signed:
            yield f"reviewedBy: names {each!r}, who signed nothing off"


def _types(node: dict[str, Any]) -> list[str]:
    given = node.get("@type", [])
    return [given] if isinstance(given, str) else list(given)


def _kinds(name: str) -> set[str]:
    """A type and all that it is a kind of."""
    return {name}.union(*map(_kinds, TYPES.get(name, [])))


def _of_node(node: dict[str, Any], where: str) -> Iterator[str]:
    if set(node) == {"@id"}:
        yield from _of_value(node["@id"], {"URL"}, f"{where} @id")
        return
    types = _types(node)
    if not types:
        yield f"{where}: has no @type"
    for name in types:
        if name not in TYPES:
            yield f"{where}: {name} is no type of the vocabulary"
    kinds: set[str] = set().union(*map(_kinds, types))
    for key, value in node.items():
        if key == "@id":
            yield from _of_value(value, {"URL"}, f"{where} @id")
        elif key.startswith("@"):
            continue
        elif key not in PROPERTIES:
            yield f"{where}: {key} is no property of the vocabulary"
        elif not kinds & set(PROPERTIES[key]["of"]):
            yield f"{where}: {'/'.join(types)} has no {key}"
        else:
            values = value if isinstance(value, list) else [value]
            if not values:
                yield f"{where} {key}: is empty"
            for each in values:
                yield from _of_value(each, set(PROPERTIES[key]["takes"]), f"{where} {key}")


def _of_value(value: Any, takes: set[str], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _of_node(value, where)
        kinds = set().union(*map(_kinds, _types(value)))
        if set(value) != {"@id"} and not kinds & (takes - DATA_TYPES):
            yield f"{where}: takes {', '.join(sorted(takes))}, not {'/'.join(_types(value)) or 'this'}"
        elif set(value) == {"@id"} and takes <= DATA_TYPES:
            yield f"{where}: takes {', '.join(sorted(takes))}, not another thing"
    elif isinstance(value, bool):
        if "Boolean" not in takes:
            yield f"{where}: takes {', '.join(sorted(takes))}, not {value}"
    elif not isinstance(value, str) or not value.strip():
        yield f"{where}: {value!r} is no text"
    elif not any(_fits(value, kind) for kind in takes):
        yield f'{where}: "{value[:60]}" is no {" or ".join(sorted(takes))}'


def _fits(value: str, kind: str) -> bool:
    if kind == "Date":
        try:
            return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)) and bool(date.fromisoformat(value))
        except ValueError:
            return False
    if kind == "URL":
        return bool(re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value))
    return kind == "Text" and not re.search(r"\*\*|\[\^|\{\{|</?[a-z]", value)  # words, not marks
