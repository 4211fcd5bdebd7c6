"""The learner's screens: a lesson, its exercises, going on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from accounts.models import User
from courses.catalogue.models import CoursePage, ItemKind
from courses.catalogue.queries import Item, Outline
from courses.exercises.scoring import AnswerRefusedError
from courses.learning import actions, queries
from courses.learning.forms import ReflectionForm
from courses.learning.models import Enrolment
from courses.learning.opening import Lock
from courses.learning.progress import done_lessons
from patientdata.kinds import PatientDataFound


@require_POST
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a course and open its first lesson."""
    course = get_object_or_404(CoursePage.objects.live(), pk=pk)
    try:
        enrolment = actions.enrol(course, by=_learner(request))
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
    enrolment = _own(request, pk)
    outline = queries.outline_of(enrolment)
    lesson, anchor = queries.position_of(enrolment, outline)
    return redirect(queries.lesson_url(outline, lesson) + (f"#{anchor}" if anchor else ""))


@require_safe
def lesson(request: HttpRequest, course: str, module: str, lesson: str) -> HttpResponse:
    """Show a lesson of the learner's edition; who does not follow the course gets its overview."""
    user = _learner(request)
    enrolment = queries.enrolment_in(user, course, get_language() or "nl")
    if enrolment is None:
        return _to_overview(request, course)
    outline = queries.outline_of(enrolment)
    here = outline.lesson_at(module, lesson)
    if here is None:
        raise Http404
    return _show_lesson(request, enrolment, outline, here)


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
            outline = queries.outline_of(_own(request, enrolment))
            return redirect(queries.lesson_url(outline, locked.lesson))

    return guarded


def _show_lesson(
    request: HttpRequest,
    enrolment: Enrolment,
    outline: Outline,
    here: Item,
    *,
    form: ReflectionForm | None = None,
    block: str = "",
) -> HttpResponse:
    progress = dict(enrolment.progress.values_list("item_id", "completed_at"))
    done = {item_id for item_id, completed_at in progress.items() if completed_at}
    locked = queries.locks_of(enrolment, outline, done)
    if here.id in locked:
        return _show_lock(request, outline, here, locked, done)
    at_lesson = queries.position_of(enrolment, outline)[0] == here and enrolment.position_id is not None
    actions.open_lesson(
        enrolment, here, opened=here.id in progress, at_lesson=at_lesson, by=_learner(request)
    )
    module = outline.module_of(here)
    place = outline.lessons.index(here)
    context = {
        "enrolment": enrolment,
        "outline": outline,
        "lesson": here,
        "lead": queries.lead_of(outline, here),
        "parts": queries.part_views(enrolment, outline, here),
        "module": queries.module_views(outline, done, here, locked)[outline.modules.index(module)],
        "modules_total": len(outline.modules),
        "lesson_number": outline.lessons_of(module).index(here) + 1,
        "done": here.id in done,
        "index_url": queries.index_url(),
        "course_url": queries.course_url(outline),
        "previous": outline.lessons[place - 1] if place else None,
        "previous_url": queries.lesson_url(outline, outline.lessons[place - 1]) if place else "",
        "following": actions.next_lesson(outline, here),
        "refused": form,
        "refused_block": block,
    }
    return render(request, "learning/lesson.html", context, status=422 if form else 200)


@require_POST
@leads_to_lock
def answer(request: HttpRequest, enrolment: int, exercise: int, question: int) -> HttpResponse:
    """Store what was chosen; with the button “check” say how good it is."""
    found = _own(request, enrolment)
    outline = queries.outline_of(found)
    task = _item(outline, exercise, ItemKind.QUIZ, ItemKind.QUESTION)
    asked = _item(outline, question, ItemKind.QUESTION)
    if asked not in outline.questions_of(task):
        raise Http404
    problem = _store_answer(request, found, task, asked)
    return _exercise_answer(request, found, outline, task, asked, problem)


