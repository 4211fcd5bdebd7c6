"""What the bell says about editions: a medical reviewer corrected something in one, or somebody was moved to another."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from courses.catalogue.actions import CORRECTION_ISSUED, CORRECTION_WITHDRAWN
from courses.catalogue.corrections import editions_corrected_by
from courses.catalogue.models import SafetyCorrection
from courses.learning.actions.moving import MOVED
from courses.learning.models import EditionMove
from courses.learning.queries.corrections import corrections_visible_to, followers_of
from notifications.kinds import NoticeKind


def corrected_courses(reader: User, ids: set[int]) -> dict[int, str]:
    """Name the courses of the reader that a correction stands in."""
    found = corrections_visible_to(reader).filter(pk__in=ids)
    return {correction.pk: _course_of(correction, reader) for correction in found}


def _course_of(correction: SafetyCorrection, reader: User) -> str:
    own = editions_corrected_by(correction).filter(enrolments__user=reader).order_by("-pk")
    return str(own.values_list("title", flat=True).first() or "")


def say_corrected(_count: int, place: str) -> str:
    """Say that a medical reviewer corrected something."""
    return _("A safety correction in your training, please read it: %(place)s.") % {"place": place}


def say_correction_withdrawn(_count: int, place: str) -> str:
    """Say that a correction holds no longer."""
    return _("A safety correction in your training was withdrawn: %(place)s.") % {"place": place}


def own_editions(reader: User, ids: set[int]) -> dict[int, str]:
    """Name the courses of the editions that the reader was moved to."""
    moves = EditionMove.objects.filter(enrolment__user=reader, after__in=ids)
    return dict(moves.values_list("after", "after__title"))


def say_moved(_count: int, place: str) -> str:
    """Say that somebody follows a newer version now."""
    return _("You follow another version of your training now: %(place)s. See what went along.") % {
        "place": place
    }


KINDS = (
    NoticeKind(MOVED, say=say_moved, places=own_editions, icon="book"),
    NoticeKind(
        CORRECTION_ISSUED, say=say_corrected, places=corrected_courses, icon="alert", audience=followers_of
    ),
    NoticeKind(
        CORRECTION_WITHDRAWN,
        say=say_correction_withdrawn,
        places=corrected_courses,
        icon="alert",
        audience=followers_of,
    ),
)
