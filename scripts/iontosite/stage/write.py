"""Writes the staging folder: one folder of Markdown and one builder configuration for each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from iontosite.content.alternates import alternates, homes
from iontosite.content.clinic import to_dial
from iontosite.content.left_out import kept_menu
from iontosite.content.markdown import EXTENSIONS
from iontosite.content.model import Content, Edition
from iontosite.kept import Kept
from iontosite.paper.printed_matter import PrintedMatter, qr_codes
from iontosite.paper.printing import Printed
from iontosite.project import OVERRIDES
from iontosite.proof.document import PDF
from iontosite.proof.files import review_files
from iontosite.proof.pack import Pack, pack_of
from iontosite.stage.code_pages import code_page
from iontosite.stage.compose import Composer
from iontosite.stage.inserts import all_inserts
from iontosite.stage.proof_pages import FOLDER, has_pack, proof_pages, review_list
from iontosite.stage.report import small_pages, ways_to_report
from iontosite.stage.source_pages import record_pages
from iontosite.stage.staged_folder import StagedFolder
from iontosite.stage.yardsticks import sheet_pages
from iontosite.templates import fill


@dataclass(frozen=True)
class Staged:
    """What was staged: the builder's configurations, one for each language, and how many files differ from the last time."""

    configs: list[Path]
    names: list[str]  # of all staged files
    changed: int


def stage(
    content: Content, printed: PrintedMatter, kept: Kept, folder: Path, output: Path, proof: Printed | None = None
) -> Staged:
    """Stage every language under `folder`; the builder will write its pages under `output`. `proof` is the pack for committees as
    a PDF, where it was asked for."""
    staged = StagedFolder(folder)
    configs = []
    for edition in content.editions:
        _stage_edition(content, printed, kept, edition, staged, proof)
        name = f"{edition.code}.yml"
        staged.write(name, yaml.safe_dump(_config(content, edition, folder, output), allow_unicode=True, sort_keys=False))
        configs.append(folder / name)
    staged.close()
    return Staged(configs, sorted(path.relative_to(folder).as_posix() for path in staged.files), len(staged.changed))


def _stage_edition(
    content: Content, printed: PrintedMatter, kept: Kept, edition: Edition, staged: StagedFolder, proof: Printed | None
) -> None:
    top = edition.code
    sheet = (content.docs / "assets" / "site.css").read_text(encoding="utf-8")
    staged.copy(content.docs / "assets", f"{top}/assets")
    if content.clinic.colour or content.clinic.colour_on_dark:
        staged.write(f"{top}/assets/site.css", sheet + fill("clinic.css.j2", clinic=content.clinic))
    pack, files = _review(content, edition, kept, proof)
    inserts = dict(all_inserts(content, printed, edition))
    if pack:
        inserts["review"] = review_list(pack, files, proof.sides if proof else None)
    composer = Composer(content, edition, inserts, _door_pictures())
    for page in edition.pages:
        staged.write(f"{top}/{page.path}", composer.compose(page))
    for code in edition.codes:
        staged.write(f"{top}/{code.path}", code_page(code, content, edition))
    for path, text in (*record_pages(content, edition), *sheet_pages(edition), *(proof_pages(pack) if pack else ())):
        staged.write(f"{top}/{path}", text)
    twins = alternates(content, edition, {each.code: "search/" for each in content.editions})
    staged.write(f"{top}/search.md", fill("search.md.j2", frame=edition.strings.frame, alternates=twins))
    for name, data in [*printed.files.get(edition.code, {}).items(), *qr_codes(content, edition, kept), *files.items()]:
        staged.write(f"{top}/{name}", data)


def _review(content: Content, edition: Edition, kept: Kept, proof: Printed | None) -> tuple[Pack | None, Mapping[str, bytes]]:
    """The pack for committees, and its files by their paths below the language's folder; none in a language without it."""
    if not has_pack(edition):
        return None, {}
    files = review_files(content, edition, kept)
    if proof:
        files[PDF] = proof.pdf
    return pack_of(content, edition), {f"{FOLDER}/{name}": data for name, data in files.items()}


def _door_pictures() -> dict[str, str]:
    """The small pictures of the doors, each by the name of the page that it leads to."""
    return {path.stem: path.read_text(encoding="utf-8").strip() for path in sorted((OVERRIDES / "doors").glob("*.svg"))}


def _config(content: Content, edition: Edition, folder: Path, output: Path) -> dict[str, Any]:
    """The builder's configuration: the language's own, plus what only this build knows. Paths are relative to its file."""
    strings = edition.strings
    settings = content.root / edition.language.config
    menu = {"nav": kept_menu(yaml.safe_load(settings.read_text(encoding="utf-8"))["nav"], content.left_out)}
    return {
        "INHERIT": str(settings),
        **(menu if content.left_out else {}),
        "site_name": strings.site_name,
        "site_description": strings.tagline,
        "site_url": content.base_url(edition),
        "docs_dir": str(folder / edition.code),
        "site_dir": str(output / edition.language.path),
        "theme": {"custom_dir": str(content.root / "overrides" / "theme")},
        "markdown_extensions": EXTENSIONS,
        "extra": {
            "language": edition.code,
            "frame": strings.frame,
            "tools": strings.tools,
            "homes": homes(content),
            "numbers": content.site.numbers,
            "report": ways_to_report(content),
            "small_pages": small_pages(edition),
            "clinic": {**content.clinic.model_dump(), "dialled": to_dial(content.clinic.phone)},
        },
    }
