"""What hosts are told: headers, addresses that moved, names with a fingerprint, compressed texts; nginx as it really answers."""

from __future__ import annotations

import gzip
import http.client
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
import yaml
from playwright.sync_api import Browser, Page, Route
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from conftest import copy_tiny, give
from iontosite.__main__ import main
from iontosite.bench.load import Target, sent
from iontosite.bench.nginx import nginx_serving
from iontosite.commands.load import targets
from iontosite.content.ledger import Redirect
from iontosite.content.model import Content
from iontosite.faults import ContentError
from iontosite.finish.compressed import TEXTS, write_compressed
from iontosite.finish.fingerprints import DIGITS, FOLDER, fingerprint, lead
from iontosite.finish.hosts import LONGEST_LINE, MOST_MOVES, SOURCE, moves, nginx_configuration, read_headers
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build
from iontosite.project import ROOT
from setup import NGINX_MODULES, nginx

# --- Names with a fingerprint ---

HASHED = re.compile(rf"[\w-]+\.[0-9a-f]{{{DIGITS}}}\.(js|css)")


def small_site(folder: Path) -> Path:
    """Two pages, of two languages, with a script that both share, a sheet and its font."""
    for name, text in {
        "assets/a.js": "1",
        "es/assets/a.js": "1",
        "assets/print/b.css": "@font-face{src:url(fonts/c.ttf)}p{background:url('data:image/svg+xml,<svg>')}",
        "assets/print/fonts/c.ttf": "font",
        "index.html": '<link href="assets/print/b.css"><script src="assets/a.js"></script><a href="x.json">',
        "es/deep/index.html": '<script src="../assets/a.js"></script><script src="gone.js"></script>',
        "404.html": '<script src="/sub/assets/a.js"></script>',
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_scripts_and_sheets_get_the_fingerprint_of_their_bytes(tmp_path: Path) -> None:
    """One file for what is the same in both languages; each page leads there by its own way, and a sheet to its font."""
    site = small_site(tmp_path)
    fingerprint(site, "/sub/")
    script, sheet = sorted(path.name for path in (site / FOLDER).iterdir())
    assert HASHED.fullmatch(script) and HASHED.fullmatch(sheet) and not list(site.glob("**/assets/a.js"))
    assert (site / "index.html").read_text("utf-8") == (
        f'<link href="{FOLDER}/{sheet}"><script src="{FOLDER}/{script}"></script><a href="x.json">'
    )
    page = (site / "es/deep/index.html").read_text("utf-8")
    assert page == f'<script src="../../{FOLDER}/{script}"></script><script src="gone.js"></script>'
    assert (site / "404.html").read_text("utf-8") == f'<script src="/sub/{FOLDER}/{script}"></script>'
    css = (site / FOLDER / sheet).read_text("utf-8")
    assert css == "@font-face{src:url(../assets/print/fonts/c.ttf)}p{background:url('data:image/svg+xml,<svg>')}"


def test_other_bytes_have_another_name(tmp_path: Path) -> None:
    """And the same ones the same name: a year of keeping does no harm."""
    names = []
    for number, text in enumerate(("1", "2", "1")):
        site = small_site(tmp_path / str(number))
        (site / "assets/a.js").write_text(text, "utf-8")
        fingerprint(site)
        names.append(re.findall(rf"{FOLDER}/a\.[0-9a-f]+\.js", (site / "index.html").read_text("utf-8")))
    assert names[0] == names[2] != names[1]


def test_an_address_of_another_kind_stays() -> None:
    """One of another host, one with a question, and one above the site."""
    html = '<script src="https://a.example/a.js"></script><script src="a.js?1"></script><script src="../a.js"></script>'
    assert lead(html, "index.html", {"a.js": "static/a.1.js"}) == html


def test_no_script_and_no_sheet_of_the_site_goes_without(site: Path) -> None:
    """Whatever a page loads may be kept, and nothing else stands in the folder."""
    assert [path for path in site.rglob("*") if path.suffix in (".js", ".css") and path.parent.name != FOLDER] == []
    assert all(HASHED.fullmatch(path.name) for path in (site / FOLDER).iterdir())


# --- The policy ---

NEVER = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:", "blob:")


def policy_of(html: str) -> dict[str, list[str]]:
    """The policy in a page, each directive with what it allows."""
    node = LexborHTMLParser(html).css_first("meta[http-equiv=Content-Security-Policy]")
    written = (node.attributes["content"] or "") if node else ""
    return {name: allowed for name, *allowed in (part.split() for part in written.split(";") if part.strip())}


def policy_faults(html: str) -> list[str]:
    """What is too weak in the policy of a page."""
    policy = policy_of(html)
    faults = [f"{name} allows {word}" for name, allowed in policy.items() for word in allowed if word.strip("'") in NEVER]
    faults += [f"lacks {name}" for name in ("default-src", "base-uri", "form-action") if name not in policy]
    if policy.get("default-src") != ["'none'"]:
        faults.append("default-src is not 'none'")
    wanted = {"require-trusted-types-for": ["'script'"], "trusted-types": ["'none'"]} if "<script" in html else {}
    return faults + [f"lacks {name}" for name, allowed in wanted.items() if policy.get(name) != allowed]


def test_every_page_has_a_strict_policy(site: Path) -> None:
    """Redirects too: nothing inline but by its hash, nothing from elsewhere, no code out of text; and it says who sent nobody."""
    weak = {}
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        faults = policy_faults(html)
        if '<meta name="referrer" content="no-referrer">' not in html:
            faults.append("says where readers come from")
        if 'rel="icon"' not in html:
            faults.append("asks the host for an icon")
        if faults:
            weak[path.relative_to(site).as_posix()] = faults
    assert weak == {}


@pytest.mark.parametrize(
    ("policy", "says"),
    [
        (
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
            "style-src allows 'unsafe-inline'",
        ),
        ("default-src 'self'; base-uri 'none'; form-action 'none'", "default-src is not 'none'"),
        ("default-src 'none'; img-src *; base-uri 'none'; form-action 'none'", "img-src allows *"),
        ("default-src 'none'; form-action 'none'", "lacks base-uri"),
        ("default-src 'none'; base-uri 'none'; form-action 'none'", "lacks require-trusted-types-for"),
        ("", "lacks default-src"),
    ],
)
def test_a_weak_policy_is_caught(policy: str, says: str) -> None:
    """The measure itself."""
    assert says in policy_faults(f'<meta http-equiv="Content-Security-Policy" content="{policy}"><script src="a.js"></script>')


# Of every template one: a page with tools, the search, a maker, a code, a record, a redirect, none at all.
PAGES = (
    *("", "compare/", "tell-us-first/", "search/", "handouts/make/visit/", "codes/icd10cm/m77.11/", "clinics/links/"),
    *("questions/burn/", "sources/", "about/", "before/", "es/after/", "no-such-page/", "codes/icd10cm/M77.11/"),
)
ATTACK = """<script>window.ran = "inline script"</script>
<script src="https://other.example/a.js"></script><script src="data:text/javascript,window.ran = 'data'"></script>
<img src="https://other.example/a.png" onerror="window.ran = 'handler'">
<style>main { display: none !important }</style><link rel="stylesheet" href="https://other.example/a.css">
<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe><object data="https://other.example/a.swf"></object>
<base href="https://other.example/"><p id="injected" style="color: rgb(1, 2, 3)">x</p></body>"""
HEAR = 'window.blocked = []; addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));'
TEXT_TO_CODE = """() => {
  const tries = [
    () => { document.body.innerHTML = "<b>x</b>"; },
    () => { document.createElement("script").src = "a.js"; },
    () => document.write("x"),
    () => trustedTypes.createPolicy("own", {}),
  ];
  return tries.map((attempt) => { try { attempt(); return "went through"; } catch (error) { return error.name; } });
}"""


def attacked(page: Page, address: str, path: str) -> list[str]:
    """Open a page into which somebody slipped the attack, without a host's headers: what was asked of elsewhere."""
    asked: list[str] = []

    def serve(route: Route) -> None:
        html = route.fetch().text().replace("</body>", ATTACK)
        # A redirect would leave before anybody looks.
        html = re.sub(r'<meta http-equiv="refresh"[^>]*>|<script src="[^"]*moved[^"]*"></script>', "", html)
        route.fulfill(status=200, body=html, content_type="text/html; charset=utf-8")

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, body="")

    page.route(lambda url: url == address + path, serve)
    page.route("https://other.example/**", note)
    page.add_init_script(HEAR)
    page.goto(address + path, wait_until="load")
    return asked


