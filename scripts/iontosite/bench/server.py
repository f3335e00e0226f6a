"""Serves a finished site through a weak link, as a host does: files in Brotli, HTTP/1.1, connections kept open."""

from __future__ import annotations

import asyncio
import mimetypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli

from iontosite.bench.link import Link, pieces

# What hosts compress; pictures and fonts of other kinds are compressed by themselves.
_COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest", ".map", ".ttf"}
_KINDS = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".json": "application/json"}


@dataclass(frozen=True)
class Sent:
    """One answer: what was asked for, its bytes with its head, and when its last byte arrived (seconds since 1970)."""

    path: str
    size: int
    at: float


class WeakHost:
    """One site behind one link. `sent` lists what went out since `forget`."""

    def __init__(self, site: Path, rate: float, round_trip: float) -> None:
        self.site, self.rate, self.round_trip = site, rate, round_trip
        self.address = ""
        self.answer = cache(self._answer)
        self.forget()

    def forget(self) -> None:
        """Begin a new view: an empty list and a free link."""
        self.sent: list[Sent] = []
        self.link = Link(self.rate, self.round_trip)
        self.waiting = 0  # requests that are not answered in full

    def is_quiet(self, seconds: float) -> bool:
        """Whether everything was answered so long ago."""
        last = max((one.at for one in self.sent), default=time.time())
        return self.waiting == 0 and time.time() - last >= seconds

    def _answer(self, path: str) -> tuple[bytes, bytes]:
        """The head and the body for a path; the site's own page where there is no such file."""
        place = self.site / unquote(path).strip("/")
        place = place / "index.html" if path.endswith("/") else place
        status = "200 OK"
        if not place.resolve().is_relative_to(self.site.resolve()) or not place.is_file():
            place, status = self.site / "404.html", "404 Not Found"
        body = place.read_bytes()
        kind = _KINDS.get(place.suffix) or mimetypes.guess_type(place.name)[0] or "application/octet-stream"
        head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}{'; charset=utf-8' if kind.startswith('text/') else ''}"]
        if place.suffix in _COMPRESSED:
            body = brotli.compress(body, quality=11)
            head += ["Content-Encoding: br", "Vary: Accept-Encoding"]
        head += [f"Content-Length: {len(body)}", "Cache-Control: public, max-age=600", "Connection: keep-alive", "", ""]
        return "\r\n".join(head).encode(), body

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests, one after the other, until it is closed."""
        opened = time.monotonic()
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                await self._send(request, opened, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the browser has closed it, or the host ends
        finally:
            writer.close()

    async def _send(self, request: bytes, opened: float, writer: asyncio.StreamWriter) -> None:
        link, sent = self.link, self.sent  # of this view, also when the next one has begun
        path, at = urlsplit(request.split(maxsplit=2)[1].decode("ascii")).path, 0
        self.waiting += 1
        try:
            data = b"".join(self.answer(path))
            moment = link.first_byte(opened, time.monotonic())
            await _until(moment)
            for size in pieces(len(data)):
                moment = link.arrival(moment, size)  # not from now on: waking up late must not add up
                await _until(moment)
                writer.write(data[at : at + size])
                await writer.drain()
                at += size
        finally:
            sent.append(Sent(path, at, time.time()))  # what was broken off has cost its bytes, too
            if sent is self.sent:
                self.waiting -= 1


async def _until(moment: float) -> None:
    """Wait for a moment of the clock that only runs forward."""
    await asyncio.sleep(max(0.0, moment - time.monotonic()))


@contextmanager
def serving(host: WeakHost) -> Iterator[WeakHost]:
    """The host, answering at `host.address` for a while, in a thread of its own."""
    ready, end = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def listen() -> None:
        server = await asyncio.start_server(host.talk, "127.0.0.1", 0)
        host.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        loops.append(asyncio.get_running_loop())
        ready.set()
        await end.wait()
        server.close()  # connections that are still open are ended as the loop is

    thread = threading.Thread(target=lambda: asyncio.run(listen()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield host
    finally:
        loops[0].call_soon_threadsafe(end.set)
        thread.join(timeout=5)
