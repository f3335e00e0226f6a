"""What measures growth builds what it says: so many pages more, and the seconds of every stage."""

from __future__ import annotations

from pathlib import Path

from measure_growth import grow, timed


def test_toy_pages_build_and_each_stage_is_timed(tmp_path: Path) -> None:
    """Three toy pages stand beside the tiny site's own."""
    plan = grow(tmp_path, 3)
    seconds = timed(plan)
    assert sum(1 for _ in (plan.output / "questions").glob("toy-*/index.html")) == 3
    assert {"content", "paper", "stage", "render", "finish", "check", "publish"} <= seconds.keys()
