"""What the system refused, out of what Python says of it."""

from __future__ import annotations

import re
import shutil

_REASON = re.compile(r"\[Errno (\d+)\] ([^:]+)")


def first_refusal(error: OSError) -> OSError:
    """The refusal itself, with its number, its words, and the file that it is about, which of a copy is the new one: Python names
    the one that it read. Where a whole folder was copied it tells of every file, in words; the first is enough."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list) and error.args[0]:
        _, target, why = error.args[0][0]
        number, words = match.groups() if (match := _REASON.match(str(why))) else (0, str(why))
        return OSError(int(number), words, str(target))
    return OSError(error.errno, error.strerror, error.filename2) if error.filename2 else error
