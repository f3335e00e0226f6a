"""The bench: the weak link's sums, the host that keeps to them, the stock site's settings, and the table."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
import yaml
from playwright.sync_api import Browser

from iontosite.bench.link import PIECE, Link, pieces
from iontosite.bench.load import Answered, Sent, Target, as_rows, read_wrk
from iontosite.bench.measure import Conditions, View, median_of, view
from iontosite.bench.report import OURS, STOCK, as_markdown, missed
from iontosite.bench.server import WeakHost, serving
from iontosite.bench.stock import stock_settings
from iontosite.project import ROOT


class TestLink:
    """400 kbit/s are 50 bytes a millisecond."""

    def test_a_new_connection_takes_two_round_trips_and_an_open_one_takes_one(self) -> None:
        """The first byte: one to open, one to ask. A connection that was opened ahead has spent its first one."""
        link = Link(400_000, 0.4)
        assert link.first_byte(opened=10, asked=10) == pytest.approx(10.8)
        assert link.first_byte(opened=10, asked=10.1) == pytest.approx(10.8)
        assert link.first_byte(opened=10, asked=15) == pytest.approx(15.4)

    def test_a_download_takes_its_bytes_over_the_rate(self) -> None:
        """50,000 bytes: one second, in pieces or whole."""
        assert Link(400_000, 0.4).arrival(7, 50_000) == pytest.approx(8)
        link, moment = Link(400_000, 0.4), 7.0
        for size in pieces(50_000):
            moment = link.arrival(moment, size)
        assert moment == pytest.approx(8)

    def test_two_downloads_share_the_rate(self) -> None:
        """Piece by piece in turns, both of them end after the time of both; the small one of two ends early."""
        link, at = Link(400_000, 0.4), [0.0, 0.0]
        for _ in range(20):
            for which in (0, 1):
                at[which] = link.arrival(at[which], PIECE)
        both = 40 * PIECE / 50_000
        assert at == pytest.approx([both - PIECE / 50_000, both])

    def test_a_pause_is_not_saved_up(self) -> None:
        """What the link did not carry while nobody asked is lost."""
        link = Link(400_000, 0.4)
        link.arrival(0, 5_000)
        assert link.arrival(60, 5_000) == pytest.approx(60.1)

    @pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 10 * PIECE + 3])
    def test_pieces_add_up(self, size: int) -> None:
        """Nothing is lost, and no piece is empty."""
        assert sum(pieces(size)) == size and all(0 < one <= PIECE for one in pieces(size))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of two files: one that compresses, and one that is compressed by itself."""
    (tmp_path / "index.html").write_text("<p>Words and words.</p>" * 500, encoding="utf-8")
    (tmp_path / "404.html").write_text("<p>Not here.</p>", encoding="utf-8")
    (tmp_path / "noise.png").write_bytes(bytes(range(256)) * 40)  # 10,240 bytes
    return tmp_path


@pytest.fixture
def host(folder: Path) -> Iterator[WeakHost]:
    """That site at 100,000 bytes a second and a round trip of 100 ms."""
    with serving(WeakHost(folder, 800_000, 0.1)) as host:
        yield host


class Caller:
    """A browser as small as can be: one connection, asked again and again."""

    def __init__(self, host: WeakHost) -> None:
        place = urlsplit(host.address)
        self.began = time.monotonic()
        self.connection = socket.create_connection((place.hostname, place.port))

    def get(self, path: str) -> tuple[str, bytes, float]:
        """The head, the body, and the seconds since the connection was opened."""
        self.connection.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.connection.recv(65_536)
        head, _, body = data.partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += self.connection.recv(65_536)
        return head.decode(), body, time.monotonic() - self.began


# A busy machine wakes up late, and never early.
LATE = 0.5


def test_the_host_keeps_to_the_link(host: WeakHost) -> None:
    """Two round trips and 10 KB: 0.3 s. The same again over the open connection: 0.2 s."""
    caller = Caller(host)
    first, second = caller.get("/noise.png")[2], caller.get("/noise.png")[2]
    size = host.sent[0].size
    assert 10_240 < size < 10_700, "the head counts too"
    assert 0.2 + size / 100_000 <= first <= 0.2 + size / 100_000 + LATE
    assert first + 0.1 + size / 100_000 <= second + 0.001 <= first + 0.1 + size / 100_000 + LATE
    caller.connection.close()


