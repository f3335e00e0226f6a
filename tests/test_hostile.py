"""No input makes a parser raise anything but its own fault, hang, or write outside of where it may write.

What is generated is not random noise alone, which every parser refuses at once, but the marks of each language in any order.
"""

from __future__ import annotations

import contextlib
import io
import time
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from iontosite.content.clinic import load_clinic
from iontosite.content.codes import _other_spellings, code_trouble
from iontosite.content.ledger import load_redirects
from iontosite.content.located import MOST, Located, parse_yaml
from iontosite.content.markdown import read_markdown
from iontosite.content.marks import mark_faults
from iontosite.content.messages import GSM_7, MAX_TEXT, MAX_WIDE, parts_of, text_faults
from iontosite.content.pages import Page, parse_page
from iontosite.content.rules.parity import Reader, page_faults, words_differences
from iontosite.content.rules.safety_words import check_safety_words
from iontosite.content.rules.tongues import TONGUES
from iontosite.content.rules.wording import check_wording
from iontosite.content.sums import worth
from iontosite.content.syntax import syntax_faults
from iontosite.content.vocabulary import Vocabulary
from iontosite.faults import ContentError
from iontosite.finish.redirects import _file_of

FRONT = '---\ntitle: "A page"\ndescription: "Only a page for a test of the build."\nevidence_checked: "2026-11-20"\nnext_check: "2027-11-20"\n---\n'
MARKS = [
    "[",
    "]",
    "(",
    ")",
    "![",
    "[^",
    "[^a]",
    "](",
    "**",
    "*",
    "_",
    "`",
    "```",
    "~~~",
    "<",
    ">",
    "<a",
    "<!--",
    "-->",
    "{{",
    "}}",
    "{",
    "}",
    "{#",
    "{:",
    "#",
    "##",
    "###",
    "|",
    "|---",
    "/",
    "///",
    "////",
    ">",
    "-",
    "+",
    "1.",
    "\\",
    "&",
    "&#x",
    "&amp;",
    '"',
    "'",
    "“",
    ":",
    ";",
    "a",
    "word",
    "24",
    "911",
    ".",
    "!",
    "?",
    "¿No?",
    "burn.md",
    "#x",
    "https://",
    "javascript:",
    "../",
    "\t",
    "\n",
    "\n\n",
    "---",
    "===",
    "html",
    "div.do",
    "caption",
    "insert:",
    "safety:",
    "rule:x",
    "sure:x",
    "count:x 1",
    "result:x",
    "how-sure:",
    "picture:",
    "call-911",
    "\u202e",
    "\u200b",
    "\ue001",
    "\U000f0001",
    "\x02",
    "\x00",
    "\r\n",
    "é",
    "😀",
]
STRINGS = st.lists(st.sampled_from(MARKS) | st.text(max_size=4), max_size=40).map(
    lambda parts: "".join(part + (" " if at % 3 == 0 else "") for at, part in enumerate(parts))
)
NO_WORDS = Vocabulary({}, ())


def look_at(page: Page) -> None:
    """Everything that reads a page by itself."""
    for look in (syntax_faults, mark_faults):
        assert all(fault.line >= 1 and fault.message for fault in look(page))
    _ = page.figures, page.links, page.inserts, page.citations, page.rules, page.main_message
    for code, tongue in TONGUES.items():
        assert isinstance(check_wording(page, NO_WORDS, tongue), list), code
        assert isinstance(check_safety_words(page, tongue), list)


def page_of(body: str) -> Page:
    """A page with this body."""
    return parse_page(FRONT + body, "en", "a.md", "a.md")


@given(STRINGS)
def test_any_page_is_read_or_refused(body: str) -> None:
    """The reader of Markdown and all rules of a single page."""
    read_markdown(body)
    try:
        look_at(page_of(body))
    except ContentError as error:
        assert error.faults


@given(STRINGS)
def test_any_front_matter_is_read_or_refused(front: str) -> None:
    """With the line of each fault inside of the file."""
    text = f"---\n{front}\n---\nBody.\n"
    try:
        parse_page(text, "en", "a.md", "a.md")
    except ContentError as error:
        assert all(1 <= fault.line <= len(text.splitlines()) + 1 for fault in error.faults)


YAML_MARKS = [
    ":",
    "-",
    "{{",
    "}}",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "'",
    '"',
    "%",
    "@",
    "`",
    "#",
    "?",
    "~",
    "=",
    "<<",
    "!!",
    "!!int",
    "!!binary",
    "!!set",
    "*a",
    "&a",
    "1",
    "0x",
    "1e9",
    "2026-11-20",
    "null",
    "a:",
    "b:",
    "\n",
    "\n",
    "",
    "",
    "---",
    "...",
    "\t",
    "\x00",
    "\ufeff",
    "é",
]
YAML = st.lists(st.sampled_from(YAML_MARKS) | st.text(max_size=3), max_size=30).map(" ".join)


