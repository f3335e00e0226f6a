"""Trims the theme's style sheet to the rules that some page can use: phones on slow links wait for every byte of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tinycss2
from selectolax.lexbor import LexborHTMLParser


def trim_styles(site: Path) -> None:
    """Trim every theme style sheet under `site`."""
    names = _names_in_use(site)
    for path in sorted(site.rglob("assets/stylesheets/*.css")):
        text = path.read_text(encoding="utf-8")
        trimmed = _serialise(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), names)
        path.write_text(trimmed, encoding="utf-8")


def _names_in_use(site: Path) -> set[str]:
    """Every tag, .class and #id of every page."""
    names: set[str] = set()
    for path in sorted(site.rglob("*.html")):
        for node in LexborHTMLParser(path.read_text(encoding="utf-8")).css("*"):
            names.add(node.tag or "")
            attributes = node.attributes
            names.update(f".{name}" for name in (attributes.get("class") or "").split())
            if attributes.get("id"):
                names.add(f"#{attributes['id']}")
    return names


def _serialise(rules: list[Any], names: set[str]) -> str:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [s for s in _split(rule.prelude) if _may_match(s, names)]
            if selectors:
                joined = ",".join(tinycss2.serialize(s).strip() for s in selectors)
                kept.append(f"{joined}{{{tinycss2.serialize(rule.content).strip()}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if body := _serialise(inner, names):
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            kept.append(rule.serialize())
    return "".join(kept)


def _split(prelude: list[Any]) -> list[list[Any]]:
    """A selector list as its selectors."""
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _may_match(selector: list[Any], names: set[str]) -> bool:
    """Whether every tag, class and id that a selector asks for stands in some page. What stands inside `:not(...)`,
    `:is(...)` and `[...]` is not looked at, so a rule is kept when in doubt."""
    before = ""
    for token in selector:
        if token.type == "ident" and before == ".":
            if f".{token.value}" not in names:
                return False
        elif token.type == "ident" and before != ":":
            if token.value.lower() not in names:
                return False
        elif token.type == "hash" and f"#{token.value}" not in names:
            return False
        before = token.value if token.type == "literal" else ""
    return True
