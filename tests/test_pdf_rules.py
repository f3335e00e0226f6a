"""Each rule for handouts catches what it is there for: a toy sheet without a fault passes, each broken one does not.

The toy project has two languages, one of them made up, so that no rule can lean on English."""

from __future__ import annotations

import io
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
import weasyprint
import yaml
from fontTools.ttLib import TTFont

import pdf_rules
from iontosite.content.load import load_content
from iontosite.kept import Kept
from iontosite.paper import qr
from iontosite.paper.engine import STYLE_SHEET, OfflineFetcher, style_sheet
from iontosite.paper.handouts import Sheet
from iontosite.paper.layout import TEMPLATES
from iontosite.paper.printed_matter import Drafts, draft_all, print_drafts
from iontosite.paper.wptags import finish_tags
from iontosite.project import DOCS
from pdf_rules import RULES, check_pdf

TOY = Path(__file__).parent / "fixtures" / "handout_docs"

pytestmark = pytest.mark.slow  # each prints a sheet of its own


@dataclass(frozen=True)
class Toy:
    """The toy project's folder and its finished sheets, by language, paper and size."""

    docs: Path
    kept: Kept
    sheets: dict[tuple[str, str, str], Sheet]

    def render(self, html: str, address: str, *, tags: bool = True) -> bytes:
        """The PDF of changed HTML, made as paper/engine.py makes it."""
        fetcher = OfflineFetcher(self.docs, qr.svg(address, self.kept))
        page = weasyprint.HTML(string=html, base_url=f"{TEMPLATES}/", url_fetcher=fetcher)
        sheet, fonts = style_sheet(STYLE_SHEET.read_text(encoding="utf-8"))
        options = {"stylesheets": [sheet], "font_config": fonts}
        return page.write_pdf(pdf_variant="pdf/ua-1", finisher=finish_tags, **options) if tags else page.write_pdf(**options)


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory, kept_folder: Path) -> Toy:
    """Every sheet of the toy project, printed once a run. Words that no handout needs may be missing from its strings."""
    docs, kept = tmp_path_factory.mktemp("toy") / "docs", Kept(kept_folder)
    shutil.copytree(TOY, docs)
    for name in ("mkdocs.yml", "mkdocs.xx.yml"):
        (docs.parent / name).touch()
    for name in ("reading.yml", "search.yml"):
        shutil.copy(DOCS / name, docs)
    real = yaml.safe_load((DOCS / "en" / "strings.yml").read_text(encoding="utf-8"))
    for path in docs.glob("*/strings.yml"):
        own = yaml.safe_load(path.read_text(encoding="utf-8"))
        strings = real | {key: real[key] | value if isinstance(value, dict) else value for key, value in own.items()}
        path.write_text(yaml.safe_dump(strings, allow_unicode=True), encoding="utf-8")
    printed = print_drafts(Drafts(draft_all(load_content(docs), kept).handouts, []), kept, workers=1)
    return Toy(docs, kept, {(sheet.language, sheet.paper, sheet.size.name): sheet for sheet in printed.sheets})


def findings(sheet: Sheet, pdf: bytes | None = None) -> list[str]:
    """What the rules say of a sheet, or of another PDF in its place."""
    return check_pdf(pdf or sheet.pdf, sheet.html, paper=sheet.paper, size=sheet.size.name, address=sheet.address)


@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", ["en", "xx"])
def test_a_sheet_without_a_fault_has_no_finding(toy: Toy, language: str, paper: str, size: str) -> None:
    """Two languages, two papers, two sizes."""
    assert findings(toy.sheets[language, paper, size]) == []


Break = Callable[[Toy, Sheet], bytes]


def html(old: str, new: str, *, count: int = 1) -> Break:
    """Print changed HTML: a pattern that must be there, and what stands in its place."""

    def make(toy: Toy, sheet: Sheet) -> bytes:
        changed, found = re.subn(old, new, sheet.html, count=count, flags=re.DOTALL)
        assert found, f"the sheet no longer holds {old!r}"
        return toy.render(changed, sheet.address)

    return make


def css(rules: str) -> Break:
    """Print the sheet with more CSS."""
    return html("</head>", f"<style>{rules}</style></head>".replace("\\", r"\\"))


def pdf(edit: Callable[[pikepdf.Pdf], None]) -> Break:
    """Change the finished PDF."""

    def make(toy: Toy, sheet: Sheet) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(sheet.pdf)) as file:
            edit(file)
            file.save(out)
        return out.getvalue()

    return make


