"""What the bell says when a question was checked anew."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from courses.learning.actions.regrading import REGRADED
from courses.learning.queries.regrading import regraded_places, regrades_visible_to
from notifications.kinds import NoticeKind


def own_courses(reader: User, ids: set[int]) -> dict[int, str]:
    """Name the course of the reader's own answer that was checked anew."""
    found = regrades_visible_to(reader).filter(pk__in=ids)
    return {regrade.pk: regraded_places(regrade, reader)[0].course for regrade in found}


def say_regraded(_count: int, place: str) -> str:
    """Say that an answer counts differently."""
    return _("A question was mended and your answer checked anew: %(place)s.") % {"place": place}


KINDS = (NoticeKind(REGRADED, say=say_regraded, places=own_courses, icon="edit"),)
