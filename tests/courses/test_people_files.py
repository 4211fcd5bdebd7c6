"""Lists of people as spreadsheets write them: marks, semicolons, tabs, old encodings, names in parts."""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile

import openpyxl
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


def book_of(*pages):
    """A workbook of these pages: a name, whether people see it, and its rows."""
    held, book = io.BytesIO(), openpyxl.Workbook()
    book.remove(book.active)
    for name, seen, rows in pages:
        page = book.create_sheet(name)
        page.sheet_state = "visible" if seen else "hidden"
        for row in rows:
            page.append(row)
    book.save(held)
    return held.getvalue()


def with_part(content, change, name="xl/worksheets/sheet1.xml"):
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(held, "w") as packed:
        for part in source.namelist():
            packed.writestr(part, change(source.read(part)) if part == name else source.read(part))
    return held.getvalue()


LIST = [["E-mail", "Naam"], ["noor@x.test", "Noor Haverkamp"], ["elise@x.test", "Élise Vandamme"]]


@pytest.mark.parametrize("told", [b"A1", b"A1:B2", b"A1:A1"])
def test_what_a_workbook_says_of_its_own_size_loses_nobody(told):
    """Programs that are not Excel often write a wrong size; openpyxl would stop there without a word."""
    wrong = with_part(
        sheet(*LIST), lambda text: re.sub(rb'ref="[^"]*"', b'ref="' + told + b'"', text, count=1)
    )
    assert people_in(wrong) == [NOOR, ELISE]


@pytest.mark.parametrize(
    "pages",
    [
        [("Uitleg", True, [["Vul het tweede blad in."]]), ("Lijst", True, LIST)],
        [("Leeg", True, []), ("Lijst", True, LIST)],
        [("Oud", False, [["E-mail"], ["oud@x.test"]]), ("Lijst", True, LIST)],
        [("Lijst", True, LIST), ("Ook", True, [["E-mail"], ["later@x.test"]])],
    ],
)
def test_of_a_workbook_the_first_sheet_with_addresses_that_people_see_is_read(pages):
    assert people_in(book_of(*pages)) == [NOOR, ELISE]


def test_a_formula_counts_by_what_it_last_showed_and_one_that_never_did_is_empty():
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["E-mail", "Naam"])
    page.write_formula(1, 0, '=B2&"@x.test"', None, "noor@x.test")
    page.write_string(1, 1, "Noor Haverkamp")
    page.write_formula(2, 0, "=NA()", None, "#N/A")
    book.close()
    assert people_in(held.getvalue()) == [NOOR, Person(3, "#N/A", "")]
    never = book_of(("Lijst", True, [["E-mail", "Naam"], ['=B2&"@x.test"', "Noor"]]))
    assert people_in(never) == [Person(2, "", "Noor")]


def test_cells_that_were_merged_and_a_forgotten_cell_far_below_do_no_harm():
    held, book = io.BytesIO(), openpyxl.Workbook()
    page = book.active
    for row in LIST:
        page.append(row)
    page.merge_cells("A4:B5")
    page.cell(row=60_000, column=1).value = " "
    book.save(held)
    assert people_in(held.getvalue()) == [NOOR, ELISE]


def test_signs_that_nobody_sees_are_no_part_of_an_address():
    content = (
        "\ufeffe-mail;naam\n\u200bnoor@x.test\u00a0;Noor\u00a0Haverkamp\n\ufeffelise@x.test;Élise Vandamme"
    )
    assert people_in(content.encode()) == [NOOR, ELISE]


@pytest.mark.filterwarnings("ignore::UserWarning")  # what openpyxl says of a workbook that it can still read
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else():
    chance, whole = random.Random(3), sheet(*LIST)
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        parts = packed.namelist()
    for _time in range(150):
        damaged = with_part(whole, lambda text: _bitten(text, chance), chance.choice(parts))
        with contextlib.suppress(FileRefusedError):
            people_in(damaged)


def _bitten(text, chance):
    for _bite in range(chance.randint(1, 6)):
        at = chance.randrange(len(text))
        text = (
            text[:at]
            + bytes([chance.randrange(256)] * chance.randint(0, 2))
            + text[at + chance.randint(0, 20) :]
        )
        text = text or b" "
    return text
