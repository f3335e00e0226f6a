"""Takes blank lines and indents out of finished pages: templates are laid out for people, and phones pay for the bytes."""

from __future__ import annotations

import re
from pathlib import Path

# Where white space is part of what is said.
_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_LINE_END = re.compile(r"\s*\n\s*")


def squeeze(site: Path) -> None:
    """Squeeze every page of the tree."""
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        path.write_text(squeezed(text), encoding="utf-8")


def squeezed(html: str) -> str:
    """The page with one line break wherever there was white space with a line break in it."""
    parts = _KEPT.split(html)
    # Of three parts, the second is what is kept, and the third the name of its tag.
    written = (_LINE_END.sub("\n", part) if at % 3 == 0 else part for at, part in enumerate(parts) if at % 3 != 2)
    return "".join(written).strip() + "\n"
