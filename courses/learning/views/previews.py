"""An editor's preview of a draft, drawn by the learner's own templates; every field and button on it is switched off."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from courses.catalogue.corrections import corrections_on
from courses.catalogue.drafts import draft_outline, item_of
from courses.catalogue.models import CourseEdition, CoursePage, LessonPage, ModulePage
from courses.catalogue.models.pages import VISITOR
from courses.catalogue.models.previewing import LearnerState
from courses.catalogue.queries import Item, Outline, newest_edition, outline
from courses.learning import actions, queries
from courses.learning.models import Enrolment
from courses.learning.promised import draft_line
from courses.learning.queries import drafts


def preview_lesson(request: HttpRequest, page: LessonPage, state: str) -> HttpResponse:
    """Show a lesson's draft as a learner in this state sees it."""
    found = draft_outline(page)
    here = item_of(found, page)
    done = drafts.done_before(found, [here], state)
    locked = drafts.draft_locks(found, done, state)
    context = {**_note(page, state), **_around(found, here, done, locked)}
    if state == LearnerState.LOCKED:
        return _locked_lesson(request, found, here, context)
    place = found.lessons.index(here)
    previous = found.lessons[place - 1] if place else None
    context |= {
        "enrolment": _nobody(found),
        "lead": page.lead,
        "parts": drafts.draft_parts(page, found, state),
        "corrections": corrections_on(found, here),
        "done": here.id in done,
        "previous": previous,
        "previous_url": queries.lesson_url(found, previous) if previous else "",
        "following": actions.next_lesson(found, here),
        "refused": None,
    }
    return TemplateResponse(request, "learning/preview/lesson.html", context)


def _locked_lesson(request: HttpRequest, found: Outline, here: Item, context: dict[str, Any]) -> HttpResponse:
    lock = drafts.draft_lock(found, here)
    if lock is None:
        return TemplateResponse(request, "learning/preview/never_locked.html", context)
    waits_for = lock.item if lock.item in found.lessons else None
    url = queries.lesson_url(found, waits_for) if waits_for else ""
    context |= {"lock": lock, "opens_with": waits_for, "opens_with_url": url}
    return TemplateResponse(request, "learning/preview/locked.html", context)


def _around(found: Outline, here: Item, done: set[int], locked: dict[int, Any]) -> dict[str, Any]:
    """Return what stands around a lesson: its module's list and the way back."""
    module = found.module_of(here)
    rows = queries.module_views(found, done, here, locked)
    return {
        "outline": found,
        "lesson": here,
        "module": rows[found.modules.index(module)],
        "modules_total": len(found.modules),
        "lesson_number": found.lessons_of(module).index(here) + 1,
        "index_url": queries.index_url(),
        "course_url": queries.course_url(found),
    }


def preview_module(request: HttpRequest, page: ModulePage, state: str) -> HttpResponse:
    """Show a module's draft with its lessons as they stand in the overview of a learner in this state."""
    found = draft_outline(page)
    module = item_of(found, page)
    lessons = found.lessons_of(module)
    done = drafts.done_before(found, lessons, state)
    here = next((lesson for lesson in lessons if lesson.id not in done), None)
    rows = queries.module_views(found, done, here, drafts.draft_locks(found, done, state))
    context = {
        **_note(page, state),
        "page": page,
        "module": rows[found.modules.index(module)],
        "follows": True,
        "locked": bool(lessons) and state == LearnerState.LOCKED,
        "lock": drafts.draft_lock(found, lessons[0]) if lessons else None,
    }
    return TemplateResponse(request, "learning/preview/module.html", context)


def preview_course(request: HttpRequest, page: CoursePage, state: str) -> HttpResponse:
    """Show a course's draft as a visitor, somebody without an invitation or a learner in this state sees it."""
    found = draft_outline(page)
    follows = state in {LearnerState.NEW, LearnerState.HALF, LearnerState.DONE}
    done = drafts.done_before(found, found.lessons, state) if follows else set()
    here = next((lesson for lesson in found.lessons if follows and lesson.id not in done), None)
    locked = drafts.draft_locks(found, done, LearnerState.LOCKED) if follows else {}
    if state == VISITOR:
        request.user = AnonymousUser()
    context = {
        **_note(page, state),
        "page": page,
        "self": page,
        "enrolment": _nobody(found, finished=state == LearnerState.DONE) if follows else None,
        "outline": found,
        "modules": queries.module_views(found, done, here, locked),
        "minutes": sum(lesson.minutes for lesson in found.lessons),
        "done": len(done),
        "lessons": len(found.lessons),
        "here": here,
        "next_seat": None,
        "moved": False,
        "may_enrol": False,
        "certificate": draft_line(page, found, _pinned(page)),
        "user": request.user,
    }
    return TemplateResponse(request, "learning/preview/course.html", context)


def _pinned(page: CoursePage) -> Outline | None:
    edition = newest_edition(page) if page.pk else None
    return outline(edition.pk, edition.uuid) if edition else None


def _note(page: Any, state: str) -> dict[str, Any]:
    return {"seen_by": dict(page.preview_modes)[state]}


def _nobody(found: Outline, *, finished: bool = False) -> Enrolment:
    """Return an enrolment that nobody has, for templates that ask one for its address and edition."""
    edition = CourseEdition(pk=found.edition_id, number=found.number, title=found.title)
    finished_at = timezone.now() if finished else None
    return Enrolment(pk=drafts.NOBODY, edition=edition, finished_at=finished_at)
