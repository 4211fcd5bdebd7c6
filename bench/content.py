"""What the bench visits: the demo's pages, a learner's lesson, a topic of twenty posts. Prints it as JSON.

Runs with the bench's settings on an empty database: `python -m bench.content`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

import django

django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from accounts.models import User
from courses.catalogue.models import CoursePage
from courses.learning.actions import enrol
from courses.learning.queries import resume_url
from intervision.forum.actions.groups import add_member, create_group
from intervision.forum.actions.posts import add_post
from intervision.forum.actions.topics import start_topic
from intervision.forum.models import Group, GroupKind, Topic, TopicKind
from pages.models import MedicalPage

POSTS = 20
TRIES = 3
SEARCH = "/zoeken/?q=afbouwen"
READER = "poh@demo.test"
TITLE = "Wat hielp bij het minderen?"
TEXT = """Vorige week sprak ik iemand die **twee keer** eerder was gestopt. Wat hielp:

- het tempo zelf kiezen
- samen een rustige week uitzoeken

Hoe doen jullie dat?"""


@dataclass(frozen=True)
class Visit:
    """A page to measure, with what we aim for: cost as a multiple of the bare view, and queries."""

    name: str
    address: str
    signed_in: bool
    aim: float
    most_queries: int
    queries: int = 0
    kept: bool = False


def main() -> int:
    """Fill the database, count queries, print the visits and a session."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", "--if-empty", stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
    reader = User.objects.get(email=READER)
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)
    counted = [asdict(counted_visit(visit, client)) for visit in [*public(), *signed_in(reader, client)]]
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"visits": counted, "cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}))
    return 0


def public() -> Iterator[Visit]:
    """Yield the pages that visitors read, from memory and made anew."""
    medical = MedicalPage.objects.live().order_by("pk").first()
    addresses = {"public home": "/", "medical page": medical.url if medical else None}
    for name, address in addresses.items():
        if address:
            yield Visit(f"{name}, kept", address, False, 2, 0, kept=True)
            yield Visit(name, address, False, 45, 10)
    yield Visit("search", SEARCH, False, 120, 10)


def signed_in(reader: User, client: Client) -> list[Visit]:
    """Return the pages of a member, after enrolling and filling a topic."""
    topic = full_topic(reader)
    found = [
        Visit("member's home", reverse("portal:home"), True, 80, 12),
        Visit("topic of 20 posts", reverse("forum:topic", args=[topic.pk]), True, 80, 12),
        Visit("list of groups", reverse("forum:index"), True, 80, 12),
        Visit("search, signed in", SEARCH, True, 120, 10),
    ]
    course = CoursePage.objects.live().filter(locale__language_code="nl").order_by("pk").first()
    if course:
        lesson = client.get(resume_url(enrol(course, by=reader))).headers["Location"]
        found.append(Visit("lesson", lesson, True, 80, 12))
    return found


def full_topic(reader: User) -> Topic:
    """Return a topic with twenty posts by several people, in a group of the reader."""
    people = list(User.objects.filter(email__startswith="poh").order_by("pk"))
    group = Group.objects.filter(memberships__user=reader).first() or create_group(
        kind=next(iter(GroupKind)), name="Meting", by=None
    )
    for person in people:
        if not group.memberships.filter(user=person).exists():
            add_member(group, user=person, by=None)
    topic = start_topic(group, kind=next(iter(TopicKind)), title=TITLE, text=TEXT, by=people[0])
    for number in range(1, POSTS):
        add_post(topic, text=TEXT, by=people[number % len(people)])
    return topic


def counted_visit(visit: Visit, client: Client) -> Visit:
    """Return the visit with the queries of a view once what is kept is there; the fewest, for what is read now and then."""
    visitor = client if visit.signed_in else Client(headers={"host": "localhost"})
    with override_settings(VISITOR_CACHE=visit.kept):
        visitor.get(visit.address)
        return replace(visit, queries=min(_queries(visitor, visit.address) for _once in range(TRIES)))


def _queries(visitor: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = visitor.get(address)
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}")
    return len(captured)


if __name__ == "__main__":
    sys.exit(main())
