"""How well the gate does on the labelled sentences; `manage.py gate_report` prints the same figures."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from patientdata.evaluation import Label, measure, parse, read

FOLDER = Path(__file__).parent / "evaluation"
PARTS = ["tuned", "held_out", "odd_forms"]
FIXED_FORM = ["bsn", "rrn", "iban", "email", "phone", "postcode"]


@pytest.fixture(scope="module")
def results():
    return {name: measure(read(FOLDER / f"{name}.txt")) for name in PARTS}


def test_a_line_becomes_a_sentence_with_its_labels():
    sentence = parse("Bel {name|mw jansen|lower} op {phone|06-12345678}.")
    assert sentence.text == "Bel mw jansen op 06-12345678."
    assert sentence.labels == (Label("name", 4, 13, "lower"), Label("phone", 17, 28))


def test_there_are_enough_sentences():
    assert sum(len(read(path)) for path in FOLDER.glob("*.txt")) >= 500


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", FIXED_FORM)
def test_what_has_a_fixed_form_is_found(results, part, kind):
    assert results[part].recall(kind) >= 0.99


@pytest.mark.parametrize("part", PARTS)
def test_dates_of_birth_and_names_are_found(results, part):
    assert results[part].recall("birth_date") >= 0.98
    assert results[part].recall("name") >= 0.95


@pytest.mark.parametrize("part", PARTS)
def test_clean_sentences_stay_clean(results, part):
    assert results[part].flagged_share <= 0.05


def test_the_report_prints_recall_flags_and_time():
    out = io.StringIO()
    call_command("gate_report", str(FOLDER / "tuned.txt"), "--misses", stdout=out)
    for words in ("bsn", "clean sentences flagged", "p95 for 5,000 characters"):
        assert words in out.getvalue()
