"""The staging templates: text files under `overrides/staged/` and
`overrides/hosts/`, so that a designer can change them without Python."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import jinja2
from jinja2 import meta, nodes

from iontosite.content.words import NEEDED
from iontosite.faults import ContentError, Fault, did_you_mean, shown
from iontosite.project import OVERRIDES, ROOT

FOLDER = OVERRIDES / "staged"
HOSTS = OVERRIDES / "hosts"
_FILTERS = ("css_string", "url", "script_tag")  # of paper (paper/layout.py), and of the builder
_GIVEN = frozenset({"page", "config", "nav", "lang", "base_url", "loop", "self", "super", "_"})  # by the builder and its reader
_WORDS = ("frame", "tools", "words", "say")  # what templates call the sections of strings.yml
_BLOCKS = ("if", "for", "block", "macro", "call", "filter")
_MARK = re.compile(
    r"(?P<start>\{[{%])[-+]?\s*(?P<word>\w+)?(?P<rest>(?:\"[^\"\n]*\"|'[^'\n]*'|(?!\{[{%]|[%}]\}).)*)(?P<end>[%}]\})?", re.DOTALL
)


@functools.cache
def _environment() -> jinja2.Environment:
    # Markdown is the output, so nothing is escaped here; SVG and HTML templates escape what they are given by `|e`.
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([FOLDER, HOSTS]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<#",  # "{#id}" is Markdown here
        comment_end_string="#>",
        autoescape=False,
    )


def fill(name: str, **values: object) -> str:
    """The template `name` filled in; a name inside it that is not given raises jinja2.TemplateError."""
    return filled(_environment(), name, values)


def filled(environment: jinja2.Environment, name: str, values: Mapping[str, object]) -> str:
    """A template of any environment filled in; a name inside it that is not given raises jinja2.TemplateError with its line,
    in a branch that is not taken, too: it would be, one day."""
    if environment.loader:
        source, path, _ = environment.loader.get_source(environment, name)
        for missing, line in _names_of(environment, source):
            if missing not in values:
                raise jinja2.TemplateAssertionError(f'nothing gives it "{missing}"', line, name, path)
    return environment.get_template(name).render(**values)


@functools.lru_cache(maxsize=256)
def _names_of(environment: jinja2.Environment, source: str) -> tuple[tuple[str, int], ...]:
    """The names that a template takes from outside, each with its first line."""
    tree = environment.parse(source)
    lines = {node.name: node.lineno for node in reversed(list(tree.find_all(nodes.Name)))}
    return tuple((name, lines.get(name, 1)) for name in sorted(meta.find_undeclared_variables(tree)))


def read_all(theme: Path) -> None:
    """Read every template, those for pages, paper and the frame in `theme`, so that a broken one is told before anything slow
    runs; raises jinja2.TemplateSyntaxError, and ContentError with every word of the frame and every name of the theme that there
    is not: the theme would print nothing there, and say nothing."""
    reader = jinja2.Environment(extensions=["jinja2.ext.i18n"])
    reader.filters |= dict.fromkeys(_FILTERS, str)
    trees: dict[Path, nodes.Template] = {}
    for folder, made in ((FOLDER, _environment()), (HOSTS, _environment()), (OVERRIDES / "print", reader), (theme, reader)):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".j2", ".html")):
            text = path.read_text(encoding="utf-8")
            try:
                trees[path] = made.parse(text, path.name, str(path))
                made.compile(text, path.name, str(path))  # which knows filters and tests, too
            except jinja2.TemplateSyntaxError as error:
                unknown = "unknown tag" in (error.message or "")  # that one is named with its own line
                error.lineno = error.lineno if unknown else open_mark(text) or error.lineno
                raise
    for path, tree in trees.items():
        known = (_environment() if FOLDER in path.parents else reader).filters
        for node in tree.find_all(nodes.Filter):
            if node.name not in known:
                raise jinja2.TemplateAssertionError(f'there is no filter "{node.name}"', node.lineno, path.name, str(path))
    own = {path: tree for path, tree in trees.items() if theme in path.parents}
    faults = [*_word_faults(trees), *_name_faults(own)]
    if faults:
        raise ContentError(faults)


def open_mark(text: str) -> int | None:
    """The line of the first mark of a template that nothing closes: `{{`, `{%`, or a block such as `{% if … %}`. The reader of
    templates names the line at which it stopped, which can be the last one. None where each has its end."""
    opened: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        word = match["word"] or ""
        if match["end"] != {"{{": "}}", "{%": "%}"}[match["start"]]:
            return line
        if word.startswith("end"):
            if not opened or opened[-1][0] != word.removeprefix("end"):
                return opened[-1][1] if opened else line
            opened.pop()
        elif word in _BLOCKS or (word == "set" and "=" not in match["rest"]):
            opened.append((word, line))
    return opened[-1][1] if opened else None


def _word_faults(trees: Mapping[Path, nodes.Template]) -> Iterator[Fault]:
    """Words of the frame that `docs/<language>/strings.yml` does not hold."""
    every = {key for section in NEEDED.values() for key in section}
    for path, tree in trees.items():
        for node in tree.find_all(nodes.Getattr):
            if not isinstance(node.node, nodes.Name) or node.node.name not in _WORDS:
                continue
            known = NEEDED.get(node.node.name, every)
            if node.attr not in known:
                message = f'{node.node.name} has no "{node.attr}"{did_you_mean(node.attr, known)}: see content/words.py'
                yield Fault(shown(path, ROOT), node.lineno, message)


def _name_faults(trees: Mapping[Path, nodes.Template]) -> Iterator[Fault]:
    """Names in the theme that neither the builder gives nor a template sets."""
    used = [(path, name) for path, tree in trees.items() for name in tree.find_all(nodes.Name)]
    known = _GIVEN | {name.name for _, name in used if name.ctx in ("store", "param")}
    for path, name in used:
        if name.ctx == "load" and name.name not in known:
            yield Fault(shown(path, ROOT), name.lineno, f'there is no "{name.name}" here{did_you_mean(name.name, sorted(known))}')
