"""Faulty content is refused with the file, the line and what to do; every fault is listed, not only the first."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import TINY
from editing import edit
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.content.syntax import BOXES
from iontosite.content.text_messages import room_notes
from iontosite.faults import ContentError, Fault

SLIPS: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "fixtures/content_faults.yml").read_text("utf-8"))
ADDED_TO, ABOVE = "docs/en/about.md", "## What to do next"
MARK = "◄"
LONGEST = 8.0  # seconds of the processor for the tiny site, a slow machine included


def make(slip: dict[str, Any], project: Path) -> list[tuple[str, int]]:
    """Put one slip into the content of a project; returns the path and line of each mark. An edit has to change something,
    so that no slip goes stale in silence."""
    if "add" in slip:
        slip = {"in": ADDED_TO, "find": ABOVE, "write": slip["add"] + "\n" + ABOVE}
    path: Path = project / slip["in"]
    if "gone" in slip:
        path.unlink()
        return []
    text = slip["whole"] if "whole" in slip else path.read_text("utf-8")
    if "find" in slip:
        assert text.count(slip["find"]) == 1, f"{slip['in']} holds {slip['find']!r} {text.count(slip['find'])} times"
        text = text.replace(slip["find"], slip["write"])
    if "cut" in slip:
        text, count = re.subn(slip["cut"], "", text)
        assert count == 1, f"{slip['in']} holds {slip['cut']!r} {count} times"
    if "mark" in slip:
        assert text.count(slip["mark"]) == 1
        text = text.replace(slip["mark"], slip["mark"] + MARK)
    lines = text.split("\n")
    path.write_text(re.sub(f" ?{MARK}+", "", text), "utf-8")
    return [(slip["in"], number) for number, line in enumerate(lines, 1) for _ in range(line.count(MARK))]


def faults_of(project: Path) -> list[Fault]:
    """What is wrong with the content."""
    try:
        load_content(project / "docs")
    except ContentError as error:
        return error.faults
    return []


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_is_told_where_it_stands(tiny: Path, name: str) -> None:
    """One slip gives its faults, each with its file, its line and what to do, and no others."""
    slip = SLIPS[name]
    marks = make(slip, tiny)
    says = [slip["says"]] if isinstance(slip.get("says"), str) else slip.get("says", [])
    expected = [rf"{re.escape(path)}:{line}: .*{words}" for (path, line), words in zip(marks, says, strict=True)]
    expected += slip.get("also", [])
    found = [str(fault) for fault in faults_of(tiny)]
    assert len(found) == len(expected), found
    for words in expected:
        assert any(re.match(words, fault, re.DOTALL) for fault in found), (words, found)


def boxed(name: str) -> str:
    """A box of one kind as a page may hold it."""
    return f"/// html | {name}\nRest.\n///\n"


@pytest.mark.parametrize("name", BOXES)
def test_each_box_stands_on_a_page_as_often_as_it_may(tiny: Path, name: str) -> None:
    """One of each kind is lawful, and a second one is a fault where nobody should have to read two."""
    most = BOXES[name]
    make({"add": "Rest.\n" if "main-message" in name else boxed(name)}, tiny)  # that one, the page has
    assert faults_of(tiny) == []
    ((_, line),) = make({"in": ADDED_TO, "find": ABOVE, "write": f"/// html | {name} {MARK}\nMore.\n///\n\n{ABOVE}"}, tiny)
    said = f"{ADDED_TO}:{line}: a second {name} on one page: join the two, so that nobody reads only one of them"
    assert [str(fault) for fault in faults_of(tiny)] == ([said] if most else [])


def test_a_box_inside_of_a_box_has_fewer_slashes(tiny: Path) -> None:
    """The lawful nesting is no fault."""
    make({"add": "//// html | div.key-facts\n/// html | div.do\nRest.\n///\n////\n"}, tiny)
    assert faults_of(tiny) == []


def test_all_faults_are_reported_at_once(tiny: Path) -> None:
    """Mistakes in three files give all their messages in one run, in the order of files and lines, so that nobody mends them
    one build at a time."""
    names = (
        "two slips on one page",
        "a page that its index does not link to",
        "a sign-off of a made-up page",
        "a question in no group",
    )
    for name in names:
        make(SLIPS[name], tiny)
    found = faults_of(tiny)
    assert [fault.path.rpartition("/")[2] for fault in found] == [
        "about.md",
        "about.md",
        "knee.md",
        "does-it-hurt.md",
        "reviews.yml",
    ]
    assert found == sorted(found)


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["Windows", "old Macs"])
def test_a_page_saved_on_another_system_is_the_same_page(tiny: Path, end: str) -> None:
    """Line ends and a byte order mark change nothing in what is read."""
    page = tiny / "docs/en/after.md"
    as_it_was = load_content(tiny / "docs").edition("en").by_path["after.md"]
    page.write_bytes(("\ufeff" + page.read_text("utf-8")).replace("\n", end).encode())
    now = load_content(tiny / "docs").edition("en").by_path["after.md"]
    assert now == as_it_was and now.blocks == as_it_was.blocks


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Macs"])
def test_bytes_that_are_not_utf_8_are_told_with_their_line(tiny: Path, end: str) -> None:
    """A page that an old editor saved is refused where the first strange letter stands."""
    page = tiny / "docs/en/about.md"
    page.write_bytes(page.read_text("utf-8").replace("\n", end).encode() + b"caf\xe9\n")
    line = len((TINY / "docs/en/about.md").read_text("utf-8").split("\n"))
    assert [str(fault) for fault in faults_of(tiny)] == [
        f"docs/en/about.md:{line}: is not UTF-8 here: save the file as UTF-8 in your editor"
    ]


def test_hidden_files_of_editors_are_no_pages(tiny: Path) -> None:
    """Emacs marks an open file with a link that leads nowhere."""
    (tiny / "docs/en/.#after.md").symlink_to("somebody@nowhere")
    assert faults_of(tiny) == []


def test_a_page_with_a_fault_of_its_own_is_not_called_missing(tiny: Path) -> None:
    """One slip on a page that others link to, that a message, a sheet and a handout name and that alone cites a source, is one
    fault."""
    make({"in": "docs/en/after.md", "find": 'evidence_checked: "2026-11-20"', "write": "evidence_checked: 2026-11-20"}, tiny)
    assert [fault.path for fault in faults_of(tiny)] == ["docs/en/after.md"]


@pytest.mark.parametrize("name", ["Gum.md", "chew_gum.md", "chew gum.md", "más.md"])
def test_a_file_name_that_makes_no_good_address_is_told(tiny: Path, name: str) -> None:
    """Capitals, other signs and spaces: an address is typed, read out on the phone, and kept by disks that differ on them."""
    (tiny / "docs/en" / name).write_text((tiny / "docs/en/about.md").read_text("utf-8"), "utf-8")
    (fault,) = [fault for fault in faults_of(tiny) if fault.path.endswith(name)]
    assert "small letters" in fault.message


@pytest.mark.parametrize(
    ("file", "find", "write"),
    [("docs/safety-rules.yml", "level: call-911", "level: call-112"), ("docs/findings.yml", "question: ", "qestion: ")],
)
def test_a_slip_in_what_pages_include_is_told_of_its_file_alone(tiny: Path, file: str, find: str, write: str) -> None:
    """One wrong word there leaves most pages without words; only the file itself is to be mended."""
    edit(tiny / file, find, write)
    assert {fault.path for fault in faults_of(tiny)} == {file}


def test_an_edition_that_is_not_there_is_asked_for_in_vain(tiny: Path) -> None:
    """The finished model tells what it holds: editions by their code, and a fault's line in a data file."""
    content = load_content(tiny / "docs")
    with pytest.raises(KeyError):
        content.edition("es")
    assert str(content.fault("no-such.yml", ("a",), "is wrong")) == "docs/no-such.yml:1: is wrong"
    assert content.base_url(content.edition("en")) == "https://tiny.example/"
    assert content.address_of(content.edition("en").by_path["after.md"]) == "https://tiny.example/after/"


