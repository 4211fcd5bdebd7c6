"""In the editors' desk the gate warns after saving and never stops."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage

from pages.models import Source
from patientdata.editorial import texts_in, warnings_for
from patientdata.wagtail_hooks import warn


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("plain", ["plain"]),
        ("<p>Mw <b>Jansen</b> &amp; co</p>", [" Mw  Jansen  & co"]),
        ([{"type": "text", "id": "123456782", "value": {"body": "een"}}], ["een"]),
        (None, []),
        (7, []),
    ],
)
def test_texts_are_found_in_any_value(value, texts):
    assert [text.rstrip() for text in texts_in(value)] == texts


def test_only_certain_passages_in_warned_fields_are_named():
    found = warnings_for(
        Source(title="Het verhaal van mevrouw Jansen", url="https://example.org/123456782", remark="Miller")
    )
    assert [[passage.words for passage in one.passages] for one in found] == [["mevrouw Jansen"]]


def test_the_editor_is_told_with_the_passage_escaped(rf):
    request = rf.get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    warn(request, Source(title="mw Jansen", remark="mw <i onclick=x>Jansen</i> & mw Peters"))
    told = [str(message) for message in get_messages(request)]
    assert len(told) == 2
    assert "<mark>mw Jansen</mark>" in told[0]
    assert "onclick" not in told[1]


def test_nothing_found_says_nothing(rf):
    request = rf.get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    warn(request, Source(title="Richtlijn slaapproblemen"))
    assert not list(get_messages(request))
