"""QR codes of addresses: level M, with the quiet zone of four modules that readers need (ISO/IEC 18004)."""

from __future__ import annotations

import functools
import io
from importlib.metadata import version

import segno

from iontosite.kept import Kept

QUIET_ZONE = 4  # modules
PNG_MODULE = 12  # pixels to a module: sharp at 25 mm on paper


def svg(address: str, kept: Kept) -> bytes:
    """The code as an SVG without a fixed size, black on white."""
    return kept.ask("qr", *_made_from(address, "svg"), make=lambda: _svg(address))


def png(address: str, kept: Kept) -> bytes:
    """The code as a PNG."""
    return kept.ask("qr", *_made_from(address, "png"), make=lambda: _png(address))


def _made_from(address: str, kind: str) -> tuple[str, ...]:
    return (_version(), str(QUIET_ZONE), str(PNG_MODULE), kind, address)


@functools.cache
def _version() -> str:
    return version("segno")


def _svg(address: str) -> bytes:
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", border=QUIET_ZONE, xmldecl=False, dark="#000", light="#fff", omitsize=True)
    return out.getvalue()


def _png(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=QUIET_ZONE, scale=PNG_MODULE)
    return out.getvalue()
