"""Reading a list of people from a file that a spreadsheet made: CSV in any of its habits, or XLSX. Pure.

Rows come out one by one, so that a long file needs no more memory than its own size. What a row is worth is judged
elsewhere; here only the shape of the file counts.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from typing import Any

import openpyxl

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_UNPACKED = (
    200_000_000  # bytes inside an XLSX; a list of twenty thousand people needs a hundredth of that
)
MOST_COLUMNS = 100
LOOKED_AT = 20  # lines, to see what separates the columns
MARKS = ";\t,"
# Signs without width that copying from pages and mails leaves behind; nobody sees them, so nobody would find them.
_UNSEEN = dict.fromkeys([0x200B, 0x2060, 0xFEFF])
# What openpyxl and what lies below it raise at a workbook that is damaged; tried with a thousand damaged ones.
_DAMAGED = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip

# Titles of columns as they are compared: small letters only.
ADDRESS = {
    "email", "mail", "emailadres", "mailadres", "emailaddress", "mailaddress", "adresseemail", "adressemail",
    "courriel", "adresseélectronique",
}  # fmt: skip
NAME = {"naam", "name", "nom", "volledigenaam", "weergavenaam", "fullname", "displayname", "nomcomplet"}
PARTS = (
    {"voornaam", "roepnaam", "firstname", "givenname", "prénom", "prenom"},
    {"tussenvoegsel", "tussenvoegsels", "infix", "particule"},
    {"achternaam", "lastname", "surname", "familyname", "nomdefamille"},
)


class Refusal(StrEnum):
    """Why a file cannot be read at all."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    OLD_EXCEL = "old_excel"
    BROKEN = "broken"
    NO_ADDRESSES = "no_addresses"


class FileRefusedError(Exception):
    """The file as a whole cannot be read; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Person:
    """A row: the line on which it stands (the first is 1), the address and the name as they were written."""

    line: int
    address: str
    name: str


@dataclass
class PeopleFile:
    """A file whose head was understood: its people one by one, and the columns that are not used."""

    people: Iterator[Person]
    unused: list[str] = field(default_factory=list)


def read(content: bytes) -> PeopleFile:
    """Understand the head of a file and return its people; raises FileRefusedError, also while they are read."""
    if not content.strip():
        raise FileRefusedError(Refusal.EMPTY)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefusedError(Refusal.OLD_EXCEL)
    if content.startswith(b"PK\x03\x04"):
        return _first_list(_sheets(content))
    return _people(enumerate(_lines(_text(content)), start=1))


def _text(content: bytes) -> str:
    """Decode what Excel, Numbers and others write: UTF-8 or UTF-16 with a mark, plain UTF-8, Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise FileRefusedError(Refusal.BROKEN)
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefusedError(Refusal.BROKEN)


def _lines(text: str) -> Iterator[list[str]]:
    delimiter, text = _delimiter(text)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise FileRefusedError(Refusal.BROKEN) from error


def _delimiter(text: str) -> tuple[str, str]:
    """Return what separates the columns, and the text without Excel's own line about it (`sep=;`)."""
    first, _newline, rest = text.partition("\n")
    told = first.strip().lower()
    if told.startswith("sep=") and len(told) == len("sep=;"):
        # The line stays, empty, so that line numbers are those that people see.
        return told[-1], f"\n{rest}"
    lines = [line for line in text.splitlines()[:LOOKED_AT] if any(mark in line for mark in MARKS)]
    return max(MARKS, key=lines[0].count) if lines else ",", text


def _first_list(sheets: Iterable[Iterator[list[str]]]) -> PeopleFile:
    """Return the people of the first sheet that has addresses; of why the others have none, the most telling is said."""
    refused = FileRefusedError(Refusal.EMPTY)
    for rows in sheets:
        try:
            return _people(enumerate(rows, start=1))
        except FileRefusedError as error:
            if error.reason not in {Refusal.EMPTY, Refusal.NO_ADDRESSES}:
                raise
            refused = refused if error.reason is Refusal.EMPTY else error
    raise refused