def elements(file: pikepdf.Pdf, role: str) -> Iterator[pikepdf.Dictionary]:
    """The structure elements of one role; there must be some."""
    found = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == f"/{role}"]
    assert found, f"the PDF holds no {role}"
    yield from found


def roles(old: str, new: str) -> Break:
    """Give every element of one role another."""

    def edit(file: pikepdf.Pdf) -> None:
        for element in elements(file, old):
            element.S = pikepdf.Name(f"/{new}")

    return pdf(edit)


def without_attribute(role: str, key: str) -> Break:
    """Take an attribute from every element of one role."""

    def edit(file: pikepdf.Pdf) -> None:
        for element in elements(file, role):
            del element.A[key]

    return pdf(edit)


def catalogue(**entries: object) -> Break:
    """Put entries into the file's catalogue, or take those out that are None."""

    def edit(file: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            if value is None:
                del file.Root[f"/{key}"]
            else:
                file.Root[f"/{key}"] = value

    return pdf(edit)


def pages(**entries: object) -> Break:
    """Put entries into every page."""

    def edit(file: pikepdf.Pdf) -> None:
        for page in file.pages:
            for key, value in entries.items():
                page[f"/{key}"] = value

    return pdf(edit)


def content(old: bytes, new: bytes) -> Break:
    """Change the drawing instructions of the first page."""

    def edit(file: pikepdf.Pdf) -> None:
        page = file.pages[0]
        before = page.Contents.read_bytes()
        after = re.sub(old, new, before, count=1)
        assert after != before
        page.Contents = file.make_stream(after)

    return pdf(edit)


def fonts(change: Callable[[pikepdf.Dictionary], None], kind: str) -> Break:
    """Change every font dictionary of a kind."""

    def edit(file: pikepdf.Pdf) -> None:
        found = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == kind]
        assert found
        for one in found:
            change(one)

    return pdf(edit)


def put(key: str, value: object) -> Callable[[pikepdf.Dictionary], None]:
    """Set one entry of a dictionary."""
    return lambda one: one.__setitem__(key, value)


def remove(key: str) -> Callable[[pikepdf.Dictionary], None]:
    """Take one entry out of a dictionary that has it."""
    return lambda one: one.__delitem__(key) if key in one else None


def _rename_family(descriptor: pikepdf.Dictionary) -> None:
    """What an embedded font of another family looks like."""
    font, out = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes())), io.BytesIO()
    for name in (1, 16):
        font["name"].setName("Atkinson Hyperlegible", name, 3, 1, 0x409)
        font["name"].removeNames(nameID=name, platformID=1)
    font.save(out)
    descriptor.FontFile2.write(out.getvalue())


def _swap_figures(file: pikepdf.Pdf) -> None:
    first, second = list(elements(file, "Figure"))[:2]
    first.Alt, second.Alt = second.Alt, first.Alt


def _swap_items(file: pikepdf.Pdf) -> None:
    """The first two items of the first list, in the other order."""
    kids = next(elements(file, "L")).K
    kids[0], kids[1] = kids[1], kids[0]


def _one_bookmark_less(file: pikepdf.Pdf) -> None:
    with file.open_outline() as outline:
        target = outline.root[0].children or outline.root
        del target[-1]


def _rename_bookmark(file: pikepdf.Pdf) -> None:
    with file.open_outline() as outline:
        outline.root[0].title = "Page 1"


def _hide_paragraph(file: pikepdf.Pdf) -> None:
    """The first paragraph becomes decoration: out of the tree, and an artifact on the page."""
    paragraph = next(elements(file, "P"))
    mcids = re.findall(rb"/MCID (\d+)", paragraph.unparse(resolved=True)) or [b"0"]
    siblings = paragraph.P.K
    del siblings[[one.objgen for one in siblings].index(paragraph.objgen)]
    page = file.pages[0]
    old = rb"/\w+\s*<<\s*/MCID " + mcids[0] + rb"\s*>>\s*BDC"
    changed, found = re.subn(old, b"/Artifact BMC", page.Contents.read_bytes())
    assert found
    page.Contents = file.make_stream(changed)


def _metadata_title(file: pikepdf.Pdf) -> None:
    with file.open_metadata() as metadata:
        metadata["dc:title"] = "toy-letter-standard.pdf"


def _script(file: pikepdf.Pdf) -> None:
    file.Root.OpenAction = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(file: pikepdf.Pdf) -> None:
    notes = [note for page in file.pages for note in page.get("/Annots", [])]
    assert notes
    notes[0].A = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")


