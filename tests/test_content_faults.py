"""Faulty content is refused with the file, the line and what to do; every fault is listed, not only the first."""
from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from iontosite.faults import ContentError
from iontosite.content.library import load_library

ROOT = Path(__file__).resolve().parents[1]


def replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit that must change something, so that a fixture cannot go stale in silence."""

    def edit(project: Path) -> None:
        file = project / path
        text = file.read_text(encoding="utf-8")
        assert re.search(old, text, re.MULTILINE), f"{path} no longer holds {old!r}"
        file.write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")

    return edit


def append(path: str, text: str) -> Callable[[Path], None]:
    """An edit that adds text at the end of a file."""
    return lambda project: (project / path).open("a", encoding="utf-8").write(text) and None


def write(path: str, data: bytes) -> Callable[[Path], None]:
    """An edit that puts a whole file there."""
    return lambda project: (project / path).write_bytes(data) and None


FRONT = '---\ntitle: "A page"\ndescription: "Only a page for a test of the build."\n'
DATES = 'evidence_checked: "2026-11-20"\nnext_check: "2027-11-20"\n---\n\n'

# name: (edit, the file and what its message must say)
FAULTS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "unknown citation": (append("docs/en/after.md", "\nText.[^nirschl-2030]\n"), "docs/en/after.md", r'cites "nirschl-2030".*did you mean "nirschl-2003"\?'),
    "source not read": (replace("docs/sources.yml", r"^(- id: nirschl-2003\n(?:.*\n)*?)  status: read", r"\1  status: unverified"), "docs/en/does-it-work.md", r'"unverified": only a read source'),
    "source never cited": (replace("docs/sources.yml", r"^- id: nirschl-2003$", "- id: nirschl-2004"), "docs/sources.yml", r'"nirschl-2004" is cited by no page'),
    "duplicate source id": (replace("docs/sources.yml", r"^- id: osborne-2006$", "- id: nirschl-2003"), "docs/sources.yml", r'"nirschl-2003" stands twice'),
    "mistyped source field": (replace("docs/sources.yml", r"^  certainty: low$", "  certainty: lowish"), "docs/sources.yml", "certainty: .*'low'"),
    "no front matter": (write("docs/en/extra.md", b"# Hello\n"), "docs/en/extra.md", "has no front matter"),
    "missing front matter key": (write("docs/en/extra.md", (FRONT + 'next_check: "2027-01-01"\n---\n').encode()), "docs/en/extra.md", "evidence_checked: is missing"),
    "mistyped front matter key": (replace("docs/en/after.md", "^next_check:", "next_chek:"), "docs/en/after.md", "next_chek: is not a key"),
    "unquoted date": (replace("docs/en/after.md", r'^next_check: "([\d-]+)"', r"next_check: \1"), "docs/en/after.md", "needs quotes"),
    "not a date": (replace("docs/en/after.md", r'^next_check: "[\d-]+"', 'next_check: "next year"'), "docs/en/after.md", "is not a date"),
    "broken YAML": (replace("docs/en/after.md", "^title: .*$", 'title: "After'), "docs/en/after.md", "broken YAML"),
    "invalid UTF-8": (write("docs/en/extra.md", FRONT.encode() + DATES.encode() + b"caf\xe9\n"), "docs/en/extra.md", "is not UTF-8"),
    "two pages with one title": (write("docs/en/extra.md", (FRONT + DATES).encode()), "docs/en/extra2.md", "has the same title as docs/en/extra.md"),
    "missing picture": (append("docs/en/after.md", "\n![A pad](assets/figures/pads-in-plaice.svg)\n"), "docs/en/after.md", r'no docs/assets/figures/pads-in-plaice.svg; did you mean "assets/figures/pads-in-place.svg"'),
    "link to nowhere": (append("docs/en/after.md", "\n[Cost](costs.md)\n"), "docs/en/after.md", r'links to "costs.md", which does not exist; did you mean "cost.md"'),
    "link to a page's address": (append("docs/en/after.md", "\n[Cost](cost/)\n"), "docs/en/after.md", "name the .md file instead"),
    "unknown number to call": (append("docs/en/after.md", "\nCall {{ emergncy }}.\n"), "docs/en/after.md", r'stands for nothing; did you mean "emergency"'),
    "count over its denominator": (append("docs/en/after.md", '\n```icon-array\ntitle: "T"\nof: 10\ngroups:\n  - {label: "with", count: 12}\nsources: [nirschl-2003]\n```\n'), "docs/en/after.md", "12 is more than the 10"),
    "question in no group": (replace("docs/en/questions/burn.md", "^group: after", "group: aftr"), "docs/en/questions/burn.md", r':\d+: group: the index has no group "aftr"; did you mean "after"'),
    "next check before the last": (replace("docs/en/after.md", '^next_check: .*$', 'next_check: "2020-01-01"'), "docs/en/after.md", "next_check 2020-01-01 is not after"),
    "missing data file": (lambda project: (project / "docs/glossary.yml").unlink(), "docs/glossary.yml", "this file is missing"),
    "key twice": (replace("docs/en/after.md", "^description:", 'title: "Twice"\ndescription:'), "docs/en/after.md", '"title" stands twice'),
    "CRLF keeps the lines": (lambda project: (project / "docs/en/extra.md").write_bytes(("\ufeff" + FRONT + DATES + "Text.[^nobody-1900]\n").replace("\n", "\r\n").encode()) and None, "docs/en/extra.md", r":8: cites"),
    "date without dashes": (replace("docs/en/after.md", r'^evidence_checked: "[\d-]+"', 'evidence_checked: "20261120"'), "docs/en/after.md", 'evidence_checked: "20261120" is not a date'),
    "day that no month has": (replace("docs/permalinks.yml", r"since: '[\d-]+'", "since: '2026-02-31'"), "docs/permalinks.yml", r'permalinks.yml:[45]: addresses.*"2026-02-31" is not a date'),
    "impossible day of a sign-off": (replace("docs/reviews.yml", r"^sign_offs: \[\]", 'sign_offs:\n  - {page: /after/, name: "A. Person", role: "Nurse", date: "2026-13-01"}'), "docs/reviews.yml", '"2026-13-01" is not a date'),
    "sign-off of no page": (replace("docs/reviews.yml", r"^sign_offs: \[\]", 'sign_offs:\n  - {page: /aftr/, name: "A. Person", role: "Nurse", date: "2026-12-01"}'), "docs/reviews.yml", r'signs off "/aftr/", which does not exist; did you mean "/after/"\?'),
    "exclamation mark in YAML": (replace("docs/en/after.md", "^title: .*$", "title: !Important things"), "docs/en/after.md", ":2: broken YAML .*put it in quotes"),
    "lone = in YAML": (replace("docs/en/after.md", "^title: .*$", "title: ="), "docs/en/after.md", ":2: broken YAML .*put it in quotes"),
    "list as a key": (replace("docs/en/after.md", "^title: .*$", "? [a, b]\n: x"), "docs/en/after.md", ":2: a list or a group stands where a key should be"),
    "unknown insert": (replace("docs/en/words.md", "insert: glossary", "insert: glosary"), "docs/en/words.md", r'inserts "glosary".*did you mean "glossary"\?'),
    "insert in capitals": (replace("docs/en/words.md", "insert: glossary", "Insert: Glossary"), "docs/en/words.md", "on a line of its own"),
    "unknown number in the glossary": (replace("docs/glossary.yml", r'^( +meaning: ")', r"\1Call {{ emergncy }}. "), "docs/glossary.yml", r'stands for nothing; did you mean "emergency"'),
    "unknown number in a figure": (append("docs/en/after.md", '\n```icon-array\ntitle: "T"\nof: 10\ngroups:\n  - {label: "with", count: 1}\nsources: [nirschl-2003]\nnote: "Call {{ emergncy }}"\n```\n'), "docs/en/after.md", r'stands for nothing; did you mean "emergency"'),
    "unknown number in a handout": (replace("docs/en/handouts/visit.yml", "^description: \"", 'description: "{{ emergncy }} '), "docs/en/handouts/visit.yml", r'stands for nothing; did you mean "emergency"'),
    "missing script": (replace("docs/en/tell-us-first.md", "^script: .*$", "script: checklst.js"), "docs/en/tell-us-first.md", r'script: there is no docs/assets/checklst.js; did you mean "assets/checklist.js"'),
    "unknown source in the glossary": (replace("docs/glossary.yml", r"^( +source: ).*$", r"\1nobody-1900"), "docs/glossary.yml", r"glossary.yml:(?!1:)\d+: names \"nobody-1900\""),
    "bar over its scale": (append("docs/en/after.md", '\n```bar-chart\ntitle: "T"\nmax: 10\nunit: points\ngroups:\n  - {label: "with", value: 12}\n  - {label: "without", value: 2}\nsources: [nirschl-2003]\n```\n'), "docs/en/after.md", "12.0 is over the scale's end, 10"),
    "read source without an address": (replace("docs/sources.yml", r"^(- id: nirschl-2003\n(?:.*\n)*?)  url: .*$", r"\1  url: null"), "docs/sources.yml", "a source with status: read needs url"),
    "word of the frame that is missing": (replace("docs/en/strings.yml", "^  emergency_line: .*\n", ""), "docs/en/strings.yml", r'strings.yml:(?!1:)\d+: frame: "emergency_line" is missing: add it'),
    "word of the frame that is mistyped": (replace("docs/en/strings.yml", "^  emergency_line:", "  emergncy_line:"), "docs/en/strings.yml", r'nothing uses "emergncy_line": take it out; did you mean "emergency_line"'),
    "word of a tool that is mistyped": (replace("docs/en/strings.yml", "^  copy_failed:", "  copy_fialed:"), "docs/en/strings.yml", r'clinics: "copy_failed" is missing: add it; did you mean "copy_fialed"'),
    "word that lost its number": (replace("docs/en/strings.yml", r"Call \{number\} now", "Call now"), "docs/en/strings.yml", r"emergency_line: must hold \{number\}"),
    "certainty without words": (replace("docs/en/strings.yml", "^  very-low: .*\n", ""), "docs/en/strings.yml", 'certainty: "very-low" is missing'),
    "address longer than a text message": (replace("docs/site.yml", '^site_url: .*$', 'site_url: "https://' + "long" * 20 + '.example/"'), "docs/site.yml", r"site_url \(or SITE_URL, or --site-url\) is 97 characters, and .* have room for \d\d: take a shorter path"),
    "address that no text message holds": (replace("docs/site.yml", '^site_url: .*$', 'site_url: "https://a.example/~clinic/"'), "docs/site.yml", "holds ~, which cuts a text message"),
    "code that is not on the list": (replace("docs/en/conditions/tennis-elbow.md", '"M77.11"', '"M77.99"'), "docs/en/conditions/tennis-elbow.md", r'"M77.99" is not an ICD-10-CM code; did you mean "M77.9"'),
    "code in small letters": (replace("docs/en/conditions/tennis-elbow.md", '"M77.11"', '"m77.11"'), "docs/en/conditions/tennis-elbow.md", r':7: codes.icd10cm.1: .*did you mean "M77.11"'),
    "code of a bill that is none": (replace("docs/en/conditions/tennis-elbow.md", '"97033"', '"9703"'), "docs/en/conditions/tennis-elbow.md", r':7: codes.cpt.0: "9703" is no CPT code'),
    "unknown topic of a code": (replace("docs/en/other-uses/sweating.md", "topic: water", "topic: sea"), "docs/en/other-uses/sweating.md", r"codes.topic: .*'medicine' or 'water'"),
    "address without https": (replace("docs/site.yml", '^site_url: "https', 'site_url: "http'), "docs/site.yml", "must start with https"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_caught_by_name(project: Path, name: str) -> None:
    """One fault, one message that names its file and line and says what to do."""
    edit, path, message = FAULTS[name]
    if name == "two pages with one title":
        write("docs/en/extra2.md", (FRONT + DATES).encode())(project)
    edit(project)
    with pytest.raises(ContentError) as caught:
        load_library(project / "docs")
    said = [str(fault) for fault in caught.value.faults if fault.path == path]
    assert any(re.search(message, line) for line in said), caught.value
    assert all(re.match(r"[\w./-]+:\d+: .", line) for line in said)


def test_all_faults_are_reported_at_once(project: Path) -> None:
    """Three mistakes in three files give three messages in one run, so that nobody mends them one build at a time."""
    for name in ("unknown citation", "source never cited", "link to nowhere"):
        FAULTS[name][0](project)
    with pytest.raises(ContentError) as caught:
        load_library(project / "docs")
    said = str(caught.value)
    assert "nirschl-2030" in said and "is cited by no page" in said and "costs.md" in said


def test_the_line_of_a_fault_is_the_line_in_the_file(project: Path) -> None:
    """A citation in the last line is reported with that line's number, front matter counted."""
    append("docs/en/after.md", "\nText.[^no-such-source]\n")(project)
    last = len((project / "docs/en/after.md").read_text(encoding="utf-8").splitlines())
    with pytest.raises(ContentError) as caught:
        load_library(project / "docs")
    assert any(f.line == last for f in caught.value.faults if "no-such-source" in f.message)