@pytest.mark.parametrize("path", PAGES)
def test_what_somebody_slips_in_does_not_run_or_load(browser: Browser, address: str, path: str) -> None:
    """An inline script, handler, style and frame, and whatever comes from elsewhere: the page's own policy stops each."""
    page = browser.new_page()
    assert attacked(page, address, path) == []
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.querySelector('main')).display") != "none"
    assert page.evaluate("getComputedStyle(document.getElementById('injected')).color") != "rgb(1, 2, 3)"
    assert page.evaluate("document.baseURI").startswith(address)
    blocked = set(page.evaluate("blocked"))
    assert {"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "img-src", "base-uri"} <= blocked
    assert page.evaluate(TEXT_TO_CODE) == ["TypeError"] * 4
    page.close()


def test_without_a_policy_all_of_it_runs_and_loads(browser: Browser, address: str) -> None:
    """The measure itself."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    assert len(attacked(page, address, "about/")) >= 2 and page.evaluate("window.ran")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).display") == "none"
    assert page.evaluate("blocked") == []
    context.close()


def use(page: Page, path: str) -> None:
    """What readers do on a page."""
    for box in page.locator("main input[type=checkbox], main input[type=radio]").all()[:6]:
        if box.is_visible():
            box.click(force=True)
    if path == "search/":
        page.locator("#find-here").fill("burn")
        page.locator("#find-results a").first.wait_for()
    if "make/" in path:
        page.locator("#f-name").fill("Riverside <b>Clinic</b>")
        page.locator("#f-paper").select_option("a4")
        page.locator("#maker-link").click()
    for name in ("A+", "Send"):
        button = page.get_by_role("button", name=name)
        if button.count():
            button.first.click()
    if page.locator(".menu summary").count():
        page.locator(".menu summary").click()


@pytest.mark.parametrize("path", PAGES)
def test_no_kind_of_page_violates_its_policy(browser: Browser, address: str, path: str) -> None:
    """Opened and used, with the headers of a host on top: the browser has nothing to stop, and nothing to say."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(HEAR)
    answer = page.goto(address + path, wait_until="load")
    if "M77" in path:
        page.wait_for_url("**/m77.11/")
    use(page, path)
    page.wait_for_timeout(50)
    assert page.evaluate("blocked") == []
    assert [words for words in said if not (path.startswith("no-such") and "404" in words)] == []
    assert answer and answer.header_value("content-security-policy") == read_headers().every["Content-Security-Policy"]
    context.close()


# --- The files of hosts ---


def blocks(text: str) -> dict[str, dict[str, str]]:
    """`_headers` as both hosts read it: a path at the start of a line, its headers indented below."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            assert line.startswith("/") and line.count("*") <= 1, line
            current = found.setdefault(line, {})
        else:
            name, _, value = line.strip().partition(": ")
            assert re.fullmatch(r"[A-Za-z-]+", name) and value, line
            current[name] = value
    return found


def test_the_headers_file_is_as_netlify_and_cloudflare_document_it(site: Path) -> None:
    """At most 100 rules and 2,000 characters a line; and no header in two rules for one file, because Cloudflare joins them."""
    text = (site / "_headers").read_text("utf-8")
    found = blocks(text)
    assert len(found) <= 100 and max(map(len, text.splitlines())) <= LONGEST_LINE
    everywhere = found.pop("/*")
    assert everywhere == read_headers().every
    assert found[f"/{FOLDER}/*"] == {"Cache-Control": "public, max-age=31536000, immutable"}
    assert not [rule for rule, headers in found.items() if everywhere.keys() & headers.keys()]
    assert found["/assets/site.webmanifest"] == {"Content-Type": "application/manifest+json"}
    assert [rule for rule, headers in found.items() if "Cache-Control" in headers] == [f"/{FOLDER}/*"]


def test_the_redirects_file_is_as_netlify_and_cloudflare_document_it(site: Path) -> None:
    """Each line [from] [to] [code]; at most 2,000, none with *; each leads to a page of the site in one step, none to itself."""
    lines = [line for line in (site / "_redirects").read_text("utf-8").splitlines() if not line.startswith("#")]
    parts = [line.split(" ") for line in lines]
    assert 0 < len(lines) <= MOST_MOVES and all(len(line) <= 1000 and "*" not in line and ":" not in line for line in lines)
    olds = [old for old, _, code in parts if code == "301"]
    assert len(set(olds)) == len(lines)
    for old, new, _ in parts:
        target = new.partition("#")[0]
        assert target.endswith("/") and (site / target.strip("/") / "index.html").is_file(), new
        assert target not in olds and target.rstrip("/") not in olds, f"{old} leads in two steps, or round"
    assert ["/codes/icd10cm/M77.11", "/codes/icd10cm/m77.11/", "301"] in parts


def test_the_site_is_no_more_than_each_host_takes(site: Path) -> None:
    """Cloudflare Pages: 20,000 files (its free plan), 25 MiB each (developers.cloudflare.com/pages/platform/limits); GitHub Pages:
    1 GB in all (docs.github.com/pages, "GitHub Pages limits")."""
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    assert len(sizes) <= 20_000 and max(sizes) <= 25 * 2**20 and sum(sizes) <= 10**9


def test_more_moves_than_a_host_takes_leave_the_pages(tiny_content: Content) -> None:
    """What was promised comes first, and what is left out leads on by its own page."""
    many = tuple(Redirect(**{"from": f"/old-{n}/", "to": "/after/", "why": "a test"}) for n in range(MOST_MOVES - 2))
    found = moves(replace(tiny_content, redirects=many))
    assert len(found) == MOST_MOVES and found[0] == ("/old-0/", "/after/") and found[len(many)][0].startswith("/codes/")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("nosniff", 'no"sniff', "X-Content-Type-Options holds a quotation mark"),
        ("nosniff", "$uri", "X-Content-Type-Options holds"),
        ("nosniff", "x" * LONGEST_LINE, f"Cloudflare Pages takes {LONGEST_LINE}"),
        ("headers:\n", "headrs:\n", "headrs: is not a key"),
        ('"base-uri', '"base-uri "x"', "broken YAML"),
    ],
)
def test_headers_that_a_host_would_not_take_are_told(tmp_path: Path, old: str, new: str, says: str) -> None:
    """With their line."""
    text = SOURCE.read_text("utf-8")
    assert old in text
    (tmp_path / "headers.yml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError, match=re.escape(says)):
        read_headers(tmp_path / "headers.yml")


def test_the_workflow_for_github_pages(site: Path) -> None:
    """Steps and rights as GitHub documents them for its own actions; it builds as the README says, for the address of the fork."""
    data = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text("utf-8"))
    assert data["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    steps = data["jobs"]["build"]["steps"]
    used = [step["uses"].partition("@")[0] for step in steps if "uses" in step]
    assert used == ["actions/checkout", "actions/setup-python", "actions/configure-pages", "actions/upload-pages-artifact"]
    made = next(step for step in steps if step.get("run", "").strip() == "make site")
    assert made["env"] == {"SITE_URL": "${{ steps.pages.outputs.base_url }}"} and steps[-1]["with"] == {"path": "site"}
    deploy = data["jobs"]["deploy"]
    assert deploy["needs"] == "build" and deploy["environment"]["name"] == "github-pages"
    assert deploy["steps"][0]["uses"].startswith("actions/deploy-pages@")
    needed = next(step["run"] for step in steps if "apt-get install" in step.get("run", ""))
    from setup import LIBRARIES

    assert all(package in needed for package in LIBRARIES.values())


# --- A server of one's own ---


def test_each_text_is_there_compressed(tiny_site: Path, tmp_path: Path) -> None:
    """Both hold the very text; nothing else is compressed; a second time gives the same bytes and makes nothing anew."""
    kept = Kept(tmp_path / "kept")
    (tiny_site / "short.txt").write_text("short", "utf-8")
    assert write_compressed(tiny_site, kept) == len(list(tiny_site.rglob("*.br"))) == len(list(tiny_site.rglob("*.gz"))) > 20
    for path in tiny_site.rglob("*.br"):
        text = path.with_suffix("")
        assert brotli.decompress(path.read_bytes()) == text.read_bytes() and text.suffix in TEXTS
        assert gzip.decompress(Path(f"{text}.gz").read_bytes()) == text.read_bytes()
    before = {path: path.read_bytes() for path in tiny_site.rglob("*.[bg][rz]")}
    kept.made.clear()
    for path in before:
        path.unlink()
    write_compressed(tiny_site, kept)
    assert {path: path.read_bytes() for path in tiny_site.rglob("*.[bg][rz]")} == before and not kept.made
    assert not list(tiny_site.rglob("short.txt.*")) and not list(tiny_site.rglob("*.pdf.br"))


@pytest.fixture(scope="session")
def hosting(tmp_path_factory: pytest.TempPathFactory, kept_folder: Path) -> Path:
    """The tiny site for an address with a path, as `make hosting` makes it."""
    folder = copy_tiny(tmp_path_factory.mktemp("hosting"))
    address, kept = "https://clinic.example/patients/ionto/", Kept(kept_folder)
    plan = Plan(folder / "docs", folder / "site", folder / "build", address)
    build(plan, Console(file=io.StringIO()), kept)
    words = ["hosting", "--docs", folder / "docs", "--site", folder / "site", "--output", folder / "out", "--kept", kept.folder]
    assert main([*map(str, words), "--site-url", address]) == 0
    return folder / "out"


def test_the_folder_for_a_server_is_whole(hosting: Path) -> None:
    """The site, the configuration, and what makes a container of them, for the path of the site."""
    assert {path.name for path in hosting.iterdir()} == {"site", "nginx.conf", "Containerfile"}
    assert (hosting / "nginx.conf").read_text("utf-8") == nginx_configuration("https://clinic.example/patients/ionto/")
    container = (hosting / "Containerfile").read_text("utf-8")
    assert (
        "COPY site /srv/iontophoresis/patients/ionto/\n" in container
        and "USER www-data" in container
        and "EXPOSE 8080" in container
    )


def test_nginx_tells_what_is_not_there_in_the_language_of_its_folder() -> None:
    """Whoever mistypes a Spanish address reads Spanish; the first language has the whole host."""
    found = re.findall(r"location (\S+) \{\s+error_page 404 (\S+);", nginx_configuration("https://clinic.example/a/", ["es/"]))
    assert found == [("/a/es/", "/a/es/404.html")]
    assert "error_page 404 /404.html;\n\n  location / {" in nginx_configuration("https://clinic.example/", ["es/"])


@pytest.mark.parametrize("fault", ["no site", "other things"])
def test_nothing_is_lost_to_a_slip(tmp_path: Path, tiny_site: Path, fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with other things in it stays as it is, and without a site nothing begins."""
    (tmp_path / "out").mkdir()
    if fault == "other things":
        (tmp_path / "out/mine.txt").write_text("mine", "utf-8")
    else:
        (tiny_site / "permalinks.json").unlink()
    assert main(["hosting", "--site", str(tiny_site), "--output", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().out
    assert ("run `make site` first" if fault == "no site" else "holds other things") in said
    assert list((tmp_path / "out").iterdir()) == ([tmp_path / "out/mine.txt"] if fault == "other things" else [])


@pytest.fixture(scope="session")
def server(hosting: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A real nginx that runs the configuration as it was made, but for its folder and port; the port."""
    program = nginx()
    if program is None:
        pytest.skip(
            "nginx with brotli_static is not here: on Debian, apt-get install nginx-light libnginx-mod-http-brotli-static"
        )
    folder, modules = tmp_path_factory.mktemp("nginx"), list(NGINX_MODULES)
    with nginx_serving(program, modules, hosting, "/patients/ionto/", folder) as port:
        yield port


class Answer:
    """What a server said to one request that follows nothing."""

    def __init__(self, port: int, path: str, accept: str = "") -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Accept-Encoding": accept} if accept else {})
        said = connection.getresponse()
        self.status, self.body = said.status, said.read()
        self.headers = {name.lower(): said.headers.get_all(name) for name in said.headers}
        connection.close()

    def one(self, name: str) -> str:
        """The one header of a name; empty where there is none."""
        values = self.headers.get(name.lower()) or [""]
        assert len(values) == 1, (name, values)
        return values[0]


@pytest.mark.parametrize(
    "path",
    ["/patients/ionto/", "/patients/ionto/after/", "/patients/ionto/no-such/", "/patients/ionto/permalinks.json", "/patients/ionto/assets/favicon.svg", "/patients/ionto/assets/site.webmanifest", "/patients/ionto/after"],
)  # fmt: skip
def test_nginx_sends_every_header_once_with_every_answer(server: int, path: str) -> None:
    """Pages, files, errors and the way to the last slash; and none of them may be kept."""
    answer = Answer(server, path)
    assert {name: answer.one(name) for name in read_headers().every} == dict(read_headers().every)
    assert answer.one("Cache-Control") == read_headers().asked and "/" not in answer.one("Server")


def test_nginx_keeps_what_has_a_fingerprint_alone(server: int, hosting: Path) -> None:
    """A script, a sheet; the fonts and pictures have none."""
    for path in sorted((hosting / "site" / FOLDER).glob("*.*s")):
        answer = Answer(server, f"/patients/ionto/{FOLDER}/{path.name}")
        assert answer.status == 200 and answer.one("Cache-Control") == read_headers().kept, path


@pytest.mark.parametrize(("accept", "told", "ending"), [("br, gzip", "br", ".br"), ("gzip", "gzip", ".gz"), ("", "", "")])
def test_nginx_sends_the_compressed_text(server: int, hosting: Path, accept: str, told: str, ending: str) -> None:
    """As it stands on the disk, with the type of the text, and caches are told that there is more than one."""
    for file, kind in (
        ("after/index.html", "text/html; charset=utf-8"),
        ("permalinks.json", "application/json; charset=utf-8"),
        ("sitemap.xml", "text/xml; charset=utf-8"),
    ):
        answer = Answer(server, f"/patients/ionto/{file.removesuffix('index.html')}", accept)
        assert (answer.status, answer.one("Content-Encoding"), answer.one("Content-Type")) == (200, told, kind)
        assert answer.body == (hosting / f"site/{file}{ending}").read_bytes() and answer.one("Vary") == "Accept-Encoding"


def test_nginx_knows_what_a_web_manifest_is(server: int) -> None:
    """Its own list of endings lacks it."""
    assert (
        Answer(server, "/patients/ionto/assets/site.webmanifest").one("Content-Type")
        == "application/manifest+json; charset=utf-8"
    )


def test_what_is_measured_under_load_is_what_phones_ask_for(server: int, hosting: Path) -> None:
    """A page and the search index in both encodings, and a PDF as it is; an address that is not there is no figure."""
    found = [(target, sent(server, target)) for target in targets(hosting / "site", "/patients/ionto/")]
    assert [answer.encoding for _, answer in found] == ["br", "gzip", "br", "gzip", ""]
    (index,) = {target.path for target, _ in found if target.name == "the search index"}
    assert "words" in (hosting / "site" / index.removeprefix("/patients/ionto/")).read_text("utf-8")
    with pytest.raises(RuntimeError, match="404, not 200"):
        sent(server, Target("none", "/patients/ionto/none/", ""))


def test_nginx_leads_to_the_last_slash_and_knows_what_is_not_there(server: int, hosting: Path) -> None:
    """By an address that holds behind another server; the site's own page for what is not there; hosts' files are nobody's."""
    answer = Answer(server, "/patients/ionto/after")
    assert (answer.status, answer.one("Location")) == (301, "/patients/ionto/after/")
    for path in (
        "/patients/ionto/no-such/",
        "/patients/ionto/_headers",
        "/patients/ionto/_redirects",
        "/patients/ionto/../../etc/passwd",
    ):
        answer = Answer(server, path)
        assert answer.status in (400, 404) and (answer.status == 400 or answer.body == (hosting / "site/404.html").read_bytes())


def test_addresses_that_moved_hold_without_their_last_slash_too(hosting: Path, browser: Browser) -> None:
    """As some servers answer them (nginx with `try_files $uri $uri/index.html`): the page for the address without the slash."""
    page = browser.new_page()
    give(page, hosting / "site", "https://clinic.example/patients/ionto/")
    for address in ("M77.11", "M7711/", "m7711"):
        page.goto(f"https://clinic.example/patients/ionto/codes/icd10cm/{address}#x")
        page.wait_for_url("https://clinic.example/patients/ionto/codes/icd10cm/m77.11/#x")
    page.close()
