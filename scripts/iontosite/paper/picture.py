"""A small picture of a handout's first side, for the handouts page."""

from __future__ import annotations

import io
from importlib.metadata import version

from iontosite.kept import Kept

WIDTH = 320  # pixels


def first_side(pdf: bytes, kept: Kept) -> bytes:
    """The first side of a PDF as a PNG, WIDTH pixels wide, in 16 shades of what it shows: small enough for a phone."""
    libraries = f"pypdfium2 {version('pypdfium2')} pillow {version('pillow')}"
    return kept.ask("picture", libraries, str(WIDTH), pdf, make=lambda: _first_side(pdf))


def _first_side(pdf: bytes) -> bytes:
    import pypdfium2  # a large library, and most builds find the picture kept

    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").quantize(16)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