def _sheets(content: bytes) -> Iterator[Iterator[list[str]]]:
    """Yield the sheets of a workbook that people see, each as its rows."""
    with _readable():
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise FileRefusedError(Refusal.TOO_LONG)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        shown = [page for page in book.worksheets if page.sheet_state == "visible"]
    for page in shown:
        yield _cells(page)


def _cells(page: Any) -> Iterator[list[str]]:
    """Yield the rows of a sheet, read as a stream; what a file says of its own size is not believed."""
    with _readable():
        page.reset_dimensions()
        for row in page.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            # Far below a list a forgotten cell may stand: a million empty rows must cost next to nothing.
            yield ["" if cell is None else str(cell) for cell in row] if any(row) else []


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        raise FileRefusedError(Refusal.BROKEN) from error


def _people(rows: Iterator[tuple[int, Sequence[str]]]) -> PeopleFile:
    line, head = next(((line, row) for line, row in rows if any(cell.strip() for cell in row)), (0, []))
    if not head:
        raise FileRefusedError(Refusal.EMPTY)
    titles = [_plain(cell) for cell in head]
    columns = _Columns.named(titles)
    if columns is not None:
        unused = [
            cell.strip() for number, cell in enumerate(head) if cell.strip() and number not in columns.used
        ]
        return PeopleFile(_rows(rows, columns), unused)
    columns = _Columns.guessed(head)
    if columns is None:
        raise FileRefusedError(Refusal.NO_ADDRESSES)
    return PeopleFile(_rows(_again((line, head), rows), columns))


def _again[T](first: T, rest: Iterable[T]) -> Iterator[T]:
    yield first
    yield from rest


@dataclass(frozen=True)
class _Columns:
    """Where address and name stand; a name may be spread over several columns."""

    address: int
    names: tuple[int, ...]

    @property
    def used(self) -> set[int]:
        return {self.address, *self.names}

    @classmethod
    def named(cls, titles: Sequence[str]) -> _Columns | None:
        """Find the columns by their titles."""
        address = _first(titles, ADDRESS)
        if address is None:
            return None
        whole = _first(titles, NAME)
        parts = [found for names in PARTS if (found := _first(titles, names)) is not None]
        # Beside a first name alone, a column “name” holds the rest, or all of it (see `_joined`).
        rest = [whole] if whole is not None and _first(titles, PARTS[-1]) is None else []
        return cls(address, (*parts, *rest))

    @classmethod
    def guessed(cls, row: Sequence[str]) -> _Columns | None:
        """Find the columns of a file without titles by its first row: the cell with an @ is the address."""
        address = next((number for number, cell in enumerate(row) if "@" in cell), None)
        if address is None:
            return None
        others = [number for number, cell in enumerate(row) if number != address and cell.strip()]
        return cls(address, tuple(others[:1]))


def _first(titles: Sequence[str], wanted: set[str]) -> int | None:
    return next((number for number, title in enumerate(titles) if title in wanted), None)


def _plain(cell: str) -> str:
    return "".join(sign for sign in cell.lower() if sign.isalpha())


def _rows(rows: Iterator[tuple[int, Sequence[str]]], columns: _Columns) -> Iterator[Person]:
    count = 0
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        count += 1
        if count > MOST_ROWS:
            raise FileRefusedError(Refusal.TOO_LONG)
        spoken, address = _parts_of(_cell(row, columns.address))
        yield Person(line, address, _joined([_cell(row, at) for at in columns.names]) or spoken)


def _joined(cells: Sequence[str]) -> str:
    """Return a name from its parts; a last part that holds the first one already is the whole name."""
    parts = [" ".join(cell.split()) for cell in cells if cell.strip()]
    if len(parts) > 1 and parts[-1].startswith(f"{parts[0]} "):
        return parts[-1]
    return " ".join(parts)


def _cell(row: Sequence[Any], at: int) -> str:
    return str(row[at]).translate(_UNSEEN).strip() if at < len(row) else ""


def _parts_of(written: str) -> tuple[str, str]:
    """Return name and address of what may be written as `Noor Haverkamp <noor@example.org>` or `mailto:…`."""
    written = written.removeprefix("mailto:").strip().strip(";,")
    if "<" not in written:
        return "", written
    spoken, address = parseaddr(written)
    return spoken.strip(), address or written