def _store_answer(request: HttpRequest, enrolment: Enrolment, task: Item, asked: Item) -> str:
    """Return what to say when the answer could not be stored, else nothing."""
    number = request.POST.get("number", "")
    try:
        actions.save_answer(
            enrolment,
            task,
            asked,
            number=int(number) if number.isdigit() else 0,
            chosen=request.POST.getlist("option"),
            check="check" in request.POST,
            by=_learner(request),
        )
    except AnswerRefusedError:
        return _("Choose an answer first, then check it.")
    except actions.AttemptOverError:
        return _("This was handed in already, in another tab perhaps. Here is how it stands now.")
    return ""


def _exercise_answer(
    request: HttpRequest, enrolment: Enrolment, outline: Outline, task: Item, asked: Item, problem: str
) -> HttpResponse:
    """Answer with the one question (htmx), or lead back to its place in the lesson."""
    if not request.htmx:  # type: ignore[attr-defined] # set by django-htmx's middleware
        if problem:
            messages.error(request, problem)
        lesson_url = queries.lesson_url(outline, outline.lesson_of(asked))
        return redirect(f"{lesson_url}#vraag-{asked.id}")
    if not problem and "check" not in request.POST:
        return _only_saved(request, asked)
    view = queries.exercise_views(enrolment, outline, [task])[task.block_id]
    shown = next(question for question in view.questions if question.item == asked)
    context = {"question": shown, "exercise": view, "problem": problem, "fresh": True}
    answer = render(request, "learning/parts/question_answer.html", context, status=422 if problem else 200)
    return reswap(retarget(answer, f"#vraag-{asked.id}"), "outerHTML")


def _only_saved(request: HttpRequest, asked: Item) -> HttpResponse:
    answer = render(request, "learning/parts/saved.html")
    return reswap(retarget(answer, f"#stand-{asked.id}"), "innerHTML")


@require_POST
@leads_to_lock
def again(request: HttpRequest, enrolment: int, exercise: int) -> HttpResponse:
    """Begin another attempt and lead to its first question."""
    found = _own(request, enrolment)
    outline = queries.outline_of(found)
    task = _item(outline, exercise, ItemKind.QUIZ, ItemKind.QUESTION)
    actions.start_again(found, task, by=_learner(request))
    first = outline.questions_of(task)[0]
    return redirect(f"{queries.lesson_url(outline, outline.lesson_of(task))}#vraag-{first.id}")


@require_POST
@leads_to_lock
def finish(request: HttpRequest, enrolment: int, lesson: int) -> HttpResponse:
    """Go on to the next lesson; at the end of the course, to its overview."""
    found = _own(request, enrolment)
    outline = queries.outline_of(found)
    here = _item(outline, lesson, ItemKind.LESSON)
    still_open = actions.finish_lesson(found, here, by=_learner(request))
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
    found = _own(request, enrolment)
    outline = queries.outline_of(found)
    here = _item(outline, lesson, ItemKind.LESSON)
    if not queries.has_reflection(outline, here, str(block)):
        raise Http404
    form = ReflectionForm(request.POST)
    if _store_reflection(request, found, here, block, form):
        return _reflection_answer(request, found, outline, here, str(block), form, saved=True)
    if request.htmx:  # type: ignore[attr-defined] # set by django-htmx's middleware
        return _reflection_answer(request, found, outline, here, str(block), form, saved=False)
    return _show_lesson(request, found, outline, here, form=form, block=str(block))


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
            by=_learner(request),
        )
    except PatientDataFound as error:
        form.present(error)
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
    course = CoursePage.objects.ancestor_of(page).live().first()
    if course is None:
        raise Http404
    enrolment = queries.enrolments_of(request.user).filter(course=course).first()
    if enrolment is None:
        return HttpResponseRedirect(f"{course.url}#{page.slug}")
    outline = queries.outline_of(enrolment)
    module = next((item for item in outline.modules if item.key == str(page.translation_key)), None)
    if module is None:
        return HttpResponseRedirect(course.url)
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


def _learner(request: HttpRequest) -> User:
    return cast("User", request.user)


def _own(request: HttpRequest, pk: int) -> Enrolment:
    """Return the person's own open enrolment; anybody else's does not exist for them."""
    return get_object_or_404(queries.enrolments_of(request.user), pk=pk)


def _item(outline: Outline, pk: int, *kinds: ItemKind) -> Item:
    item = outline.by_id.get(pk)
    if item is None or item.kind not in kinds:
        raise Http404
    return item
