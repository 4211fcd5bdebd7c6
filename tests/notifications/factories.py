"""A kind of notice and its rows, for tests."""

from contextlib import contextmanager

from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.models import User
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.models import Notice
from tests.accounts.factories import UserFactory

KIND = "example.happened"


def places(reader, ids):
    """Name every object but those above a million, which nobody may see."""
    return {pk: f"plek {pk}" for pk in ids if pk < 1_000_000}


def say(count, place):
    return f"{count} keer in {place}"


@contextmanager
def example_kind(audience=None):
    """Register the example kind for as long as a test lasts."""
    before = dict(kinds._kinds)
    kinds.register(NoticeKind(KIND, say=say, places=places, icon="talk", audience=audience))
    yield
    kinds._kinds.clear()
    kinds._kinds.update(before)


class NoticeFactory(DjangoModelFactory[Notice]):
    """An unread notice of the example kind about an object of its own."""

    class Meta:
        model = Notice

    recipient = SubFactory(UserFactory)
    kind = KIND
    object_type = "accounts.user"
    object_id = Sequence(lambda n: n + 1)
    path = "/mijn/"
    happened_at = LazyFunction(timezone.now)


def someone(**traits) -> User:
    return UserFactory.create(**traits)