def test_a_page_saved_on_windows_is_the_same_page(project: Path) -> None:
    """Line ends of Windows and of old Macs, and a byte order mark, change nothing in what is read."""
    page = project / "docs/en/after.md"
    as_it_was = next(p for p in load_library(project / "docs").pages if p.path == "after.md")
    for end in ("\r\n", "\r"):
        page.write_bytes(("\ufeff" + (ROOT / "docs/en/after.md").read_text("utf-8")).replace("\n", end).encode())
        assert next(p for p in load_library(project / "docs").pages if p.path == "after.md") == as_it_was


def test_hidden_files_of_editors_are_no_pages(project: Path) -> None:
    """Emacs marks an open file with a link that leads nowhere."""
    (project / "docs/en/.#after.md").symlink_to("somebody@nowhere")
    assert load_library(project / "docs").pages


def test_the_real_content_has_no_fault(library) -> None:
    """The content that the project ships loads without a fault, and it is not empty."""
    assert len(library.pages) > 15 and len(library.sources) > 50


def test_a_page_with_a_fault_of_its_own_is_not_called_missing(project: Path) -> None:
    """One slip on a page that many link to, and that alone cites a source, is one fault."""
    page = project / "docs/en/cost.md"
    page.write_text(re.sub('^evidence_checked: .*$', "evidence_checked: 2026-11-20", page.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_library(project / "docs")
    assert [fault.path for fault in caught.value.faults] == ["docs/en/cost.md"], [str(fault) for fault in caught.value.faults]
