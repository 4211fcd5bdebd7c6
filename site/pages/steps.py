"""What the editors' desk puts on the list of next steps: what waits for review, what came back, what is due again."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import TaskState, WorkflowState

from accounts.models import User
from accounts.permissions import Permission, can
from core.next_steps import NextStep, Wing
from pages.models import MedicalPage, Source

MOST_MINUTES = 30
A_TEXT, A_SOURCE = 10, 3
"""Minutes that checking one of them takes, about."""


def steps_for(user: User) -> Iterator[NextStep]:
    """Return what the desk asks of this person now; nothing for who has no business there."""
    if can(user, Permission.REVIEW_MEDICAL):
        yield from _review(TaskState.objects.reviewable_by(user).count())
        yield from _confirm(Source.objects.filter(verified_at=None).count())
    if can(user, Permission.EDIT_CONTENT):
        yield from _mend(user)
        yield from _renew()


def _review(count: int) -> Iterator[NextStep]:
    text = ngettext(
        "%(count)s text waits for your review.", "%(count)s texts wait for your review.", count
    ) % {"count": count}
    if count:
        yield _step(
            "review", _("Review what editors handed in"), text, "wagtailadmin_home", count * A_TEXT, 80
        )


def _confirm(count: int) -> Iterator[NextStep]:
    text = ngettext(
        "%(count)s source has not been confirmed yet.",
        "%(count)s sources have not been confirmed yet.",
        count,
    ) % {"count": count}
    if count:
        name = "wagtailsnippets_pages_source:list"
        yield _step("confirm", _("Confirm sources"), text, name, count * A_SOURCE, 45)


def _mend(user: User) -> Iterator[NextStep]:
    back = WorkflowState.objects.filter(requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES).count()
    text = ngettext(
        "%(count)s text came back with remarks.", "%(count)s texts came back with remarks.", back
    ) % {"count": back}
    if back:
        yield _step(
            "mend", _("Change what the reviewer sent back"), text, "wagtailadmin_home", back * A_TEXT, 75
        )


def _renew() -> Iterator[NextStep]:
    today = timezone.localdate()
    due = MedicalPage.objects.live().filter(review_due__lt=today).count()
    text = ngettext(
        "%(count)s medical page should have been checked again by now.",
        "%(count)s medical pages should have been checked again by now.",
        due,
    ) % {"count": due}
    if due:
        yield _step("renew", _("Check medical pages again"), text, "wagtailadmin_home", due * A_TEXT, 50)


def _step(key: str, title: str, text: str, name: str, minutes: int, weight: int) -> NextStep:
    return NextStep(
        key=f"pages.{key}",
        wing=Wing.EDITORIAL,
        icon="edit",
        title=title,
        text=text,
        url=reverse(name),
        minutes=min(minutes, MOST_MINUTES),
        weight=weight,
        action=_("To the desk"),
    )
