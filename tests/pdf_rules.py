"""The rules that a printed handout keeps, checked on the finished PDF against the HTML that it was made from.

A validator sees only whether tags are well formed: it accepts a file name as alt text, headers turned into plain cells
and a paragraph hidden as decoration. So the PDF is held against its source, and against what a reader sees on paper.
"""

from __future__ import annotations

import io
import itertools
import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import page as page_validation
import pdfplumber
import pikepdf
import pypdfium2
import zxingcpp
from fontTools.ttLib import TTFont
from PIL import Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

MILLIMETRE = 72 / 25.4
PAPER = {"letter": (612, 792), "a4": (595.28, 841.89)}  # points, upright
SMALLEST = {"standard": 12, "large": 16}  # points: UKAAF clear print and large print
MOST_SIDES = {"standard": 2, "large": 4}
SIDE_MARGIN, FOOT_MARGIN = 10 * MILLIMETRE, 5 * MILLIMETRE  # what common printers cannot reach, and a thumb's width
MIN_CONTRAST = 7  # WCAG 2.2, 1.4.6
LONGEST_LINE, MOST_LONG_LINES, COUNTED_LINE = 80, 0.05, 20  # characters, share of lines, shorter lines do not count
LARGEST_FILE = 150_000  # bytes
ALT_LENGTH = (8, 250)  # characters
ZERO_FAMILY = "Noto Sans"
BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TH", "TD", "Caption"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SCALE = 4  # pixels to a point, where colours are measured
ROUNDING = 0.05  # points
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Element:
    """One element of the structure tree, with the roles of those that it stands in, outermost first."""

    role: str
    number: int
    raw: pikepdf.Dictionary
    above: tuple[Element, ...]

    @property
    def block(self) -> Element:
        """The nearest element that is a paragraph, heading, cell or list item."""
        return next((one for one in (self, *reversed(self.above)) if one.role in BLOCKS), self)

    def within(self, role: str) -> bool:
        """Whether this is, or stands in, an element of that role."""
        return self.role == role or any(one.role == role for one in self.above)


class Structure:
    """The structure tree in reading order: its elements, and which one each piece of marked content belongs to."""

    def __init__(self, file: pikepdf.Pdf):
        self.elements: list[Element] = []
        self.content: dict[tuple[int, int], Element] = {}  # (page, marked content id) -> element, in reading order
        self._pages = {page.objgen: number for number, page in enumerate(file.pages)}
        root = file.Root.get("/StructTreeRoot")
        if root is not None:
            self._roles = {str(key): str(value) for key, value in root.get("/RoleMap", {}).items()}
            self._walk(root.get("/K"), (), None)

    def _walk(self, kid: pikepdf.Object | int | None, above: tuple[Element, ...], page: int | None) -> None:
        if isinstance(kid, pikepdf.Array):
            for one in kid:
                self._walk(one, above, page)
        elif isinstance(kid, pikepdf.Dictionary):
            if "/Pg" in kid:
                page = self._pages.get(kid.Pg.objgen)
            if "/S" in kid:
                role = self._roles.get(str(kid.S), str(kid.S)).removeprefix("/")
                self.elements.append(Element(role, len(self.elements), kid, above))
                self._walk(kid.get("/K"), (*above, self.elements[-1]), page)
            elif "/MCID" in kid:
                self._walk(int(kid.MCID), above, page)
        elif kid is not None and above and page is not None:
            self.content[page, int(kid)] = above[-1]

    def of(self, *roles: str) -> list[Element]:
        """The elements of these roles, in reading order."""
        return [element for element in self.elements if element.role in roles]


