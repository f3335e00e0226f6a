"""A weak link, worked out: when each byte of a download arrives. Knows no sockets and no clock, so its sums can be tested.

The model: all connections share one pipe down of a fixed rate; every piece waits for those before it. To open a connection takes
a round trip, and so does each request before its first byte. Left out, and the same for every site: TLS, lost packets, TCP's slow
start (it would cost large files more than small ones), and the few hundred bytes that go up.
"""

from __future__ import annotations

from dataclasses import dataclass

PIECE = 1460  # bytes of a usual TCP segment: pieces of several downloads take turns


@dataclass
class Link:
    """The pipe: bits a second that it lets through, and seconds that a round trip takes."""

    rate: float
    round_trip: float
    free_at: float = 0.0  # the moment from which nothing is on its way

    def first_byte(self, opened: float, asked: float) -> float:
        """The moment from which an answer may arrive: the connection stands a round trip after it was opened, and a request,
        which cannot leave before, takes another."""
        return max(asked, opened + self.round_trip) + self.round_trip

    def arrival(self, ready: float, size: int) -> float:
        """The moment at which a piece of `size` bytes has arrived that could leave when `ready`. The next piece waits for it."""
        self.free_at = max(ready, self.free_at) + size * 8 / self.rate
        return self.free_at


def pieces(size: int) -> list[int]:
    """A download's pieces, in bytes."""
    whole, rest = divmod(size, PIECE)
    return [PIECE] * whole + [rest] * bool(rest)
