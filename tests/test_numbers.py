"""Numbers beside a citation stand in the cited record, or their sum is done again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editing import edit, faults_of
from iontosite.content.load import load_content
from iontosite.content.pages import parse_page
from iontosite.content.rules.numbers import check_numbers, numbers_of
from iontosite.content.sums import Sum, worth

FRONT = '---\ntitle: "A page"\ndescription: "Only a page for a test of the rules."\nevidence_checked: "2026-11-20"\nnext_check: "2027-11-20"\n---\n\n'


def told(tiny: Path, text: str, *sums: Sum) -> list[str]:
    """What the check says of a page with this text; its source found: Skin was red for 24 hours, in 40 people, in 2001."""
    page = parse_page(FRONT + text, "en", "extra.md", "docs/en/extra.md")
    return [str(fault) for fault in check_numbers(page, load_content(tiny / "docs").sources, sums)]


@pytest.mark.parametrize(
    "text",
    [
        "Skin was red for 24 hours in 40 people.[^first-2001]",
        "We looked in November 2026 and found 2 small studies; this is step 3.[^first-2001]",
        "Of 24 out of 100 we know nothing.[^first-2001]",
        "In 36 hours, somebody says, without a source.",
    ],
)
def test_what_the_record_holds_is_right(tiny: Path, text: str) -> None:
    """Numbers of the record, counts of studies, days of a search, places on the page, and what nobody cites."""
    assert told(tiny, text) == []


@pytest.mark.parametrize(("text", "number"), [("Red for 36 hours.[^first-2001]", "36"), ("In 1,240 people.[^first-2001]", "1240"), ("\n\n- Once\n- 2.5 days[^first-2001]", "2.5")])  # fmt: skip
def test_a_number_that_the_record_lacks_is_a_fault_at_its_line(tiny: Path, text: str, number: str) -> None:
    """A moved decimal and an invented count are the same slip."""
    (fault,) = told(tiny, text)
    assert fault.startswith(f"docs/en/extra.md:{8 + text.count(chr(10))}: {number} stands in no record cited here (first-2001)")


def test_a_number_may_be_worked_out(tiny: Path) -> None:
    """With its sum, on the pages that it names."""
    own = Sum(says="16", pages=("extra.md",), sum="40 - 24")
    assert told(tiny, "A gap of 16.[^first-2001]", own) == []
    assert told(tiny, "A gap of 16.[^first-2001]", own.model_copy(update={"pages": ("other.md",)}))


def test_words_and_thousands_are_numbers_too(tiny: Path) -> None:
    """Seven is 7, 1,240 is 1240."""
    source = load_content(tiny / "docs").sources["first-2001"].model_copy(update={"finding": "Seven of 1,240 people."})
    assert {"7", "1240", "40", "2001"} <= numbers_of(source)


@pytest.mark.parametrize(
    ("says", "total", "message"),
    [("20", "52 - 33", "52 - 33 is 19, and not 20"), ("19", "52 minus 33", "is no sum"), ("19", "__import__('os')", "a sum holds only numbers"), ("1", "1 / 0", "is no sum")],
)  # fmt: skip
def test_a_sum_that_is_none_is_a_fault(tiny: Path, says: str, total: str, message: str) -> None:
    """With its line."""
    edit(tiny / "docs/sums.yml", "sums: []", f'sums:\n- {{says: "{says}", pages: [after.md], sum: "{total}"}}')
    assert [fault.line for fault in faults_of(tiny) if fault.path == "docs/sums.yml" and message in fault.message] == [2]


@given(st.integers(0, 999), st.integers(0, 999), st.integers(1, 99))
def test_sums_are_done_right(one: int, two: int, three: int) -> None:
    """As a calculator does them."""
    assert worth(f"({one} - {two}) * {three} / {three} + 2 ** 0.5 ** 2") == pytest.approx(one - two + 2 ** (0.5**2))


@given(st.text(max_size=40))
def test_any_text_is_a_sum_or_told(text: str) -> None:
    """Nothing but ValueError comes out of what a writer types."""
    with suppress(ValueError):
        assert isinstance(worth(text), float)
