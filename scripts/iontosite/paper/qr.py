"""QR codes of addresses: level M, with the quiet zone of four modules that readers need (ISO/IEC 18004)."""
from __future__ import annotations

import io

import segno

QUIET_ZONE = 4  # modules
PNG_MODULE = 12  # pixels to a module: sharp at 25 mm on paper


def file_name(url: str, kind: str) -> str:
    """The name of the file with the code of a page: its address below the language's own with dashes for slashes; `kind` is
    the ending, "svg" or "png"."""
    return f"{stem(url)}.{kind}"


def stem(url: str) -> str:
    """What the files made for one page are called, without an ending: `conditions-jaw`, or `home` for the home page."""
    return url.strip("/").replace("/", "-") or "home"


def svg(address: str) -> bytes:
    """The code as an SVG without a fixed size, black on white."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", border=QUIET_ZONE, xmldecl=False, dark="#000", light="#fff", omitsize=True)
    return out.getvalue()


def png(address: str) -> bytes:
    """The code as a PNG."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=QUIET_ZONE, scale=PNG_MODULE)
    return out.getvalue()
