"""Lists of people as spreadsheets write them: marks, semicolons, tabs, old encodings, names in parts."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from courses.learning import people_files
from courses.learning.people_files import FileRefusedError, Person, Refusal, read

NOOR, ELISE = Person(2, "noor@x.test", "Noor Haverkamp"), Person(3, "elise@x.test", "Élise Vandamme")


def people_in(content):
    return list(read(content).people)


def sheet(*rows):
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return held.getvalue()


TEXT = "e-mail{0}naam\nnoor@x.test{0}Noor Haverkamp\nelise@x.test{0}Élise Vandamme\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_same_list_is_read_from_every_habit(delimiter, encoding, newline):
    content = TEXT.format(delimiter).replace("\n", newline).encode(encoding)
    assert people_in(content) == [NOOR, ELISE]


def test_a_workbook_is_read_too():
    rows = [["E-mailadres", "Naam"], ["noor@x.test", "Noor Haverkamp"], ["elise@x.test", "Élise Vandamme"]]
    assert people_in(sheet(*rows)) == [NOOR, ELISE]


@pytest.mark.parametrize(
    "text",
    [
        "Voornaam;Tussenvoegsel;Achternaam;E-mail\nNoor;;Haverkamp;noor@x.test",
        "E_MAIL;Achternaam;Voornaam\nnoor@x.test;Haverkamp;Noor",
        "naam;adres e-mail;E-mail adres\nNoor Haverkamp;x;noor@x.test",
        "Courriel;Nom;Prénom\nnoor@x.test;Haverkamp;Noor",
        "voornaam,naam,email\nNoor,Noor Haverkamp,noor@x.test",
        'mail\n"Noor Haverkamp <noor@x.test>"',
        'email,name\n"mailto:noor@x.test"," Noor   Haverkamp "',
        "sep=;\ne-mail;naam\nnoor@x.test;Noor Haverkamp",
    ],
)
def test_columns_are_known_by_many_titles(text):
    (found,) = people_in(text.encode())
    assert (found.address, found.name) == ("noor@x.test", "Noor Haverkamp")


def test_a_list_without_titles_is_known_by_its_addresses():
    content = b"Noor Haverkamp;noor@x.test\nKarim;karim@x.test"
    assert people_in(content) == [
        Person(1, "noor@x.test", "Noor Haverkamp"),
        Person(2, "karim@x.test", "Karim"),
    ]


def test_columns_that_are_not_read_are_named():
    assert read(b"e-mail;telefoon;naam;BIG\na@b.test;06;A;1").unused == ["telefoon", "BIG"]


def test_line_numbers_are_those_of_the_file_and_empty_lines_are_passed_over():
    content = b"e-mail\n\na@b.test\n;;\n\nb@b.test\n"
    assert [person.line for person in people_in(content)] == [3, 6]


def test_a_cell_with_a_comma_or_a_line_break_stays_one_cell():
    content = b'naam,e-mail\n"Haverkamp, Noor",noor@x.test\n"Twee\nregels",b@x.test'
    assert [person.name for person in people_in(content)] == ["Haverkamp, Noor", "Twee regels"]


def bomb():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (people_files.MOST_UNPACKED + 1))
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Refusal.EMPTY),
        (b"  \n\n", Refusal.EMPTY),
        (b"\xd0\xcf\x11\xe0rest", Refusal.OLD_EXCEL),
        (b"\x00\x01\x02", Refusal.BROKEN),
        (b"PK\x03\x04 not a zip", Refusal.BROKEN),
        (b"\xff\xfe\x00", Refusal.BROKEN),
        (b"naam;plaats\nNoor;Arnhem", Refusal.NO_ADDRESSES),
        (b"e-mail\n" + b"a@b.test\n" * (people_files.MOST_ROWS + 1), Refusal.TOO_LONG),
        (b'e-mail\n"' + b"a" * 200_000 + b'"', Refusal.BROKEN),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content, reason):
    with pytest.raises(FileRefusedError) as refused:
        people_in(content)
    assert refused.value.reason is reason


def test_a_workbook_that_unfolds_without_end_is_not_unfolded():
    with pytest.raises(FileRefusedError) as refused:
        people_in(bomb())
    assert refused.value.reason is Refusal.TOO_LONG


def test_a_workbook_without_what_a_workbook_has_is_refused():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("iets.txt", "niets")
    with pytest.raises(FileRefusedError) as refused:
        people_in(held.getvalue())
    assert refused.value.reason is Refusal.BROKEN
