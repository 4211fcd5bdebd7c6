"""The learner's screens: a lesson, its exercises, going on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.catalogue.corrections import corrections_on
from courses.catalogue.models import CoursePage, ItemKind
from courses.catalogue.queries import Item, Outline
from courses.exercises.scoring import Given
from courses.learning import actions, queries
from courses.learning.forms import ReflectionForm, SeenForm
from courses.learning.models import Enrolment
from courses.learning.opening import Lock
from courses.learning.progress import done_lessons, progress_of
from courses.learning.views.own import item_of, learner, own
from patientdata.kinds import PatientDataFound
from patientdata.reports import Report


@require_POST
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a course and open its first lesson."""
    course = get_object_or_404(CoursePage.objects.live(), pk=pk)
    try:
        enrolment = actions.enrol(course, by=learner(request))
    except actions.NotAllowedError:
        messages.error(
            request, _("You can follow this training once your project leader or trainer invites you.")
        )
        return redirect(course.url)
    except actions.NothingToFollowError:
        messages.info(request, _("The lessons of this training are not there yet."))
        return redirect(course.url)
    return redirect(queries.resume_url(enrolment))


@require_safe
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to exactly where somebody was."""
    enrolment = own(request, pk)
    outline = queries.outline_of(enrolment)
    lesson, anchor = queries.position_of(enrolment, outline)
    return redirect(queries.lesson_url(outline, lesson) + (f"#{anchor}" if anchor else ""))


@require_safe
def lesson(request: HttpRequest, course: str, module: str, lesson: str) -> HttpResponse:
    """Show a lesson of the learner's edition; who does not follow the course gets its overview."""
    user = learner(request)
    enrolment = queries.enrolment_in(user, course, get_language() or "nl")
    if enrolment is None:
        return _to_overview(request, course)
    outline = queries.outline_of(enrolment)
    here = outline.lesson_at(module, lesson)
    if here is None:
        raise Http404
    return show_lesson(request, enrolment, outline, here)


def _show_lock(
    request: HttpRequest, outline: Outline, here: Item, locked: dict[int, Lock], done: set[int]
) -> HttpResponse:
    """Say why a lesson is not open yet and what opens it; nothing of its text."""
    lock, module = locked[here.id], outline.module_of(here)
    waits_for = lock.item
    if waits_for is not None and waits_for.kind == ItemKind.MODULE:
        waits_for = next((row for row in outline.lessons_of(waits_for) if row.id not in done), None)
    context = {
        "outline": outline,
        "lesson": here,
        "lock": lock,
        "module": queries.module_views(outline, done, here, locked)[outline.modules.index(module)],
        "modules_total": len(outline.modules),
        "lesson_number": outline.lessons_of(module).index(here) + 1,
        "index_url": queries.index_url(),
        "course_url": queries.course_url(outline),
        "opens_with": waits_for,
        "opens_with_url": queries.lesson_url(outline, waits_for) if waits_for else "",
    }
    return render(request, "learning/locked.html", context)


