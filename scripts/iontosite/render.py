"""Stage 4: runs the builder, once for each language. This file is the only one that names it."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import yaml

from iontosite.faults import ContentError, Fault, shown

_LINK = re.compile(
    r"Doc file '(?P<file>[^']+)' contains an? (?P<what>.*?link) '(?P<link>[^']*)',? (?:but )?(?P<problem>.*)", re.DOTALL
)
_NOT_IN_MENU = re.compile(r"The following pages exist .*?\"nav\" configuration:(?P<pages>.*)", re.DOTALL)
_IN_MENU = re.compile(r"An? (?:reference|absolute path) to '(?P<page>[^']+)' is included in the 'nav'")
_SETTING = re.compile(r"Config value '(?P<name>[^']+)'")
_PLACE = re.compile(r"(?:in|File) \"(?P<file>[^\"]+)\", line (?P<line>\d+)")


# The builder says so of a build that leaves unchanged pages as they are; here the fingerprint has seen to that.
_NOTICE = "A 'dirty' build is being performed"


def render(configs: list[Path], epoch: int, fingerprint: str = "", mark: Path | None = None) -> bool:
    """Build every configuration; raises ContentError with what the builder said when one fails. Returns whether all pages were
    built, or only those that are newer than their finished file.

    `epoch` (seconds since 1970) stands for the time of the build, so that the same input gives the same bytes. `fingerprint` is
    what a page depends on besides its own words (templates, settings, the list of files): only where the file `mark` holds the
    same one from the last build, unchanged pages are left as they are.
    """
    everything = not (mark and mark.is_file() and mark.read_text(encoding="utf-8") == fingerprint)
    if mark:
        mark.unlink(missing_ok=True)  # a build that fails half way is no start for the next one
    for config in configs:
        with _environment(SOURCE_DATE_EPOCH=str(epoch), NO_MKDOCS_2_WARNING="1"), _listening() as messages:
            failed = _failure(config, everything)
            said = [message for message in messages if not message.startswith(_NOTICE)]
            if failed is not None or (said and not everything):
                raise ContentError(told([*said, *(failed or [])], config))
    if mark:
        mark.write_text(fingerprint, encoding="utf-8")
    return everything


def fingerprint_of(files: Iterable[Path], names: Iterable[str]) -> str:
    """What all pages depend on: the bytes of `files`, `names` of whatever else there is, and the builder's own version."""
    found = hashlib.sha256()
    for name in ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2"):
        found.update(f"{name} {version(name)}\n".encode())
    for path in files:
        found.update(f"{path}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    for name in names:
        found.update(f"{name}\n".encode())
    return found.hexdigest()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """The process's environment with these values, for a while."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class _Listener(logging.Handler):
    """Takes down the warnings of the builder."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What the builder warns of, while this lasts; the terminal hears nothing of it."""
    listener, logger = _Listener(), logging.getLogger("mkdocs")
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield listener.messages
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagates


def _failure(config: Path, everything: bool) -> list[str] | None:
    """Run the builder; None if it built what it should, else what it said as it stopped, beside its warnings."""
    from mkdocs.commands.build import build  # its theme looks at the environment as it is loaded
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, BuildError, ConfigurationError

    try:
        settings = load_config(str(config))
        settings.strict = everything and settings.strict  # else its own notice would stop it
        build(settings, dirty=not everything)
    except Abort:  # what it warned of is strict enough to stop
        return []
    except (BuildError, ConfigurationError) as error:
        return [str(error)]
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
            raise  # no template's error: the disk's
        return [traceback.format_exc()]
    except Exception:  # a template's error, or the builder's own: it is told with its place, whatever it is
        return [traceback.format_exc()]
    return None


def told(messages: list[str], config: Path) -> list[Fault]:
    """What the builder said, as faults at the files that somebody wrote. `config` is the staged configuration: its folder
    of pages stands beside it under the same name, and what it inherits is the language's own, at the top of the project."""
    own = Path(yaml.safe_load(config.read_text(encoding="utf-8"))["INHERIT"])
    pages = [message for message in messages if message.startswith("Error building page")]
    if pages and messages[-1].startswith("Traceback"):  # one fault, told twice: the log says on which page, the error where
        messages = [*(message for message in messages[:-1] if message not in pages), "\n".join([messages[-1], *pages])]
    faults = [fault for message in messages for fault in _faults_of(message.strip(), own, config)]
    return faults or [Fault(own.name, 1, "the builder stopped and did not say why")]


def _faults_of(message: str, own: Path, config: Path) -> list[Fault]:
    """One message of the builder as the faults that it tells of."""
    root = own.parent
    if match := _LINK.fullmatch(message):
        page = root / "docs" / config.stem / match["file"]
        if not page.exists():  # the build made it
            page = config.parent / config.stem / match["file"]
        problem = f"{match['what']} '{match['link']}': {match['problem'].rstrip('.')}: correct the link, or what it leads to"
        return [Fault(shown(page, root), _line_of(match["link"], page), problem)]
    if match := _NOT_IN_MENU.fullmatch(message):
        line = _line_of("nav:", own)
        pages = [page.strip().removeprefix("- ") for page in match["pages"].splitlines() if page.strip()]
        advice = f"add it under nav: in {own.name}, or under not_in_nav: in mkdocs.base.yml if a page links to it"
        return [Fault(own.name, line, f"{page} is not in the menu, so few will find it: {advice}") for page in pages]
    if match := _IN_MENU.match(message):
        advice = f"correct it under nav: in {own.name}, or take it out"
        return [Fault(own.name, _line_of(match["page"], own), f"{message.rstrip('.')}: {advice}")]
    if match := _SETTING.match(message):
        where = next((file for file in (own, root / "mkdocs.base.yml") if _line_of(f"{match['name']}:", file, 0)), own)
        return [Fault(where.name, _line_of(f"{match['name']}:", where), f"{message}: correct it")]
    places = [(Path(place["file"]), int(place["line"])) for place in _PLACE.finditer(message)]
    # The innermost place that belongs to the project: a template of ours, or the configuration.
    for file, line in reversed(places):
        if file.name in (own.name, "mkdocs.base.yml") or root / "overrides" in file.parents:
            name = shown(file, root) if file.is_absolute() else file.name
            return [Fault(name, line, f"the builder stopped here:\n{message[-2000:]}")]
    return [Fault(own.name, 1, f"the builder stopped:\n{message[-2000:]}")]


def _line_of(words: str, file: Path, otherwise: int = 1) -> int:
    """The first line of a file that holds the words; `otherwise` where none does, as in what an insert writes."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return next((number for number, line in enumerate(lines, 1) if words in line), otherwise)
