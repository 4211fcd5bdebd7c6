"""What the bench visits in a full classroom, and as whom. Prints it as JSON.

Runs with the bench's settings on a database that holds the demo: `python -m bench.lessons 10000` fills it first.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from typing import Any

import django

django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, RoleAssignment, User
from bench.classroom import Classroom, fill, quiz_of
from courses.catalogue.queries import question_spec
from courses.learning.actions import start_again
from courses.learning.models import Enrolment
from courses.learning.queries import lesson_url
from notifications.actions import make_calendar_address

SECRET = "b" * 32
TRIES = 3


@dataclass(frozen=True)
class Asked:
    """A page, or with a body something that is sent, and as whom; `queries` is filled in by counting."""

    name: str
    address: str
    who: str
    body: str = ""
    most_queries: int = 0
    queries: int = 0


def main(learners: int) -> int:
    """Fill the database with learners; print what to ask, each person's headers, and what to take out."""
    room = fill(learners)
    settle()
    people = {
        "learner": room.learner,
        "trainer": somebody("klas-trainer", Role.TRAINER),
        "leader": somebody("klas-leider", Role.PROJECT_LEADER),
    }
    clients = {who: signed_in(person) for who, person in people.items()}
    asked = [asdict(counted(one, clients[one.who])) for one in [*pages(room), saved_answer(room)]]
    facts = {
        "learners": learners,
        "asked": asked,
        "headers": {who: headers(client) for who, client in clients.items()},
        "files": files(room, people),
    }
    print(json.dumps(facts))
    return 0


def settle() -> None:
    """Let the database know its tables, as it does by itself within minutes."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def somebody(name: str, role: Role) -> User:
    """Return a new person with one role for the whole site."""
    user = User.objects.create(email=f"{name}@demo.test", display_name=name)
    RoleAssignment.objects.create(user=user, role=role)
    return user


def signed_in(user: User) -> Client:
    """Return a browser in which this person has signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def headers(client: Client) -> dict[str, str]:
    """Return what a browser sends along: its session, and that a form is our own."""
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: SECRET}
    return {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": SECRET,
        "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def pages(room: Classroom) -> list[Asked]:
    """Return the pages whose cost is compared between few learners and many."""
    cohort, day = room.cohort.pk, room.training_day.pk
    lesson = room.outline.lesson_of(quiz_of(room.outline))
    far = Enrolment.objects.filter(cohort=cohort).order_by("last_active_at", "pk")[learners_in(room) // 2]
    behind = f"?na={int(far.last_active_at.timestamp() * 1_000_000)}_{far.pk}"
    overview = reverse("learning:overview", args=[cohort])
    granted = room.accreditation.pk
    return [
        Asked("lesson", lesson_url(room.outline, lesson), "learner", most_queries=12),
        Asked("learner's home", reverse("portal:home"), "learner", most_queries=12),
        Asked("trainer's home", reverse("portal:home"), "trainer"),
        Asked("overview of a cohort", overview, "trainer"),
        Asked("the same, half way", overview + behind, "trainer"),
        Asked("the same, who is quiet", f"{overview}?stand=quiet", "trainer"),
        Asked("trainer's desk", reverse("learning:desk"), "trainer"),
        Asked("coaching to plan", reverse("learning:coaching"), "trainer"),
        Asked("list of cohorts", reverse("learning:cohorts"), "trainer"),
        Asked("a cohort, its people", reverse("learning:cohort", args=[cohort]), "trainer"),
        Asked("a meeting, its list", reverse("learning:meeting_desk", args=[day]), "trainer"),
        Asked("totals of the project", reverse("learning:totals"), "leader"),
        Asked("points, who was there", reverse("learning:points_occasions", args=[granted]), "leader"),
    ]


def learners_in(room: Classroom) -> int:
    """Return how many follow."""
    return Enrolment.objects.filter(cohort=room.cohort).count()


def saved_answer(room: Classroom) -> Asked:
    """Begin another attempt at the quiz; return the saving of an answer in it, as the page sends it on a change."""
    enrolment = Enrolment.objects.get(user=room.learner, cohort=room.cohort)
    quiz = quiz_of(room.outline)
    attempt = start_again(enrolment, quiz, by=room.learner)
    answer = attempt.answers.order_by("place").first()
    if answer is None:
        message = "The quiz drew no question."
        raise LookupError(message)
    option = min(question_spec(room.outline.by_id[answer.item_id]).keys)
    address = reverse("learning:answer", args=[enrolment.pk, quiz.id, answer.item_id])
    return Asked(
        "answer saved", address, "learner", body=f"number={attempt.number}&option={option}", most_queries=6
    )


def counted(asked: Asked, client: Client) -> Asked:
    """Return this with the queries that it takes once what is kept in memory is there."""
    for _once in range(TRIES):
        with CaptureQueriesContext(connection) as captured:
            answer = send(client, asked)
        if answer.status_code != 200:
            sys.exit(f"{asked.address} answered {answer.status_code}")
    return replace(asked, queries=len(captured))


def send(client: Client, asked: Asked) -> Any:
    """Ask for a page, or send an answer as htmx does."""
    if not asked.body:
        return client.get(asked.address)
    kind = "application/x-www-form-urlencoded"
    return client.post(asked.address, asked.body, content_type=kind, headers={"HX-Request": "true"})


def files(room: Classroom, people: dict[str, User]) -> dict[str, Any]:
    """Return what `bench.files` takes out: as whom, and where."""
    return {
        "trainer": people["trainer"].pk,
        "leader": people["leader"].pk,
        "calendar": make_calendar_address(by=people["trainer"]),
        "cohort": room.cohort.pk,
        "accreditation": room.accreditation.pk,
        "occasion": f"meeting:{room.training_day.pk}",
    }


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