def _attachment(file: pikepdf.Pdf) -> None:
    file.attachments["notes.txt"] = b"Notes"


def _form(file: pikepdf.Pdf) -> None:
    file.Root.AcroForm = pikepdf.Dictionary(Fields=[])


def _heavy(file: pikepdf.Pdf) -> None:
    file.Root.PieceInfo = file.make_stream(secrets.token_bytes(pdf_rules.LARGEST_FILE))


def _type3(file: pikepdf.Pdf) -> None:
    font = {"/Type": pikepdf.Name.Font, "/Subtype": pikepdf.Name.Type3, "/FontMatrix": [1, 0, 0, 1, 0, 0]}
    font |= {"/FontBBox": [0, 0, 1, 1], "/FirstChar": 0, "/LastChar": 0, "/Widths": [0]}
    font |= {"/CharProcs": {}, "/Encoding": {"/Differences": []}}
    file.pages[0].Resources.Font["/Bitmap"] = file.make_indirect(pikepdf.Dictionary(font))


def _other_address(toy: Toy, sheet: Sheet) -> bytes:
    return toy.render(sheet.html, sheet.address.removesuffix("/"))


def _untagged(toy: Toy, sheet: Sheet) -> bytes:
    return toy.render(sheet.html, sheet.address, tags=False)


STANDARD, LARGE = ("xx", "letter", "standard"), ("en", "a4", "large")

