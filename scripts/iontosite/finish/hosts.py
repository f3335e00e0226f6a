"""What each host has to be told: headers, and addresses that moved, in the host's own way of writing.

`_headers` and `_redirects` for Netlify and Cloudflare Pages stand in the finished site. The configuration for nginx is written
beside a copy of it, by `make hosting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field

from iontosite.content.located import read_yaml, validate
from iontosite.content.model import Content
from iontosite.content.record import Record
from iontosite.faults import ContentError, Fault, shown
from iontosite.finish.fingerprints import FOLDER
from iontosite.project import OVERRIDES, ROOT
from iontosite.templates import fill

SOURCE = OVERRIDES / "hosts" / "headers.yml"
MOST_MOVES = 2000  # Cloudflare Pages, "Per file": static redirects
LONGEST_LINE = 2000  # Cloudflare Pages: characters of a line of `_headers`
LONGEST_MOVE = 1000  # Cloudflare Pages: characters of a redirect
PORT = 8080
FOLDER_OF_SITES = "/srv/iontophoresis"


class Headers(Record):
    """`overrides/hosts/headers.yml`: the policy in its parts, the other headers, and how long a browser may keep what has a
    fingerprint in its name (`kept`), and all else (`asked`)."""

    policy: list[str] = Field(min_length=1)
    headers: dict[str, str]
    kept: str
    asked: str

    @property
    def every(self) -> Mapping[str, str]:
        """What each answer says: name → value."""
        return {"Content-Security-Policy": "; ".join(self.policy), **self.headers}


def read_headers(source: Path = SOURCE) -> Headers:
    """The headers of the file; raises ContentError where one cannot stand in every host's own file."""
    located = read_yaml(source, shown(source, ROOT))
    found = validate(Headers, located)
    faults = [
        Fault(located.path, located.line(("headers", name) if name in found.headers else ("policy",)), f"{name} {trouble}")
        for name, value in found.every.items()
        if (trouble := _trouble(value, f"  {name}: {value}"))
    ]
    if faults:
        raise ContentError(faults)
    return found


def _trouble(value: str, line: str) -> str | None:
    """Why a value cannot stand in every host's file; None if it can."""
    if '"' in value or "\n" in value or "$" in value:
        return 'holds a quotation mark, a "$" or a line break, which nginx would read in its own way: take it out'
    if len(line) > LONGEST_LINE:
        return f"has {len(line)} characters, and Cloudflare Pages takes {LONGEST_LINE}: shorten it"
    return None


def write_host_files(content: Content, site: Path) -> None:
    """Write `_headers` and `_redirects` into the tree. Raises ContentError where a host would not take them."""
    headers, base = read_headers(), urlsplit(content.site.site_url).path
    manifests = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.webmanifest"))
    text = fill("_headers.j2", base=base, headers=headers.every, kept=headers.kept, folder=FOLDER, manifests=manifests)
    (site / "_headers").write_text(text, encoding="utf-8")
    (site / "_redirects").write_text(fill("_redirects.j2", moves=moves(content)), encoding="utf-8")


def moves(content: Content) -> list[tuple[str, str]]:
    """Each address that moved and where it leads, as hosts answer it, as many as the smallest host takes: first what was
    promised, then codes in other spellings, then both without the last slash. What is left out leads on by a page of its own."""
    base = urlsplit(content.site.site_url).path.rstrip("/")
    found: dict[str, str] = {}
    for old, new in (*_promised(content), *content.code_spellings.items()):
        found.setdefault(base + old, base + new)
    found |= {old.rstrip("/"): new for old, new in found.items() if old.rstrip("/") not in found}
    short = [(old, new) for old, new in found.items() if len(f"{old} {new} 301") <= LONGEST_MOVE]
    return short[:MOST_MOVES]


def _promised(content: Content) -> Iterator[tuple[str, str]]:
    """Pages that moved: an address with an #id is never seen by a host, and a file is given under its old name, too."""
    for redirect in content.redirects:
        if redirect.old.endswith("/"):
            yield redirect.old, redirect.new


def nginx_configuration(site_url: str, languages: Iterable[str] = (), *, root: str = FOLDER_OF_SITES, port: int = PORT) -> str:
    """The site's own file for nginx: below the folder `root` it stands at the path of `site_url`. `languages` are the folders of
    those but the first, each with its own page for what is not there."""
    headers = read_headers()
    return fill(
        "nginx.conf.j2",
        base=urlsplit(site_url).path,
        languages=list(languages),
        headers=headers.every,
        kept=headers.kept,
        asked=headers.asked,
        folder=FOLDER,
        root=root,
        port=port,
    )


def container_file(site_url: str) -> str:
    """What makes a container of the folder that `make hosting` writes."""
    return fill("Containerfile.j2", base=urlsplit(site_url).path, root=FOLDER_OF_SITES, port=PORT)
