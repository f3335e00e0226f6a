"""The scheduled run reports and changes nothing, and the page of licences lists all that is locked or vendored."""

from __future__ import annotations

import re

import pytest
import yaml

from iontosite.commands.licences import PAGE, VENDORED, locked, missing_rows
from iontosite.project import ROOT

WATCH = yaml.load((ROOT / ".github/workflows/watch.yml").read_text("utf-8"), Loader=yaml.BaseLoader)  # "on" stays a word


def steps() -> list[dict]:
    """Every step of every job."""
    return [step for job in WATCH["jobs"].values() for step in job["steps"]]


def test_the_scheduled_run_can_change_nothing() -> None:
    """It may read, and no more; it keeps no right to push, and it starts by the clock or by hand alone."""
    assert WATCH["permissions"] == {"contents": "read"} and set(WATCH["on"]) == {"schedule", "workflow_dispatch"}
    assert all("permissions" not in job for job in WATCH["jobs"].values())
    for step in steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"
        assert not re.search(r"secrets\.|git (?:push|commit)|gh ", step.get("run", ""))


def test_the_scheduled_run_calls_what_there_is() -> None:
    """Each command of make, and each file of requirements, is there: what is due, dead links, known holes."""
    said = "\n".join(step.get("run", "") for step in steps())
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", said)) == {"review", "site", "outside-links"} <= targets
    assert {"build", "test"} == set(re.findall(r"requirements/(\w+)\.txt", said))


def test_the_page_of_licences_lists_all_that_is_locked_or_vendored() -> None:
    """With its version: `make licences` writes it anew after `make lock`."""
    assert missing_rows((ROOT / PAGE).read_text("utf-8")) == []
    assert {"weasyprint", "mkdocs-material"} <= locked("build").keys() <= locked("test").keys()


@pytest.mark.parametrize(("found", "written"), [("pydantic", "pydantik"), ("| build |", "| test |"), ("Noto Sans", "Noto")])
def test_a_row_that_is_wrong_is_told(found: str, written: str) -> None:
    """A part that is missing, or stands under another version or use."""
    text = (ROOT / PAGE).read_text("utf-8")
    assert found in text and missing_rows(text.replace(found, written, 1))


@pytest.mark.parametrize("part", VENDORED, ids=lambda part: part.name)
def test_each_vendored_part_is_there_with_its_licence(part) -> None:
    """Its files and the text of its licence."""
    assert list(ROOT.glob(part.files)) and (ROOT / part.licence_file).is_file()
