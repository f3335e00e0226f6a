"""YAML that remembers the line of every value, so that a fault can name it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from iontosite.content.letters import letter_faults, letter_trouble, merge_faults
from iontosite.faults import ContentError, Fault

Model = TypeVar("Model", bound=BaseModel)
Key = tuple[str | int, ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # twice as fast, where PyYAML was built with libyaml
_SCALARS = yaml.constructor.SafeConstructor()
MOST = 500_000  # values of one file; names of values (* and &) can make more of a few lines than any memory holds
DEEPEST = 40  # levels; what nests deeper is a slip, and would end the reader itself


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
    ends them; raises ContentError with the line of the first byte that is not UTF-8, of every letter that no text holds, of
    every mark of a merge, and where there is no file to read."""
    raw = read_bytes(path, name).removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = len(re.split(rb"\r\n?|\n", raw[: error.start]))
        raise ContentError([Fault(name, line, "is not UTF-8 here: save the file as UTF-8 in your editor")]) from None
    if faults := merge_faults(text, name) or letter_faults(text, name):
        raise ContentError(faults)
    return text


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file; raises ContentError where there is none that can be read: a folder, a pipe that would wait for
    ever, a link that leads nowhere, a file of somebody else."""
    try:
        if path.is_file():
            return path.read_bytes()
        why = "is a folder, or leads nowhere: put the file itself there"
    except OSError as error:
        why = f"cannot be read ({error.strerror}): make it readable for you"
    raise ContentError([Fault(name, 1, why)])


def parse_yaml(text: str, name: str, first_line: int = 1) -> Located:
    """Parse YAML text whose first line is `first_line` of the file `name`.

    Raises ContentError for broken YAML, a key that stands twice or is a list, a value that YAML would turn into something
    else (an unquoted date becomes another type, which differs from builder to builder; `!x` and `=` are no text).
    """
    offset = first_line
    try:
        if faults := _without_end(text, name, offset):
            raise ContentError(faults)
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


def _without_end(text: str, name: str, first_line: int) -> list[Fault]:
    """Values that stand inside each other deeper than anybody means, which would end the composer itself. Events come one by one,
    however deep they are."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            message = f"broken YAML (more than {DEEPEST} values stand inside each other): close the brackets, or take them out"
            return [Fault(name, _line(event) + first_line, message)]
    return []


def _line(event: yaml.Event) -> int:
    """The line of an event, from 0."""
    return int(event.start_mark.line) if event.start_mark else 0


class _Builder:
    """Turns the nodes of a YAML document into plain data, and notes the line of each."""

    def __init__(self, located: Located, first_line: int) -> None:
        self.located, self.first_line, self.values = located, first_line, 0
        self.faults: list[Fault] = []

    def build(self, node: yaml.Node, key: Key) -> Any:
        """The plain data of one node, which stands at `key`."""
        self.located.lines[key] = node.start_mark.line + self.first_line
        self.values += 1
        if len(key) > DEEPEST or self.values > MOST:
            if not self.faults:  # one of them is enough
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
            value = _SCALARS.yaml_constructors[node.tag](_SCALARS, node)
            if isinstance(value, bytes):
                raise ValueError("a text is no bytes")
            if isinstance(value, str) and (trouble := letter_trouble(value)):  # spelled as a number: "\u202e"
                self._fault(node, trouble)
            return value
        except (
            LookupError,
            ArithmeticError,
            ValueError,
            TypeError,
            AttributeError,
            yaml.YAMLError,
        ):  # !x, =, !!int
            self._fault(node, "broken YAML (a value that starts with ! or = is no text): put it in quotes")
            return node.value

    def _fault(self, node: yaml.Node, message: str) -> None:
        self.faults.append(Fault(self.located.path, node.start_mark.line + self.first_line, message))


def twice(located: Located, names: Iterable[tuple[Key, str]], message: str) -> list[Fault]:
    """A fault at each record whose name an earlier one has: `names` are the records' places with what each is known by, and the
    message says with {} which name it is."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for place, name in names:
        if name in seen:
            faults.append(Fault(located.path, located.line(place), message.format(name)))
        seen.add(name)
    return faults


def read_yaml(path: Path, name: str) -> Located:
    """Read and parse one YAML file, shown to people as `name`."""
    if not path.exists() and not path.is_symlink():
        raise ContentError([Fault(name, 1, "this file is missing: put it back")])
    return parse_yaml(read_text(path, name), name)


_ADVICE = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not a key that this file knows: check its spelling",
    "string_type": "must be text: put it in quotes",
}


def _length(problem: Any) -> str | None:
    """What to say of a text that is too short or too long; None for any other problem."""
    text, limits = problem["input"], problem.get("ctx", {})
    if not isinstance(text, str) or not {"min_length", "max_length"} & limits.keys():
        return None
    least, most = limits.get("min_length"), limits.get("max_length")
    return (
        f"has {len(text)} characters, at least {least}: say it"
        if least
        else f"has {len(text)} characters, at most {most}: shorten it"
    )


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
            advice = _ADVICE.get(problem["type"]) or _length(problem) or problem["msg"].removeprefix("Value error, ")
            faults.append(Fault(located.path, located.line((*key, *place)), f"{what}: {advice}"))
        raise ContentError(faults) from None
