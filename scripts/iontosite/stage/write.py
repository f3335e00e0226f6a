"""Writes the staging folder: one folder of Markdown and one builder configuration for each language."""
from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from iontosite.paper import qr
from iontosite.content.library import Library
from iontosite.content.site import Language
from iontosite.paper.handouts import PAPERS, SIZES, Sheet
from iontosite.paper.picture import first_side
from iontosite.paper.poster import make_poster, pages_with_posters
from iontosite.stage import charts
from iontosite.stage.codes import all_codes, code_page
from iontosite.stage.compose import Composer
from iontosite.stage.inserts import all_inserts
from iontosite.templates import fill


def stage(library: Library, sheets: list[Sheet], folder: Path, output: Path) -> list[Path]:
    """Stage every language under `folder`; the builder will write its pages under `output`. Returns the configurations."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return [
        _stage_language(library, [s for s in sheets if s.language == language.code], language, folder, output)
        for language in library.site.languages
    ]


def _stage_language(library: Library, sheets: list[Sheet], language: Language, folder: Path, output: Path) -> Path:
    base_url = library.site.site_url + language.path
    target = folder / language.code
    shutil.copytree(library.docs / "assets", target / "assets", ignore=shutil.ignore_patterns(".*"))  # editors' own files
    if library.clinic.colour:
        with (target / "assets" / "site.css").open("a", encoding="utf-8") as sheet:
            sheet.write(fill("clinic.css.j2", colour=library.clinic.colour))
    composer = Composer(library, language.code, base_url, all_inserts(library, sheets, language.code))
    for page in library.pages_in(language.code):
        path = target / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(composer.compose(page), encoding="utf-8")
        for figure in library.figures[page.name]:
            for name, drawing in charts.draw(figure).items():
                drawn = target / charts.FOLDER / name
                drawn.parent.mkdir(parents=True, exist_ok=True)
                drawn.write_text(drawing, encoding="utf-8")
    _write_paper(library, sheets, language, target)
    _write_qr_codes(library, language, target, base_url)
    for code in all_codes(library, language.code):
        path = target / code.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code_page(code, library), encoding="utf-8")
    strings = library.strings[language.code]
    (target / "search.md").write_text(fill("search.md.j2", frame=strings.frame), encoding="utf-8")
    return _write_config(library, language, folder, output)


def _write_paper(library: Library, sheets: list[Sheet], language: Language, target: Path) -> None:
    """The handouts with a picture of each, and the posters."""
    for folder in ("handouts", "assets/handouts", "assets/posters"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        (target / "handouts" / sheet.name).write_bytes(sheet.pdf)
        if sheet.paper == PAPERS[0] and sheet.size.name == SIZES[0].name:
            (target / "assets" / "handouts" / f"{sheet.recipe_id}.png").write_bytes(first_side(sheet.pdf))
    for page in pages_with_posters(library, language.code):
        for paper in PAPERS:
            name = f"{qr.stem(page.url)}-{paper}.pdf"
            (target / "assets" / "posters" / name).write_bytes(make_poster(page, library, paper))


def _write_qr_codes(library: Library, language: Language, target: Path, base_url: str) -> None:
    """A QR code of every page, for its printed form; the pages that clinics send have one as PNG, too."""
    folder = target / "assets" / "qr"
    folder.mkdir(parents=True)
    urls = [page.url for page in library.pages_in(language.code)]
    for url in urls + [code.url for code in all_codes(library, language.code)]:
        (folder / qr.file_name(url, "svg")).write_bytes(qr.svg(base_url + url))
    for page in pages_with_posters(library, language.code):
        (folder / qr.file_name(page.url, "png")).write_bytes(qr.png(base_url + page.url))


def _write_config(library: Library, language: Language, folder: Path, output: Path) -> Path:
    """The builder's configuration: the language's own, plus what only this build knows. Paths are relative to its file."""
    strings = library.strings[language.code]
    config = {
        "INHERIT": str(library.root / language.config),
        "site_name": strings.site_name,
        "site_description": strings.tagline,
        "site_url": library.site.site_url + language.path,
        "docs_dir": str(folder / language.code),
        "site_dir": str(output / language.path),
        "theme": {"custom_dir": str(library.root / "overrides" / "theme")},
        # The extension counts the sources itself, and asks for the number's place as "{}".
        "markdown_extensions": {"footnotes": {"BACKLINK_TITLE": strings.frame["backlink"].replace("{number}", "{}")}},
        "extra": {
            "frame": strings.frame,
            "tools": strings.tools,
            "numbers": library.site.numbers,
            "clinic": library.clinic.model_dump(),
        },
    }
    path = folder / f"{language.code}.yml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path
