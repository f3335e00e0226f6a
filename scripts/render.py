"""Stage 3: runs the builder, once for each language. This file is the only one that names it."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from content.faults import ContentError, Fault

BUILDER = (sys.executable, "-m", "mkdocs", "build")


def render(configs: list[Path], epoch: int) -> None:
    """Build every configuration; raises ContentError with what the builder said when one fails.

    `epoch` (seconds since 1970) stands for the time of the build, so that the same input gives the same bytes.
    Strictness stands in the configuration: `--strict -q` would exit 0 on broken links, and `-v` skips anchors.
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    for config in configs:
        command = [*BUILDER, "--config-file", str(config)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith(("WARNING", "ERROR", "Abort"))]
        if done.returncode:
            text = "\n".join(said) or done.stderr[-2000:]
            raise ContentError([Fault(config.name, 1, f"the builder stopped:\n{text}")])
