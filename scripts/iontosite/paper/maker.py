"""The handout maker: one plain page a handout, without the site's frame, so that paper and screen share one style sheet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from iontosite.content.alternates import alternates
from iontosite.content.model import Content, Edition
from iontosite.paper.handouts import SIDE, SIZES, TOP, limits
from iontosite.paper.layout import TEMPLATES, content_of, fill_paper

FILES = ("handout.css", "maker.css", "maker.js", "page-letter.css", "page-a4.css")


def write_makers(content: Content, site: Path) -> None:
    """Write `handouts/make/<id>/` of every language, and the files they share under `assets/print/`."""
    for edition in content.editions:
        shared = site / edition.language.path / "assets" / "print"
        shutil.copytree(TEMPLATES / "fonts", shared / "fonts", dirs_exist_ok=True)
        for name in FILES:
            shutil.copy(TEMPLATES / name, shared / name)
        for name, text in maker_files(content, edition):
            target = site / edition.language.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def maker_files(content: Content, edition: Edition) -> Iterator[tuple[str, str]]:
    """The page and the style sheet of each maker of a language, with their paths below its address."""
    for recipe_id in edition.recipes:
        yield f"handouts/make/{recipe_id}/index.html", _page(recipe_id, content, edition)
        yield f"handouts/make/{recipe_id}/page.css", _page_style(recipe_id, content, edition)


def _page_style(recipe_id: str, content: Content, edition: Edition) -> str:
    """The style sheet of one maker page: what differs from handout to handout and from clinic to clinic."""
    return fill_paper(
        "maker-page.css.j2",
        recipe=edition.recipes[recipe_id],
        words=edition.strings.handout,
        clinic=content.clinic,
        top_margin=TOP,
        side_margin=SIDE,
        **{size.name: size for size in SIZES},
    )


def _page(recipe_id: str, content: Content, edition: Edition) -> str:
    recipe, root = edition.recipes[recipe_id], "../../../"
    page = edition.by_path[recipe.page]

    def image(name: str) -> str:
        if name == "qr":
            return f"{root}assets/qr/{page.stem}.svg"
        return f"{root}assets/{content.clinic.logo if name == 'logo' else 'figures/' + name}"

    values = content_of(recipe, content, edition, size=None, image=image)
    choices = [(other_id, other.title) for other_id, other in edition.recipes.items()]
    urls = {each.code: f"handouts/make/{recipe_id}/" for each in content.editions if recipe_id in each.recipes}
    shown = {"say": edition.strings.maker, "choices": choices, "recipe_id": recipe_id, "root": root, "top": "h1", "sub": "h2"}
    twins = alternates(content, edition, urls)
    return fill_paper("maker.html.j2", **values, **shown, twins=twins, maker=True, limits=limits())