def test_connections_share_the_link(host: WeakHost) -> None:
    """Three at once take as long as three times one."""
    callers = [Caller(host) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        ends = [end for _, _, end in pool.map(lambda caller: caller.get("/noise.png"), callers)]
    whole = sum(one.size for one in host.sent) / 100_000
    assert 0.2 + whole <= max(ends) + 0.001 <= 0.2 + whole + LATE
    assert min(ends) >= 0.2 + 0.7 * whole, "none was let through before the others"
    for caller in callers:
        caller.connection.close()


def test_the_host_sends_what_hosts_send(host: WeakHost, folder: Path) -> None:
    """Text in Brotli, pictures as they are, the site's own page for what is not there, and nothing from outside of it."""
    caller = Caller(host)
    head, body, _ = caller.get("/?q=1")
    assert "200 OK" in head and "Content-Encoding: br" in head and "text/html; charset=utf-8" in head
    assert brotli.decompress(body) == (folder / "index.html").read_bytes()
    head, body, _ = caller.get("/noise.png")
    assert "br" not in head.split("Content-")[1] and body == (folder / "noise.png").read_bytes()
    for path in ("/nothing/", "/../pyproject.toml", "/%2e%2e/pyproject.toml"):
        head, body, _ = caller.get(path)
        assert "404 Not Found" in head and brotli.decompress(body) == b"<p>Not here.</p>"
    caller.connection.close()


def test_the_host_knows_when_all_is_quiet(host: WeakHost) -> None:
    """Not before anything was asked, not while an answer is on its way, and not sooner than asked for."""
    assert not host.is_quiet(0.01)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(Caller(host).get, "/noise.png")
        while not host.waiting:
            time.sleep(0.001)
        assert not host.is_quiet(0)
        answer.result()
    assert not host.is_quiet(60)
    time.sleep(0.2)
    assert host.is_quiet(0.1)


def test_a_view_counts_all_that_a_page_costs(browser: Browser, folder: Path) -> None:
    """A page with a picture, and what a script asks for after it: three requests, and it is whole after the last of them."""
    (folder / "index.html").write_text(
        '<!DOCTYPE html><link rel="icon" href="data:,"><p>Words.</p><img src="preview.svg" width="50" height="50" alt="">'
        '<script>addEventListener("load", () => setTimeout(() => fetch("late.json"), 300))</script>',
        encoding="utf-8",
    )
    (folder / "late.json").write_text("[]", encoding="utf-8")
    picture = (ROOT / "docs" / "assets" / "favicon.svg").read_text(encoding="utf-8")
    (folder / "preview.svg").write_text(f"{picture}<!--{random.Random(7).randbytes(10_000).hex()}-->", encoding="utf-8")
    with serving(WeakHost(folder, 800_000, 0.1)) as host:
        seen = view(browser, host, "", 1)
    assert seen.requests == 3 and 10_500 < seen.bytes < 12_000
    assert 200 < seen.first_paint <= seen.load_event + 100 and seen.load_event > 300
    assert seen.loaded >= seen.load_event + 300 + 100


def test_the_stock_site_has_the_words_and_not_the_looks(built_tiny: Path) -> None:
    """The pages, the menu and the extensions of ours; none of our templates or style sheets."""
    settings = stock_settings(built_tiny / "build" / "stage" / "en.yml", built_tiny / "stock")
    ours = yaml.safe_load((built_tiny / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["theme"] == {"name": "material", "font": False, "language": "en"} and settings["nav"] == ours["nav"]
    assert not {"INHERIT", "extra_css", "extra"} & settings.keys() and settings["plugins"] == ["search"]
    assert Path(settings["docs_dir"]).is_dir() and "footnotes" in settings["markdown_extensions"]


def figures(first_paint: float, loaded: float) -> View:
    """A view of which only two figures matter."""
    return View(2, 9_000, first_paint, first_paint, loaded, loaded)


def test_medians_are_of_each_figure_by_itself() -> None:
    """One odd run changes nothing."""
    views = [figures(1000, 300), figures(9000, 200), figures(1100, 100)]
    assert median_of(views) == figures(1100, 200)


def test_the_table_shows_quotients_and_aims() -> None:
    """An aim that is just met is met; one that is missed is told with its figures, and by the list below the table."""
    found = {
        "": {OURS: figures(600, 300), STOCK: figures(1000, 1000)},
        "after/": {OURS: figures(610, 250), STOCK: figures(1000, 1000)},
    }
    assert missed(found) == ["/after/: first paint, ms: 0.61 of stock, aim 0.60"]
    table = as_markdown(found, Conditions())
    assert "| / | first paint, ms | 600 | 1,000 | 0.60 | 0.60 |" in table
    assert table.endswith("- missed: /after/: first paint, ms: 0.61 of stock, aim 0.60\n")
    assert "400 kbit/s" in table and "400 ms" in table and "slowed 6 times" in table
    assert as_markdown({"": found[""]}, Conditions()).endswith("- missed: none\n")


def test_make_bench_builds_and_measures() -> None:
    """The target needs the site and what the tests need: the browser and Brotli."""
    assert "\nbench: site .venv/ready-test" in (ROOT / "Makefile").read_text(encoding="utf-8")


WRK = """Running 5s test @ http://127.0.0.1:1/after/
  2 threads and 10 connections
  Latency Distribution
     50%  212.00us
     75%    1.10ms
     90%    2.31ms
     99%    1.02s
  182571 requests in 5.00s, 2.01GB read
{errors}Requests/sec:  36514.11
Transfer/sec:    411.22MB
"""


class TestLoad:
    """What wrk says, and the rows that are made of it."""

    @pytest.mark.parametrize(
        ("errors", "count"),
        [
            ("", 0),
            ("  Non-2xx or 3xx responses: 7\n", 7),
            ("  Socket errors: connect 1, read 2, write 3, timeout 4\n", 10),
            ("  Socket errors: connect 0, read 0, write 0, timeout 1\n  Non-2xx or 3xx responses: 2\n", 3),
        ],
    )
    def test_every_error_counts(self, errors: str, count: int) -> None:
        """Answers that are no file, and connections that broke or got nothing in time."""
        assert read_wrk(WRK.format(errors=errors), 10) == Answered(10, 182571, 36514.11, 0.212, 1020.0, count)

    @pytest.mark.parametrize("said", ["", "unable to connect to 127.0.0.1:9 Connection refused", WRK.replace("99%", "98%")])
    def test_what_is_not_understood_is_no_figure(self, said: str) -> None:
        """Another version of the tool, or one that could not begin."""
        with pytest.raises(ValueError, match="not understood"):
            read_wrk(said.replace("{errors}", ""), 1)

    def test_a_row_has_what_went_over_the_line(self) -> None:
        """36,514 answers of 10,905 bytes are 3.2 Gbit a second."""
        rows = as_rows(Target("a page", "/", "br"), Sent(10905, "br"), [read_wrk(WRK.format(errors=""), 10)])
        assert rows == ["| a page, br | 10,905 | 10 | 36,514 | 3,185 | 0.2 | 1,020.0 | 0 |"]
