"""What a server answers while many ask at once: rising numbers of connections, each asking again as soon as it has its answer.

The tool is wrk (https://github.com/wg/wrk, Debian's package wrk), whose own work is small beside nginx's.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection

CONNECTIONS = (1, 10, 50, 200)
_RATE = re.compile(r"^Requests/sec: +([\d.]+)$", re.MULTILINE)
_COUNT = re.compile(r"^ +(\d+) requests in ", re.MULTILINE)
_LATE = re.compile(r"^ +(50|99)% +([\d.]+)(us|ms|s|m)$", re.MULTILINE)
_SOCKET = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
_STATUS = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Target:
    """One address, what it is called in the table, and what the asker says that it takes (`Accept-Encoding`)."""

    name: str
    path: str
    accepts: str


@dataclass(frozen=True)
class Sent:
    """How a target's answer was sent: its bytes on the way, without the head, and their encoding ("" for as they are)."""

    size: int
    encoding: str


@dataclass(frozen=True)
class Answered:
    """One run: answers, answers a second, milliseconds that half and 99 of 100 of them took at most, and how many failed."""

    connections: int
    count: int
    rate: float
    median: float
    late: float
    errors: int


def sent(port: int, target: Target) -> Sent:
    """Ask once, to see what is sent; raises RuntimeError for anything but the file itself."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", target.path, headers={"Accept-Encoding": target.accepts} if target.accepts else {})
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{target.path} is answered with {answer.status}, not 200")
    return Sent(size, answer.getheader("Content-Encoding") or "")


def read_wrk(said: str, connections: int) -> Answered:
    """What wrk says with --latency; raises ValueError where a figure is missing."""
    rate, count, late = (
        _RATE.search(said),
        _COUNT.search(said),
        dict((part, float(value) * _MILLISECONDS[unit]) for part, value, unit in _LATE.findall(said)),
    )
    if not rate or not count or late.keys() != {"50", "99"}:
        raise ValueError(f"wrk says something that is not understood:\n{said}")
    failed = _SOCKET.search(said)
    status = _STATUS.search(said)
    errors = sum(map(int, failed.groups())) if failed else 0
    return Answered(
        connections, int(count[1]), float(rate[1]), late["50"], late["99"], errors + (int(status[1]) if status else 0)
    )


def under_load(wrk: str, port: int, target: Target, seconds: int, tell: Callable[[str], None]) -> list[Answered]:
    """One run for each number of connections; raises ValueError with what wrk says where it does not run."""
    found = []
    for connections in CONNECTIONS:
        threads = min(connections, 2)
        command = [wrk, f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--latency"]
        if target.accepts:
            command += ["-H", f"Accept-Encoding: {target.accepts}"]
        ran = subprocess.run([*command, f"http://127.0.0.1:{port}{target.path}"], capture_output=True, text=True)
        found.append(read_wrk(ran.stdout + ran.stderr, connections))
        tell(f"{target.name}, asked for as {target.accepts}, {connections} connection(s): {found[-1].rate:,.0f} a second")
    return found


def as_rows(target: Target, answer: Sent, runs: list[Answered]) -> list[str]:
    """The rows of the table for one target."""
    how = f"{target.name}, {answer.encoding or 'as it is'}"
    return [
        f"| {how} | {answer.size:,} | {run.connections} | {run.rate:,.0f} | {run.rate * answer.size * 8 / 1e6:,.0f} "
        f"| {run.median:,.1f} | {run.late:,.1f} | {run.errors} |"
        for run in runs
    ]
