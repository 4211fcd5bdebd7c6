"""Telling members that something happened."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.actions import mark_read, mark_read_about, notify
from notifications.delivery import forget_old
from notifications.kinds import UnknownKind
from notifications.models import Notice
from notifications.queries import unread_count
from tests.accounts.factories import UserFactory
from tests.notifications.factories import KIND, NoticeFactory, example_kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kind():
    with example_kind():
        yield


def tell(people, about, callbacks, *, by=None, path="/mijn/"):
    with callbacks(execute=True):
        notify(people, kind=KIND, object=about, path=path, by=by)


def test_everyone_but_the_one_who_did_it_is_told_once(django_capture_on_commit_callbacks):
    writer, reader = UserFactory.create(), UserFactory.create()
    tell([writer, reader, reader.pk], writer, django_capture_on_commit_callbacks, by=writer)
    assert list(Notice.objects.values_list("recipient", "count")) == [(reader.pk, 1)]


def test_nothing_is_written_when_the_transaction_fails(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        notify([UserFactory.create()], kind=KIND, object=UserFactory.create(), path="/mijn/", by=None)
    assert not Notice.objects.exists()


def test_more_of_the_same_raises_the_count_while_it_is_unread(django_capture_on_commit_callbacks):
    reader, about = UserFactory.create(), UserFactory.create()
    for _ in range(3):
        tell([reader], about, django_capture_on_commit_callbacks)
    assert Notice.objects.get().count == 3
    mark_read(by=reader)
    tell([reader], about, django_capture_on_commit_callbacks)
    assert sorted(Notice.objects.values_list("count", flat=True)) == [1, 3]


def test_inactive_members_are_not_told(django_capture_on_commit_callbacks):
    tell([UserFactory.create(is_active=False)], UserFactory.create(), django_capture_on_commit_callbacks)
    assert not Notice.objects.exists()


def test_the_kinds_own_audience_is_asked_after_the_answer(django_capture_on_commit_callbacks):
    reader, about = UserFactory.create(), UserFactory.create()
    with example_kind(audience=lambda pk: [reader.pk]):
        tell(None, about, django_capture_on_commit_callbacks)
    assert Notice.objects.get().recipient == reader


def test_a_hundred_people_cost_no_more_queries_than_one(
    django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    people, about = [UserFactory.create() for _ in range(100)], UserFactory.create()
    with django_assert_max_num_queries(8):
        tell(people, about, django_capture_on_commit_callbacks)
    assert Notice.objects.count() == 100


@pytest.mark.parametrize(
    "path", ["https://elders.example/", "//elders.example", "mijn/", "javascript:alert(1)"]
)
def test_an_address_elsewhere_is_refused(path):
    with pytest.raises(ValueError, match="address of this site"):
        notify([1], kind=KIND, object=UserFactory.create(), path=path, by=None)


def test_an_unregistered_kind_is_refused():
    with pytest.raises(UnknownKind):
        notify([1], kind="nobody.knows", object=UserFactory.create(), path="/", by=None)


def test_opening_an_object_puts_its_notices_away():
    notice = NoticeFactory.create()
    about = UserFactory.create(pk=notice.object_id + 5000)
    other = NoticeFactory.create(recipient=notice.recipient, object_id=about.pk)
    assert mark_read_about(about, by=notice.recipient) == 1
    other.refresh_from_db()
    assert other.read_at
    assert unread_count(notice.recipient) == 1


def test_the_unread_count_is_one_query(django_assert_num_queries):
    notice = NoticeFactory.create()
    NoticeFactory.create(recipient=notice.recipient, read_at=timezone.now())
    with django_assert_num_queries(1):
        assert unread_count(notice.recipient) == 1


def test_old_notices_are_forgotten():
    now = timezone.now()
    kept = NoticeFactory.create(read_at=now - timedelta(days=80))
    NoticeFactory.create(read_at=now - timedelta(days=100))
    NoticeFactory.create(happened_at=now - timedelta(days=400))
    forget_old.call()
    assert list(Notice.objects.all()) == [kept]
