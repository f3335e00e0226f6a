"""Stage 3: runs the builder, once for each language. This file is the only one that names it."""
from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

from iontosite.faults import ContentError, Fault, shown

BUILDER = (sys.executable, "-m", "mkdocs", "build")

_LEVEL = re.compile(r"(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\s+-\s+|(?=Error: |Aborted )")
_TELLING = ("WARNING", "ERROR", "CRITICAL", "Error: ")
_LINK = re.compile(
    r"Doc file '(?P<file>[^']+)' contains an? (?P<what>.*?link) '(?P<link>[^']*)',? (?:but )?(?P<problem>.*)", re.DOTALL
)
_NOT_IN_MENU = re.compile(r"The following pages exist .*?\"nav\" configuration:(?P<pages>.*)", re.DOTALL)
_IN_MENU = re.compile(r"An? (?:reference|absolute path) to '(?P<page>[^']+)' is included in the 'nav'")
_SETTING = re.compile(r"Config value '(?P<name>[^']+)'")
_PLACE = re.compile(r"(?:in|File) \"(?P<file>[^\"]+)\", line (?P<line>\d+)")


def render(configs: list[Path], epoch: int) -> None:
    """Build every configuration; raises ContentError with what the builder said when one fails.

    `epoch` (seconds since 1970) stands for the time of the build, so that the same input gives the same bytes.
    Strictness stands in the configuration: `--strict -q` would exit 0 on broken links, and `-v` skips anchors.
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    for config in configs:
        command = [*BUILDER, "--config-file", str(config)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
        if done.returncode:
            raise ContentError(told(done.stdout + done.stderr, config))


def told(output: str, config: Path) -> list[Fault]:
    """What the builder said, as faults at the files that somebody wrote. `config` is the staged configuration: its folder
    of pages stands beside it under the same name, and what it inherits is the language's own, at the top of the project."""
    own = Path(yaml.safe_load(config.read_text(encoding="utf-8"))["INHERIT"])
    faults = [fault for message in _messages(output) for fault in _faults_of(message, own, config)]
    return faults or [Fault(own.name, 1, f"the builder stopped and did not say why:\n{output.strip()[-2000:]}")]


def _messages(output: str) -> list[str]:
    """Each warning and error with all of its lines; what the builder only mentions is left out."""
    messages: list[str] = []
    telling = False
    for line in output.splitlines():
        if level := _LEVEL.match(line):
            telling = line.startswith(_TELLING)
            if telling:
                messages.append(line[level.end() :])
        elif telling:
            messages[-1] += f"\n{line}"
        elif line.startswith("Traceback "):
            telling = True
            messages.append(line)
    return [message.strip() for message in messages]


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