class Handout:
    """A PDF, opened by three readers, and its source; what several rules need is read once."""

    def __init__(self, pdf: bytes, html: str, paper: str, size: str, address: str):
        self.pdf, self.paper, self.size, self.address = pdf, paper, size, address
        self.file = pikepdf.open(io.BytesIO(pdf))
        self.source = LexborHTMLParser(html)
        self.structure = Structure(self.file)

    @cached_property
    def chars(self) -> list[dict]:
        """Every character that is drawn, spaces too, with its `page`, counted from 0, and its `mcid`."""
        with pdfplumber.open(io.BytesIO(self.pdf)) as reader:
            return [{**char, "page": number} for number, page in enumerate(reader.pages) for char in page.chars]

    @cached_property
    def glyphs(self) -> list[dict]:
        """Every glyph that leaves ink."""
        return [char for char in self.chars if char["text"].strip()]

    @cached_property
    def lines(self) -> list[list[dict]]:
        """The printed lines of tagged text, each within one paragraph, list item or cell, from left to right."""
        lines: dict[tuple, list[dict]] = defaultdict(list)
        for char in self.chars:
            if element := self.structure.content.get((char["page"], char["mcid"])):
                lines[char["page"], element.block.number, round(char["matrix"][5])].append(char)
        return [sorted(line, key=lambda char: char["x0"]) for line in lines.values()]

    @cached_property
    def fonts(self) -> list[pikepdf.Dictionary]:
        """The font dictionaries of the file; the outer one of a composite font and its descendant both stand here."""
        return [one for one in self.dictionaries if one.get("/Type") == "/Font"]

    @cached_property
    def dictionaries(self) -> list[pikepdf.Dictionary]:
        """Every indirect dictionary of the file."""
        return [one for one in self.file.objects if isinstance(one, pikepdf.Dictionary)]

    @cached_property
    def headings(self) -> list[tuple[str, str]]:
        """Level and words of the source's headings, in order."""
        return [(node.tag.upper(), words(node.text())) for node in self.nodes(*HEADINGS)]

    def nodes(self, *tags: str) -> list[LexborNode]:
        """The elements of the source's body with these tags, in order."""
        return [node for node in self.source.body.traverse() if node.tag in tags]

    def pictures(self, scale: float, grey: bool = False) -> Iterator[Image.Image]:
        """The pages as they print."""
        reader = pypdfium2.PdfDocument(self.pdf)
        for page in reader:
            yield page.render(scale=scale, grayscale=grey).to_pil()
        reader.close()


def words(text: str) -> str:
    """Text with single spaces, for comparing."""
    return " ".join(text.split())


def letters(text: str) -> str:
    """Text without white space, soft hyphens, marks of direction and ligatures, for comparing."""
    return re.sub(r"[\s\u00ad\u200b\u200e\u200f\u2060\u2066-\u2069]+", "", unicodedata.normalize("NFKC", text))


def attribute(element: Element, key: str) -> str | None:
    """An attribute of a structure element, whether it holds one dictionary of attributes or several."""
    held = element.raw.get("/A", {})
    for one in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(one, pikepdf.Dictionary) and key in one:
            return str(one[key]).removeprefix("/")
    return None


RULES: dict[str, Callable[[Handout], Iterator[str]]] = {}


def rule(check: Callable[[Handout], Iterator[str]]) -> Callable[[Handout], Iterator[str]]:
    """Put a check on the list, under its function's name."""
    RULES[check.__name__.strip("_").replace("_", "-")] = check
    return check


def check_pdf(pdf: bytes, html: str, *, paper: str, size: str, address: str) -> list[str]:
    """Everything that is wrong with a handout: `rule: what`. `paper` is "letter" or "a4", `size` "standard" or "large",
    `address` what the QR code must say."""
    handout = Handout(pdf, html, paper, size, address)
    with handout.file:
        return [f"{name}: {finding}" for name, check in RULES.items() for finding in check(handout)]


def usual_points(pdf: bytes) -> float:
    """The type size that most glyphs have: what the sheet reaches, beside the floor that it must not fall under."""
    with pdfplumber.open(io.BytesIO(pdf)) as reader:
        return Counter(round(char["size"], 1) for page in reader.pages for char in page.chars).most_common(1)[0][0]


# Tags and their source


@rule
def ua1(handout: Handout) -> Iterator[str]:
    """ISO 14289-1 (PDF/UA-1), all that a machine can check."""
    report = page_validation.validate_pdf_bytes(handout.pdf, profile="ua1")
    if not report.is_compliant:
        yield "fails " + ", ".join(sorted({str(failure.rule_id) for failure in report.failures}))