def test_the_address_to_build_for_can_be_given(tiny: Path) -> None:
    """What is given takes the place of the file's, and gets its slash."""
    assert load_content(tiny / "docs", "https://a.example/x").site.site_url == "https://a.example/x/"


def test_the_real_content_has_no_fault(content: Content) -> None:
    """The content that the project ships loads without a fault, and it is not empty."""
    assert len(content.pages) > 15 and len(content.sources) > 50


FILES = sorted(
    path.relative_to(TINY).as_posix() for path in TINY.rglob("*") if path.suffix in (".md", ".yml") and "docs" in path.parts
)
edits = st.tuples(
    st.sampled_from(["delete", "double", "swap", "gap", "cut", "value"]), st.integers(0, 10**6), st.integers(0, 10**6)
)


# What nobody expects behind a key.
ODD = [
    "null",
    "[]",
    "{}",
    "[null]",
    "{a:",
    "b}",
    "-1",
    "1e999",
    ".inf",
    '"{x"',
    '"}"',
    '"<b>"',
    '"\\u0000"',
    '"\\ud800"',
    '""',
    "true",
    "[[1]]",
    '"%s"',
    '"{0}"',
    '"[^x]"',
    '"```"',
    '"<!--"',
    "../../x",
    "99999999999999999999",
    '"]("',
    '"\\\\"',
    '"-->"',
    "***",
    "🙂",
    "!!python/name:os.system",
    "2026-01-01",
]


