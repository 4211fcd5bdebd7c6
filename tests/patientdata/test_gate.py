"""What the gate finds, kind by kind."""

import pytest

from patientdata.gate import PatientDataFound, findings, mask, require_clean
from patientdata.policy import Policy, _policies, register

FOUND = [
    ("haar BSN is 123.456.782", "bsn", "123.456.782", True),
    ("BSN: 123456782.", "bsn", "123456782", True),
    ("ＢＳＮ １２３４５６７８２", "bsn", "１２３４５６７８２", True),
    ("het nummer 1\u200b2\x0034\u202e56782 hoort erbij", "bsn", "1\u200b2\x0034\u202e56782", True),
    ("rijksregisternummer 85.07.30-033.28", "rrn", "85.07.30-033.28", True),
    ("rekening NL91 ABNA 0417 1643 00 graag", "iban", "NL91 ABNA 0417 1643 00", True),
    ("op BE68 5390 0754 7034", "iban", "BE68 5390 0754 7034", True),
    ("mail j.de.vries@gmail.com even", "email", "j.de.vries@gmail.com", True),
    ("jan apenstaartje gmail punt com", "email", "jan apenstaartje gmail punt com", False),
    ("bel (026) 345 67 89", "phone", "(026) 345 67 89", True),
    ("bel 06 – 12 34 56 78", "phone", "06 – 12 34 56 78", True),
    ("gsm 0475 12 34 56", "phone", "0475 12 34 56", True),
    ("bel +31 (0)6 12345678", "phone", "+31 (0)6 12345678", True),
    ("zij woont op 6828 CD 12", "postcode", "6828 CD 12", True),
    ("Kerkstraat 12, 9000 Gent", "postcode", "Kerkstraat 12, 9000 Gent", True),
    ("geboren op 3 mei 1951", "birth_date", "3 mei 1951", True),
    ("geb. 03-05 in Arnhem", "birth_date", "03-05", True),
    ("ze is van 12 maart 1951", "birth_date", "12 maart 1951", False),
    ("patiëntnummer 483920", "patient_number", "483920", True),
    ("Mw jansen belde", "name", "Mw jansen", True),
    ("dhr. Ömer Yıldız kwam", "name", "dhr. Ömer Yıldız", True),
    ("mevrouw van rijn belde", "name", "mevrouw van rijn", True),
    ("mevrouw van rijn aan de lijn", "name", "mevrouw van rijn", True),
    ("haar man Piet ook", "name", "Piet", True),
    ("fatima el amrani slaapt slecht", "name", "fatima el amrani", True),
    ("achmed wil minderen", "name", "achmed", False),
]
CLEAN = [
    "C-07 kwam vandaag op gesprek en wil minderen.",
    "Miller en Rollnick noemen dat meebewegen; de roos van Leary helpt ook.",
    "Mevrouw slaapt slecht en wil niet stoppen.",
    "Een vrouw van in de zestig gebruikt oxazepam 10 mg, 2 tot 3 keer per dag.",
    "IrisZorg en Albert Heijn zitten in dezelfde straat.",
    "Bel 112 of gratis 0800-0113.",
    "Op 12 maart 2026 gaan de brieven de deur uit.",
    "Van 2.500 mg was geen sprake, in 2024 en daarna ook niet.",
    "Dat raakte me, Lieke.",
]


@pytest.mark.parametrize(("text", "kind", "passage", "certain"), FOUND)
def test_it_finds(text, kind, passage, certain):
    assert (kind, passage, certain) in [(f.kind, text[f.start : f.end], f.certain) for f in findings(text)]


@pytest.mark.parametrize("text", CLEAN)
def test_it_leaves_alone(text):
    assert findings(text) == []


@pytest.fixture
def fields():
    before = dict(_policies)
    register({"example.Post.body": Policy.BLOCK, "example.Page.intro": Policy.WARN})
    register({"example.Post.code": Policy.OFF}, reason="A code.")
    yield
    _policies.clear()
    _policies.update(before)


@pytest.mark.usefixtures("fields")
@pytest.mark.parametrize(
    ("field", "text", "confirmed", "stops"),
    [
        ("example.Post.body", "C-07 kwam langs", False, False),
        ("example.Post.body", "BSN 123456782", False, True),
        ("example.Post.body", "BSN 123456782", True, True),
        ("example.Post.body", "ze is van 12 maart 1951", False, True),
        ("example.Post.body", "ze is van 12 maart 1951", True, False),
        ("example.Page.intro", "Bel 026 345 67 89", False, False),
        ("example.Post.code", "BSN 123456782", False, False),
    ],
)
def test_what_may_be_stored(field, text, confirmed, stops):
    if stops:
        with pytest.raises(PatientDataFound) as caught:
            require_clean(field, text, confirmed=confirmed)
        assert caught.value.field == field
        assert "123456782" not in str(caught.value)
    else:
        require_clean(field, text, confirmed=confirmed)


def test_a_draft_keeps_all_but_the_certain_passages():
    masked = mask("Mw jansen (BSN 123456782) is van 12 maart 1951 en slaapt slecht.")
    assert "jansen" not in masked
    assert "123456782" not in masked
    assert masked.endswith("is van 12 maart 1951 en slaapt slecht.")
    assert mask(masked) == masked