@rule
def tagged(handout: Handout) -> Iterator[str]:
    """ISO 14289-1, 7.1 and 7.8: each glyph stands in the structure tree or is an artifact, as running feet are."""
    if handout.file.Root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "the file does not say that it is tagged"
    if not handout.structure.elements:
        yield "there is no structure tree"
    content = handout.structure.content
    loose = [c["text"] for c in handout.glyphs if c["tag"] != "Artifact" and (c["page"], c["mcid"]) not in content]
    if loose:
        yield f"{len(loose)} glyphs are neither in the structure tree nor artifacts: {''.join(loose)[:40]}"


@rule
def language(handout: Handout) -> Iterator[str]:
    """ISO 14289-1, 7.2: the language of the text, the same as its source's, of the whole and of its parts."""
    found, wanted = str(handout.file.Root.get("/Lang", "")), handout.source.root.attributes.get("lang")
    if found != wanted:
        yield f'the file says "{found}", its source "{wanted}"'
    parts = Counter(n.attributes["lang"] for n in handout.source.body.traverse() if n.attributes.get("lang"))
    tags = Counter(str(element.raw.Lang) for element in handout.structure.elements if "/Lang" in element.raw)
    if missing := parts - tags:
        yield f"parts lost their language: {', '.join(missing)}"


@rule
def title(handout: Handout) -> Iterator[str]:
    """ISO 14289-1, 7.1: a title in the metadata that the viewer's window shows."""
    wanted = words(handout.source.css_first("title").text())
    with handout.file.open_metadata() as metadata:
        found = metadata.get("dc:title", "")
    if words(str(found)) != wanted:
        yield f'the metadata says "{found}", the source "{wanted}"'
    if words(str(handout.file.docinfo.get("/Title", ""))) != wanted:
        yield f'the file information does not say "{wanted}"'
    if handout.file.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "the viewer would show the file's name"


@rule
def bookmarks(handout: Handout) -> Iterator[str]:
    """WCAG technique PDF2: one bookmark for each heading, in the same words and order."""

    def titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
        for item in items:
            yield words(item.title)
            yield from titles(item.children)

    with handout.file.open_outline() as outline:
        found = list(titles(outline.root))
    wanted = [text for _, text in handout.headings]
    if found != wanted:
        yield f"{found} instead of {wanted}"


@rule
def headings(handout: Handout) -> Iterator[str]:
    """ISO 14289-1, 7.4: the source's headings, in order, at their levels, without a gap."""
    found = [element.role for element in handout.structure.elements if re.fullmatch(r"H\d?", element.role)]
    wanted = [level for level, _ in handout.headings]
    if found != wanted:
        yield f"{' '.join(found)} instead of {' '.join(wanted)}"
    levels = [0, *(int(role[1]) for role in found if role[1:])]
    if any(after > before + 1 for before, after in itertools.pairwise(levels)):
        yield f"a level is left out: {' '.join(found)}"


@rule
def table_headers(handout: Handout) -> Iterator[str]:
    """ISO 14289-1, 7.5: each header cell says whether it heads a column or a row, as in the source."""
    wanted = Counter("Row" if th.attributes.get("scope") == "row" else "Column" for th in handout.nodes("th"))
    found = Counter(attribute(header, "/Scope") or "no" for header in handout.structure.of("TH"))
    if found != wanted:
        yield f"scopes are {dict(found)} instead of {dict(wanted)}"


@rule
def lists(handout: Handout) -> Iterator[str]:
    """ISO 14289-1, 7.6: the source's lists and items, each list with its numbering."""
    tags = [("L", ("ul", "ol")), ("LI", ("li",))]
    for role, names in tags:
        found, wanted = len(handout.structure.of(role)), len(handout.nodes(*names))
        if found < wanted:
            yield f"{found} of {wanted} {role} tags"
    numbering = [attribute(element, "/ListNumbering") for element in handout.structure.of("L")]
    if None in numbering:
        yield f"{numbering.count(None)} lists do not say how they are numbered"
    if numbering.count("Decimal") < len(handout.nodes("ol")):
        yield "a list of numbered steps is not tagged as numbered"


