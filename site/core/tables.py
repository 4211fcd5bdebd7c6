"""Tables that leave the house: CSV and XLSX, row by row, however long, and never a formula in somebody's spreadsheet.

What a person typed may begin with `=`, `+`, `-`, `@` or a tab, and a spreadsheet would run it (OWASP, CSV injection);
such a cell gets an apostrophe before it. Numbers and dates are written as what they are.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import batched
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"
ROWS_A_CHUNK = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

type Cell = str | int | float | Decimal | dt.date | dt.datetime | None
type Row = Sequence[Cell]


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Row]) -> StreamingHttpResponse:
    """Return a download of a CSV (semicolons, UTF-8 with BOM, as Dutch spreadsheets read it) that is made as it is sent."""
    answer = StreamingHttpResponse(csv_chunks(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def csv_chunks(header: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield the CSV in pieces of some hundred rows."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield BOM + writer.writerow([safe(cell) for cell in header])
    for chunk in batched(rows, ROWS_A_CHUNK):
        yield "".join(writer.writerow([_plain(cell) for cell in row]) for row in chunk)


class _Echo:
    """A file that hands back what is written, so that a writer's row is the row's text."""

    def write(self, text: str) -> str:
        return text


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe(cell)
    if isinstance(cell, dt.datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M") if timezone.is_aware(cell) else str(cell)
    if isinstance(cell, int | float | Decimal):
        return str(cell).replace(".", ",")
    return cell.isoformat()


def xlsx_answer(
    name: str, header: Sequence[str], rows: Iterable[Row], *, made_at: dt.datetime | None = None
) -> FileResponse:
    """Return a download of an XLSX; `made_at` in it as its date, so that the same rows give the same bytes."""
    answer = FileResponse(xlsx_file(header, rows, made_at=made_at), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def xlsx_file(header: Sequence[str], rows: Iterable[Row], *, made_at: dt.datetime | None = None) -> IO[bytes]:
    """Return an XLSX on disk, opened at its beginning; it is gone once closed. Memory holds one row at a time."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it after the last byte
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    made = (made_at or timezone.now()).astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    book.set_properties({"created": made})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(header) - 1, 0), 18)
    for column, title in enumerate(header):
        sheet.write_string(0, column, safe(title), bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, day)
    book.close()
    file.seek(0)
    return file


def _write(sheet: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, safe(cell))
    elif isinstance(cell, int | float | Decimal):
        sheet.write_number(row, column, float(cell))
    else:
        local = timezone.localdate(cell) if isinstance(cell, dt.datetime) else cell
        sheet.write_datetime(row, column, dt.datetime(local.year, local.month, local.day), day)  # noqa: DTZ001 -- a day in a spreadsheet has no time zone
