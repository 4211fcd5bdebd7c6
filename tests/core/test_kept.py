"""What is the same for everybody is made once, and anew as soon as something public changed."""

import itertools
import threading

import pytest
from django.db import connection

from core import kept
from core.kept import Shelf
from pages.models import PublicStamp
from tests.pages.factories import content_page

pytestmark = pytest.mark.django_db


class Made:
    """Counts how often it was asked to make something."""

    def __init__(self):
        self.numbers = itertools.count(1)

    def __call__(self):
        return next(self.numbers)


@pytest.fixture
def shelf():
    return Shelf(most=2)


@pytest.fixture
def request_of():
    """Return a function that asks a shelf within a request of its own."""

    def ask(shelf, key, make):
        kept.begin_request()
        try:
            return shelf.get(key, make)
        finally:
            kept.end_request()

    return ask


def test_requests_share_what_was_made(shelf, request_of):
    made = Made()
    assert [request_of(shelf, "nl", made), request_of(shelf, "nl", made)] == [1, 1]
    assert request_of(shelf, "fr", made) == 2


def test_outside_a_request_everything_is_made_anew(shelf):
    made = Made()
    assert [shelf.get("nl", made), shelf.get("nl", made)] == [1, 2]


def test_a_change_is_seen_by_the_next_request(shelf, request_of):
    made = Made()
    request_of(shelf, "nl", made)
    content_page()
    assert request_of(shelf, "nl", made) == 2


def test_a_change_by_another_process_is_seen_by_the_next_request(shelf, request_of):
    made = Made()
    request_of(shelf, "nl", made)
    PublicStamp.renew()  # as another process does: nothing here is told
    assert request_of(shelf, "nl", made) == 2


def test_a_request_that_changes_something_keeps_nothing_of_it(shelf, request_of):
    made = Made()

    def publish_and_make():
        content_page()
        return made()

    assert request_of(shelf, "nl", publish_and_make) == 1
    assert request_of(shelf, "nl", made) == 2
    assert request_of(shelf, "nl", made) == 2


def test_a_change_written_in_bulk_is_told(shelf, request_of):
    made = Made()
    request_of(shelf, "nl", made)
    kept.changed()
    assert request_of(shelf, "nl", made) == 2


def test_a_change_that_is_taken_back_leaves_no_trace(shelf, request_of):
    made = Made()
    before = PublicStamp.current()
    request_of(shelf, "nl", made)
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT half_way")
        content_page()
        cursor.execute("ROLLBACK TO SAVEPOINT half_way")
    assert PublicStamp.current() == before
    assert request_of(shelf, "nl", made) == 1


def test_the_stamp_is_read_once_a_request(shelf, django_assert_num_queries):
    kept.begin_request()
    with django_assert_num_queries(1):
        for key in ("a", "b", "a"):
            shelf.get(key, Made())
    kept.end_request()


def test_none_is_not_kept(shelf, request_of):
    answers = iter([None, 7])
    assert request_of(shelf, "nl", lambda: next(answers)) is None
    assert request_of(shelf, "nl", lambda: next(answers)) == 7


def test_a_full_shelf_drops_what_stands_longest(shelf, request_of):
    made = Made()
    for key in ("a", "b", "c"):
        request_of(shelf, key, made)
    assert request_of(shelf, "c", made) == 3
    assert request_of(shelf, "a", made) == 4


def test_another_thread_is_not_within_this_request(shelf):
    made, seen = Made(), []
    kept.begin_request()
    shelf.get("nl", made)
    other = threading.Thread(target=lambda: seen.append(shelf.get("nl", made)))
    other.start()
    other.join()
    kept.end_request()
    assert seen == [2]
