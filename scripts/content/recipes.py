"""What a handout holds: `docs/<language>/handouts/<id>.yml` names parts of pages; it adds no facts of its own."""
from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from content.faults import ContentError
from content.located import read_yaml, validate

Look = Literal[
    "text", "list", "steps", "ask", "tick", "table", "key", "stop", "do", "do-not", "care-call", "care-today", "care-emergency",
]  # fmt: skip


class Part(BaseModel):
    """One section of a handout. `lines` are the first words of the paragraphs and list items to take from the page's
    section `heading`; a part without a page is only a title and `blanks` (lines to write on)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    look: Look = "list"
    page: str | None = None
    heading: str | None = None
    lines: list[str] = []
    figure: str | None = None  # a drawing under docs/assets/figures, with its alt text and caption from the page
    blanks: list[str] = []
    blank_rows: int = 0
    only: Literal["standard", "large"] | None = None  # the one type size that has room for it
    side: Literal["start", "any"] = "any"  # "start": begins a new side


class Recipe(BaseModel):
    """One handout in one language. `size` limits stand in the code: they are promises, not choices."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    description: str
    audience: str
    page: str  # the page that the QR code leads to
    order: int
    staff: bool = False
    parts: list[Part] = Field(min_length=1)


def load_recipes(folder: Path, root: Path) -> dict[str, Recipe]:
    """Every handout of one language by its id (the file's name), in their order; raises ContentError with every fault."""
    recipes, faults = {}, []
    for path in sorted(folder.glob("*.yml")):
        try:
            recipes[path.stem] = validate(Recipe, read_yaml(path, path.relative_to(root).as_posix()))
        except ContentError as error:
            faults += error.faults
    if faults:
        raise ContentError(faults)
    return dict(sorted(recipes.items(), key=lambda item: item[1].order))
