"""A process that tries one damage after the other in its own copy of the project: a line of JSON in, a line of JSON out."""

from __future__ import annotations

import json
import sys

from iontosite.kept import Kept
from iontosite.mutate.quick import remember
from iontosite.mutate.trial import Trial, name_checks
from iontosite.project import KEPT, ROOT


def main() -> None:
    """Read damages until there are no more. The first word of the command is the last stage to try."""
    name_checks()
    remember()
    trial = Trial(ROOT, Kept(KEPT), sys.argv[1])
    trial.prepare()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(trial.of(asked["file"], asked["text"]).as_data()), flush=True)


if __name__ == "__main__":
    main()