@given(YAML)
def test_any_yaml_is_read_or_refused(text: str) -> None:
    """What is read is plain data, each value with a line of the text."""
    try:
        located = parse_yaml(text, "a.yml")
    except ContentError as error:
        assert all(1 <= fault.line <= text.count("\n") + 2 for fault in error.faults), error.faults
    else:
        assert isinstance(located.data, dict | list | str | int | float | bool | bytes | None | set)
        assert all(1 <= line <= text.count("\n") + 2 for line in located.lines.values())


LONG = 20_000
HANGS = {
    **{mark: mark * LONG for mark in ("[", "(", "]", "![", "](", "[^", "*", "`", "<", "{", "|", "#", "\\", "&#x", '"', "“", " ", "\n", "\t", "1,")},
    **{f"{mark} apart": f"{mark} " * 5000 for mark in ("<a", "**a", "_a", "{{", "{:", "[](", ">", "1.", "a.", "http://", "<!--")},
    **{f"{mark} on each line": f"{mark}\n" * 1500 for mark in ("[", "(", "*", "[a]: b", "<div>", "/// html | div.do", "~~~ a", "## a {#", "<!-- safety: ")},
    "lists in lists": "".join("    " * depth + "- a\n" for depth in range(200)),
    "quotes in quotes": "".join(">" * depth + " a\n" for depth in range(200)),
    "boxes in boxes": "".join("/" * (303 - depth) + " html | div.do\n" for depth in range(300)),
    "a wide table": "|a" * 1000 + "\n" + "|-" * 1000 + "\n",
    "a long word": "a" * 100_000,
    "a long number": "1" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HANGS)
def test_no_page_takes_long(name: str) -> None:
    """Twenty thousand open brackets took 45 seconds once. Five seconds of the processor's own time are many for a page."""
    start = time.process_time()
    try:
        look_at(page_of(HANGS[name] + "\n"))
    except ContentError as error:
        assert error.faults
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", HANGS)
def test_no_page_spoils_the_next_one(name: str) -> None:
    """The parser is one for all pages: what a hostile page leaves behind in it must not be read into another one."""
    plain = "Words.[^a]\n\n- one\n- two\n\n/// html | div.do\nMore.\n///\n"
    expected = [(block.kind, block.text, block.within) for block in read_markdown(plain, 0)]
    for body in (HANGS[name], "> " * 2000 + "a"):
        with contextlib.suppress(ContentError):
            _ = page_of(body + "\n").blocks
    fresh = read_markdown(plain + f"\n\nLast {name}".replace("[", "").replace("`", ""), 0)
    assert [(block.kind, block.text, block.within) for block in fresh][: len(expected)] == expected


YAML_HANGS = {
    "lists in lists": "[" * LONG,
    "groups in groups": "a: {" * LONG,
    "deep": "".join(" " * depth + "a:\n" for depth in range(2000)),
    "names that stand for each other": "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"a{depth}: &a{depth} [{','.join([f'*a{depth - 1}'] * 9)}]\n" for depth in range(1, 9)),
    "a name that holds itself": "a: &a [*a]",
    "a long number": "a: " + "9" * 100_000,
    "a number in base 60": "a: " + "1:" * 5000 + "1",
}


@pytest.mark.parametrize("name", YAML_HANGS)
def test_no_data_file_takes_long(name: str) -> None:
    """A few lines of names that stand for each other would make billions of values."""
    start = time.process_time()
    try:
        parse_yaml(YAML_HANGS[name], "a.yml")
    except ContentError as error:
        assert error.faults
    assert time.process_time() - start < 10, MOST


READERS = [Reader(tongue, [f"month{number}" for number in range(12)]) for tongue in (*TONGUES.values(), None)]


@given(STRINGS, STRINGS, st.sampled_from(READERS), st.sampled_from(READERS))
def test_any_two_texts_can_be_held_against_each_other(one: str, other: str, ours: Reader, theirs: Reader) -> None:
    """What differs is told in words; a text differs from itself in nothing where both are read alike."""
    assert all(isinstance(said, str) for said in words_differences(one, other, ours, theirs))
    assert list(words_differences(one, one, ours, ours)) == []
    try:
        page_faults(page_of(one), page_of(other), ours, theirs)
    except ContentError as error:
        assert error.faults


@given(st.text(max_size=500) | STRINGS)
def test_any_text_message_is_counted(text: str) -> None:
    """A text has at least one part, a longer one never fewer, and one that fits a single message fits its alphabet."""
    parts = parts_of(text)
    assert parts >= 1 and parts_of(text + "a") >= parts
    assert parts > 1 or len(text) <= (MAX_TEXT if set(text) <= GSM_7 else max(MAX_TEXT, MAX_WIDE))
    assert all(isinstance(said, str) for said in [*text_faults(text), *text_faults(text, True)])


