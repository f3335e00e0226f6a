"""Setting up ends in a working environment, or in one clear line that says what to do. Nothing here needs the network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import lock
import setup

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the environment would go; what pip would install is left out."""
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    return tmp_path / ".venv"


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would be run."""
    called: list[list[str]] = []
    monkeypatch.setattr(setup, "run", lambda command, *_, **__: called.append(command))
    return called


def test_debian_keeps_venv_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `venv` needs is asked for by its own name."""
    assert not [package for package in setup.missing_packages("build") if package.endswith("-venv")]
    monkeypatch.setattr(setup.importlib.util, "find_spec", lambda _: None)
    assert f"python3.{sys.version_info.minor}-venv" in setup.missing_packages("build")


def test_half_an_environment_is_made_again(venv: Path, commands: list[list[str]]) -> None:
    """A Python without pip is no environment."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)  # what is left without ensurepip
    assert (venv / "bin/python").exists()
    setup.make_environment("build")
    assert commands[0] == [sys.executable, "-m", "venv", "--clear", str(venv)]


def test_an_environment_that_works_is_kept(venv: Path, commands: list[list[str]]) -> None:
    """The second time only what is locked is installed."""
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    setup.make_environment("build")
    assert [command[3] for command in commands] == ["install", "install", "uninstall"]


@pytest.mark.parametrize("purpose", ["build", "test", "lock"])
def test_nothing_is_installed_without_its_hash(venv: Path, commands: list[list[str]], purpose: str) -> None:
    """Every requirement is locked with the hashes of its files."""
    setup.make_environment(purpose)
    installing = [command for command in commands if "install" in command]
    assert [Path(command[-1]).stem for command in installing] == ["pip", purpose]
    for command in installing:
        assert "--require-hashes" in command and command[command.index("--only-binary") + 1] == ":all:"
        text = Path(command[-1]).read_text("utf-8")
        names = re.findall(r"^(\S+)==", text, re.MULTILINE)
        assert names and text.count("--hash=") >= len(names)


def test_no_old_tool_stays_in_an_environment(venv: Path, commands: list[list[str]]) -> None:
    """Not the setuptools that came with Python: nothing here needs it, and its holes are known."""
    setup.make_environment("build")
    assert commands[-1][1:] == ["-m", "pip", "uninstall", "--quiet", "--yes", "setuptools"]
    assert "setuptools==" not in "".join(path.read_text("utf-8") for path in (ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("command", [[sys.executable, "-c", "raise SystemExit(7)"], ["no-such-command-here"]])
def test_a_failed_step_says_what_to_do(command: list[str]) -> None:
    """One that ends badly, and one that cannot be begun."""
    with pytest.raises(SystemExit) as stopped:
        setup.run(command, "Do this.")
    said = str(stopped.value)
    assert command[0] in said and "Do this. Then run the same command again." in said


def test_without_root_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line to copy, and what others need."""
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=r"sudo apt-get install python3\.11-venv chromium"):
        setup.install_packages(["python3.11-venv", "chromium"])


def test_a_step_that_works_is_quiet_where_it_shall_be(capfd: pytest.CaptureFixture[str]) -> None:
    """What it says is seen, or not."""
    for quiet in (False, True):
        setup.run([sys.executable, "-c", "print('said')"], "Do this.", quiet=quiet)
    assert capfd.readouterr().out == "said\n"


def test_root_on_debian_installs_what_is_missing(monkeypatch: pytest.MonkeyPatch, commands: list[list[str]]) -> None:
    """The packages by name, without recommended ones, and without a question; the browser without windows where it can be had."""
    monkeypatch.setattr(setup.os, "geteuid", lambda: 0)
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    for known, browser in ((b"", "chromium"), (b"chromium-headless-shell:", "chromium-headless-shell")):
        monkeypatch.setattr(setup, "policy_of", lambda _, said=known: said)
        commands.clear()
        setup.install_packages(["libpango-1.0-0", "chromium"])
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "libpango-1.0-0", browser]
        assert commands == [["apt-get", "update", "-qq"], install]


def test_each_purpose_asks_for_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Libraries for paper always, a browser for tests alone; CHROMIUM names one that has another name."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(setup.shutil, "which", lambda _: None)
    assert "chromium" in setup.missing_packages("test") and "chromium" not in setup.missing_packages("build")
    monkeypatch.setenv("CHROMIUM", "/opt/browser")
    assert setup.browser() == "/opt/browser" and "chromium" not in setup.missing_packages("test")
    monkeypatch.setattr(setup.ctypes.util, "find_library", lambda _: None)
    assert set(setup.LIBRARIES.values()) <= set(setup.missing_packages("build"))


