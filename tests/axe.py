"""axe-core on an open page: the rules that it is asked for, and what it finds (https://github.com/dequelabs/axe-core)."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

_SOURCE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
# WCAG 2.0 to 2.2 at A, AA and AAA, and axe's best practices. The contrast of AAA (7:1, 1.4.6) is left out unless it is asked for, and
# then passes over what fails that of AA (4.5:1, 1.4.3): both are.
_TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL: dict[str, dict[str, object]] = {
    "runOnly": {"type": "tag", "values": _TAGS},
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}
# On paper nothing is pressed.
PAPER = {**ALL, "rules": {**ALL["rules"], "target-size": {"enabled": False}}}
# What another colour scheme alone can change.
COLOURS: dict[str, dict[str, object]] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]}
}
_RUN = """async (options) => (await axe.run(document, { ...options, resultTypes: ["violations"], preload: false })).violations
    .map((found) => `${found.id}: ${found.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`)"""


def load(page: Page) -> None:
    """Put axe into an open page: over the debugger, because the page's own policy forbids scripts that are not the site's."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": _SOURCE})
    session.detach()


def faults(page: Page, options: dict[str, dict[str, object]] = ALL) -> list[str]:
    """What axe finds on a page into which it was put: a rule and up to three places a line; no fault, no line."""
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")  # colours that fade over
    found: list[str] = page.evaluate(_RUN, options)
    return found
