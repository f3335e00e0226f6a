"""Setting up ends in a working environment, or in one clear line that says what to do. Nothing here needs the network."""
from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

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
    assert not [package for package in setup.missing_packages("build") if package.endswith("-venv")]
    monkeypatch.setattr(setup.importlib.util, "find_spec", lambda _: None)
    assert f"python3.{sys.version_info.minor}-venv" in setup.missing_packages("build")


def test_half_an_environment_is_made_again(venv: Path, commands: list[list[str]]) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)  # what is left without ensurepip
    assert (venv / "bin/python").exists()
    setup.make_environment("build")
    assert commands[0] == [sys.executable, "-m", "venv", "--clear", str(venv)]


def test_an_environment_that_works_is_kept(venv: Path, commands: list[list[str]]) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    setup.make_environment("build")
    assert [command[3] for command in commands] == ["install"]


@pytest.mark.parametrize("purpose", ["build", "test", "lock"])
def test_nothing_is_installed_without_its_hash(venv: Path, commands: list[list[str]], purpose: str) -> None:
    setup.make_environment(purpose)
    listed = Path(commands[-1][-1])
    assert "--require-hashes" in commands[-1]
    names = re.findall(r"^(\S+)==", listed.read_text("utf-8"), re.MULTILINE)
    assert names and listed.read_text("utf-8").count("--hash=") >= len(names)


@pytest.mark.parametrize("command", [[sys.executable, "-c", "raise SystemExit(7)"], ["no-such-command-here"]])
def test_a_failed_step_says_what_to_do(command: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        setup.run(command, "Do this.")
    said = str(stopped.value)
    assert command[0] in said and "Do this. Then run the same command again." in said


def test_without_root_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=r"sudo apt-get install python3\.11-venv chromium"):
        setup.install_packages(["python3.11-venv", "chromium"])