@rule
def alt_text(handout: Handout) -> Iterator[str]:
    """WCAG 2.2, 1.1.1, and ISO 14289-1, 7.3: each picture is described, in the source's words."""
    wanted = [node.attributes.get("alt") or "" for node in handout.nodes("img")]
    found = [str(figure.raw.get("/Alt", "")) for figure in handout.structure.of("Figure")]
    if found != wanted:
        yield f"{found} instead of {wanted}"
    for text in {*found, *wanted}:
        if re.search(r"\.(svg|png|jpe?g|gif|webp)$", text.strip(), re.IGNORECASE):
            yield f'"{text}" is a file name'
        elif not ALT_LENGTH[0] <= len(text) <= ALT_LENGTH[1]:
            yield f'"{text[:40]}" has {len(text)} characters, not {ALT_LENGTH[0]} to {ALT_LENGTH[1]}'


@rule
def text_equals_source(handout: Handout) -> Iterator[str]:
    """ISO 14289-1, 7.1 and 7.2: read in the order of its tags, the file says what its source says, and no more.

    List markers are left out, because the source does not hold them, and so are letters within drawings."""
    said: dict[tuple[int, int], str] = defaultdict(str)
    for char in handout.chars:
        said[char["page"], char["mcid"]] += char["text"]
    content = handout.structure.content.items()
    found = letters("".join(said[at] for at, tag in content if not tag.within("Lbl") and not tag.within("Figure")))
    wanted = letters(visible_text(handout.source.body))
    if found != wanted:
        same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(found, wanted, strict=False)))
        start = max(same - 10, 0)
        yield f'"{found[start : start + 40]}" instead of "{wanted[start : start + 40]}"'


def visible_text(body: LexborNode) -> str:
    """The text of an HTML body without scripts and styles."""
    texts = (node for node in body.traverse(include_text=True) if node.tag == "-text")
    return "".join(node.text_content or "" for node in texts if node.parent.tag not in ("script", "style"))


# What the file is made of


@rule
def fonts_embedded(handout: Handout) -> Iterator[str]:
    """ISO 14289-1, 7.21: every font travels with the file, and none is a Type 3 font, which has no letters to read."""
    for font in handout.fonts:
        name = str(font.get("/BaseFont", "a font")).removeprefix("/")
        files = {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.get("/FontDescriptor", {}).keys())
        if font.get("/Subtype") == "/Type3":
            yield "a Type 3 font"
        elif font.get("/Subtype") != "/Type0" and not files:
            yield f"{name} is not embedded"


@rule
def no_active_content(handout: Handout) -> Iterator[str]:
    """A paper does nothing: no scripts, forms, attachments, sound, or actions but links to a page."""
    root = handout.file.Root
    found = [key for key in ("/OpenAction", "/AA", "/AcroForm", "/Collection") if key in root]
    found += [key for key in ("/JavaScript", "/EmbeddedFiles") if key in root.get("/Names", {})]
    found += ["/AA of a page" for page in handout.file.pages if "/AA" in page]
    notes = [note for page in handout.file.pages for note in page.get("/Annots", [])]
    found += [f"an annotation {note.Subtype}" for note in notes if note.Subtype != "/Link"]
    actions = [note.A for note in notes if "/A" in note]
    actions += [one for one in handout.dictionaries if one.get("/Type") == "/Action"]
    found += [f"an action {action.S}" for action in actions if action.S not in ("/URI", "/GoTo")]
    yield from sorted(set(found))


@rule
def file_size(handout: Handout) -> Iterator[str]:
    """Small enough for a slow telephone."""
    if len(handout.pdf) >= LARGEST_FILE:
        yield f"{len(handout.pdf)} bytes, not under {LARGEST_FILE}"


# What stands on the paper


@rule
def glyph_size(handout: Handout) -> Iterator[str]:
    """UKAAF: clear print is at least 12 pt, large print 16 pt, in every glyph, running feet and drawings too."""
    floor = SMALLEST[handout.size]
    small = [char for char in handout.glyphs if char["size"] < floor - ROUNDING]
    if small:
        least = min(char["size"] for char in small)
        yield f"{len(small)} glyphs under {floor} pt, down to {least:.1f} pt: {''.join(c['text'] for c in small)[:40]}"