def damage(text: str, how: str, one: int, other: int) -> str:
    """The text after one slip of a hand: a line gone, doubled or changed with another one, an empty line, a character gone,
    another value behind a key."""
    lines = text.split("\n")
    first, second = one % len(lines), other % len(lines)
    if how == "delete":
        del lines[first]
    elif how == "double":
        lines.insert(first, lines[first])
    elif how == "swap":
        lines[first], lines[second] = lines[second], lines[first]
    elif how == "gap":
        lines.insert(first, "")
    elif how == "value" and ": " in lines[first]:
        lines[first] = lines[first].partition(": ")[0] + ": " + ODD[other % len(ODD)]
    elif lines[first]:
        at = other % len(lines[first])
        lines[first] = lines[first][:at] + lines[first][at + 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize("file", FILES)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(slips=st.lists(edits, min_size=1, max_size=4))
def test_no_slip_of_a_hand_ends_in_anything_but_faults(tiny: Path, file: str, slips: list[tuple[str, int, int]]) -> None:
    """Damaged content is read, or refused with faults that each have a file, a line of it and words; it never raises anything
    else."""
    text = (TINY / file).read_text("utf-8")
    for slip in slips:
        text = damage(text, *slip)
    (tiny / file).write_text(text, "utf-8")
    for fault in faults_of(tiny):
        lines = (tiny / fault.path).read_text("utf-8").split("\n")
        assert 1 <= fault.line <= len(lines) and fault.message, fault


def test_who_chose_a_long_address_hears_which_texts_take_two_messages(tiny: Path) -> None:
    """It is a note with the room that there is, and no fault; with that room, nothing is said."""
    note = "site_url is {} characters: the texts of 1 page(s) take two text messages, and their page for clinics says so. With {} characters or fewer each would be one."
    room = 160 - len("It tingles. Say stop if it burns. More: questions/does-it-hurt/")

    def notes(length: int) -> list[str]:
        return room_notes(load_content(tiny / "docs", "https://a.example/" + "a" * (length - len("https://a.example//")) + "/"))

    assert notes(room) == [] and notes(room + 3) == [note.format(room + 3, room)]


def test_a_page_without_words_is_told(tiny: Path) -> None:
    """Front matter alone: what it lacks is said, and nothing falls over it."""
    page = tiny / "docs/en/about.md"
    page.write_text(page.read_text("utf-8").partition("/// html")[0], "utf-8")
    assert {fault.path for fault in faults_of(tiny)} == {"docs/en/about.md"}


@pytest.mark.parametrize("piece", ["a-", "a@", "a.", "://a", "[^a]", "(", "| a ", "_a", ":a", "<!--", "{#a} "])
def test_no_line_is_looked_at_for_ever(tiny: Path, piece: str) -> None:
    """Thousands of one sign: told, or read, in a moment; some ways of looking would take minutes."""
    make({"add": "Words " + piece * 4000 + "\n"}, tiny)
    start = time.process_time()
    faults_of(tiny)
    assert time.process_time() - start < LONGEST


@pytest.mark.parametrize(
    ("today", "builds"),
    [("1980-01-01", True), ("2026-11-18", False), ("2026-11-19", True), ("2026-11-20", True), ("2031-11-20", True)],
)
def test_only_a_clock_that_was_set_tells_of_days_to_come(tiny: Path, today: str, builds: bool) -> None:
    """The pages were checked on 2026-11-20, which begins on some islands a day early; the site has stood since 2026-01-01. So a
    clone builds in every year to come, and on a machine whose clock was never set."""
    try:
        load_content(tiny / "docs", today=date.fromisoformat(today))
    except ContentError as error:
        assert not builds and all("evidence_checked: 2026-11-20 is still to come" in str(fault) for fault in error.faults)
    else:
        assert builds
