"""Page and paper say the same: every line of a handout stands in the finished page that it was taken from."""

from __future__ import annotations

from iontosite.check.finished import FinishedPages, plain
from iontosite.content.model import Content
from iontosite.faults import Fault
from iontosite.paper.layout import lines_of


def check_paper(content: Content, pages: FinishedPages) -> list[Fault]:
    """A fault for each line of a handout that its page, as readers see it, does not say."""
    faults = []
    for edition in content.editions:
        for recipe in edition.recipes.values():
            for part, text in lines_of(recipe, content, edition):
                page = edition.by_path[part.page or ""]
                if plain(text) not in pages.words(edition.path_of(page.url)):
                    message = f"prints “{text[:60]}”, which {page.name} does not show: correct what hides it there"
                    faults.append(part.place.fault(message, "lines"))
    return faults