@rule
def sides(handout: Handout) -> Iterator[str]:
    """One sheet of paper, or two in large print."""
    if len(handout.file.pages) > MOST_SIDES[handout.size]:
        yield f"{len(handout.file.pages)} sides, {MOST_SIDES[handout.size]} at most"


@rule
def paper_size(handout: Handout) -> Iterator[str]:
    """The paper that the printer holds, upright, at its true size."""
    wanted = PAPER[handout.paper]
    for number, page in enumerate(handout.file.pages, 1):
        for box in (page.mediabox, page.cropbox):
            left, foot, right, top = (float(side) for side in box)
            found = right - left, top - foot
            if max(abs(found[0] - wanted[0]), abs(found[1] - wanted[1])) > ROUNDING:
                yield f"page {number} measures {found[0]:g} by {found[1]:g} points, not {wanted[0]} by {wanted[1]}"
                break
        if page.get("/Rotate", 0) or page.get("/UserUnit", 1) != 1:
            yield f"page {number} is turned or enlarged"


@rule
def margins(handout: Handout) -> Iterator[str]:
    """Glyphs stand where a common printer can reach: 10 mm from the sides, 5 mm from top and foot."""
    width, height = (float(side) for side in PAPER[handout.paper])
    out = [
        char["text"]
        for char in handout.glyphs
        if char["x0"] < SIDE_MARGIN - ROUNDING
        or char["x1"] > width - SIDE_MARGIN + ROUNDING
        or char["top"] < FOOT_MARGIN - ROUNDING
        or char["bottom"] > height - FOOT_MARGIN + ROUNDING
    ]
    if out:
        yield f"{len(out)} glyphs stand too near the edge: {''.join(out)[:40]}"


@rule
def contrast(handout: Handout) -> Iterator[str]:
    """WCAG 2.2, 1.4.6: 7:1 between a glyph and what is behind it, in colour and from a printer without colour.

    Both the colour that the file names and the one that comes out count: a black glyph can be made see-through."""
    worst = {"colour": (99.0, ""), "grey": (99.0, "")}
    pages = [picture.convert("RGB") for picture in handout.pictures(SCALE)]
    for char in handout.glyphs:
        seen, behind = colours_at(pages[char["page"]], char)
        named = rgb(char["non_stroking_color"])
        ratios = {
            "colour": min(ratio(named, behind), max(ratio(one, behind) for one in seen)),
            "grey": min(ratio(grey(named), grey(behind)), max(ratio(grey(one), grey(behind)) for one in seen)),
        }
        for way, found in ratios.items():
            worst[way] = min(worst[way], (found, char["text"]))
    for way, (found, text) in worst.items():
        if found < MIN_CONTRAST:
            yield f'{found:.1f}:1 in {way} at "{text}", not {MIN_CONTRAST}:1'


def colours_at(picture: Image.Image, char: dict) -> tuple[list[Colour], Colour]:
    """The colours around a glyph, and the commonest of them: the one behind it."""
    box = [int(char[side] * SCALE) for side in ("x0", "top", "x1", "bottom")]
    box = [max(box[0] - 3, 0), max(box[1], 0), min(box[2] + 3, picture.width), min(box[3], picture.height)]
    part = picture.crop(box) if box[0] < box[2] and box[1] < box[3] else Image.new("RGB", (1, 1), (255, 255, 255))
    found = part.getcolors(part.width * part.height)
    return [colour for _, colour in found], max(found)[1]


def rgb(colour: tuple[float, ...] | None) -> Colour:
    """A PDF colour, grey, RGB or CMYK, as red, green and blue from 0 to 255; black where none is named."""
    parts = tuple(float(part) for part in colour or (0,))
    if len(parts) == 4:
        parts = tuple((1 - part) * (1 - parts[3]) for part in parts[:3])
    red, green, blue = parts * 3 if len(parts) == 1 else parts
    return round(red * 255), round(green * 255), round(blue * 255)


