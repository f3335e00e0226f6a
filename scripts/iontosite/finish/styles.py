"""Puts into every page the style rules that it uses, so that one response paints it: on a weak link each further request costs
most of a second. The policy of the page allows that text by its hash (https://www.w3.org/TR/CSP3/#match-element-to-source-list).

A rule is kept when some page's tags, classes and ids can meet it, or the words of a script that the page loads can. What only
paper needs stays in a sheet of its own, which browsers fetch after all that is seen.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tinycss2
from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.faults import ContentError, Fault

PRINT_SHEET = "assets/print.css"
_SHEET = "assets/site.css"
_GROUPS = ("media", "supports")
_QUOTED = re.compile(r"""["'`]([^"'`]*)["'`]""")
_COMMENT = re.compile(r"^\s*//.*", re.MULTILINE)  # an apostrophe there is no quotation mark
# What a script looks for is on the page already, or it is named once more where the script makes it.
_LOOKED_FOR = re.compile(r"""\b(?:querySelector(?:All)?|closest|matches)\(\s*(["'`]).*?\1""", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_OWN_FILE = re.compile(r"""url\((?!\s*["']?(?:data:|#))[^)]*\)|@import[^;]*""")
_STYLE_SRC = re.compile(r"style-src [^;\"]*")


@dataclass(frozen=True)
class Selector:
    """One selector of a rule: its text, and what a page must hold for it to match: every one of `needs`, and of each set of
    `choices` (an `:is(...)`) at least one set whole."""

    text: str
    needs: frozenset[str]
    choices: tuple[tuple[frozenset[str], ...], ...] = ()

    def may_match(self, names: frozenset[str]) -> bool:
        """Whether a page with these tags, .classes and #ids may hold what the selector asks for."""
        return self.needs <= names and all(any(choice <= names for choice in choices) for choices in self.choices)


@dataclass(frozen=True)
class Rule:
    """A style rule: the groups around it, the outermost first ("@media print"), its selectors and its declarations as (name,
    text). A rule without selectors (`@page`) is kept as it stands."""

    groups: tuple[str, ...]
    selectors: tuple[Selector, ...]
    declarations: tuple[tuple[str, str], ...] = ()
    text: str = ""

    @property
    def is_for_paper(self) -> bool:
        """Whether it is seen in print alone."""
        return any(group.removeprefix("@media").strip() == "print" for group in self.groups) or self.text.startswith("@page")


@dataclass(frozen=True)
class StyledPage:
    """A page with its styles inside, the sheets that they come from, and what the page holds that rules may meet."""

    html: str
    sheets: tuple[Path, ...]
    names: set[str]


def inline_styles(site: Path, base_path: str = "/") -> None:
    """Give every page of the tree that loads the site's sheet the rules it uses, inside; write a sheet for paper beside it; take
    away the sheets that no page loads any more. `base_path` is where the site stands on its host: "/" or "/sub/".
    Raises FileNotFoundError where a page names a sheet that is not there, and ContentError where a sheet loads a file by an
    address of its own: inside a page that address would lead elsewhere."""
    sheets: dict[Path, tuple[Rule, ...]] = {}
    on_paper: dict[tuple[Path, ...], set[str]] = {}
    for path in sorted(site.rglob("*.html")):
        if page := styled(path.read_text(encoding="utf-8"), path, site, base_path, sheets):
            on_paper.setdefault(page.sheets, set()).update(page.names)
            path.write_text(page.html, encoding="utf-8")
    for files, names in on_paper.items():
        _write_print_sheet(files, [rule for file in files for rule in sheets[file] if rule.is_for_paper], names)
    for file in sheets:
        file.unlink()


def styled(html: str, path: Path, site: Path, base_path: str, sheets: dict[Path, tuple[Rule, ...]]) -> StyledPage | None:
    """One page of the tree `site`, at `path`, with the rules it uses inside; None where it loads no sheet of the site. `sheets`
    holds the sheets that were read before, and takes up those that this page is the first to load."""
    if _SHEET not in html:
        return None
    tree = LexborHTMLParser(html)
    links = [link for link in tree.css("link[rel=stylesheet]") if "disabled" not in link.attributes]
    files = tuple(_file_of(link.attributes["href"] or "", path, site, base_path) for link in links)
    for file in files:
        if file not in sheets:
            sheets[file] = _read(file, site)
    names = names_of(tree, [_file_of(each, path, site, base_path) for each in _scripts_of(tree)])
    rules = [rule for file in files for rule in sheets[file] if not rule.is_for_paper]
    _put_inside(tree, links, written(rules, frozenset(names)))
    return StyledPage(tree.html or "", files, names)


def _read(file: Path, site: Path) -> tuple[Rule, ...]:
    css = file.read_text(encoding="utf-8")
    faults = [
        Fault(
            file.relative_to(site.resolve()).as_posix(),
            css.count("\n", 0, match.start()) + 1,
            f"{match[0]}: write the file as data:…",
        )
        for match in _OWN_FILE.finditer(css)
    ]
    if faults:
        raise ContentError(faults)
    return parse(css)


def _file_of(address: str, page: Path, site: Path, base_path: str) -> Path:
    """The file that an address on a page leads to."""
    inside = address.partition("?")[0]
    return (site / inside.removeprefix(base_path) if inside.startswith("/") else page.parent / inside).resolve()


def _write_print_sheet(files: tuple[Path, ...], rules: list[Rule], names: set[str]) -> None:
    sheet = next(file for file in files if file.as_posix().endswith(_SHEET))
    (sheet.parents[1] / PRINT_SHEET).write_text(written(rules, frozenset(names), all_properties=True), encoding="utf-8")


def _put_inside(tree: LexborHTMLParser, links: list[LexborNode], css: str) -> None:
    """Put the text in the place of the first link, the sheet for paper after it, and the text's hash into the policy."""
    style = tree.create_node("style")
    style.insert_child(css)
    links[0].insert_before(style)
    paper = tree.create_node("link")
    way = next(href for link in links if _SHEET in (href := link.attributes["href"] or "")).partition(_SHEET)[0]
    for name, value in (("rel", "stylesheet"), ("media", "print"), ("href", f"{way}{PRINT_SHEET}")):
        paper.attrs[name] = value
    links[0].insert_before(paper)
    for link in links:
        link.decompose()
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]")
    if policy:
        told = policy.attributes["content"] or ""
        policy.attrs["content"] = _STYLE_SRC.sub(lambda match: f"{match[0]} '{hash_of(css)}'", told)


def hash_of(text: str) -> str:
    """The hash of an inline style or script as a policy names it: `sha256-…`."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def names_of(tree: LexborHTMLParser, scripts: Iterable[Path]) -> set[str]:
    """Every tag, .class, #id, [attribute and [attribute=value of a page; what its scripts may make, each word of their texts in
    quotes; and what a reader opens."""
    names = {"[open"}
    for node in tree.css("*"):
        attributes = node.attributes
        names.add(node.tag or "")
        names.update(f".{name}" for name in (attributes.get("class") or "").split())
        names.update(f"[{name}" for name in attributes)
        names.update(f"[{name}={value}" for name, value in attributes.items())
        if attributes.get("id"):
            names.add(f"#{attributes['id']}")
    return names.union(*map(_words_of, scripts))


def _scripts_of(tree: LexborHTMLParser) -> list[str]:
    return [address for node in tree.css("script[src]") if (address := node.attributes["src"])]


def _words_of(script: Path) -> frozenset[str]:
    return _words_in(script.read_text(encoding="utf-8")) if script.is_file() else frozenset()  # the link checker tells of it


@lru_cache(maxsize=32)
def _words_in(script: str) -> frozenset[str]:
    words = {word for quoted in _QUOTED.findall(_LOOKED_FOR.sub("", _COMMENT.sub("", script))) for word in _NAME.findall(quoted)}
    return frozenset(f"{sign}{word}" for word in words for sign in ("", ".", "#", "["))


# --- Reading a sheet ---


def parse(css: str) -> tuple[Rule, ...]:
    """The rules of a style sheet, flat, in their order."""
    return tuple(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), ()))


def _rules(nodes: Iterable[Any], groups: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield Rule(groups, tuple(_selector(part) for part in _split(node.prelude)), tuple(_declarations(node.content)))
        elif node.type == "at-rule" and node.lower_at_keyword in _GROUPS:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inner, (*groups, f"@{node.lower_at_keyword} {_tight(node.prelude)}"))
        elif node.type == "at-rule" and node.lower_at_keyword != "charset":
            yield Rule(groups, (), text=" ".join(node.serialize().split()))


def _declarations(content: list[Any]) -> Iterator[tuple[str, str]]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            yield node.name, f"{node.name}:{_tight(node.value)}{'!important' if node.important else ''}"


def _tight(tokens: list[Any]) -> str:
    """Tokens as text, with one space where there were some, and none after a comma."""
    text = tinycss2.serialize([token for token in tokens if token.type != "comment"])
    return text.strip() if '"' in text or "'" in text or "url(" in text else re.sub(r"\s*,\s*", ",", " ".join(text.split()))


def _split(prelude: list[Any]) -> list[list[Any]]:
    """A selector list as its selectors."""
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _selector(tokens: list[Any]) -> Selector:
    """What stands inside `:not(...)` and `:has(...)` is not looked at, so a rule is kept when in doubt."""
    needs: set[str] = set()
    choices: list[tuple[frozenset[str], ...]] = []
    before = ""
    for token in tokens:
        if token.type == "ident" and before == ".":
            needs.add(f".{token.value}")
        elif token.type == "ident" and before != ":":
            needs.add(token.value.lower())
        elif token.type == "hash":
            needs.add(f"#{token.value}")
        elif token.type == "[] block":
            needs.add(_attribute(token.content))
        elif token.type == "function" and token.lower_name in ("is", "where"):
            choices.append(tuple(_selector(part).needs for part in _split(token.arguments)))
        before = token.value if token.type == "literal" else ""
    return Selector(re.sub(r"\s*([>~+,])\s*", r"\1", _tight(tokens)), frozenset(needs), tuple(choices))


def _attribute(tokens: list[Any]) -> str:
    """What `[name]` and `[name=value]` ask for; of other ways to compare, the name alone."""
    name, *rest = [token for token in tokens if token.type != "whitespace"]
    is_equal = len(rest) == 2 and rest[0].type == "literal" and rest[0].value == "="
    return f"[{name.value}={rest[1].value}" if is_equal else f"[{name.value}"


# --- Writing what is used ---


def written(rules: Iterable[Rule], names: frozenset[str], all_properties: bool = False) -> str:
    """The rules that may meet a page with these names, as one text, without the custom properties that none of them uses; with
    `all_properties`, with those too, because another sheet may use them."""
    kept = [(rule, [each.text for each in rule.selectors if each.may_match(names)]) for rule in rules]
    kept = [(rule, selectors) for rule, selectors in kept if selectors or not rule.selectors]
    used = None if all_properties else _used_properties([rule for rule, _ in kept])
    parts: list[str] = []
    around: tuple[str, ...] = ()
    for rule, selectors in kept:
        body = ";".join(text for name, text in rule.declarations if used is None or not name.startswith("--") or name in used)
        if selectors and not body:
            continue
        if rule.groups != around:
            parts += "}" * len(around), *(f"{group}{{" for group in rule.groups)
            around = rule.groups
        parts.append(f"{','.join(selectors)}{{{body}}}" if selectors else rule.text)
    parts.append("}" * len(around))
    return "".join(parts)


def _used_properties(rules: list[Rule]) -> set[str]:
    """The custom properties that some declaration uses, or one that is itself used."""
    plain = [text for rule in rules for name, text in rule.declarations if not name.startswith("--")]
    own: Mapping[str, list[str]] = _by_name(rules)
    open_names = {name for text in plain for name in _USED.findall(text)}
    used: set[str] = set()
    while open_names:
        name = open_names.pop()
        used.add(name)
        open_names |= {other for text in own.get(name, []) for other in _USED.findall(text)} - used
    return used


def _by_name(rules: list[Rule]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule in rules:
        for name, text in rule.declarations:
            if name.startswith("--"):
                found.setdefault(name, []).append(text)
    return found
