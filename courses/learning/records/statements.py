"""Statements as plain dictionaries (xAPI 1.0.3). Pure: nothing here asks the database."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings

VERSION = "1.0.3"
PLATFORM = "platform"
VOIDS = uuid.UUID("7f9f3b1e-6a0c-4c57-9f0d-0b6d7b1f2c11")

type Statement = dict[str, Any]


class Verb(StrEnum):
    """What somebody did, as the registries of verbs name it."""

    INITIALIZED = "http://adlnet.gov/expapi/verbs/initialized"
    EXPERIENCED = "http://adlnet.gov/expapi/verbs/experienced"
    ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
    COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
    PASSED = "http://adlnet.gov/expapi/verbs/passed"
    FAILED = "http://adlnet.gov/expapi/verbs/failed"
    ATTENDED = "http://adlnet.gov/expapi/verbs/attended"
    EARNED = "http://id.tincanapi.com/verb/earned"
    VOIDED = "http://adlnet.gov/expapi/verbs/voided"


class ActivityType(StrEnum):
    """What kind of thing it was done with."""

    COURSE = "http://adlnet.gov/expapi/activities/course"
    LESSON = "http://adlnet.gov/expapi/activities/lesson"
    QUIZ = "http://adlnet.gov/expapi/activities/assessment"
    QUESTION = "http://adlnet.gov/expapi/activities/question"
    MEETING = "http://adlnet.gov/expapi/activities/meeting"
    CERTIFICATE = "http://activitystrea.ms/schema/1.0/badge"


@dataclass(frozen=True)
class Activity:
    """A thing of the course: `path` names it for good within this site, `name` in `language` on screen."""

    type: ActivityType
    path: str
    name: str
    language: str

    @property
    def id(self) -> str:
        """Return its address, which is a name and need not open anything."""
        return f"{settings.SITE_URL}/xapi/{self.path}"

    def as_object(self) -> dict[str, Any]:
        """Return it as the object of a statement."""
        definition = {"type": str(self.type), "name": {self.language: self.name}}
        return {"objectType": "Activity", "id": self.id, "definition": definition}

    def as_context(self) -> dict[str, Any]:
        """Return it by its id alone."""
        return {"objectType": "Activity", "id": self.id}


@dataclass(frozen=True)
class Happening:
    """Something that a person did: the facts of one statement, without the person.

    `kind`, `row` and `turn` name it within the database, so that the same happening always gets the same id.
    """

    kind: str
    row: int
    user: int
    verb: Verb
    activity: Activity
    course: Activity
    at: dt.datetime
    edition: int
    result: dict[str, Any] = field(default_factory=dict)
    parent: Activity | None = None
    turn: int = 1


def statement_id(pseudonym: uuid.UUID, kind: str, row: int, turn: int = 1) -> uuid.UUID:
    """Return the id of a happening's statement: always the same for one purpose, unlike any of another."""
    return uuid.uuid5(pseudonym, f"{kind}:{row}:{turn}")


def statement(happening: Happening, pseudonym: uuid.UUID) -> Statement:
    """Return what happened as a statement about somebody who is called `pseudonym`."""
    found: Statement = {
        "id": str(statement_id(pseudonym, happening.kind, happening.row, happening.turn)),
        "actor": agent(str(pseudonym)),
        "verb": verb(happening.verb),
        "object": happening.activity.as_object(),
        "context": _context(happening),
        "timestamp": happening.at.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
        "version": VERSION,
    }
    return {**found, "result": happening.result} if happening.result else found


def _context(happening: Happening) -> dict[str, Any]:
    around: dict[str, Any] = {"grouping": [happening.course.as_context()]}
    if happening.parent is not None:
        around["parent"] = [happening.parent.as_context()]
    return {
        "platform": settings.WAGTAIL_SITE_NAME,
        "language": happening.course.language,
        "revision": str(happening.edition),
        "contextActivities": around,
    }


def agent(name: str) -> dict[str, Any]:
    """Return an agent by an account of this site; the account's name is opaque."""
    return {"objectType": "Agent", "account": {"homePage": settings.SITE_URL, "name": name}}


def verb(what: Verb) -> dict[str, Any]:
    """Return a verb with its English word."""
    return {"id": str(what), "display": {"en": what.name.lower()}}


def void(voided: uuid.UUID) -> Statement:
    """Return the statement with which the platform takes back an earlier one."""
    return {
        "id": str(uuid.uuid5(VOIDS, str(voided))),
        "actor": agent(PLATFORM),
        "verb": verb(Verb.VOIDED),
        "object": {"objectType": "StatementRef", "id": str(voided)},
        "version": VERSION,
    }
