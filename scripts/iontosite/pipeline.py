"""Builds the site: content → templates → paper → stage → render → finish → check → publish.

A build that fails at any stage lists every fault it found and leaves the last good site where it is.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import jinja2
from rich.console import Console
from rich.table import Table

from iontosite.alone import alone_in
from iontosite.check.ledger import forgotten_promises
from iontosite.check.site import check_site
from iontosite.content.dates import today
from iontosite.content.lapsed import lapsed
from iontosite.content.left_out import own_number_notes
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.content.remembered import Remembered
from iontosite.content.text_messages import room_notes
from iontosite.faults import ContentError, Fault, say, shown
from iontosite.finish import changed_pages
from iontosite.finish.catalogue import write_catalogue
from iontosite.finish.citations import quiet_citations
from iontosite.finish.connect import write_connect
from iontosite.finish.fingerprints import fingerprint
from iontosite.finish.hosts import write_host_files
from iontosite.finish.offline import write_offline_copy
from iontosite.finish.permalinks import write_permalinks
from iontosite.finish.redirects import keep_sections, write_code_redirects, write_redirects
from iontosite.finish.search_index import write_search_index
from iontosite.finish.sitemap import write_sitemap
from iontosite.finish.styles import inline_styles
from iontosite.finish.tables import label_tables
from iontosite.finish.tidy import tidy
from iontosite.finish.whitespace import squeeze
from iontosite.kept import Kept
from iontosite.paper.maker import write_makers
from iontosite.paper.printed_matter import draft_all, print_drafts
from iontosite.paper.printing import Printed
from iontosite.project import ROOT
from iontosite.proof.document import proof_pdf
from iontosite.publish import publish, put_back, refuse_to_replace
from iontosite.refused import first_refusal
from iontosite.render import fingerprint_of, render
from iontosite.stage.report import contact_notes
from iontosite.stage.write import Staged, stage
from iontosite.templates import read_all
from iontosite.unchanged import Built, hash_of_input, hash_of_site, stands, write_record

EPOCH = 1_700_000_000  # stands for the time of every build, so that the same input gives the same bytes
Result = TypeVar("Result")


@dataclass(frozen=True)
class Plan:
    """What a build reads, and where it writes: the content, the finished site, a scratch folder; and the address to build for
    where it is not the one of the content. A preview is built without the copy for a disk."""

    docs: Path
    output: Path
    work: Path
    site_url: str | None = None
    proof: bool = False  # whether the pack for committees is printed, too
    with_offline_copy: bool = True


@dataclass
class Stopwatch:
    """Runs the stages one by one, says which one is running, and remembers how long each took and what it used again."""

    console: Console
    seconds: dict[str, float] = field(default_factory=dict)
    reused: dict[str, str] = field(default_factory=dict)

    def run(self, name: str, what: str, stage_function: Callable[[], Result]) -> Result:
        """Run one stage and return what it returns."""
        with self.console.status(f"{name}: {what}"):
            start = time.perf_counter()
            result = stage_function()
            self.seconds[name] = time.perf_counter() - start
        self.console.print(f"[green]✓[/green] {name}: {what} ({self.seconds[name]:.1f} s)")
        return result


def build(
    plan: Plan,
    console: Console,
    kept: Kept,
    may_be_stale: bool = False,
    watch: Stopwatch | None = None,
    remembered: Remembered | None = None,
) -> bool:
    """Build the site of a plan; raises ContentError with every fault. `kept` holds what earlier builds made. Where
    `may_be_stale` is set, paper that has changed is not printed but taken as it was. Returns whether any was. A `watch` of the
    caller's own has the seconds of each stage afterwards, and `remembered` what was found on pages, for the next build."""
    try:
        with alone_in(plan.work, "a build"):
            return _build(plan, watch or Stopwatch(console), kept, may_be_stale, remembered or Remembered())
    except jinja2.TemplateError as error:
        raise ContentError([template_fault(error)]) from error
    except OSError as error:
        raise ContentError([disk_fault(error, plan.work)]) from error


def disk_fault(error: OSError, work: Path) -> Fault:
    """What the system refused, with the file and what to do; where it names no file, the work folder."""
    error = first_refusal(error)
    where = shown(Path(os.fsdecode(error.filename)), ROOT) if error.filename else work.as_posix()
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Fault(where, 1, "the disk is full: make room, or choose a folder on another one with --work and --output")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Fault(where, 1, f"{error.strerror}: make it yours to read and write, or choose another folder with --work")
    return Fault(where, 1, f"{error.strerror or error}: look at this file, then build again")


def template_fault(error: jinja2.TemplateError) -> Fault:
    """What a template's error says, with the template's own path and line: it is the last one in the way to the error."""
    path, line = "overrides", 1
    if isinstance(error, jinja2.TemplateSyntaxError):
        path, line = error.filename or error.name or path, error.lineno
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).suffix in (".j2", ".html")]
        if frames:
            path, line = frames[-1].filename, frames[-1].lineno or 1
    return Fault(shown(Path(path), ROOT), line, f"broken template ({error.message}): correct what stands between the braces")


