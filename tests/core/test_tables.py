"""Tables that leave the house: no formula, one row in memory at a time, the same rows the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tracemalloc
from decimal import Decimal

import openpyxl
import pytest

from core.tables import csv_answer, csv_chunks, safe, xlsx_file

WHEN = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
DANGEROUS = ["=1+1", "+31 6", "-Jan", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")']


def opened(header, rows):
    with xlsx_file(header, rows) as file:
        return openpyxl.load_workbook(io.BytesIO(file.read())).active


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_is_made_a_text(text):
    assert safe(text) == f"'{text}"
    sheet = opened(["Naam"], [[text]])
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("'")


@pytest.mark.parametrize("text", ["Jan", "3-4", "a=b", "", " =1"])
def test_other_texts_stay_as_they_are(text):
    assert safe(text) == text


def test_a_csv_opens_in_a_dutch_spreadsheet():
    answer = csv_answer("lijst", ["Naam", "Punten"], [['Noor; de "wit"', Decimal("6.5")], ["Ömer", None]])
    content = b"".join(answer).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content), delimiter=";")) == [
        ["Naam", "Punten"],
        ['Noor; de "wit"', "6,5"],
        ["Ömer", ""],
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="lijst.csv"'


def test_numbers_and_days_are_numbers_and_days_in_a_spreadsheet():
    rows = [["Noor", 3, Decimal("6.5"), dt.date(2026, 11, 24), WHEN]]
    sheet = opened(["a", "b", "c", "d", "e"], rows)
    values = [cell.value for cell in sheet[2]]
    assert values == ["Noor", 3, 6.5, dt.datetime(2026, 11, 24), dt.datetime(2026, 11, 24)]  # noqa: DTZ001 -- as a spreadsheet has it


def test_the_same_rows_give_the_same_bytes():
    def made():
        with xlsx_file(["Naam"], [["Noor"]], made_at=WHEN) as file:
            return file.read()

    assert made() == made()


def test_a_hundred_thousand_rows_pass_through_little_memory():
    """Half a megabyte for the CSV, some for the XLSX, whatever the length."""
    rows = ([f"Mens {number}", number, "x" * 50] for number in range(100_000))
    tracemalloc.start()
    length = sum(len(chunk) for chunk in csv_chunks(["a", "b", "c"], rows))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert length > 6_000_000
    assert peak < 1_000_000
