"""Sentences lead on to each other: of a usual length, joined, and never four stubs in a row; on every page that tells something."""

from __future__ import annotations

import pytest

from iontosite.content.markdown import read_markdown
from iontosite.content.model import Content
from iontosite.content.rules.flow import FEWEST_SENTENCES, LEAST_JOINED, MEAN_WORDS, Flow, is_joined, measure_flow

# What is read line by line: each line is ticked alone, and must be short.
LISTS = {"tell-us-first.md"}


def choppy(flow: Flow) -> list[str]:
    """What is wrong with a page's flow; the mean in whole words. A page of a few sentences has none."""
    if flow.sentence_count < FEWEST_SENTENCES:
        return []
    found = []
    if not MEAN_WORDS[0] <= round(flow.mean_words) <= MEAN_WORDS[1]:
        found.append(f"a sentence has {flow.mean_words:.1f} words on average")
    if round(flow.joined, 2) < LEAST_JOINED:
        found.append(f"{flow.joined:.0%} of the sentences are joined")
    if flow.stub_lines:
        found.append(f"too many stubs in a row at line {flow.stub_lines[0]}")
    return found


def flow_of(text: str) -> Flow:
    """The flow of some Markdown."""
    return measure_flow(read_markdown(text, 1))


def test_every_page_flows(content: Content) -> None:
    """In the language that the measure was made for."""
    pages = [page for page in content.edition("en").pages if page.path not in LISTS]
    assert {page.path: found for page in pages if (found := choppy(measure_flow(page.blocks)))} == {}


JOINED = "When it stings or burns, tell your therapist about it, because pain means stop. "
LONE = "Most people feel a mild tingling or some warmth under the pads. "
STUB = "The pad is on the skin. "


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (JOINED * 14, []),
        (f"{JOINED * 14}\n\n{STUB * 3}\n\n{JOINED * 2}\n\n{STUB}", []),
        (f"{JOINED * 14}\n\n## A heading\n\n{STUB * 2}\n\n- {STUB}\n\n{STUB * 2}", []),
        (f"{JOINED * 14}\n\n{STUB * 2}\n\n{STUB * 2}", ["too many stubs in a row at line 3"]),
        ("\n\n".join([JOINED, f"- {STUB}"] * 4), ["a sentence has"]),
        (f"{JOINED * 3}{LONE * 7}", []),
        (LONE * 10, ["0% of the"]),
        (STUB * 3, []),
    ],
)
def test_choppy_text_is_told(text: str, says: list[str]) -> None:
    """Short sentences, lone sentences and stubs in a row; a list is read line by line, and a heading ends a run."""
    found = choppy(flow_of(text))
    assert len(found) == len(says) and all(words in line for words, line in zip(says, found, strict=True)), found


def test_a_joining_word_is_a_word() -> None:
    """Not a part of one."""
    assert is_joined("Stop if it hurts.") and is_joined("But it may.") and not is_joined("A gift is also nice.")