def leads_to_lock(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead to the lesson's own address, which says why, when somebody acts in a lesson that is not open yet."""

    @wraps(view)
    def guarded(request: HttpRequest, enrolment: int, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, enrolment, *args, **kwargs)
        except actions.LockedError as locked:
            outline = queries.outline_of(own(request, enrolment))
            return redirect(queries.lesson_url(outline, locked.lesson))

    return guarded


NOTHING = Given()
OVERTAKEN = gettext_lazy(
    "Meanwhile you wrote something else here in another window. Save once more to let this take its place."
)
BUSY = gettext_lazy("This could not be saved just now. Try it again in a moment.")


@dataclass(frozen=True)
class Refused:
    """What was sent and not stored: of a reflection its form, of a question what was given, why, and what the gate found."""

    form: ReflectionForm | None = None
    block: str = ""
    question: int = 0
    given: Given = NOTHING
    problem: str = ""
    report: Report | None = None

    @property
    def instead(self) -> queries.Instead:
        """Return what must stand on the screen again."""
        return {self.question: self.given} if self.question else {}


def show_lesson(
    request: HttpRequest,
    enrolment: Enrolment,
    outline: Outline,
    here: Item,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    """Answer with a lesson, with what was refused on it when something was."""
    progress = progress_of(enrolment)
    done = {item_id for item_id, completed_at in progress.items() if completed_at}
    locked = queries.locks_of(enrolment, outline, done)
    if here.id in locked:
        return _show_lock(request, outline, here, locked, done)
    at_lesson = queries.position_of(enrolment, outline)[0] == here and enrolment.position_id is not None
    actions.open_lesson(enrolment, here, opened=here.id in progress, at_lesson=at_lesson, by=learner(request))
    module = outline.module_of(here)
    place = outline.lessons.index(here)
    context = {
        "enrolment": enrolment,
        "outline": outline,
        "lesson": here,
        "lead": queries.lead_of(outline, here),
        "parts": _parts(request, enrolment, outline, here, refused),
        "corrections": corrections_on(outline, here),
        "module": queries.module_views(outline, done, here, locked)[outline.modules.index(module)],
        "modules_total": len(outline.modules),
        "lesson_number": outline.lessons_of(module).index(here) + 1,
        "done": here.id in done,
        "index_url": queries.index_url(),
        "course_url": queries.course_url(outline),
        "previous": outline.lessons[place - 1] if place else None,
        "previous_url": queries.lesson_url(outline, outline.lessons[place - 1]) if place else "",
        "following": actions.next_lesson(outline, here),
        "refused": refused,
    }
    return render(request, "learning/lesson.html", context, status=422 if refused else 200)


def _parts(
    request: HttpRequest, enrolment: Enrolment, outline: Outline, here: Item, refused: Refused | None
) -> list[queries.PartView]:
    """Return the parts of a lesson; an attempt whose time is up is handed in first."""
    instead = refused.instead if refused else {}
    parts = queries.part_views(enrolment, outline, here, instead=instead)
    late = [part.exercise.item.id for part in parts if part.exercise and part.exercise.overdue]
    if not late:
        return parts
    for attempt in enrolment.attempts.filter(item_id__in=late, handed_in_at=None):
        actions.hand_in(attempt, by=learner(request), timed_out=True)
    return queries.part_views(enrolment, outline, here, instead=instead)


@require_POST
@leads_to_lock
def finish(request: HttpRequest, enrolment: int, lesson: int) -> HttpResponse:
    """Go on to the next lesson; at the end of the course, to its overview."""
    found = own(request, enrolment)
    outline = queries.outline_of(found)
    here = item_of(outline, lesson, ItemKind.LESSON)
    still_open = actions.finish_lesson(found, here, by=learner(request))
    if still_open:
        words = ngettext(
            "“%(lesson)s” is done once you have checked the one question that is still open.",
            "“%(lesson)s” is done once you have checked the %(count)s questions that are still open.",
            still_open,
        )
        messages.info(request, words % {"lesson": here.title, "count": still_open})
    following = actions.next_lesson(outline, here)
    return redirect(queries.lesson_url(outline, following) if following else queries.course_url(outline))


@require_POST
@leads_to_lock
def reflect(request: HttpRequest, enrolment: int, lesson: int, block: UUID) -> HttpResponse:
    """Store what somebody wrote for themselves, unless it may identify a patient."""
    found = own(request, enrolment)
    outline = queries.outline_of(found)
    here = item_of(outline, lesson, ItemKind.LESSON)
    if not queries.has_reflection(outline, here, str(block)):
        raise Http404
    form = ReflectionForm(request.POST)
    if _store_reflection(request, found, here, block, form):
        return _reflection_answer(request, found, outline, here, str(block), form, saved=True)
    if request.htmx:  # type: ignore[attr-defined] # set by django-htmx's middleware
        return _reflection_answer(request, found, outline, here, str(block), form, saved=False)
    return show_lesson(request, found, outline, here, refused=Refused(form=form, block=str(block)))


def _store_reflection(
    request: HttpRequest, enrolment: Enrolment, here: Item, block: UUID, form: ReflectionForm
) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.save_reflection(
            enrolment,
            here,
            str(block),
            text=form.cleaned_data["text"],
            confirmed=form.gate_confirmed,
            seen=SeenForm(request.POST).seen,
            by=learner(request),
        )
    except PatientDataFound as error:
        form.present(error)
        return False
    except actions.OvertakenError:
        form.add_error("text", OVERTAKEN)
        return False
    except actions.BusyError:
        form.add_error("text", BUSY)
        return False
    return True


def _reflection_answer(
    request: HttpRequest,
    enrolment: Enrolment,
    outline: Outline,
    here: Item,
    block: str,
    form: ReflectionForm,
    *,
    saved: bool,
) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined] # set by django-htmx's middleware
        messages.success(request, _("Your thought is saved. Only you can read it."))
        return redirect(f"{queries.lesson_url(outline, here)}#blok-{block}")
    parts = queries.part_views(enrolment, outline, here)
    part = next(part for part in parts if part.block_id == block)
    context = {
        "part": part,
        "enrolment": enrolment,
        "lesson": here,
        "form": None if saved else form,
        "saved": saved,
    }
    return render(request, "learning/parts/reflection.html", context, status=200 if saved else 422)


def serve_module(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """Answer for a module's own address: its first open lesson, else the overview of the course."""
    course = CoursePage.objects.ancestor_of(page).first()
    enrolment = queries.enrolments_of(request.user).filter(course=course).first() if course else None
    if course is None or (enrolment is None and not course.live):
        raise Http404
    if enrolment is None:
        return HttpResponseRedirect(f"{course.url}#{page.slug}")
    outline = queries.outline_of(enrolment)
    module = next((item for item in outline.modules if item.key == str(page.translation_key)), None)
    if module is None:
        return HttpResponseRedirect(queries.course_url(outline))
    done = done_lessons(enrolment)
    lessons = outline.lessons_of(module)
    return redirect(
        queries.lesson_url(outline, next((row for row in lessons if row.id not in done), lessons[0]))
    )


def serve_lesson(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """Answer for a lesson that Wagtail's own routing reached: lead to the overview, show no unpinned text."""
    course = CoursePage.objects.ancestor_of(page).live().first()
    if course is None:
        raise Http404
    return HttpResponseRedirect(course.url)


def _to_overview(request: HttpRequest, slug: str) -> HttpResponse:
    course = CoursePage.objects.live().filter(slug=slug, locale__language_code=get_language()).first()
    if course is None:
        raise Http404
    messages.info(request, _("Start this training first; then its lessons open."))
    return redirect(course.url)
