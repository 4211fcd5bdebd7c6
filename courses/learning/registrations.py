"""What this room hands to rooms below it, which may not know it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import next_steps
from core.navigation import Audience, NavItem
from core.navigation import register as register_link
from courses.catalogue import serving
from courses.learning import queries
from courses.learning.permissions import may_enrol, may_follow, may_see_learners
from courses.learning.views import lessons


def register() -> None:
    """Register pages, links and next steps."""
    serving.register_responder("module", lessons.serve_module)
    serving.register_responder("lesson", lessons.serve_lesson)
    serving.register_context("course", _course_context)
    serving.register_context("index", _index_context)
    next_steps.register("learning", queries.next_steps)
    _register_links()


def _register_links() -> None:
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
    return {**screen, "may_enrol": may_enrol(request.user, page)}


def _index_context(request: HttpRequest, page: Any) -> dict[str, Any]:
    return {"progress": queries.progress_for(request.user)}
