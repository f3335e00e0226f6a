"""The pack's tables as CSV and XLSX files: the same tables, the same bytes.

In CSV, a cell that begins with a sign that spreadsheets take for a formula gets an apostrophe in front (OWASP ASVS 5.0, 1.2.10),
so that no sentence of a source is ever computed. The rest is as RFC 4180 wants it, with a byte order mark, without which Excel
takes UTF-8 for something else. XLSX has kinds of cells: there a text is stored as a text, whatever it begins with.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from iontosite.proof.tables import Cell, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
LONGEST_NAME, LONGEST_CELL = 31, 32_767  # characters (Excel specifications and limits)
_WIDE, _NARROW = 60, 18  # widths of columns, in characters


def guarded(value: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value


def csv_bytes(table: Table) -> bytes:
    """A table as CSV: fields with a comma, a quotation mark or a line end in quotes, lines ended by CRLF (RFC 4180, 2)."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, dialect="excel", lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([guarded(cell) for cell in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def xlsx_bytes(tables: Iterable[Table], title: str, author: str, day: str) -> bytes:
    """The tables as one workbook, a sheet each, with a fixed first row and filters. `day` (ISO) is the only date in the file.
    Raises ValueError where a name or a cell is longer than a spreadsheet holds, so that nothing is cut off without a word."""
    import xlsxwriter  # only a build that has a pack needs it

    written = io.BytesIO()
    # In memory: then the archive's own entries have one fixed day, too, and not that of files on a disk.
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "author": author, "created": datetime.fromisoformat(day)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EAF1F3"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for table in tables:
        if len(table.name) > LONGEST_NAME:
            raise ValueError(
                f'the sheet "{table.name}" has a name of more than {LONGEST_NAME} characters: shorten it in proof.yml'
            )
        sheet = book.add_worksheet(table.name)
        for column, name in enumerate(table.columns):
            sheet.set_column(column, column, _WIDE if name in table.wide else _NARROW, body)
            sheet.write_string(0, column, name, head)
        for number, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell:
                    if len(cell) > LONGEST_CELL:
                        raise ValueError(f"{table.name}: a cell of {len(cell)} characters is more than a spreadsheet holds")
                    sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    book.close()
    return written.getvalue()
