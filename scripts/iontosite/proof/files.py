"""The files of the pack that are made with every build, kept by the hash of what they say."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

from iontosite.content.model import Content, Edition
from iontosite.kept import Kept
from iontosite.proof.spreadsheet import csv_bytes, xlsx_bytes
from iontosite.proof.tables import Table, all_tables

XLSX = "review.xlsx"


def review_files(content: Content, edition: Edition, kept: Kept) -> dict[str, bytes]:
    """The spreadsheet and the CSV file of a language's pack, by name. Raises ValueError for what is too long for a cell."""
    tables = all_tables(content, edition)
    title, author = edition.strings.site_name, edition.strings.handout["authors"]
    day = max(page.front.evidence_checked for page in edition.pages)

    def make() -> bytes:
        return xlsx_bytes(tables, title, author, day)

    return {
        f"statements-{edition.code}.csv": csv_bytes(tables[0]),
        XLSX: kept.ask("xlsx", _program(), title, author, day, _said(tables), make=make),
    }


def _program() -> str:
    return f"{version('xlsxwriter')} {Path(__file__).with_name('spreadsheet.py').read_text(encoding='utf-8')}"


def _said(tables: list[Table]) -> str:
    return json.dumps([[table.name, table.columns, sorted(table.wide), table.rows] for table in tables], ensure_ascii=False)
