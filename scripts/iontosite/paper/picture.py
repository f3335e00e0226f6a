"""A small picture of a handout's first side, for the handouts page."""
from __future__ import annotations

import io

import pypdfium2

WIDTH = 320  # pixels


def first_side(pdf: bytes) -> bytes:
    """The first side of a PDF as a PNG, WIDTH pixels wide, in 16 shades of what it shows: small enough for a phone."""
    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").quantize(16)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
