"""What holds for every text, whatever it is made of."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from patientdata import names, numbers
from patientdata.folding import fold
from patientdata.gate import findings, mask

NASTY = "\x00\u200b\u200d\u200f\u202e\ufeff\u0301\u00ad０９①٣۴аеоΑ…–— \t\n'’\".,:;-/()+@[]{}*€°🙂"
WORDS = [
    "mevrouw", "Mw.", "dhr", "Jansen", "jansen", "van", "der", "Piet", "haar man", "geboren", "BSN", "123456782",
    "12-03-1951", "3 mei", "06", "12345678", "NL91ABNA0417164300", "jan@gmail.com", "6828 CD", "12", "C-07", "Miller",
    "85.07.30-033.28", "patiëntnummer", "483920", "at", "punt", "nul zes", "Steenstraat", "\n", "slaapt", "Ömer",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=300),
    st.text(alphabet=st.sampled_from("0123456789" + NASTY), max_size=120),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(alphabet=NASTY, max_size=3)), max_size=40).map(
        "".join
    ),
)
PLANTED = [
    ("BSN 123456782", "bsn"),
    ("mevrouw Jansen", "name"),
    ("06-12345678", "phone"),
    ("NL91ABNA0417164300", "iban"),
    ("geboren op 3 mei 1951", "birth_date"),
    ("jan.peters@gmail.com", "email"),
    ("rijksregisternummer 85.07.30-033.28", "rrn"),
    ("patiëntnummer 483920", "patient_number"),
    ("Steenstraat 12, 6828 CD", "postcode"),
]


@settings(max_examples=150, deadline=None)
@given(texts)
@example("\ud800 BSN 123456782")
@example("1" * 500)
@example("mw " * 200)
def test_offsets_are_valid_and_in_order(text):
    position = 0
    for finding in findings(text):
        assert position <= finding.start < finding.end <= len(text)
        position = finding.end
        assert isinstance(finding.suggestion, str)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_a_masked_text_has_nothing_certain_left_and_stays_as_it_is(text):
    masked = mask(text)
    assert not [finding for finding in findings(masked) if finding.certain]
    assert mask(masked) == masked


@settings(max_examples=100, deadline=None)
@given(texts)
def test_a_text_without_certain_findings_is_not_touched_by_masking(text):
    if not any(finding.certain for finding in findings(text)):
        assert mask(text) == text


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLANTED), st.text(max_size=80), st.text(max_size=80))
def test_a_passage_is_found_in_whatever_text_it_stands(planted, before, after):
    passage, kind = planted
    text = f"{before}. \n\n{passage}. \n\n{after}"
    start = len(before) + 4
    found = [one for one in findings(text) if one.start < start + len(passage) and one.end > start]
    assert any(one.certain for one in found), (kind, found)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 999), st.sampled_from(["", "casus ", "Bij ", "patiënt ", "casusnummer: "]))
def test_a_case_number_is_never_found(number, lead):
    assert findings(f"{lead}C-{number:02d} kwam vandaag langs.") == []


@given(st.text(max_size=200))
def test_folding_leads_back_to_the_original(text):
    folded = fold(text)
    positions = [folded.original(position) for position in range(len(folded.text))]
    assert positions == sorted(set(positions))
    assert all(0 <= position < len(text) for position in positions)


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "12345678 ",
        "1-",
        "a@",
        "@",
        "mw ",
        "Mw. J. ",
        "van de ",
        "A. ",
        "geb. ",
        "0",
        "(0",
        "a ",
        "A",
        "Jan ",
        "[at]",
        "\u200b1",
        "3 mei ",
    ],
)
def test_the_work_grows_with_the_length(unit, monkeypatch):
    """Counted in windows of digits and in words of names that are judged, not in time."""
    counted = {"work": 0}

    def counting(function):
        def wrapper(*args, **kwargs):
            counted["work"] += 1
            return function(*args, **kwargs)

        return wrapper

    monkeypatch.setattr(numbers, "_judge", counting(numbers._judge))
    monkeypatch.setattr(names, "read_name", counting(names.read_name))
    monkeypatch.setattr(names, "_bare", counting(names._bare))
    amounts = []
    for length in (2_000, 8_000):
        counted["work"] = 0
        findings(unit * (length // len(unit)))
        amounts.append(counted["work"])
    assert amounts[1] <= 5 * amounts[0] + 50


def test_a_megabyte_is_read():
    text = "Mevrouw slaapt slecht en wil niet stoppen. " * 24_000 + "BSN 123456782"
    assert [finding.kind for finding in findings(text)] == ["bsn"]
