"""The page with a member's notices."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.queries import PAGE
from tests.accounts.factories import UserFactory
from tests.notifications.factories import NoticeFactory, example_kind

pytestmark = pytest.mark.django_db
LIST = "/mijn/meldingen/"


@pytest.fixture(autouse=True)
def _kind():
    with example_kind():
        yield


@pytest.fixture
def reader(client):
    user = UserFactory.create(poh=True)
    client.force_login(user)
    return user


def test_one_sees_ones_own_notices_only(client, reader):
    mine = NoticeFactory.create(recipient=reader, count=4)
    theirs = NoticeFactory.create()
    html = client.get(LIST).content.decode()
    assert f"4 keer in plek {mine.object_id}<" in html
    assert f"plek {theirs.object_id}<" not in html


def test_without_notices_it_says_so(client, reader):
    response = client.get(LIST)
    assert response.status_code == 200
    assert "empty" in response.content.decode()


def test_what_one_may_no_longer_see_is_not_shown(client, reader):
    NoticeFactory.create(recipient=reader, object_id=2_000_000)
    assert "2000000" not in client.get(LIST).content.decode()


def test_a_kind_that_a_room_dropped_is_not_shown(client, reader):
    NoticeFactory.create(recipient=reader, kind="gone.kind", object_id=77)
    assert client.get(LIST).status_code == 200


def test_opening_marks_as_read_and_leads_on(client, reader):
    notice = NoticeFactory.create(recipient=reader, path="/mijn/")
    response = client.post(reverse("notifications:open", args=[notice.pk]))
    assert response["Location"] == "/mijn/"
    notice.refresh_from_db()
    assert notice.read_at


def test_somebody_elses_notice_cannot_be_opened(client, reader):
    notice = NoticeFactory.create()
    assert client.post(reverse("notifications:open", args=[notice.pk])).status_code == 404


def test_all_can_be_marked_at_once(client, reader):
    first = NoticeFactory.create(recipient=reader)
    NoticeFactory.create(recipient=reader)
    client.post(reverse("notifications:all_read"))
    assert not type(first).objects.filter(read_at=None).exists()


def test_one_row_and_three_rows_cost_the_same(client, reader):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(LIST)
        return len(caught)

    NoticeFactory.create(recipient=reader)
    client.get(LIST)
    one = queries()
    NoticeFactory.create_batch(2, recipient=reader)
    assert queries() == one <= 12


def test_older_notices_are_one_step_away(client, reader):
    now = timezone.now()
    for number in range(PAGE + 2):
        NoticeFactory.create(
            recipient=reader, object_id=500 + number, happened_at=now - timedelta(hours=number)
        )
    first = client.get(LIST)
    key = first.context["page"].older
    older = client.get(LIST, {"voor": key})
    assert [line.notice.object_id for line in older.context["page"].lines] == [500 + PAGE, 501 + PAGE]
    assert older.context["page"].older is None


@pytest.mark.parametrize(
    "key", ["x", "2026-01-01_1", "2026-01-01T00:00:00+00:00_", "2026-01-01T00:00:00+00:00_9" * 9]
)
def test_a_made_up_key_shows_the_newest(client, reader, key):
    NoticeFactory.create(recipient=reader)
    assert client.get(LIST, {"voor": key}).status_code == 200


def test_the_header_shows_how_many_are_unread(client, reader):
    NoticeFactory.create_batch(3, recipient=reader)
    assert '<span class="tool__count">3</span>' in client.get(LIST).content.decode()
