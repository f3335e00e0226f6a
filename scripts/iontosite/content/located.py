"""YAML that remembers the line of every value, so that a fault can name it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from iontosite.faults import ContentError, Fault

Model = TypeVar("Model", bound=BaseModel)
Key = tuple[str | int, ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # twice as fast, where PyYAML was built with libyaml
_SCALARS = yaml.constructor.SafeConstructor()
DEEPEST = 40  # levels; what nests deeper is a slip, and would end the reader itself

MOST_VALUES = 500_000  # ten times what the largest file holds; a few lines of aliases would make billions


@dataclass
class Located:
    """Plain data from YAML, and the line of each value by its path in the data: `("sources", 3, "year")` -> 41."""

    path: str
    data: Any
    lines: dict[Key, int] = field(default_factory=dict)

    def line(self, key: Key) -> int:
        """The line of a value, or of the nearest thing around it that has one."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)


def read_text(path: Path, name: str) -> str:
    """The text of a UTF-8 file, with or without a byte order mark, its lines ended by any system's line ending, as `\n`
    ends them; raises ContentError with the line of the first byte that is not UTF-8."""
    raw = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = len(re.split(rb"\r\n?|\n", raw[: error.start]))
        raise ContentError([Fault(name, line, "is not UTF-8 here: save the file as UTF-8 in your editor")]) from None


def parse_yaml(text: str, name: str, first_line: int = 1) -> Located:
    """Parse YAML text whose first line is `first_line` of the file `name`.

    Raises ContentError for broken YAML, a key that stands twice or is a list, a value that YAML would turn into something
    else (an unquoted date becomes another type, which differs from builder to builder; `!x` and `=` are no text).
    """
    offset = first_line
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.line if error.problem_mark else 0  # behind the last line, where something is not closed
        line = min(at, text.count("\n")) + offset
        hint = "check quotes, colons and indentation near this line"
        raise ContentError([Fault(name, line, f"broken YAML ({error.problem}): {hint}")]) from None
    except yaml.YAMLError as error:
        raise ContentError([Fault(name, offset, f"broken YAML ({error})")]) from None
    builder = _Builder(Located(name, None), offset)
    if root is not None:
        builder.located.data = builder.build(root, ())
    if builder.faults:
        raise ContentError(builder.faults)
    return builder.located


class _Builder:
    """Turns the nodes of a YAML document into plain data, and notes the line of each."""

    def __init__(self, located: Located, first_line: int) -> None:
        self.located, self.first_line = located, first_line
        self.count = 0
        self.faults: list[Fault] = []

    def build(self, node: yaml.Node, key: Key) -> Any:
        """The plain data of one node, which stands at `key`."""
        self.count += 1
        if self.count > MOST_VALUES:
            if self.count == MOST_VALUES + 1:
                self._fault(
                    node, f"more than {MOST_VALUES:,} values, as names (*a) that stand for each other make: write them out"
                )
            return None
        self.located.lines[key] = node.start_mark.line + self.first_line
        if len(key) > DEEPEST:
            self._fault(node, "broken YAML (values stand inside each other without an end): take out the * that names itself")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*key, index)) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            inner = key_node.value
            if not isinstance(inner, str):
                self._fault(key_node, "a list or a group stands where a key should be: write a word before :")
                continue
            if inner in result:
                self._fault(key_node, f'the key "{inner}" stands twice: keep one')
            result[inner] = self.build(value_node, (*key, inner))
            self.located.lines[*key, inner] = key_node.start_mark.line + self.first_line
        return result

    def _scalar(self, node: yaml.Node) -> Any:
        if node.tag == "tag:yaml.org,2002:timestamp":
            self._fault(node, f'the date {node.value} needs quotes: write "{node.value}"')
            return node.value
        try:
            return _SCALARS.yaml_constructors[node.tag](_SCALARS, node)
        except (
            LookupError,
            ArithmeticError,
            ValueError,
            TypeError,
            AttributeError,
            yaml.YAMLError,
        ):  # !x, a lone =, an empty !!int
            self._fault(node, "broken YAML (a value that starts with ! or = is no text): put it in quotes")
            return node.value

    def _fault(self, node: yaml.Node, message: str) -> None:
        self.faults.append(Fault(self.located.path, node.start_mark.line + self.first_line, message))


def read_yaml(path: Path, name: str) -> Located:
    """Read and parse one YAML file, shown to people as `name`."""
    if not path.exists():
        raise ContentError([Fault(name, 1, "this file is missing: put it back")])
    return parse_yaml(read_text(path, name), name)


_ADVICE = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not a key that this file knows: check its spelling",
    "string_type": "must be text: put it in quotes",
}


def strings_in(data: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """Every text in parsed data, keys left aside, with its path in the data."""
    if isinstance(data, str):
        yield key, data
    elif isinstance(data, dict | list):
        for inner, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from strings_in(value, (*key, inner))


def validate(model: type[Model], located: Located, key: Key = ()) -> Model:
    """Fit the data at `key` to a model; raises ContentError with the line of every value that does not fit."""
    data = located.data
    for part in key:
        data = data[part]
    try:
        return model.model_validate(data if data is not None else {})
    except ValidationError as error:
        faults = []
        for problem in error.errors():
            place = tuple(part for part in problem["loc"])
            what = ".".join(str(part) for part in place) or "the file"
            advice = _ADVICE.get(problem["type"]) or problem["msg"].removeprefix("Value error, ")
            faults.append(Fault(located.path, located.line((*key, *place)), f"{what}: {advice}"))
        raise ContentError(faults) from None
