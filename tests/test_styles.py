"""The styles of a page stand inside it, no more of them than it uses, and its policy lets just that text in."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from iontosite.faults import ContentError
from iontosite.finish.styles import hash_of, inline_styles, names_of, parse, written
from iontosite.finish.whitespace import squeezed
from iontosite.links.policy import Policy

NAMES = frozenset({"p", "div", ".a", ".b", "#c", "[data-x", "[dir", "[dir=ltr", "html"})

KEPT = [
    "p{x:1}",
    ".a{x:1}",
    "#c{x:1}",
    "p.a:not(.none)>.b{x:1}",
    "p[data-x]{x:1}",
    "[dir=ltr] p{x:1}",
    "*{x:1}",
    ":root{x:1}",
    "p::before{x:1}",
    "@font-face{x:1}",
    ":is(.none,.a) p{x:1}",
    "@media screen{.a{x:1}}",
    "@supports (x:1){@media screen{.a{x:1}}}",
    'p{content:"a , b"}',
    "p{x:1!important}",
    'p{background:url("data:image/svg+xml,<svg>")}',
]
GONE = [
    "h9{x:1}",
    ".none{x:1}",
    "#none{x:1}",
    "p .none{x:1}",
    "p[data-none]{x:1}",
    "[dir=rtl] p{x:1}",
    ":is(.none,.a.no) p{x:1}",
    "@media screen{.none{x:1}}",
    '@charset "utf-8";',
    "p{}",
    "p{--alone:1}",
    "/* words */",
]


@pytest.mark.parametrize("css", KEPT)
def test_a_rule_stays_where_the_page_may_need_it(css: str) -> None:
    """Where all that it asks for is there, and when in doubt; letter by letter."""
    assert written(parse(css), NAMES) == css


@pytest.mark.parametrize("css", GONE)
def test_a_rule_that_the_page_cannot_need_goes(css: str) -> None:
    """Where something that it asks for is nowhere on the page."""
    assert written(parse(css), NAMES) == ""


def test_selectors_and_properties_go_one_by_one() -> None:
    """Of a list of selectors those that match stay, and of the custom properties those that somebody uses, at second hand too."""
    css = (
        ":root { --a: var(--b); --b: 1px; --c: 2px } P, .none, p > .a { margin: var(--a) } @media print { p { x: 1 } p { x: 2 } }"
    )
    assert written(parse(css), NAMES) == ":root{--a:var(--b);--b:1px}P,p>.a{margin:var(--a)}@media print{p{x:1}p{x:2}}"


def test_a_script_s_words_are_names(tmp_path: Path) -> None:
    """What a script may make is on the page."""
    script = tmp_path / "a.js"
    script.write_text("node.className = 'made'; document.createElement(`aside`)", "utf-8")
    names = names_of(LexborHTMLParser("<p>x"), [script, tmp_path / "not-there.js"])
    assert {".made", "aside"} <= names and ".notmade" not in names


def test_what_a_script_looks_for_it_need_not_make(tmp_path: Path) -> None:
    """It is on the page, or nowhere; what the script makes is named where it is made."""
    script = tmp_path / "a.js"
    script.write_text(
        "page.querySelectorAll('.sought, h4'); if (a.matches(`.asked`)) a.closest( \"td\" ).className = 'made';", "utf-8"
    )
    names = names_of(LexborHTMLParser("<p>x"), [script])
    assert ".made" in names and not {".sought", "h4", ".asked", "td"} & names


def test_an_apostrophe_in_a_comment_hides_no_word(tmp_path: Path) -> None:
    """It is no quotation mark: what follows it is read as it stands."""
    script = tmp_path / "a.js"
    script.write_text("// The reader's own.\n  // Nobody's else.\n// It's\nnode.className = 'made';", "utf-8")
    assert ".made" in names_of(LexborHTMLParser("<p>x"), [script])


def small_site(folder: Path, base: str = "") -> Path:
    """A page with the site's sheet, a sheet of its own and a policy."""
    (folder / "assets").mkdir(parents=True)
    (folder / "assets/site.css").write_text("p{x:1}.none{x:2}@media print{:root{--b:1}p{x:3}.none{x:4}}", "utf-8")
    (folder / "own.css").write_text("p{x:5}@page{margin:1cm}", "utf-8")
    page = folder / "deep/index.html"
    page.parent.mkdir()
    up = base or "../"
    page.write_text(
        f"""<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'">
        <link rel="stylesheet" href="{up}assets/site.css"><link rel="stylesheet" href="{up}own.css">
        </head><body><p>x</p></body></html>""",
        "utf-8",
    )
    return page