def test_nginx_is_installed_and_not_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As root on Debian, with services held back as long as it takes; where it does not come, that is said and nothing stops."""
    asked: list[tuple[list[str], bool]] = []
    hold = tmp_path / "policy-rc.d"
    monkeypatch.setattr(setup, "NO_SERVICES", hold)
    monkeypatch.setattr(setup, "NGINX_MODULES", (tmp_path / "none.so",))
    monkeypatch.setattr(setup.os, "geteuid", lambda: 0)
    monkeypatch.setattr(setup.shutil, "which", lambda name, **_: f"/usr/bin/{name}")
    monkeypatch.setattr(setup.subprocess, "run", lambda command, **_: asked.append((command, hold.exists())))
    setup.install_nginx()
    assert asked[1] == (["apt-get", "install", "-y", "-qq", "--no-install-recommends", *setup.NGINX_PACKAGES], True)
    assert not hold.exists() and "its tests are left out" in capsys.readouterr().out
    asked.clear()
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    setup.install_nginx()
    assert asked == [] and "its tests are left out" in capsys.readouterr().out


class TestExits:
    """Other builders stand in environments of their own."""

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A project with requirements and no environment."""
        (tmp_path / "requirements").mkdir()
        for name in setup.EXITS:
            (tmp_path / f"requirements/exit-{name}.txt").write_text(f"{name}==1\n", "utf-8")
        monkeypatch.setattr(setup, "ROOT", tmp_path)
        monkeypatch.setattr(setup, "EXITS_FOLDER", tmp_path / ".exits")
        return tmp_path

    @pytest.mark.parametrize("missing", [None, *setup.EXITS])
    def test_each_is_made_once_and_what_does_not_come_is_said(
        self, folder: Path, missing: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Every package with a hash, and none that would have to be built; nothing stops where an index lacks one."""
        asked: list[list[str]] = []

        def run(command: list[str]) -> subprocess.CompletedProcess[bytes]:
            asked.append(command)
            if "venv" in command:
                Path(command[-1]).mkdir(parents=True)
            return subprocess.CompletedProcess(command, int(command[-1].endswith(f"exit-{missing}.txt")))

        monkeypatch.setattr(setup.subprocess, "run", run)
        setup.make_exits()
        pip = [command for command in asked if "pip" in command]
        assert len(pip) == 2 and all({"--require-hashes", "--only-binary", ":all:"} <= set(command) for command in pip)
        for name in setup.EXITS:
            assert setup.exit_program(name) == (None if name == missing else folder / ".exits" / name / "bin" / name)
        assert ("left out" in capsys.readouterr().out) == bool(missing)
        asked.clear()
        monkeypatch.setattr(
            setup.subprocess, "run", lambda command: asked.append(command) or subprocess.CompletedProcess(command, 1)
        )
        setup.make_exits()
        assert len(asked) == bool(missing)

    def test_one_that_was_made_from_others_is_none(self, folder: Path) -> None:
        """After `make lock` it is made again."""
        (folder / ".exits/zensical").mkdir(parents=True)
        (folder / ".exits/zensical/made-from.txt").write_text("zensical==0\n", "utf-8")
        assert setup.exit_program("zensical") is None


class TestMain:
    """`setup.py build|test|lock`, as make calls it."""

    @pytest.mark.parametrize(
        ("purpose", "stamps"), [("build", ["ready-build"]), ("test", ["ready-build", "ready-test"]), ("lock", ["ready-lock"])]
    )
    def test_a_stamp_says_that_it_is_done(
        self, venv: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, purpose: str, stamps: list[str]
    ) -> None:
        """Packages first, then the environment; who has that of the tests has that of the build."""
        venv.mkdir()
        order: list[str] = []
        monkeypatch.setattr(setup, "missing_packages", lambda _: ["chromium"])
        monkeypatch.setattr(setup, "install_packages", lambda packages: order.extend(packages))
        monkeypatch.setattr(setup, "make_environment", order.append)
        monkeypatch.setattr(setup, "nginx", lambda: None)
        monkeypatch.setattr(setup, "install_nginx", lambda: order.append("nginx"))
        monkeypatch.setattr(setup, "make_exits", lambda: order.append("exits"))
        monkeypatch.setattr(sys, "argv", ["setup.py", purpose])
        assert setup.main() == 0
        assert (
            order == ["chromium", *(["nginx"] if purpose == "test" else []), purpose, *(["exits"] if purpose == "test" else [])]
            and sorted(path.name for path in venv.iterdir()) == stamps
        )

    def test_nothing_is_installed_where_nothing_is_missing(self, venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The system is left alone."""
        venv.mkdir()
        monkeypatch.setattr(setup, "missing_packages", lambda _: [])
        monkeypatch.setattr(setup, "install_packages", lambda _: pytest.fail("it installs"))
        monkeypatch.setattr(setup, "make_environment", lambda _: None)
        monkeypatch.setattr(sys, "argv", ["setup.py", "lock"])
        assert setup.main() == 0

    @pytest.mark.parametrize("words", [[], ["bild"], ["build", "test"]])
    def test_a_purpose_that_nobody_knows(self, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        """It says how it is used."""
        monkeypatch.setattr(sys, "argv", ["setup.py", *words])
        with pytest.raises(SystemExit, match=r"Usage: setup\.py build\|test\|lock\|exits"):
            setup.main()

    def test_a_python_that_is_too_old(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It says which one is needed, before anything is made."""
        monkeypatch.setattr(setup.sys, "version_info", (3, 11, 4))
        with pytest.raises(SystemExit, match=r"Python 3\.11\.5 or newer is needed"):
            setup.main()


def test_locking_writes_one_file_for_each_purpose(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With hashes, for every system, and without the name of a registry; a step that fails stops it."""
    called: list[list[str]] = []

    def quick(command: list[str], cwd: Path, check: bool) -> None:
        assert cwd == ROOT and check
        called.append(command)

    monkeypatch.setattr(lock.subprocess, "run", quick)
    assert lock.main() == 0
    assert capsys.readouterr().out.splitlines() == [f"wrote requirements/{purpose}.txt" for purpose in lock.LOCKS]
    assert {"build", "test", "lock", "pip", *(f"exit-{name}" for name in setup.EXITS)} == lock.LOCKS.keys()
    for command, purpose in zip(called, lock.LOCKS, strict=True):
        assert f"requirements/{purpose}.txt" in command
        assert {"--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"} <= set(command)
