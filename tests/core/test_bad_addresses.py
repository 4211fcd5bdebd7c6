"""Odd addresses get a page in words, never a crash."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/medische-informatie/%00/", 400),
        ("/zoeken/?q=a%00b", 400),
        ("/fr/%00", 400),
        ("/bestaat-niet/", 404),
        ("/" + "a" * 4000 + "/", 404),
        ("/%E2%80%AEgnp.exe/", 404),
    ],
)
def test_an_odd_address_is_answered_in_words(address, status, client):
    answer = client.get(address)
    assert answer.status_code == status
    assert "<h1" in answer.content.decode()