@given(st.text(max_size=12) | st.from_regex(r"[A-Z]\d[\dA-Z]\.?[\dA-Z]{0,4}", fullmatch=True))
def test_any_code_is_known_or_refused(code: str) -> None:
    """In words, for both systems. The list itself is read once elsewhere; what is known is kept."""
    with patch("iontosite.content.codes._alike", lambda _: []):
        for system in ("icd10cm", "cpt"):
            trouble = code_trouble(system, code)
            assert trouble is None or code in trouble or trouble
            if trouble is None:
                assert all(
                    ".." not in each and each.startswith("/codes/")
                    for each in _other_spellings(f"/codes/{system}/{code.lower()}/")
                )


ADDRESS = st.lists(
    st.sampled_from(["/", "..", ".", "a", "after", "#", "*", "%2e", "\\", "\x00", "\n", " ", ".pdf", "//", "~", "é", "-", "C:"])
    | st.text(max_size=3),
    max_size=8,
).map("".join)


@given(ADDRESS | ADDRESS.map(lambda text: "/" + text), ADDRESS | st.just("/after/"))
def test_no_redirect_writes_outside_of_the_site(old: str, new: str) -> None:
    """Whatever is let through stands below the site's folder, and is a name that a disk can hold."""
    located = Located("redirects.yml", {"redirects": [{"from": old, "to": new, "why": "x"}]})
    try:
        (redirect,) = load_redirects(located)
    except ContentError:
        return
    site = Path("/tmp/site-of-nobody")
    for address in (redirect.old, redirect.new):
        for path in (_file_of(address, site), site / address.lstrip("/")):
            assert path.resolve().is_relative_to(site.resolve()), address
            assert "\x00" not in str(path) and all(len(part.encode()) < 256 for part in path.parts)


CLINIC = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.text(max_size=90) | STRINGS for key in ("name", "department", "phone", "hours", "colour")},
        "logo": st.text(max_size=20)
        | st.sampled_from(["../a.svg", "/etc/passwd", "a.svg", "a/../../a.svg", "logo.svg\x00", "a.SVG", "x" * 300 + ".svg"]),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CLINIC)
def test_any_details_of_a_clinic_are_taken_or_refused(tmp_path: Path, details: dict[str, str]) -> None:
    """A logo is never a file elsewhere."""
    try:
        clinic = load_clinic(Located("clinic.yml", details), tmp_path)
    except ContentError as error:
        assert error.faults
    else:
        assert not clinic.logo


SVG_PIECES = [
    '<svg xmlns="http://www.w3.org/2000/svg">', "</svg>", "<svg>", "<g>", "</g>", '<path d="M0 0"/>', "<script>alert(1)</script>", '<a href="javascript:x">', "</a>",
    '<image href="https://a.example/b.png"/>', '<use href="#a"/>', '<rect onload="x"/>', "<!DOCTYPE svg>", '<!ENTITY a "b">', "&a;", "&#x0;", "<![CDATA[", "]]>", "<!--", "-->",
    '<?xml version="1.0" encoding="utf-7"?>', '<?xml version="1.0" encoding="x"?>', '<?xml version="1.0" encoding="utf-16"?>', '<?xml version="1.0" encoding="utf-32"?>',
    '<?xml-stylesheet href="https://a.example/b.css"?>', "<style>@import 'https://a.example/';</style>", '<rect style="fill:url(https://a.example/)"/>', "\x00", "é", "<", ">", '"',
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SVG_PIECES), max_size=12).map("".join), st.sampled_from(["utf-8", "utf-16", "utf-7", "latin-1"]))
def test_any_drawing_is_taken_or_refused(tmp_path: Path, drawing: str, encoding: str) -> None:
    """What is taken holds no script and loads nothing."""
    (tmp_path / "assets").mkdir(exist_ok=True)
    (tmp_path / "assets" / "logo.svg").write_bytes(drawing.encode(encoding, "replace"))
    try:
        load_clinic(Located("clinic.yml", {"logo": "logo.svg"}), tmp_path)
    except ContentError as error:
        assert error.faults
    else:
        assert "<script" not in drawing and "onload" not in drawing and "javascript:" not in drawing


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.integers(0, 300))
def test_any_picture_is_taken_or_refused(tmp_path: Path, noise: bytes, at: int) -> None:
    """A picture that was cut off, or holds something else in its middle."""
    (tmp_path / "assets").mkdir(exist_ok=True)
    whole = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(whole, "PNG")
    (tmp_path / "assets" / "logo.png").write_bytes(whole.getvalue()[:at] + noise)
    try:
        load_clinic(Located("clinic.yml", {"logo": "logo.png"}), tmp_path)
    except ContentError as error:
        assert error.faults


@given(
    st.text(max_size=20)
    | st.text("0123456789+-*/(). e", max_size=20)
    | st.sampled_from(["9**9**9", "1" * 5000, "(" * 3000, "-" * 3000 + "1", "1 if 1 else 2"])
)
def test_any_sum_is_worked_out_or_refused(text: str) -> None:
    """Nothing but numbers is ever looked at, and no number is so great that it takes long."""
    try:
        assert isinstance(worth(text), float)
    except ValueError as error:
        assert "sum" in str(error)
