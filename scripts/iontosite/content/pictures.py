"""Pictures are opened before they are shown: of the kind that they are named after, of a size that a page can carry, and without
anything that could act or load something from elsewhere. An SVG is a document, so it may hold what is listed here and no more.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

import tinycss2
from PIL import Image, ImageFile

from iontosite.content.located import read_bytes
from iontosite.faults import ContentError

PICTURES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".svg": "image/svg+xml",
}  # fmt: skip
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}  # as Pillow names them
LARGEST = 500_000  # bytes of one picture: a phone on a weak link loads it in ten seconds
SMALLEST_SIDE, LARGEST_SIDE = 16, 4000  # pixels
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_DECLARED = re.compile(r"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?(?!xml\s)")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
# Shapes, what groups and fills them, and words about them (SVG 2, appendix F). No script, link, picture, animation or frame.
_ELEMENTS = """
    svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc style metadata linearGradient
    radialGradient stop clipPath mask pattern marker
"""
_ATTRIBUTES = """
    id class style viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy d points transform fill fill-opacity fill-rule
    stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset
    opacity color display visibility clip-path clip-rule mask offset stop-color stop-opacity gradientUnits gradientTransform
    spreadMethod clipPathUnits maskUnits maskContentUnits patternUnits patternContentUnits patternTransform preserveAspectRatio
    markerWidth markerHeight markerUnits refX refY orient marker-start marker-mid marker-end font-family font-size font-weight
    font-style text-anchor letter-spacing dominant-baseline vector-effect shape-rendering paint-order overflow role
    aria-label aria-hidden aria-labelledby focusable version href space lang pathLength
"""
ELEMENTS, ATTRIBUTES = frozenset(_ELEMENTS.split()), frozenset(_ATTRIBUTES.split())
_AT_RULES = ("media", "supports")
_FUNCTIONS = ("rgb", "rgba", "hsl", "hsla", "var", "calc", "translate", "rotate", "scale", "matrix", "skewx", "skewy")


@dataclass(frozen=True)
class Size:
    """How wide and high a picture is, in pixels, or in units of an SVG's own."""

    width: float
    height: float


def open_picture(path: Path, name: str) -> Size:
    """Look at a picture, shown to people as `name`; returns its size. Raises ValueError with what is wrong and what to do."""
    if path.suffix not in PICTURES:
        raise ValueError(f"{name} is no picture that pages can show: save it as one of {', '.join(PICTURES)}")
    try:
        data = read_bytes(path, name)
    except ContentError as error:
        raise ValueError(f"{name} {error.faults[0].message}") from None
    if len(data) > LARGEST:
        raise ValueError(f"{name} has {len(data):,} bytes, {LARGEST:,} at most: save it smaller")
    return _drawing(data, name) if path.suffix == ".svg" else _raster(path, name)


def _raster(path: Path, name: str) -> Size:
    kind = FORMATS[path.suffix]
    advice = f"save the picture again as {kind}"
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the renderer of paper sets it, for the whole process: half a picture is none
    try:
        with Image.open(path, formats=[kind]) as picture:
            size = Size(*picture.size)
            if max(picture.size) <= LARGEST_SIDE:  # else it is refused anyway, and opening it would take all memory
                picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError(f"{name} cannot be read as {kind}: {advice}") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    if min(size.width, size.height) < SMALLEST_SIDE or max(size.width, size.height) > LARGEST_SIDE:
        most = f"each side needs {SMALLEST_SIDE} to {LARGEST_SIDE:,}"
        raise ValueError(f"{name} is {size.width:g} by {size.height:g} pixels, and {most}: save it in another size")
    return size


def _drawing(data: bytes, name: str) -> Size:
    advice = "save it again as plain SVG"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{name} is not UTF-8: {advice}, in UTF-8") from None
    declared = _DECLARED.search(text)
    if "\0" in text or (declared and declared[1].casefold() not in ("utf-8", "utf8", "us-ascii")):
        raise ValueError(f"{name} is not UTF-8: {advice}, in UTF-8")
    if "<!doctype" in text.casefold() or "<!entity" in text.casefold():
        raise ValueError(f"{name} defines entities of its own: {advice}")
    if _INSTRUCTION.search(text):
        raise ValueError(f"{name} holds an instruction for programs (<?…): {advice}")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ValueError(f"{name} is not SVG ({error}): {advice}") from None
    if root.tag != f"{_NAMESPACE}svg":
        raise ValueError(f'{name} is not SVG: its first element must be svg, with xmlns="http://www.w3.org/2000/svg"')
    for element in root.iter():
        _look_at(element, name, advice)
    return _size_of(root, name)


def _look_at(element: ElementTree.Element, name: str, advice: str) -> None:
    """Raises ValueError for an element or attribute that is not on the list, or that leads out of the drawing."""
    namespace, _, tag = str(element.tag).rpartition("}")
    if namespace + "}" != _NAMESPACE or tag not in ELEMENTS:
        raise ValueError(f"{name} holds the element {tag}, which no picture here needs: {advice}, without scripts and movement")
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2]
        if attribute not in ATTRIBUTES:
            raise ValueError(f"{name} holds {attribute}=, which no picture here needs: {advice}")
        if attribute == "href" and not value.strip().startswith("#"):
            raise ValueError(f"{name} points to {value[:60]}: save it again with everything inside the file")
        tokens = tinycss2.parse_component_value_list(value) if attribute not in ("d", "points", "id", "class") else []
        _refuse_outside(tokens, name)
    if tag == "style":
        _look_at_rules(tinycss2.parse_stylesheet(element.text or "", skip_comments=True, skip_whitespace=True), name, advice)


def _look_at_rules(rules: list[tinycss2.ast.Node], name: str, advice: str) -> None:
    for rule in rules:
        if rule.type == "error" or (rule.type == "at-rule" and rule.lower_at_keyword not in _AT_RULES):
            what = f"@{rule.at_keyword}" if rule.type == "at-rule" else "a rule that cannot be read"
            raise ValueError(f"{name} holds {what} in its styles: {advice}, with plain rules")
        _refuse_outside([*rule.prelude, *(rule.content or [])], name)


def _refuse_outside(tokens: list[tinycss2.ast.Node], name: str) -> None:
    """Raises ValueError where a value of CSS leads anywhere but into the drawing itself: `url(#shade)` may stand."""
    for token in tokens:
        if token.type == "error":
            raise ValueError(f"{name} holds a style that cannot be read: save it again as plain SVG")
        if token.type == "url" and not token.value.startswith("#"):
            raise ValueError(f"{name} points to {token.value[:60]}: save it again with everything inside the file")
        if token.type == "function":
            inner = [each for each in token.arguments if each.type != "whitespace"]
            own = token.lower_name == "url" and len(inner) == 1 and inner[0].type == "string" and inner[0].value.startswith("#")
            if not own and token.lower_name not in _FUNCTIONS:
                advice = "save it again with plain colours and everything inside the file"
                raise ValueError(f"{name} holds {token.name}() in a style: {advice}")
            _refuse_outside(token.arguments, name)
        if token.type in ("() block", "[] block", "{} block"):
            _refuse_outside(token.content, name)


def _size_of(root: ElementTree.Element, name: str) -> Size:
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return Size(box[2], box[3])
    sides = [_NUMBER.match(root.get(side, "")) for side in ("width", "height")]
    if box or not all(sides):
        raise ValueError(f'{name} does not say how large it is: give its svg a viewBox="0 0 width height"')
    return Size(*(float(side[0]) for side in sides if side))
