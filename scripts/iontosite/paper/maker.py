"""The handout maker: one plain page a handout, without the site's frame, so that paper and screen share one style sheet."""
from __future__ import annotations

import shutil
from pathlib import Path

from iontosite.paper import qr
from iontosite.content.library import Library
from iontosite.content.site import Language
from iontosite.paper.layout import TEMPLATES, content_of, environment
from iontosite.paper.handouts import SIDE, SIZES, TOP, limits

FILES = ("handout.css", "maker.css", "maker.js", "page-letter.css", "page-a4.css")


def write_makers(library: Library, site: Path) -> None:
    """Write `handouts/make/<id>/` of every language, and the files they share under `assets/print/`."""
    for language in library.site.languages:
        shared = site / language.path / "assets" / "print"
        shutil.copytree(TEMPLATES / "fonts", shared / "fonts", dirs_exist_ok=True)
        for name in FILES:
            shutil.copy(TEMPLATES / name, shared / name)
        for recipe_id in library.recipes[language.code]:
            target = site / language.path / "handouts" / "make" / recipe_id
            target.mkdir(parents=True, exist_ok=True)
            (target / "index.html").write_text(_page(recipe_id, library, language), encoding="utf-8")
            (target / "page.css").write_text(_page_style(recipe_id, library, language), encoding="utf-8")


def _page_style(recipe_id: str, library: Library, language: Language) -> str:
    """The style sheet of one maker page: what differs from handout to handout and from clinic to clinic."""
    return environment().get_template("maker-page.css.j2").render(
        recipe=library.recipes[language.code][recipe_id],
        words=library.strings[language.code].handout,
        clinic=library.clinic,
        top_margin=TOP,
        side_margin=SIDE,
        **{size.name: size for size in SIZES},
    )


def _page(recipe_id: str, library: Library, language: Language) -> str:
    recipes, strings = library.recipes[language.code], library.strings[language.code]
    recipe, root = recipes[recipe_id], "../../../"
    page = next(p for p in library.pages_in(language.code) if p.path == recipe.page)

    def image(name: str) -> str:
        if name == "qr":
            return f"{root}assets/qr/{qr.file_name(page.url, 'svg')}"
        return f"{root}assets/{library.clinic.logo if name == 'logo' else 'figures/' + name}"

    values = content_of(recipe, library, language.code, size=None, image=image)
    choices = [(other_id, other.title) for other_id, other in recipes.items()]
    template = environment().get_template("maker.html.j2")
    return template.render(
        **values, say=strings.maker, choices=choices, recipe_id=recipe_id, root=root, top="h2", sub="h3", maker=True,
        limits=limits(),
    )
