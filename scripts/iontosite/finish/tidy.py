"""Takes out what the builder and its theme write and no page uses."""

from __future__ import annotations

import shutil
from pathlib import Path

# The builder's sitemap calls every page new on the day of the build; ours has true dates. The theme's sheets, scripts and
# search languages are loaded by no page, because this site has its own frame.
UNUSED = (
    "sitemap.xml",
    "sitemap.xml.gz",
    "search.json",
    "assets/javascripts",
    "assets/stylesheets",
    "assets/images",
    "search/search_index.json",
)


def tidy(site: Path, language_paths: list[str]) -> None:
    """Remove the unused files of every language's tree."""
    for language in language_paths:
        for name in UNUSED:
            path = site / language / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