def grey(colour: Colour) -> Colour:
    """The grey that a printer without colour makes of a colour (ITU-R BT.601)."""
    level = round(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
    return level, level, level


@lru_cache(maxsize=1 << 16)
def ratio(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours (WCAG 2.2, contrast ratio)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=1 << 16)
def luminance(colour: Colour) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@rule
def line_length(handout: Handout) -> Iterator[str]:
    """WCAG 2.2, 1.4.8: no more than 80 characters a line; one line in twenty may be longer."""
    texts = [words("".join(char["text"] for char in line)) for line in handout.lines]
    texts = [text for text in texts if len(text) > COUNTED_LINE]
    long = [text for text in texts if len(text) > LONGEST_LINE]
    if len(long) > MOST_LONG_LINES * len(texts):
        yield f"{len(long)} of {len(texts)} lines are over {LONGEST_LINE} characters: {max(long, key=len)[:40]}"


@rule
def not_justified(handout: Handout) -> Iterator[str]:
    """UKAAF clear print and WCAG 2.2, 1.4.8: text is not stretched to both margins, so word spaces are all alike."""
    gaps = [gap for line in handout.lines for gap in word_gaps(line)]
    usual = statistics.median(gaps) if gaps else 0
    uneven = [gap for gap in gaps if abs(gap - usual) > 0.2 * usual]
    if len(uneven) > 0.1 * len(gaps):
        yield f"{len(uneven)} of {len(gaps)} word spaces differ from the usual one"


def word_gaps(line: list[dict]) -> list[float]:
    """The spaces between the words of a line, as parts of the type size."""
    gaps = []
    inked = [char for char in line if char["text"].strip()]
    for before, after in itertools.pairwise(inked):
        gap = (after["x0"] - before["x1"]) / before["size"]
        if before["mcid"] == after["mcid"] and gap > 0.12:
            gaps.append(gap)
    return gaps


@rule
def no_italics(handout: Handout) -> Iterator[str]:
    """UKAAF clear print: no italics, whether a font is slanted or an upright one is tilted."""
    for descriptor in (font.FontDescriptor for font in handout.fonts if "/FontDescriptor" in font):
        name = str(descriptor.get("/FontName", "")).removeprefix("/")
        slanted = re.search("italic|oblique", name, re.IGNORECASE) or int(descriptor.get("/Flags", 0)) & 64
        embedded = read_font(descriptor)
        if slanted or descriptor.get("/ItalicAngle", 0) or (embedded and embedded["post"].italicAngle):
            yield f"{name} is a slanted font"
    tilted = [c["text"] for c in handout.glyphs if c["upright"] and abs(c["matrix"][2]) > 0.01 * abs(c["matrix"][3])]
    if tilted:
        yield f"{len(tilted)} glyphs are tilted: {''.join(tilted)[:40]}"


def read_font(descriptor: pikepdf.Dictionary) -> TTFont | None:
    """The font file in a font descriptor, where it is one with tables (TrueType or OpenType)."""
    stream = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
    if stream is None:
        return None
    font = TTFont(io.BytesIO(stream.read_bytes()), lazy=True)
    return font if "post" in font and "name" in font else None


@rule
def zero(handout: Handout) -> Iterator[str]:
    """Doses and minutes: the glyph for 0 comes from a font whose zero is plain. A slashed zero makes 20 read 2Ø."""
    used = {char["fontname"] for char in handout.glyphs if char["text"] == "0"}
    for descriptor in (font.FontDescriptor for font in handout.fonts if "/FontDescriptor" in font):
        name = str(descriptor.get("/FontName", "")).removeprefix("/")
        if name in used:
            used.discard(name)
            font = read_font(descriptor)
            family = font["name"].getBestFamilyName() if font else None
            if family != ZERO_FAMILY:
                yield f'{name} is of the family "{family}", not "{ZERO_FAMILY}"'
    yield from (f"{name} is not in the file" for name in sorted(used))


@rule
def qr(handout: Handout) -> Iterator[str]:
    """One QR code that a telephone reads from a plain printout, 150 dpi in grey, and that says the address exactly."""
    codes = [code.text for picture in handout.pictures(150 / 72, grey=True) for code in zxingcpp.read_barcodes(picture)]
    if codes != [handout.address]:
        yield f"{codes} instead of {handout.address}"