@pytest.mark.parametrize("base", ["", "/", "/sub/"])
def test_a_page_carries_its_styles(tmp_path: Path, base: str) -> None:
    """Inside, in the order of its sheets, allowed by hash; what is for paper waits in one sheet of its own."""
    page = small_site(tmp_path, base)
    inline_styles(tmp_path, base or "/")
    html = page.read_text("utf-8")
    assert "<style>p{x:1}p{x:5}</style>" in html and "site.css" not in html and "own.css" not in html
    assert f"style-src 'self' '{hash_of('p{x:1}p{x:5}')}'; img-src" in html
    assert f'<link rel="stylesheet" media="print" href="{base or "../"}assets/print.css">' in html
    assert (tmp_path / "assets/print.css").read_text("utf-8") == "@media print{:root{--b:1}p{x:3}}@page{margin:1cm}"
    assert not (tmp_path / "own.css").exists() and not list(tmp_path.rglob("site.css"))


def test_a_sheet_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A page without its styles is not published."""
    page = small_site(tmp_path)
    page.write_text(page.read_text("utf-8").replace("own.css", "gone.css"), "utf-8")
    with pytest.raises(FileNotFoundError, match=r"gone\.css"):
        inline_styles(tmp_path)


@pytest.mark.parametrize(
    "css", ["p{}\np{background:url(a.png)}", 'p{}\n@import "b.css";', "p{}\np{background:url( '../a.png' )}"]
)
def test_a_sheet_that_loads_a_file_of_its_own_is_told(tmp_path: Path, css: str) -> None:
    """Its address would lead elsewhere from every page."""
    small_site(tmp_path)
    (tmp_path / "own.css").write_text(css, "utf-8")
    with pytest.raises(ContentError) as told:
        inline_styles(tmp_path)
    assert str(told.value.faults[0]).startswith("own.css:2: ")


@pytest.mark.parametrize(
    ("policy", "text", "stopped"),
    [
        (f"'{hash_of('p{}')}'", "p{}", False),
        (f"'{hash_of('p{}')}'", "p{ }", True),
        ("'sha256-'", "p{}", True),
        ("'md5-x'", "p{}", True),
        ("'self'", "p{}", True),
        ("'unsafe-inline'", "p{}", False),
        ("'nonce-1'", "p{}", False),
    ],
)
def test_a_text_is_let_in_by_its_own_hash_alone(policy: str, text: str, stopped: bool) -> None:
    """A hash of other words lets nothing in, as in a browser."""
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        html = f"<{tag}>{text}</{tag}>"
        assert bool(list(Policy(f"{directive} {policy}").blocked(html, LexborHTMLParser(html)))) is stopped


def test_white_space_goes_where_it_says_nothing() -> None:
    """Line breaks stay one line break, so that words stay apart; what is set as it was written stays so."""
    html = "<p>a\n\n   b</p>  \n  <pre>c\n\n   d</pre>\n\n<textarea>e\n\n f</textarea>\n <script>g\n  h</script> <b>i</b> <i>j</i>\n\n"
    squeezed_html = "<p>a\nb</p>\n<pre>c\n\n   d</pre>\n<textarea>e\n\n f</textarea>\n<script>g\n  h</script> <b>i</b> <i>j</i>\n"
    assert squeezed(html) == squeezed_html


def test_a_style_that_somebody_slips_in_is_not_used(browser: Browser, address: str) -> None:
    """The browser itself keeps out what has no hash: a style and a script that were not there at the build."""
    page = browser.new_page()
    page.goto(address + "after/")
    page.evaluate("""() => { const style = document.createElement("style"); style.textContent = "article { display: none }";
        const script = document.createElement("script"); script.append("window.ran = true"); document.head.append(style, script); }""")
    assert page.evaluate("getComputedStyle(document.querySelector('article')).display") != "none"
    assert page.evaluate("window.ran") is None
    page.close()
