"""Addresses of other sites, and of this one: what a link may lead to, by its scheme (RFC 3986)."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

_UNSAFE = re.compile(r"[^!#$%&'()*+,./0-9:;=?@A-Z_a-z~\[\]-]")  # what an address may hold unescaped (RFC 3986, 2), and [ ]
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)  # of a host's name (RFC 1035, 2.3.1)
_NUMBERED = re.compile(r"[\d.]+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PREVIEW = re.compile(r"http://127\.0\.0\.1(?::\d{1,5})?/?")  # of `make serve`, and of tests
LONGEST = 2000  # characters; more than any program is sure to take


def web_trouble(address: str, schemes: tuple[str, ...] = ("https", "http")) -> str | None:
    """What is wrong with the address of a page elsewhere; None if nothing is."""
    advice = f"write {schemes[0]}://… as the browser shows it"
    if (found := _UNSAFE.search(address)) or len(address) > LONGEST:
        return f'"{address[:80]}" is no address{f" ({found[0]!r} cannot stand in one)" if found else ""}: {advice}'
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return f'"{address}" is no address: {advice}'
    labels = host.split(".")
    if parts.scheme not in schemes or not all(_LABEL.fullmatch(label) for label in labels):
        return f'"{address}" is no address: {advice}'
    if len(labels) < 2 or _NUMBERED.fullmatch(host) or parts.username is not None or port is not None:
        return f'"{address}" is no address of a public site: {advice}, with a name, and without a user or a port'
    return None


def link_trouble(address: str) -> str | None:
    """What is wrong with a page's link to another place than a page of this site."""
    scheme, _, rest = address.partition(":")
    if scheme == "mailto":
        return None if _MAIL.fullmatch(rest) else f'"{address}" is no address of mail: write mailto:name@clinic.example'
    if scheme == "http":
        return f'"{address}" can be changed on its way to the reader: write https://, or leave the link out'
    if scheme == "tel":
        return "a number to call is written {{ name }}, with its digits in docs/site.yml"
    return web_trouble(address, ("https",))


def _of_a_page(address: str) -> str:
    if trouble := web_trouble(address):
        raise ValueError(trouble)
    return address


def _where_it_was_read(addresses: str) -> str:
    """One address, or several with " ; " between them: copies stand in strange places, some without a name."""
    for address in addresses.split(" ; "):
        if _UNSAFE.search(address) or not re.match(r"https?://[\w.-]+\.[\w-]+\.?(?:[:/?]|$)", address):
            raise ValueError(
                f'"{address[:80]}" is no address: write https://… as the browser shows it, several with " ; " between'
            )
    return addresses


def _of_this_site(address: str) -> str:
    """The address of the site itself, with a slash at its end; raises ValueError for one that no host can serve."""
    own = address if address.endswith("/") else address + "/"
    if _PREVIEW.fullmatch(own):
        return own
    if not own.startswith("https://"):
        raise ValueError("the address of the site must start with https://")
    path = urlsplit(own).path if web_trouble(own, ("https",)) is None else "//"
    if "//" in path or "/." in path or own != own.split("?")[0].split("#")[0] or own.split("/")[2] != own.split("/")[2].lower():
        advice = "write https://, the host in small letters, and a path, such as https://clinic.example/patients/"
        raise ValueError(f'"{address}" is no address that a site can have: {advice}')
    return own


PageAddress = Annotated[str, AfterValidator(_of_a_page)]
SiteAddress = Annotated[str, AfterValidator(_of_this_site)]
ReadAt = Annotated[str, AfterValidator(_where_it_was_read)]
