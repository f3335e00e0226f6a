"""Old addresses that still work: a small page that leads on without a server, an anchor that kept its old name, or the new
file under the name of the old one."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from iontosite.content.ledger import Redirect
from iontosite.content.model import Content
from iontosite.faults import ContentError
from iontosite.templates import fill

SHEETS = "/clinics/review/"  # the pack for committees: one sheet for each page and handout
STATEMENTS = "statements"  # the section of such a sheet that lists what its page says


def write_redirects(content: Content, site: Path) -> None:
    """Write every redirect into the tree; raises ContentError where one leads nowhere or covers a page that exists."""
    faults = []
    for index, redirect in enumerate(content.redirects):
        try:
            if "*" in redirect.old:
                _keep_anchors(redirect, content, site)
            elif "#" in redirect.old:
                _keep_anchor(redirect, site)
            elif not redirect.old.endswith("/"):
                _copy_file(redirect, site)
            else:
                _write_page(redirect, content, site)
        except ValueError as error:
            message = f"{redirect.old} → {redirect.new}: {error}"
            faults.append(content.fault("redirects.yml", ("redirects", index), message))
    if faults:
        raise ContentError(faults)


def keep_sections(content: Content, site: Path) -> None:
    """Headings of a sheet for committees are those of the page that it is about, and are worded anew with it: a promised id that
    no heading has any more leads to the sheet's list of statements, without a line in `redirects.yml`."""
    for address, promise in content.ledger.items():
        path = _file_of(address, site)
        if not address.startswith(SHEETS) or not path.is_file():
            continue
        html = path.read_text(encoding="utf-8")  # looked through as text: parsing all of them takes a second
        if f'id="{STATEMENTS}"' not in html:
            continue  # another page of the pack, whose sections are its own
        for name in promise.ids:
            if f'id="{name}"' not in html:
                _keep_anchor(Redirect(old=f"{address}#{name}", new=f"{address}#{STATEMENTS}", why="reworded"), site)


def write_code_redirects(content: Content, site: Path) -> None:
    """Codes as record systems write them, in capitals or without the dot, lead to the pages. On a file system that does not
    tell capitals from small letters the page itself stands there already, and is left alone."""
    for old, new in content.code_spellings.items():
        if not _file_of(old, site).exists():
            _write_page(Redirect(old=old, new=new, why="spelling"), content, site)


def _file_of(address: str, site: Path) -> Path:
    path = address.split("#")[0].strip("/")
    return site / path / "index.html" if path else site / "index.html"


def _write_page(redirect: Redirect, content: Content, site: Path) -> None:
    target = _file_of(redirect.old, site)
    if target.exists():
        raise ValueError("a page still stands at the old address: take the redirect out, or move the page")
    if not _file_of(redirect.new, site).exists():
        raise ValueError("there is no page at the new address: correct it")
    editions = [each for each in content.editions if each.language.path and redirect.old.startswith(each.path_of(""))]
    edition = editions[0] if editions else content.editions[0]
    new, _, fragment = redirect.new.partition("#")
    # From the top of the host: some servers give the page for an address without its last slash, too, and there a relative
    # link would lead elsewhere (nginx with `try_files $uri $uri/index.html`).
    base = urlsplit(content.site.site_url).path.rstrip("/")
    link = base + new + (f"#{fragment}" if fragment else "")
    page = fill(
        "redirect.html.j2",
        language=edition.code,
        link=link,
        script=base + edition.path_of("assets/moved.js"),
        address=content.site.site_url + new.lstrip("/"),  # a canonical address has no fragment
        frame=edition.strings.frame,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8")


def _copy_file(redirect: Redirect, site: Path) -> None:
    """A file cannot lead on: put the new one where the old one was."""
    old, new = site / redirect.old.lstrip("/"), site / redirect.new.lstrip("/")
    if old.exists():
        raise ValueError("a file still stands at the old address: take the redirect out; an address of a page ends with /")
    if not new.is_file() or new.suffix != old.suffix:
        raise ValueError(f"there is no {old.suffix or 'such'} file at the new address: correct it")
    old.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(new, old)


def _keep_anchors(redirect: Redirect, content: Content, site: Path) -> None:
    """The same on every page of a folder that promised the id and is still there."""
    page, old_id = redirect.old.split("#")
    folder = page.removesuffix("*/")
    for address, promise in content.ledger.items():
        name = address.removeprefix(folder).rstrip("/")
        direct = address.startswith(folder) and name and "/" not in name
        if direct and old_id in promise.ids and not _moved(_file_of(address, site)):
            old, new = (where.replace("*", name) for where in (redirect.old, redirect.new))
            _keep_anchor(Redirect(old=old, new=new, why=redirect.why), site)


def _moved(path: Path) -> bool:
    """Whether a page has gone, or leads on to another one, whose own ids are promised."""
    return not path.is_file() or 'http-equiv="refresh"' in path.read_text(encoding="utf-8")


def _keep_anchor(redirect: Redirect, site: Path) -> None:
    """Put an empty anchor with the old id in front of the heading that took its place, on the same page."""
    page, old_id = redirect.old.split("#")
    new_page, _, new_id = redirect.new.partition("#")
    if page != new_page or not new_id:
        raise ValueError("an old #id must lead to an #id of the same page: browsers cannot follow it to another one")
    path = _file_of(page, site)
    if not path.exists():
        raise ValueError("there is no page at this address: correct it")
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    if tree.css_first(f'[id="{old_id}"]'):
        raise ValueError("the old id still stands on the page: take the redirect out")
    heading = tree.css_first(f'[id="{new_id}"]')
    if heading is None:
        raise ValueError(f'there is no id "{new_id}" on the page: correct it')
    anchor = LexborHTMLParser(f'<span id="{old_id}"></span>').css_first("span")
    if anchor is not None and tree.html is not None:  # both always are, which the parser's types do not know
        # Inside: beside a heading it would part it from the box or the list that it heads.
        (heading.child.insert_before if heading.child else heading.insert_before)(anchor)
        path.write_text(tree.html, encoding="utf-8")
