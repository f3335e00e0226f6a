"""The preview: a save is shown and the browser reloads, a fault is told and the last good preview stays."""

from __future__ import annotations

import functools
import http.server
import io
import os
import re
import threading
import urllib.error
import urllib.request
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser
from rich.console import Console

from iontosite import pipeline
from iontosite.__main__ import main
from iontosite.alone import alone_in
from iontosite.commands import serve
from iontosite.commands.serve import CHANGED, NEWS, News, PreviewHandler, SiteHandler, rebuild, snapshot, watch
from iontosite.content.remembered import Remembered
from iontosite.faults import ContentError, Fault
from iontosite.kept import Kept
from iontosite.pipeline import Plan

SCRIPT = f'<script src="{NEWS}?page=0" defer></script></body>'
DONE_LATER = "printing, finishing and checking the rest"
PATIENCE = 60.0  # seconds; a shared machine is slow at times


class Stop(Exception):
    """Ends a watch that would go on for ever."""


@dataclass
class Answer:
    """What a server said."""

    status: int
    kind: str
    body: bytes
    cache: str | None


def ask(address: str, method: str = "GET") -> Answer:
    """One request; an error is an answer too."""
    request = urllib.request.Request(address, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as said:
            return Answer(said.status, said.headers["Content-Type"], said.read(), said.headers["Cache-Control"])
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers["Content-Type"], error.read(), error.headers["Cache-Control"])


