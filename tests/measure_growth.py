"""How a build grows with pages and languages: the tiny site of the tests with toy pages and toy languages, stage by stage.

Usage: .venv/bin/python tests/measure_growth.py [--pages 100 1000 3000] [--languages 1 2 8]

Each build runs in a process of its own: from nothing, and once more after a page was changed. The table has the seconds of the clock,
the seconds of the processor (which other people's work on the machine does not change) and the most memory; what grows faster than
the number of pages is marked. Table and plot stay in build/growth.md and build/growth.svg.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # pytest has the path from pyproject.toml
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import yaml
from rich.console import Console

from conftest import copy_tiny
from iontosite.content.findings import load_findings
from iontosite.content.glossary import load_glossary
from iontosite.content.located import read_yaml
from iontosite.content.pages import parse_page
from iontosite.content.safety import load_safety
from iontosite.content.translated import file_hash, is_translated_file, page_hash, shared_words
from iontosite.kept import Kept
from iontosite.pipeline import Plan, Stopwatch, build

ROOT = Path(__file__).resolve().parents[1]
TOY = (Path(__file__).parent / "fixtures" / "growth" / "page.md").read_text(encoding="utf-8")
FIRST = 10_001  # no page is called 911, which is a number to call and a fault in a title
TONGUES = ("fr", "de", "it", "pt", "nl", "pl", "sv")  # the frame knows their codes, and no rule reads their words
SHARED = {"safety-rules.yml": ["rules"], "findings.yml": ["claims", "findings"], "glossary.yml": ["entries"]}
TOO_STEEP = 1.25  # growth of the time over the growth of the pages: above it, a stage is not linear


def grow(folder: Path, pages: int, languages: int = 1) -> Plan:
    """Put the tiny site into a folder, with so many toy pages in each of so many languages; returns the plan of its build."""
    docs = copy_tiny(folder) / "docs"
    for number in range(FIRST, FIRST + pages // languages):
        text = TOY.replace("{number}", str(number))
        (docs / "en" / "questions" / f"toy-{number}.md").write_text(text, encoding="utf-8")
    for code in TONGUES[: languages - 1]:
        add_language(folder, code)
    if languages > 1:
        say_it_in_all(docs, TONGUES[: languages - 1])
    return Plan(docs, folder / "site", folder / "build")


def add_language(folder: Path, code: str) -> None:
    """Put the English pages under another code, as a translation that nobody has translated yet."""
    docs = folder / "docs"
    for path in sorted((docs / "en").rglob("*.*")):
        name = path.relative_to(docs / "en").as_posix()
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            text = text.replace("---\n", f'---\nmade_from: "{page_hash(parse_page(text, "en", name, name))}"\n', 1)
        target = docs / code / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    entry = f'  - code: {code}\n    name: "{code}"\n    path: "{code}/"\n    config: mkdocs.{code}.yml\n'
    site = docs / "site.yml"
    site.write_text(site.read_text(encoding="utf-8").replace("numbers:\n", f"{entry}numbers:\n", 1), encoding="utf-8")
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8").replace("language: en", f"language: {code}")
    (folder / f"mkdocs.{code}.yml").write_text(settings, encoding="utf-8")


def say_it_in_all(docs: Path, codes: tuple[str, ...]) -> None:
    """Give what languages share its words in each of them, and enter what all of it was made from."""
    for name, lists in SHARED.items():
        data = yaml.safe_load((docs / name).read_text(encoding="utf-8"))
        for code in codes:
            for piece in [piece for key in lists for piece in data.get(key, [])]:
                for words in (piece["words"], *(arm["words"] for arm in piece.get("arms", []))):
                    words[code] = words["en"]
            for key in {"sure", "tables"} & data.keys():
                data[key][code] = data[key]["en"]
        (docs / name).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    located = [read_yaml(docs / name, name) for name in SHARED]
    pieces = list(shared_words(load_safety(located[0]), load_findings(located[1]), load_glossary(located[2]), ()))
    hashes = {piece.name: piece.hash_in("en") for piece in pieces}
    for path in sorted((docs / "en").rglob("*.yml")):
        name = path.relative_to(docs / "en").as_posix()
        if is_translated_file(name):
            hashes[name] = file_hash(read_yaml(path, name))
    for code in codes:
        (docs / code / "made-from.yml").write_text(yaml.safe_dump({"hashes": hashes}), encoding="utf-8")


@dataclass
class Clocks(Stopwatch):
    """A stopwatch that also counts the seconds of the processor, those of the processes that were started among them."""

    busy: dict[str, float] = field(default_factory=dict)

    def run(self, name: str, what: str, stage_function: Callable[[], Any]) -> Any:
        """Run one stage and return what it returns."""
        before = sum(os.times()[:4])
        result = super().run(name, what, stage_function)
        self.busy[name] = sum(os.times()[:4]) - before
        return result


def timed(plan: Plan) -> Clocks:
    """Build; what each stage took. Raises ContentError, as any build does."""
    watch = Clocks(Console(file=io.StringIO()))
    build(plan, watch.console, Kept(plan.work / "kept"), watch=watch)
    return watch


def change_a_page(plan: Plan) -> None:
    """Say something else on one toy page."""
    page = plan.docs / "en" / "questions" / f"toy-{FIRST}.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Drink some water", "Drink a little"), encoding="utf-8")


def measure(pages: int, languages: int) -> dict[str, Any]:
    """One site, built twice in this process: seconds, processor seconds, megabytes, and the bytes of its first page and of what
    the search loads."""
    with tempfile.TemporaryDirectory(prefix="iontosite-growth-") as folder:
        plan = grow(Path(folder), pages, languages)
        first = timed(plan)
        most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
        page = (plan.output / "after" / "index.html").stat().st_size
        search = sum(path.stat().st_size for path in plan.output.glob("static/search.*.js"))
        change_a_page(plan)
        start = time.perf_counter()
        timed(plan)
        again = time.perf_counter() - start
    return {
        "pages": pages, "languages": languages, "seconds": first.seconds, "busy": first.busy, "megabytes": most, "again": again,
        "page": page, "search": search,
    }  # fmt: skip


def in_a_process_of_its_own(pages: int, languages: int) -> dict[str, Any]:
    """The same in another process, whose memory is its own."""
    command = [sys.executable, __file__, "--one", str(pages), str(languages)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])
    return found


def steepness(smaller: dict[str, Any], larger: dict[str, Any], stage: str) -> float:
    """How much faster than its pages a stage grew between two sites, by the processor's time; a stage that is over in a second
    is not judged."""
    one, other = smaller["busy"][stage], larger["busy"][stage]
    return 1.0 if other < 1 or one <= 0 else (other / one) / (larger["pages"] / smaller["pages"])


def as_markdown(found: list[dict[str, Any]]) -> str:
    """The table: a row a stage, a column a site."""
    heads = [f"{each['pages']:,} pages, {each['languages']} language(s)" for each in found]
    lines = ["| stage | " + " | ".join(heads) + " |", "|---|" + "--:|" * len(found)]
    for stage in found[0]["seconds"]:
        cells = []
        for at, each in enumerate(found):
            alike = [other for other in found[:at] if other["languages"] == each["languages"]]
            steep = steepness(alike[-1], each, stage) if alike else 1.0
            mark = f" **×{steep:.1f}**" if steep > TOO_STEEP else ""
            cells.append(f"{each['seconds'][stage]:.1f} ({each['busy'][stage]:.1f}){mark}")
        lines.append(f"| {stage} | " + " | ".join(cells) + " |")
    rows: dict[str, Callable[[dict[str, Any]], str]] = {
        "all": lambda each: f"{sum(each['seconds'].values()):.1f} ({sum(each['busy'].values()):.1f})",
        "one page changed": lambda each: f"{each['again']:.1f}",
        "most memory, MB": lambda each: f"{each['megabytes']:,.0f}",
        "bytes of a page": lambda each: f"{each['page']:,}",
        "bytes of the search": lambda each: f"{each['search']:,}",
    }
    lines += [f"| {name} | " + " | ".join(row(each) for each in found) + " |" for name, row in rows.items()]
    said = (
        f"Seconds (of the processor). Load of the machine: {os.getloadavg()[0]:.1f}. A bold factor grows faster than the pages."
    )
    return "\n".join([*lines, "", said]) + "\n"


def as_plot(found: list[dict[str, Any]]) -> str:
    """Seconds of the processor over pages, a line for each number of languages."""
    wide, high, edge = 640, 360, 50
    most_pages = max(each["pages"] for each in found)
    most = max(sum(each["busy"].values()) for each in found)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">']
    parts.append(f'<path d="M{edge} 10V{high - edge}H{wide - 10}" fill="none" stroke="#333"/>')
    for number, languages in enumerate(dict.fromkeys(each["languages"] for each in found)):
        points = [
            (
                edge + (wide - edge - 80) * each["pages"] / most_pages,
                high - edge - (high - edge - 20) * sum(each["busy"].values()) / most,
            )
            for each in found
            if each["languages"] == languages
        ]
        line, dash = " ".join(f"{x:.0f},{y:.0f}" for x, y in points), ("", "6 3", "2 2")[number % 3]
        parts.append(f'<polyline points="{line}" fill="none" stroke="#0b4955" stroke-width="2" stroke-dasharray="{dash}"/>')
        x, y = points[-1]
        parts.append(f'<text x="{x + 4:.0f}" y="{y + 14 * number:.0f}">{languages} lang.</text>')
    parts.append(
        f'<text x="{wide - 130}" y="{high - 20}">{most_pages:,} pages</text><text x="4" y="22">{most:.0f} s</text></svg>'
    )
    return "\n".join(parts) + "\n"


def main() -> int:
    """Measure, print and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1000, 3000])
    parser.add_argument("--languages", type=int, nargs="+", default=[1, 2, 8])
    parser.add_argument("--one", type=int, nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(*arguments.one)))
        return 0
    found = []
    for languages in arguments.languages:
        for pages in arguments.pages:
            found.append(in_a_process_of_its_own(pages, languages))
            print(f"{pages} pages, {languages} language(s): {sum(found[-1]['seconds'].values()):.0f} s", file=sys.stderr)
    table, folder = as_markdown(found), ROOT / "build"
    folder.mkdir(exist_ok=True)
    (folder / "growth.md").write_text(table, encoding="utf-8")
    (folder / "growth.svg").write_text(as_plot(found), encoding="utf-8")
    print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
