"""Everyday questions that people ask find their answer where the list says: page by page, in the words that stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from iontosite.content.located import read_yaml
from iontosite.content.model import Content, Edition

FIXTURES = Path(__file__).parent / "fixtures"
LISTS = ("asked-visit.yml", "asked-body.yml")
AT_LEAST = 120  # questions each


def unanswered(edition: Edition, asked: list[dict[str, str]]) -> list[str]:
    """Each question whose page is missing, or has no sentence, line or title that holds the words; spaces count as one."""
    lost = []
    for question in asked:
        page = edition.by_path.get(question["page"])
        texts = [page.front.title, *(plain(block.text) for block in page.blocks)] if page else []
        if not any(plain(question["says"]) in text for text in texts):
            lost.append(f"{question['asked']} {question['page']}: {question['says']}")
    return lost


def plain(text: str) -> str:
    """Words with one space between them."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", LISTS)
def test_every_question_has_its_answer(content: Content, name: str) -> None:
    """The page is there, and so are the words."""
    asked = read_yaml(FIXTURES / name, name).data
    assert len(asked) >= AT_LEAST
    assert len({question["asked"] for question in asked}) == len(asked)
    assert unanswered(content.edition("en"), asked) == []


@pytest.mark.parametrize(
    "question",
    [
        {"asked": "Is it there?", "page": "nowhere.md", "says": "Words."},
        {"asked": "Does it say so?", "page": "after.md", "says": "words that stand on no page"},
    ],
)
def test_an_answer_that_is_gone_is_told(tiny_content: Content, question: dict[str, str]) -> None:
    """A page that went, and a sentence that was changed."""
    assert len(unanswered(tiny_content.edition("en"), [question])) == 1
