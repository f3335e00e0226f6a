"""Sign-offs of a test's own site: somebody reads what stands there now, and signs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from pathlib import Path

import yaml

from iontosite.content.load import load_content
from iontosite.content.meaning import rule_meaning


def sign(
    project: Path, pages: Mapping[str, str] = {}, rules: Mapping[str, str] = {}, *, date: str = "2026-12-01", **more: str
) -> None:
    """Add a sign-off of pages (by address) and rules (by id) to a project. A hash that is left empty is that of what stands there
    now; `more` are other fields of docs/reviews.yml."""
    content = load_content(project / "docs", today=Date(2999, 1, 1))
    path, by_address = project / "docs/reviews.yml", {content.path_of(page): page for page in content.pages}
    language = more.get("language") or content.editions[0].code
    entry = {"name": "A. Person", "role": "Nurse", "registration": "A board", "date": date, "until": "2027-12-01", **more}
    if pages:
        entry["pages"] = {address: given or content.meaning_of(by_address[address]) for address, given in pages.items()}
    if rules:
        known = {name: rule_meaning(content.safety.by_id[name], language, content.site.numbers) for name in rules}
        entry["rules"] = {name: given or known[name] for name, given in rules.items()}
    data = yaml.safe_load(path.read_text("utf-8"))
    data["sign_offs"] = [*(data.get("sign_offs") or []), entry]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