# name: (the rule that must catch it, how it is broken)
BROKEN: dict[str, tuple[str, Break]] = {
    "no PDF/UA identifier": ("ua1", catalogue(Metadata=None)),
    "a drawing without alt text": ("ua1", html(r'alt="[^"]+"', 'alt=""')),
    "no tags": ("tagged", _untagged),
    "not marked as tagged": ("tagged", catalogue(MarkInfo=pikepdf.Dictionary(Marked=False))),
    "running foot that is no artifact": ("tagged", content(rb"/Artifact\s*<<[^>]*>>", b"/Span <</MCID 999>>")),
    "text beside the tags": ("tagged", content(rb"/Span\s*<<\s*/MCID 0\s*>>", b"/Span <</MCID 998>>")),
    "language spelled out": ("language", catalogue(Lang=pikepdf.String("english"))),
    "language of another sheet": ("language", html('lang="xx"', 'lang="en"')),
    "no language": ("language", catalogue(Lang=None)),
    "another title": ("title", html("<title>.*?</title>", "<title>Handout</title>")),
    "file name as the title in the metadata": ("title", pdf(_metadata_title)),
    "file name in the window": ("title", catalogue(ViewerPreferences=pikepdf.Dictionary(DisplayDocTitle=False))),
    "no bookmarks": ("bookmarks", css("* { bookmark-level: none !important }")),
    "a bookmark less": ("bookmarks", pdf(_one_bookmark_less)),
    "a bookmark with other words": ("bookmarks", pdf(_rename_bookmark)),
    "headings as paragraphs": ("headings", roles("H2", "P")),
    "a level left out": ("headings", roles("H2", "H3")),
    "a heading without a level": ("headings", roles("H1", "H")),
    "headers as plain cells": ("table-headers", roles("TH", "TD")),
    "headers without scope": ("table-headers", without_attribute("TH", "/Scope")),
    "row headers as column headers": ("table-headers", html('scope="row"', 'scope="col"', count=0)),
    "a list as paragraphs": ("lists", html("<ul>.*?</ul>", "<p>Rëst.</p>")),
    "lists without numbering": ("lists", without_attribute("L", "/ListNumbering")),
    "steps with bullets": ("lists", css("ol { list-style: disc }")),
    "file name as alt text": ("alt-text", html(r'(src="asset[^"]*" alt=")[^"]+"', r'\1toy.svg"')),
    "alt text of another drawing": ("alt-text", pdf(_swap_figures)),
    "alt text too short": ("alt-text", html(r'(src="asset[^"]*" alt=")[^"]+"', r'\1Aró"')),
    "alt text too long": ("alt-text", html(r'(src="asset[^"]*" alt=")[^"]+"', rf'\1{"Aró " * 80}"')),
    "font left out": ("fonts-embedded", fonts(remove("/FontFile2"), "/FontDescriptor")),
    "Type 3 font": ("fonts-embedded", pdf(_type3)),
    "script": ("no-active-content", pdf(_script)),
    "program to start": ("no-active-content", pdf(_launch)),
    "attachment": ("no-active-content", pdf(_attachment)),
    "form": ("no-active-content", pdf(_form)),
    "a warning left out": ("text-equals-source", html(r'(<section class="box do-not">.*?)<li>.*?</li>', r"\1")),
    "a line more": ("text-equals-source", html("</h1>", "</h1><p>Advert</p>")),
    "paragraph hidden as decoration": ("text-equals-source", pdf(_hide_paragraph)),
    "items read in another order": ("text-equals-source", pdf(_swap_items)),
    "letters that do not say what they are": ("text-equals-source", fonts(remove("/ToUnicode"), "/Font")),
    "type under 12 pt": ("glyph-size", css(".audience { font-size: 11.8pt }")),
    "foot under 12 pt": ("glyph-size", css("@page { @bottom-left { font-size: 9pt } }")),
    "whole page shrunk": ("glyph-size", css("main { transform: scale(.8) }")),
    "large print under 16 pt": ("glyph-size", css(".small { font-size: 14pt !important }")),
    "too many sides": ("sides", css("section { break-after: page }")),
    "large print on too many sides": ("sides", css("section { break-after: page }")),
    "the other paper": ("paper-size", css("@page { size: a4 }")),
    "paper on its side": ("paper-size", css("@page { size: letter landscape }")),
    "turned": ("paper-size", pages(Rotate=90)),
    "enlarged": ("paper-size", pages(UserUnit=2)),
    "cropped": ("paper-size", pages(CropBox=pikepdf.Array([20, 20, 592, 772]))),
    "large print on the other paper": ("paper-size", css("@page { size: letter }")),
    "text at the side": ("margins", css("@page { margin-left: 8mm; margin-right: 8mm }")),
    "text at the top": ("margins", css("@page { margin-top: 2mm }")),
    "foot at the edge": ("margins", css("@page { @bottom-left { padding-top: 12mm } }")),
    "pale text": ("contrast", css(".audience { color: #777 }")),
    "see-through text": ("contrast", css(".audience { opacity: .4 }")),
    "text on a dark ground": ("contrast", css(".audience { background: #555 }")),
    "colours that come out in like greys": ("contrast", css(".audience { color: #111; background: #00c000 }")),
    "lines over 80 characters": ("line-length", css("section p { max-width: none !important; letter-spacing: -.1em }")),
    "stretched to both margins": ("not-justified", css("p, li { text-align: justify !important }")),
    "italics": ("no-italics", css(".audience { font-style: italic }")),
    "slanted font under an upright name": ("no-italics", fonts(put("/ItalicAngle", -12), "/FontDescriptor")),
    "tilted letters": ("no-italics", css(".audience { transform: skewX(-12deg) }")),
    "code of another address": ("qr", _other_address),
    "code too small to read": ("qr", css(".clinic img { width: 5mm !important; height: 5mm !important }")),
    "no code": ("qr", css(".clinic img { visibility: hidden }")),
    "code too pale": ("qr", css(".clinic img { opacity: .02 }")),
    "150 KB": ("file-size", pdf(_heavy)),
    "zero from another family": ("zero", fonts(_rename_family, "/FontDescriptor")),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_each_fault_is_caught_by_its_rule(toy: Toy, name: str) -> None:
    """One fault, and the rule that is there for it speaks."""
    expected, make = BROKEN[name]
    sheet = toy.sheets[LARGE if "large print" in name else STANDARD]
    said = findings(sheet, make(toy, sheet))
    assert any(finding.startswith(f"{expected}: ") for finding in said), said


def test_every_rule_has_a_broken_example_and_every_example_a_rule() -> None:
    """A rule that nothing was seen to break is not known to work."""
    assert {expected for expected, _ in BROKEN.values()} == set(RULES)


def test_every_finding_names_its_rule(toy: Toy) -> None:
    """`rule: what`, also where nearly everything is wrong."""
    sheet = toy.sheets[STANDARD]
    said = findings(sheet, _untagged(toy, sheet))
    assert said
    assert all(re.match(r"[a-z0-9]+(-[a-z0-9]+)*: .", finding) and finding.split(":")[0] in RULES for finding in said)


def test_the_usual_size_is_told(toy: Toy) -> None:
    """The size that most of a sheet is printed in, which is the one that the printer says it reached."""
    for sheet in toy.sheets.values():
        assert pdf_rules.usual_points(sheet.pdf) == pytest.approx(sheet.points, abs=0.1)


def test_a_second_rendering_gives_the_same_bytes(toy: Toy) -> None:
    """Nothing in a sheet depends on the time or on chance."""
    sheet = toy.sheets[STANDARD]
    assert toy.render(sheet.html, sheet.address) == sheet.pdf
