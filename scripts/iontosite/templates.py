"""The staging templates: text files under `overrides/staged/` and
`overrides/hosts/`, so that a designer can change them without Python."""

from __future__ import annotations

import functools
from pathlib import Path

import jinja2

from iontosite.project import OVERRIDES

FOLDER = OVERRIDES / "staged"
HOSTS = OVERRIDES / "hosts"


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
    """The template `name` filled in; an unknown name inside it raises jinja2.UndefinedError."""
    return _environment().get_template(name).render(**values)


def read_all(theme: Path) -> None:
    """Read every template, those for pages, paper and the frame in `theme`, so that a broken one is told before anything slow
    runs; raises jinja2.TemplateSyntaxError."""
    reader = jinja2.Environment(extensions=["jinja2.ext.i18n"])
    for folder, made in ((FOLDER, _environment()), (HOSTS, _environment()), (OVERRIDES / "print", reader), (theme, reader)):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".j2", ".html")):
            made.parse(path.read_text(encoding="utf-8"), path.name, str(path))