def running(handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server, and its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def news() -> News:
    """The news of the test's own preview."""
    return News()


@pytest.fixture
def preview(tiny_site: Path, news: News) -> Iterator[str]:
    """The tiny site, served as a preview."""
    yield from running(functools.partial(PreviewHandler, directory=str(tiny_site), news=news))


class TestNews:
    """Who waits for the next version hears of it."""

    def test_nothing_new_in_time(self) -> None:
        """It says so once the time is over."""
        assert not News().wait(0, 0.01)

    def test_another_version_is_told_at_once(self) -> None:
        """A browser that was away for two saves loads anew as well."""
        news = News()
        news.publish()
        news.publish()
        assert news.version == 2 and news.wait(0, 0) and news.wait(1, 0) and not news.wait(2, 0)

    def test_everybody_who_waits_is_told(self) -> None:
        """Two browsers, one save."""
        news, heard = News(), []
        waiting = [threading.Thread(target=lambda: heard.append(news.wait(0, PATIENCE))) for _ in range(2)]
        for each in waiting:
            each.start()
        news.publish()
        for each in waiting:
            each.join(PATIENCE)
        assert heard == [True, True]


class TestHandler:
    """What the preview's server sends."""

    @pytest.mark.parametrize("path", ["/", "/after/", "/after/index.html", "/handouts/make/visit/", "/after/?x=1"])
    def test_a_page_gets_the_script(self, preview: str, tiny_site: Path, path: str) -> None:
        """Once, at its end; the rest is the page's own, and nothing is kept by the browser."""
        answer = ask(preview + path)
        file = path.partition("?")[0].removesuffix("index.html")
        page = (tiny_site / file.lstrip("/") / "index.html").read_bytes()
        assert answer.status == 200 and answer.kind == "text/html; charset=utf-8" and answer.cache == "no-store"
        assert answer.body == page.replace(b"</body>", SCRIPT.encode()) and answer.body.count(NEWS.encode()) == 1

    @pytest.mark.parametrize(
        "path",
        [
            "/assets/site.css",
            "/handouts/visit-a4-large.pdf",
            "/static/plain.js",
            "/sitemap.xml",
            "/permalinks.json",
            "/assets/figures/pad.svg",
        ],
    )
    def test_nothing_but_pages_gets_it(self, preview: str, tiny_site: Path, path: str) -> None:
        """Byte for byte what stands on the disk, even where it holds the words that end a page."""
        if path.endswith((".css", ".js")):
            (tiny_site / path[1:]).write_bytes(b"/* </body> */")
        answer = ask(preview + path)
        assert answer.status == 200 and answer.body == (tiny_site / path[1:]).read_bytes()

    def test_a_folder_without_its_slash_leads_on(self, preview: str) -> None:
        """As on every server, so that relative links work."""
        assert SCRIPT.encode() in ask(preview + "/after").body

    @pytest.mark.parametrize("path", ["/gone/", "/gone.pdf", "/gone/index.html", "/../../etc/hostname"])
    def test_an_address_that_does_not_exist_gets_the_site_s_own_page(self, preview: str, tiny_site: Path, path: str) -> None:
        """With the status that says so."""
        answer = ask(preview + path)
        assert (answer.status, answer.kind, answer.body) == (
            404,
            "text/html; charset=utf-8",
            (tiny_site / "404.html").read_bytes(),
        )
        assert ask(preview + path, "HEAD").body == b""

    def test_without_such_a_page_the_server_s_own(self, preview: str, tiny_site: Path) -> None:
        """And for other errors too."""
        (tiny_site / "404.html").unlink()
        assert ask(preview + "/gone/").status == 404
        assert ask(preview + "/", "POST").status == 501

    def test_the_script_asks_for_news_of_the_version_that_stands(self, preview: str, news: News) -> None:
        """It waits until the page stands, then asks."""
        news.publish()
        answer = ask(preview + NEWS)
        assert answer.kind == "text/javascript; charset=utf-8"
        assert b'addEventListener("load"' in answer.body and f'src = "{NEWS}?since=1"'.encode() in answer.body

    def test_news_are_a_picture(self, preview: str, news: News) -> None:
        """At once where there is a newer version, or where the question makes no sense."""
        news.publish()
        for since in ("0", "nonsense"):
            answer = ask(f"{preview}{NEWS}?since={since}")
            assert answer.status == 200 and answer.kind == "image/svg+xml; charset=utf-8" and answer.body == CHANGED
        assert f'src = "{NEWS}?since=0"'.encode() in ask(f"{preview}{NEWS}?page=0").body, (
            "a save while a page is on its way is missed"
        )

    def test_no_news_are_no_picture(self, preview: str, news: News, monkeypatch: pytest.MonkeyPatch) -> None:
        """The page then asks again."""
        monkeypatch.setattr(news, "wait", functools.partial(news.wait, seconds=0.01))
        answer = ask(f"{preview}{NEWS}?since=0")
        assert answer.status == 404 and answer.body == b""

    def test_a_waiting_browser_hears_of_a_save(self, preview: str, news: News) -> None:
        """The answer comes once there is something to say."""
        answers: list[Answer] = []
        browser = threading.Thread(target=lambda: answers.append(ask(f"{preview}{NEWS}?since=0")))
        browser.start()
        browser.join(0.2)
        assert answers == []
        news.publish()
        browser.join(PATIENCE)
        assert [answer.body for answer in answers] == [CHANGED]

    def test_the_site_itself_has_no_such_script(self, address: str) -> None:
        """Neither what is published nor what other tests look at."""
        for path in ("", "after/", "handouts/make/visit/"):
            answer = ask(address + path)
            assert answer.status == 200 and b"__preview__" not in answer.body
        assert ask(address.rstrip("/") + NEWS).status == 404

    def test_the_terminal_is_left_to_the_builds(self, tiny_site: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """No line for each request."""
        for address in running(functools.partial(SiteHandler, directory=str(tiny_site))):
            assert ask(address + "/").status == 200
        assert capfd.readouterr() == ("", "")


class TestRebuild:
    """A save that is no good yet."""

    def test_a_fault_is_told_and_the_last_good_preview_stays(self, tiny: Path, tiny_site: Path, kept: Kept) -> None:
        """The fault with its line, and not a byte less to look at."""
        plan, said = Plan(tiny / "docs", tiny_site, tiny / "build"), io.StringIO()
        before = (tiny_site / "after/index.html").read_bytes()
        page = tiny / "docs/en/after.md"
        page.write_text(page.read_text("utf-8").replace("next_check:", "next_chek:"), "utf-8")
        assert rebuild(plan, Console(file=said), kept, may_be_stale=True) is False
        assert "docs/en/after.md:" in said.getvalue() and "The last good preview stays." in said.getvalue()
        assert (tiny_site / "after/index.html").read_bytes() == before

    @pytest.mark.slow
    def test_a_changed_page_is_shown_as_the_whole_build_will_finish_it(self, tiny: Path, kept: Kept) -> None:
        """Byte for byte, its sources, tables and styles too; a changed sheet, which every page names, asks for the whole build."""
        plan, said = Plan(tiny / "docs", tiny / "site", tiny / "build", with_offline_copy=False), io.StringIO()
        assert rebuild(plan, Console(file=said), kept, may_be_stale=False) is False
        page, shown = tiny / "docs/en/after.md", tiny / "site/after/index.html"
        for old, new in (("Red skin is normal", "Pink skin is normal"), ("Pink skin is normal", "Warm skin is normal")):
            page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")
            assert rebuild(plan, Console(file=said), kept, may_be_stale=True) is True
            quick = shown.read_bytes()
            assert new.encode() in quick and "alone" in said.getvalue()
        assert rebuild(plan, Console(file=said), kept, may_be_stale=False) is False
        assert shown.read_bytes() == quick
        sheet = tiny / "docs/assets/site.css"
        sheet.write_text(sheet.read_text("utf-8") + "\nmain { outline-color: #123457; }\n", "utf-8")
        said.truncate(0)
        assert rebuild(plan, Console(file=said), kept, may_be_stale=True) is False
        assert "alone" not in said.getvalue() and b"#123457" in shown.read_bytes()

    @pytest.mark.parametrize(
        ("error", "says"),
        [
            (ContentError([Fault("docs/a.md", 7, "is wrong")]), "docs/a.md:7: is wrong"),
            (FileNotFoundError(2, "No such file", "docs/x~"), "docs/x~:1: No such file"),
        ],
    )
    def test_a_half_saved_file_is_told_and_survived(
        self, error: Exception, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """A file that an editor took away in the middle of a build ends no preview: its going starts the next build."""

        def fails(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(pipeline, "load_content", fails)
        said = io.StringIO()
        plan = Plan(tmp_path / "docs", tmp_path / "site", tmp_path / "work")
        assert rebuild(plan, Console(file=said), Kept(tmp_path), may_be_stale=False) is False
        assert says in said.getvalue() and "The last good preview stays." in said.getvalue()


class TestSnapshot:
    """What is watched."""

    def test_files_that_vanish_are_passed_over(self, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Editors write beside and move: what was listed may be gone a moment later, and so may a whole setting."""
        (tiny / "mkdocs.yml").unlink()
        listed = Path.rglob
        monkeypatch.setattr(Path, "rglob", lambda path, pattern: [*listed(path, pattern), path / "after.md~"])
        found = snapshot(tiny)
        assert (
            tiny / "docs/en/after.md" in found
            and tiny / "mkdocs.base.yml" in found
            and tiny / "overrides/theme/main.html" in found
        )
        assert tiny / "docs/after.md~" not in found and tiny / "mkdocs.yml" not in found and tiny / "docs/en" not in found

    def test_a_save_a_new_file_and_one_that_is_gone_are_seen(self, tiny: Path) -> None:
        """Each is another snapshot."""
        before = snapshot(tiny)
        assert snapshot(tiny) == before
        (tiny / "docs/en/new.md").write_text("x", "utf-8")
        after = snapshot(tiny)
        assert after.keys() - before.keys() == {tiny / "docs/en/new.md"}
        os.utime(tiny / "docs/en/new.md", (1, 1))
        assert snapshot(tiny) != after
        (tiny / "docs/en/new.md").unlink()
        assert snapshot(tiny) == before


class TestWatch:
    """Build, show, and build again after a save."""

    def test_a_save_is_shown_first_and_its_paper_follows(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """The first build prints; after a save the words come at once with older paper, then the rest once it is calm, unless
        another save comes first; and each time the browsers hear of it."""
        old, new, newer = ({tmp_path / "a.md": saved} for saved in (1, 2, 3))
        looks = iter([old, old, new, newer, newer, newer, newer, newer])
        clock = iter([10.0, 20.0, 30.0, 30.0 + serve.CALM / 2, 30.0 + serve.CALM])  # three builds, and two looks before the rest
        stale = iter([False, True, True, False])
        builds: list[bool] = []
        said, news = io.StringIO(), News()

        def look() -> dict[Path, int]:
            try:
                return next(looks)
            except StopIteration:
                raise Stop from None

        def quick(_: Plan, __: Console, ___: Kept, may_be_stale: bool, ____: Remembered) -> bool:
            builds.append(may_be_stale)
            assert news.version == len(builds) - 1
            return next(stale)

        monkeypatch.setattr(serve, "snapshot", look)
        monkeypatch.setattr(serve, "rebuild", quick)
        monkeypatch.setattr(serve, "PAUSE", 0)
        monkeypatch.setattr(serve, "time", SimpleNamespace(monotonic=lambda: next(clock), sleep=lambda _: None))
        with pytest.raises(Stop):
            watch(Plan(tmp_path, tmp_path, tmp_path), Console(file=said), Kept(tmp_path), news, "Here it is")
        assert builds == [False, True, True, False] and news.version == 4
        assert said.getvalue().splitlines() == ["Here it is", "changed: a.md", "changed: a.md", DONE_LATER]

    def test_a_save_is_built_and_reaches_a_browser_that_waits(
        self, tiny: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The whole way on the tiny site: build, wait, save, hear of it, and see it."""
        stopped, news, said = threading.Event(), News(), io.StringIO()
        real = serve.snapshot

        def look() -> dict[Path, int]:
            if stopped.is_set():
                raise Stop
            return real(tiny)

        def work() -> None:
            with pytest.raises(Stop):
                watch(plan, Console(file=said), kept, news, "Here it is")

        monkeypatch.setattr(serve, "snapshot", look)
        plan = Plan(tiny / "docs", tiny / "site", tiny / "build", "http://127.0.0.1:8000/")
        watching = threading.Thread(target=work, daemon=True)
        watching.start()
        try:
            assert news.wait(0, PATIENCE)
            for address in running(functools.partial(PreviewHandler, directory=str(tiny / "site"), news=news)):
                assert b"This site is small." in ask(address + "/").body
                page = tiny / "docs/en/index.md"
                page.write_text(page.read_text("utf-8").replace("This site is small.", "This site was saved."), "utf-8")
                assert ask(f"{address}{NEWS}?since=1").body == CHANGED
                assert b"This site was saved." in ask(address + "/").body
        finally:
            stopped.set()
            watching.join(PATIENCE)
        assert "Here it is" in said.getvalue() and "changed: index.md" in said.getvalue()

    def test_a_page_reloads_by_itself_after_a_save(self, preview: str, tiny_site: Path, news: News, browser: Browser) -> None:
        """Nobody presses a key; the page's own policy lets the script do its work, twice in a row."""
        page, errors = browser.new_page(), []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(preview + "/after/")
        for old, new in (("Red skin is normal", "Pink skin is normal"), ("Pink skin is normal", "Warm skin is normal")):
            file = tiny_site / "after/index.html"
            file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
            news.publish()
            page.wait_for_function("words => document.body.innerText.includes(words)", arg=new)
        assert errors == []
        page.close()


class TestRun:
    """The command."""

    def test_a_port_in_use_is_one_line_before_any_build(
        self, preview: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Exit 1, what is wrong and what to do."""
        monkeypatch.setattr(serve, "watch", lambda *_: pytest.fail("it builds"))
        port = preview.rpartition(":")[2]
        assert main(["serve", "--port", port]) == 1
        said = capsys.readouterr().out
        assert said == f"Port {port} cannot be used (Address already in use): choose another one with --port\n"

    def test_a_port_that_does_not_exist_is_one_line_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Ports end at 65535."""
        assert main(["serve", "--port", "99999"]) == 1
        assert "Port 99999 cannot be used" in capsys.readouterr().out

    def test_a_second_preview_is_told_of_the_first(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """They would build into one folder."""
        monkeypatch.setattr(serve, "WORK", tmp_path)
        monkeypatch.setattr(serve, "watch", lambda *_: pytest.fail("it builds"))
        with alone_in(tmp_path / "preview-served", "a preview"):
            assert main(["serve", "--port", "0"]) == 1
        assert re.search(rf"a preview \(process {os.getpid()}\) works in this folder: wait", capsys.readouterr().out)

    def test_what_nobody_foresaw_does_not_end_it(
        self, tiny: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """The last net: it is told in a line, and the preview goes on."""
        said = io.StringIO()
        monkeypatch.setattr(serve, "build", lambda *_, **__: {}["x"])
        monkeypatch.setattr(serve, "WORK", tmp_path / "work")
        plan = Plan(tiny / "docs", tiny / "site", tiny / "build", "http://127.0.0.1:8000/")
        assert serve.rebuild(plan, Console(file=said, width=400), kept, may_be_stale=False) is False
        assert "did not foresee this, which is its own fault (KeyError: 'x')" in said.getvalue()
        assert "The last good preview stays." in said.getvalue() and (tmp_path / "work/what-went-wrong.txt").exists()

    def test_ctrl_c_is_the_way_to_stop_it(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """It serves while it watches, for the address that it serves at, and ends with 0."""
        monkeypatch.setattr(serve, "WORK", tmp_path)  # a preview of the developer's own may be open
        asked: list[int] = []

        def stop(plan: Plan, console: Console, kept: Kept, news: News, greeting: str) -> None:
            assert plan.site_url and plan.site_url in greeting and plan.output == serve.WORK / "preview"
            asked.append(ask(plan.site_url + NEWS[1:]).status)
            raise KeyboardInterrupt

        monkeypatch.setattr(serve, "watch", stop)
        assert serve.run(Namespace(port=0), Console(file=io.StringIO())) == 0
        assert asked == [200]
