"""What this room hands to rooms below it, which may not know it."""

from __future__ import annotations

from typing import Any

from django.core.checks import Tags
from django.core.checks import register as register_check
from django.db.models.signals import post_delete
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import afterwards, consent, scopes
from accounts.models import ScopeKind, User
from core import next_steps, tick
from core.navigation import Audience, NavItem, Place
from core.navigation import register as register_link
from courses.catalogue import serving
from courses.catalogue.queries import Outline
from courses.learning import (
    actions,
    checks,
    notices,
    notices_editions,
    notices_regrades,
    queries,
    receivers,
    sharing,
)
from courses.learning.actions.cohorts import BEGIN
from courses.learning.models import SampleMessage
from courses.learning.permissions import may_enrol, may_follow, may_run_cohorts, may_see_learners
from courses.learning.promised import certificate_line
from courses.learning.queries import meetings as meeting_queries
from courses.learning.tasks import attempts as attempt_tasks
from courses.learning.tasks import meetings as meeting_tasks
from courses.learning.tasks import plan as plan_tasks
from courses.learning.views import lessons, previews
from notifications import calendars
from notifications.kinds import register as register_notices

A_DAY = 24 * 60


def register() -> None:
    """Register pages, links and next steps."""
    serving.register_responder("module", lessons.serve_module)
    serving.register_responder("lesson", lessons.serve_lesson)
    serving.register_context("course", _course_context)
    serving.register_context("index", _index_context)
    serving.register_finder("course", _followed_course)
    serving.register_previewer("course", previews.preview_course)
    serving.register_previewer("module", previews.preview_module)
    serving.register_previewer("lesson", previews.preview_lesson)
    next_steps.register("learning", queries.next_steps)
    next_steps.register("learning.after", queries.steps_after_the_day)
    register_notices(*notices.KINDS, *notices_editions.KINDS, *notices_regrades.KINDS)
    tick.register("learning.hand_in_overdue", attempt_tasks.hand_in_overdue)
    tick.register("learning.make_missing_plans", plan_tasks.make_missing_plans, every=10)
    tick.register("learning.remind_of_recall", plan_tasks.remind_of_recall, every=30)
    tick.register("learning.tell_of_late_coaching", plan_tasks.tell_of_late_coaching, every=60)
    tick.register("learning.forget_recordings", plan_tasks.forget_recordings, every=A_DAY)
    post_delete.connect(delete_recording, sender=SampleMessage, dispatch_uid="learning.delete_recording")
    tick.register("learning.remind_of_meetings", meeting_tasks.remind_of_meetings, every=15)
    tick.register("learning.forget_lists", meeting_tasks.forget_lists, every=A_DAY)
    next_steps.register("learning.meetings", queries.meeting_steps)
    calendars.register(
        "learning",
        calendars.Source(
            meeting_queries.occasions_of, meeting_queries.stamp_of, meeting_queries.occasions_before
        ),
    )
    _register_cohorts()
    sharing.register(receivers.TRAINER)
    consent.on_change(actions.follow_consent)
    register_check(checks.addresses_are_reserved, Tags.urls)
    register_check(checks.no_course_takes_a_reserved_address, Tags.database)
    _register_links()


def delete_recording(instance: SampleMessage, **_signal: Any) -> None:
    """Let the file of a recording go with its row, whichever way the row went: withdrawn, or erased with an account."""
    actions.delete_file_later(instance)


def _register_cohorts() -> None:
    """Let roles hold within a cohort, and let an invitation lead into one."""
    scopes.register(ScopeKind.COHORT, choices_for=queries.cohorts_to_begin, labels=queries.cohort_names)
    afterwards.register(
        BEGIN,
        afterwards.Afterwards(
            choices_for=queries.cohorts_to_begin,
            label=queries.cohort_label,
            act=lambda user, number, _inviter: _begin(user, number),
            landing=queries.landing_in,
        ),
    )


def _begin(user: User, number: int) -> None:
    actions.begin_in_cohort(user, number)


def _register_links() -> None:
    register_link(
        NavItem(
            _("My journal"),
            "learning:journal",
            place=Place.ACCOUNT,
            audience=Audience.MEMBER,
            order=15,
            icon="edit",
            allowed=may_follow,
        )
    )
    register_link(
        NavItem(
            _("Cohorts"),
            "learning:cohorts",
            audience=Audience.MEMBER,
            order=36,
            icon="calendar",
            allowed=lambda user: may_run_cohorts(user) and not may_see_learners(user),
        )
    )
    register_link(NavItem(_("Training"), "/training/", audience=Audience.VISITOR, order=40))
    register_link(
        NavItem(
            _("Training"), "/training/", audience=Audience.MEMBER, order=20, icon="book", allowed=may_follow
        )
    )
    register_link(
        NavItem(
            _("Guidance"),
            "learning:desk",
            audience=Audience.MEMBER,
            order=25,
            icon="steps",
            allowed=may_see_learners,
        )
    )


def _course_context(request: HttpRequest, page: Any) -> dict[str, Any]:
    screen = queries.course_screen(request.user, page)
    outline = screen["outline"]
    return {
        **screen,
        "may_enrol": may_enrol(request.user, page),
        "certificate": certificate_line(outline) if isinstance(outline, Outline) else "",
    }


def _followed_course(request: HttpRequest, slug: str) -> Any:
    return queries.followed_course(request.user, slug, get_language() or "nl")


def _index_context(request: HttpRequest, page: Any) -> dict[str, Any]:
    return {"progress": queries.progress_for(request.user)}
