"""What lies in the folders that people write in: no links to elsewhere, no folder with the name of a file, no picture that is none,
and nothing that is passed over in silence."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from editing import add, edit, faults_of
from iontosite.content.letters import letter_faults
from iontosite.content.load import load_content
from iontosite.content.located import MOST, parse_yaml
from iontosite.content.phones import _is_phone
from iontosite.content.pictures import LARGEST, Size, open_picture
from iontosite.faults import ContentError

SHOW = '\n![A pad.](assets/figures/{0}){{ width="100" height="50" }}\n\n/// caption\nThe pad lies flat.\n///\n\n'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"{0}>{1}</svg>'


def told(project: Path, name: str) -> str:
    """Everything that is said of one file."""
    return "; ".join(fault.message for fault in faults_of(project) if fault.path == name)


def raster(kind: str, width: int = 100, height: int = 50) -> bytes:
    """A picture of one colour."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(made, kind)
    return made.getvalue()


class TestPlaces:
    """Each file stands where something is made of it."""

    @pytest.mark.parametrize(
        ("place", "target"),
        [
            ("docs/en/secret.md", "/etc/passwd"),
            ("docs/en/same.md", "about.md"),
            ("docs/en/nowhere.md", "no-such.md"),
            ("docs/en/itself.md", "itself.md"),
            ("docs/en/handouts/nowhere.yml", "/no-such"),
            ("docs/en/other", "/etc"),
            ("docs/assets/secret.svg", "/etc/passwd"),
            ("docs/assets/folder", "/etc"),
            ("overrides/theme/secret.html", "/etc/passwd"),
        ],
    )
    def test_a_link_to_another_place_is_not_followed(self, tiny: Path, place: str, target: str) -> None:
        """Whatever it leads to, in the project or elsewhere, or nowhere: anything could be published through it."""
        (tiny / place).symlink_to(target)
        assert "is a link to another place" in {fault.path: fault.message for fault in reversed(faults_of(tiny))}[place]
        assert "root:" not in str(faults_of(tiny))

    def test_a_project_may_itself_be_reached_through_a_link(self, tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        """Where the project lies is its owner's matter."""
        way = tmp_path_factory.mktemp("ways") / "here"
        way.symlink_to(tiny)
        assert len(load_content(way / "docs").pages) == 12

    @pytest.mark.parametrize(
        "name",
        ["docs/clinic.yml", "docs/site.yml", "docs/en/strings.yml", "docs/en/about.md", "docs/en/yardsticks.yml", "mkdocs.yml"],
    )
    def test_a_folder_in_the_place_of_a_file(self, tiny: Path, name: str) -> None:
        """Is told, and nothing falls over it."""
        (tiny / name).unlink()
        (tiny / name).mkdir()
        assert any(fault.path in (name, "docs/site.yml") and fault.message for fault in faults_of(tiny))

    @pytest.mark.parametrize(
        "name", ["docs/en/new.md", "docs/en/handouts/new.yml", "docs/assets/new.svg", "overrides/theme/new.html"]
    )
    def test_a_folder_with_the_name_of_a_file(self, tiny: Path, name: str) -> None:
        """It would be passed over, or taken for one."""
        (tiny / name).mkdir()
        assert any(fault.path == name and "folder" in fault.message for fault in faults_of(tiny))

    def test_what_programs_talk_through_is_not_opened(self, tiny: Path) -> None:
        """A pipe would be waited for, for ever."""
        for name in ("docs/en/pipe.md", "docs/assets/pipe.svg"):
            os.mkfifo(tiny / name)
            assert "programs talk through" in told(tiny, name)
        (tiny / "docs/clinic.yml").unlink()
        os.mkfifo(tiny / "docs/clinic.yml")
        assert any(fault.path == "docs/clinic.yml" for fault in faults_of(tiny))

    @pytest.mark.parametrize(
        ("name", "says"),
        [
            ("docs/en/new.MD", "its name does not end in .md"),
            ("docs/en/new.markdown", "its name does not end in .md"),
            ("docs/en/notes.txt", "its name does not end in .md"),
            ("docs/en/about.md~", "nothing reads it"),
            ("docs/en/about.md.orig", "nothing reads it"),
            ("docs/en/letter.docx", "nothing reads it"),
            ("docs/en/pad.svg", "pictures belong into docs/assets/figures/"),
            ("docs/en/string.yml", 'did you mean "strings.yml"'),
            ("docs/en/handouts/Visit.yml", "small letters"),
            ("docs/en/handouts/new.yaml", "nothing reads it"),
            ("docs/sorces.yml", 'did you mean "sources.yml"'),
            ("docs/fr/about.md", 'there is no language "fr"'),
            ("docs/assets/Pad.svg", "is nothing that pages show"),
            ("docs/assets/figures/pä.svg", "is nothing that pages show"),
            ("docs/assets/page.html", "is nothing that pages show"),
            ("docs/assets/all.zip", "is nothing that pages show"),
            ("docs/assets/figures/new.svg", "no page, handout or template shows it"),
        ],
    )
    def test_what_nothing_reads_is_told(self, tiny: Path, name: str, says: str) -> None:
        """Under the name that it has, with the one that was meant."""
        (tiny / name).parent.mkdir(exist_ok=True)
        (tiny / name).write_text(DRAWING.format("", "") if name.endswith("new.svg") else "x", "utf-8")
        assert says in told(tiny, name)

    def test_what_editors_and_systems_hide_is_left_alone(self, tiny: Path) -> None:
        """It is not read, and not published."""
        for name in ("docs/en/.about.md.swp", "docs/.DS_Store", "docs/.git/x.md", "docs/assets/.x.svg", "overrides/.x.html"):
            (tiny / name).parent.mkdir(exist_ok=True)
            (tiny / name).write_text("x", "utf-8")
        assert len(load_content(tiny / "docs").pages) == 12

    @pytest.mark.parametrize(
        ("path", "what"),
        [
            ("search.md", "the page that searches"),
            ("404.md", "the page for addresses that do not exist"),
            ("assets/more.md", "the files that pages load"),
            ("codes/more.md", "the pages of the codes"),
            ("handouts/make/visit.md", "the handout maker"),
            ("after/index.md", "docs/en/after/index.md"),
        ],
    )
    def test_no_page_takes_an_address_that_is_taken(self, tiny: Path, path: str, what: str) -> None:
        """By what the build writes itself, or by another page."""
        page = tiny / "docs/en" / path
        page.parent.mkdir(exist_ok=True)
        page.write_text((tiny / "docs/en/about.md").read_text("utf-8").replace("About this site", "Another page"), "utf-8")
        assert any(f"is that of {what}" in fault.message for fault in faults_of(tiny))

    @pytest.mark.parametrize(
        "name", ["docs/assets/site.css", "docs/assets/page.js", "overrides/theme/main.html", "mkdocs.base.yml"]
    )
    def test_marks_of_a_merge_are_found_in_every_kind_of_file(self, tiny: Path, name: str) -> None:
        """A browser would take half of a style sheet, and say nothing."""
        lines = (tiny / name).read_text("utf-8").rstrip("\n").count("\n") + 1
        add(tiny / name, "\n<<<<<<< HEAD\n=======\n>>>>>>> other\n" if not name.endswith(".css") else "\n>>>>>>> other\n")
        assert any(fault.path == name and fault.line > lines and "a merge" in fault.message for fault in faults_of(tiny))


class TestPictures:
    """Each is opened before it is shown."""

    @pytest.mark.parametrize(
        ("name", "data", "says"),
        [
            ("p.png", b"", "cannot be read as PNG"),
            ("p.png", b"hello", "cannot be read as PNG"),
            ("p.png", raster("JPEG"), "cannot be read as PNG: save the picture again as PNG"),
            ("p.png", raster("PNG")[:60], "cannot be read as PNG"),
            ("p.webp", raster("PNG"), "cannot be read as WEBP"),
            ("p.png", raster("PNG", 9000, 4500), "is 9000 by 4500 pixels"),
            ("p.png", raster("PNG", 1, 1), "is 1 by 1 pixels, and each side needs 16 to 4,000"),
            ("p.jpg", raster("JPEG") + b"x" * LARGEST, "bytes, 500,000 at most: save it smaller"),
            ("p.svg", b"<html><script>1</script></html>", "is not SVG: its first element must be svg"),
            ("p.svg", b"<svg", "is not SVG"),
            ("p.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "does not say how large it is"),
            ("p.svg", DRAWING.format("", "").encode("utf-16"), "is not UTF-8"),
            ("p.svg", b'<?xml version="1.0" encoding="UTF-7"?><svg xmlns="http://www.w3.org/2000/svg"/>', "is not UTF-8"),
            ("p.svg", b'<?xml version="1.0" encoding="nonsense"?><svg xmlns="http://www.w3.org/2000/svg"/>', "is not UTF-8"),
        ],
    )
    def test_what_is_no_picture_is_refused(self, tiny: Path, name: str, data: bytes, says: str) -> None:
        """In words, with what to do; its page is not blamed."""
        (tiny / "docs/assets/figures" / name).write_bytes(data)
        edit(tiny / "docs/en/about.md", "## What to do next", SHOW.format(name) + "## What to do next")
        (fault,) = faults_of(tiny)
        assert fault.path == f"docs/assets/figures/{name}" and says in fault.message

    def test_half_a_picture_is_none_whatever_a_library_allows(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The renderer of paper lets the whole process read halves; what it set stays as it was."""
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
        (tmp_path / "a.png").write_bytes(raster("PNG")[:60])
        with pytest.raises(ValueError, match="cannot be read as PNG"):
            open_picture(tmp_path / "a.png", "a.png")
        assert ImageFile.LOAD_TRUNCATED_IMAGES

    @pytest.mark.parametrize("kind", ["png", "jpg", "webp", "svg"])
    def test_a_picture_is_none_to_refuse(self, tiny: Path, kind: str) -> None:
        """Of each kind that pages may show."""
        data = DRAWING.format("", "").encode() if kind == "svg" else raster({"jpg": "JPEG"}.get(kind, kind.upper()))
        (tiny / f"docs/assets/figures/p.{kind}").write_bytes(data)
        edit(tiny / "docs/en/about.md", "## What to do next", SHOW.format(f"p.{kind}") + "## What to do next")
        assert len(load_content(tiny / "docs").pages) == 12

    @pytest.mark.parametrize(
        "inside",
        [
            '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs><path fill="url(#a)" d="M0 0"/>',
            "<style>.a{fill:rgb(1 2 3);clip-path:url('#b')}@media (prefers-color-scheme:dark){.a{fill:var(--x)}}</style>",
            '<g transform="translate(1 2) rotate(3)"><use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#c"/></g>',
            "<!-- drawn by hand --><text x='1' y='2'>Clinic</text>",
        ],
    )
    def test_what_a_drawing_needs_it_may_hold(self, tmp_path: Path, inside: str) -> None:
        """Shapes, colours, its own parts, words of a logo."""
        (tmp_path / "a.svg").write_text(DRAWING.format("", inside), "utf-8")
        assert open_picture(tmp_path / "a.svg", "a.svg") == Size(100, 50)

    @pytest.mark.parametrize(
        "inside",
        [
            "<style>@font-face{src:url(https://x.example/a)}</style>",
            '<path style="fill:image-set(url(https://x.example/a) 1x)" d="M0 0"/>',
            '<path style="fill:u\\72l(https://x.example/a)" d="M0 0"/>',
            '<path fill="url( \'//x.example/a\' )" d="M0 0"/>',
            "<style>a{b:expression(alert(1))}</style>",
            '<set attributeName="href" to="javascript:1"/>',
            '<image srcset="https://x.example/a 1x"/>',
            '<use href="data:image/svg+xml;base64,AAAA"/>',
            '<g xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="click"/>',
        ],
    )
    def test_what_leads_out_of_a_drawing_is_refused(self, tmp_path: Path, inside: str) -> None:
        """However it is spelled: only what is on the list may stand."""
        (tmp_path / "a.svg").write_text(DRAWING.format("", inside), "utf-8")
        with pytest.raises(ValueError, match=r"^a\.svg (holds|points to) "):
            open_picture(tmp_path / "a.svg", "a.svg")

    def test_a_large_file_is_not_opened(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A picture of many pixels would take all memory; it is refused by what it says of itself."""
        (tmp_path / "a.png").write_bytes(raster("PNG", 5000, 5000))
        monkeypatch.setattr(Image.Image, "load", lambda _: pytest.fail("it was opened"))
        with pytest.raises(ValueError, match="is 5000 by 5000 pixels"):
            open_picture(tmp_path / "a.png", "a.png")

    @pytest.mark.parametrize(
        ("logo", "data", "says"),
        [
            ("logo.svg", b'<?xml version="1.0" encoding="UTF-7"?><svg xmlns="http://www.w3.org/2000/svg"/>', "is not UTF-8"),
            ("logo.svg", DRAWING.format("", "<style>@import url(https://x.example);</style>").encode(), "@import"),
            ("logo.png", raster("PNG") + b"x" * 50_000_000, "bytes, 500,000 at most"),
            ("logo.png", raster("PNG", 1, 1), "is 1 by 1 pixels"),
        ],
    )
    def test_a_logo_is_opened_too(self, tiny: Path, logo: str, data: bytes, says: str) -> None:
        """And told once, where it is named."""
        (tiny / "docs/assets" / logo).write_bytes(data)
        edit(tiny / "docs/clinic.yml", 'logo: ""', f'logo: "{logo}"')
        assert says in told(tiny, "docs/clinic.yml")


class TestValues:
    """Values that a type of their own holds."""

    @pytest.mark.parametrize(
        "number",
        [
            "911",
            "555-0100",
            "(555) 555-0100",
            "+1 555 555 0100",
            "1-800-222-1222",
            "555.555.0100 ext. 12",
            "(555) 555-0100 or 555-0101, extension 12",
            "",
        ],
    )
    def test_phones_are_written_in_many_ways(self, number: str) -> None:
        """None of them is refused."""
        assert _is_phone(number) == number

    @pytest.mark.parametrize(
        "number", ["call us", "12", "5" * 16, "555-0100; rm", "0x12", "555 0100 or", "+", "555-0100 or call us"]
    )
    def test_what_nobody_can_dial_is_refused(self, number: str) -> None:
        """Words, too few digits, too many."""
        with pytest.raises(ValueError, match="no phone number"):
            _is_phone(number)

    @given(st.text(max_size=40))
    def test_any_text_has_letters_or_faults(self, text: str) -> None:
        """Nothing makes the look at letters fall over, and what it passes, it passes again; plain words are never told."""
        assert letter_faults(text, "a.md") == letter_faults(text, "a.md")
        assert all(1 <= fault.line <= text.count("\n") + 1 for fault in letter_faults(text, "a.md"))
        assert letter_faults(text.encode("ascii", "ignore").decode().replace("\x00", ""), "a.md") == [] or not text.isprintable()

    def test_letters_of_every_alphabet_are_welcome(self) -> None:
        """Greek, Arabic, Hindi and Persian with the signs that join their letters, and the marks of a good printer."""
        for text in ("μικρό ρεύμα", "التيار", "क्‍ष", "می‌خواهم", "“a” – ‘b’ … − × ½ µ ° é ñ ¿", "β-blocker"):
            assert letter_faults(text, "a.md") == [], text

    def test_values_never_grow_without_an_end(self) -> None:
        """Nine lines that stand for a thousand million values are refused in a moment, and so are values that name themselves."""
        lines = ["a0: &a0 [" + ",".join(["1"] * 10) + "]"]
        lines += [f"a{n}: &a{n} [" + ",".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 10)]
        for text in ("\n".join(lines), "a: &a [*a]", "a: " + "[" * 100_000, "a: " + "{b: " * 5000):
            with pytest.raises(ContentError, match="broken YAML"):
                parse_yaml(text, "a.yml")
        assert MOST > 100_000  # a ledger of 3,000 pages