def _build(plan: Plan, watch: Stopwatch, kept: Kept, may_be_stale: bool, remembered: Remembered) -> bool:
    put_back(plan.output)
    refuse_to_replace(plan.output, plan.docs, plan.work)
    made_from = hash_of_input(plan.docs, [plan.site_url or "", str(plan.proof), str(plan.with_offline_copy), today().isoformat()])
    if built := watch.run("compare", "looking for what has changed", lambda: stands(plan.work, plan.output, made_from)):
        watch.reused["compare"] = "the whole site: nothing has changed"
        _tell(watch, plan.output, built.notes)
        return False
    content = watch.run(
        "content", "reading and checking docs", lambda: load_content(plan.docs, plan.site_url, remembered=remembered)
    )
    if faults := forgotten_promises(plan.output, content.ledger):
        raise ContentError(faults)
    watch.run("templates", "reading templates", lambda: read_all(content.root / "overrides" / "theme"))
    drafts = watch.run("drafts", "taking the words of the handouts", lambda: draft_all(content, kept))
    printed = watch.run("paper", "handouts and posters", lambda: print_drafts(drafts, kept, may_be_stale=may_be_stale))
    watch.reused["paper"] = f"{kept.reused['pdf'] + kept.reused['last-pdf']} PDFs used again, {kept.made['pdf']} printed"
    finished, rendered = plan.work / "site", plan.work / "rendered"
    proof = watch.run("proof", "the pack for committees", lambda: _proof(content, kept)) if plan.proof else None
    what = "writing plain Markdown"
    staged = watch.run("stage", what, lambda: stage(content, printed, kept, plan.work / "stage", rendered, proof))
    watch.reused["stage"] = f"{len(staged.names) - staged.changed} files as before, {staged.changed} new"
    what = f"running the builder, {len(staged.configs)} language(s)"
    if not watch.run("render", what, lambda: _render(content, staged, rendered)):
        watch.reused["render"] = "unchanged pages as they were"
    if may_be_stale and _show_changed(content, rendered, plan, watch):
        return True
    shutil.rmtree(finished, ignore_errors=True)
    shutil.copytree(rendered, finished)
    names = watch.run("finish", "sitemap, redirects, search, styles", lambda: finish(content, finished))
    watch.run("pack", "the copy for a disk", lambda: write_offline_copy(content, finished, plan.with_offline_copy))
    notes = watch.run("check", "links, anchors, ledger, paper", lambda: check_site(content, finished))
    watch.run("publish", "swapping the new site in", lambda: publish(finished, plan.output))
    changed_pages.write_record(plan.work, changed_pages.Finished(changed_pages.hashes_of(rendered, content), names))
    kept.tidy()
    notes += [
        *contact_notes(content),
        *lapsed(content),
        *own_number_notes(content),
        *room_notes(content),
        *_score_notes(content),
    ]
    if not printed.is_stale:
        write_record(plan.work, Built(made_from, hash_of_site(plan.output), tuple(notes)))
    _tell(watch, plan.output, notes)
    return printed.is_stale


def _show_changed(content: Content, rendered: Path, plan: Plan, watch: Stopwatch) -> bool:
    """Put the pages that have changed into the preview that stands; whether that is all there is to show for now. The rest of
    the tree and its checks follow in the next build."""
    last = changed_pages.read_record(plan.work)
    now = changed_pages.hashes_of(rendered, content)
    changed = changed_pages.changed_files(now, last) if last and plan.output.is_dir() else None
    if last is None or changed is None:
        return False
    what = f"{len(changed)} changed file(s) alone; search, old addresses and checks follow"
    watch.run("finish", what, lambda: changed_pages.finish_changed(content, rendered, changed, last, plan.output))
    changed_pages.write_record(plan.work, changed_pages.Finished(now, last.names))
    return True


def _proof(content: Content, kept: Kept) -> Printed:
    """The pack of the first language, printed, or as it was printed before from the same words."""
    return proof_pdf(content, content.editions[0], kept)


def _render(content: Content, staged: Staged, rendered: Path) -> bool:
    """Run the builder; returns whether it built all pages, or only those whose words have changed."""
    theme = sorted(path for path in (content.root / "overrides" / "theme").rglob("*") if path.is_file())
    settings = [content.root / edition.language.config for edition in content.editions]
    base = sorted(content.root.glob("mkdocs*.yml"))
    fingerprint = fingerprint_of([*theme, *settings, *base, *staged.configs], staged.names)
    return render(staged.configs, EPOCH, fingerprint, rendered.with_name("rendered-from.txt"))


def _score_notes(content: Content) -> list[str]:
    """Which of our own goals our own scores miss: true, shown on the page, and no reason to stop a build."""
    missed = [goal for edition in content.editions if edition.yardsticks for goal in edition.yardsticks.missed_goals()]
    return [f"our own score misses its goal: {goal}" for goal in missed]


def finish(content: Content, site: Path) -> dict[str, str]:
    """Everything that a builder cannot do, in an order in which each step sees what it needs; returns what scripts and sheets
    are called since, by their old names."""
    tidy(site, [edition.language.path for edition in content.editions])
    quiet_citations(content, site)
    write_search_index(content, site)
    write_connect(content, site)
    write_catalogue(content, site)
    label_tables(site)
    write_makers(content, site)
    write_redirects(content, site)
    keep_sections(content, site)
    write_code_redirects(content, site)
    write_permalinks(content, site)
    write_sitemap(content, site)
    write_host_files(content, site)
    base_path = urlsplit(content.site.site_url).path
    inline_styles(site, base_path)
    names = fingerprint(site, base_path)
    squeeze(site)
    return names


def _tell(watch: Stopwatch, site: Path, notes: Iterable[str]) -> None:
    """What was done, and what there is to know that does not stop a build."""
    _print_table(watch, site)
    for note in notes:
        say(watch.console, f"note: {note}", style="yellow")


def _print_table(watch: Stopwatch, site: Path) -> None:
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    size = sum(path.stat().st_size for path in files)
    table = Table("stage", "seconds", "used again", title=f"{pages} pages, {len(files)} files, {size:,} bytes")
    for name, seconds in watch.seconds.items():
        table.add_row(name, f"{seconds:.2f}", watch.reused.get(name, ""))
    table.add_row("all", f"{sum(watch.seconds.values()):.2f}", "")
    watch.console.print(table)
