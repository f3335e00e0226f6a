"""What a handout holds: `docs/<language>/handouts/<id>.yml` names parts of pages; it adds no facts of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, PrivateAttr, model_validator

from iontosite.content.located import Key, Located, validate
from iontosite.content.record import Plain, Record, Whole
from iontosite.faults import Fault

Look = Literal[
    "text", "list", "steps", "ask", "tick", "table", "key", "stop", "do", "do-not", "care-call", "care-today", "care-emergency",
]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a value stands in its file, so that a fault can name the line."""

    located: Located
    key: Key = ()

    def fault(self, message: str, *key: str | int) -> Fault:
        """A fault at this place, or at the value `key` below it."""
        return Fault(self.located.path, self.located.line((*self.key, *key)), message)


class Part(Record):
    """One section of a handout. `lines` are the first words of the paragraphs and list items to take from the page's
    section `heading`; a part without a page is only a title and `blanks` (lines to write on)."""

    title: str  # may hold numbers to call
    look: Look = "list"
    page: str | None = None
    heading: str | None = None
    lines: tuple[str, ...] = ()
    figure: str | None = None  # a drawing under docs/assets/figures, with its alt text and caption from the page
    blanks: tuple[str, ...] = ()
    blank_rows: Whole = Field(0, ge=0, le=20)
    only: Literal["standard", "large"] | None = None  # the one type size that has room for it
    _place: Place = PrivateAttr()

    @property
    def place(self) -> Place:
        """Where the part stands in its recipe."""
        return self._place

    @model_validator(mode="after")
    def _names_its_page(self) -> Part:
        needs = [key for key in ("heading", "lines", "figure") if getattr(self, key)] if not self.page else []
        if needs:
            raise ValueError(f"{' and '.join(needs)} need a page to take from: add `page:`")
        if self.look == "table" and not (self.page and self.heading):
            raise ValueError("a table needs `page:` and `heading:`, to say which one")
        if not (self.page or self.blanks or self.blank_rows):
            raise ValueError("holds nothing: name a `page:`, or give it `blanks:` or `blank_rows:`")
        return self


class Recipe(Record):
    """One handout in one language. `size` limits stand in the code: they are promises, not choices."""

    title: Plain = Field(min_length=3, max_length=80)
    description: Plain = Field(min_length=3)
    audience: Plain = Field(min_length=3)
    page: str  # the page that the QR code leads to
    order: Whole
    staff: bool = False
    parts: list[Part] = Field(min_length=1)
    _place: Place = PrivateAttr()

    @property
    def place(self) -> Place:
        """Where the recipe stands."""
        return self._place


def load_recipe(located: Located) -> Recipe:
    """One handout; raises ContentError with the line of every value that does not fit."""
    recipe = validate(Recipe, located)
    recipe._place = Place(located)
    for index, part in enumerate(recipe.parts):
        part._place = Place(located, ("parts", index))
    return recipe
