"""What learners and trainers may see of training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import CharField, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Somebody
from core.next_steps import NextStep, Wing
from core.once import once
from core.prepared import Slot, Slots, prepared
from courses.catalogue import queries as catalogue
from courses.catalogue.models import CourseEdition, CoursePage, ItemKind
from courses.catalogue.queries import Item, Outline
from courses.learning.models import Enrolment
from courses.learning.opening import Lock, first_open
from courses.learning.permissions import may_follow
from courses.learning.progress import done_lessons
from courses.learning.queries.meetings import next_meeting_in
from courses.learning.queries.opening import locks_of, with_training_day


def enrolments_of(user: Somebody) -> QuerySet[Enrolment]:
    """Return the open enrolments of somebody who may follow training, the latest first."""
    return _open_enrolments(user.pk or 0) if may_follow(user) else Enrolment.objects.none()


def _open_enrolments(user: int | Slot) -> QuerySet[Enrolment]:
    open_ones = Enrolment.objects.filter(user__pk=user, closed_at=None)
    related = with_training_day(open_ones.select_related("edition", "cohort"))
    return related.order_by("-last_active_at", "-id")


@prepared
def _open_ones(slot: Slots, _variant: None) -> QuerySet[Enrolment]:
    return _open_enrolments(slot("user"))


def enrolment_in(user: Somebody, course_slug: str, language: str) -> Enrolment | None:
    """Return the open enrolment at this address: the course's name when the edition was issued."""
    if not may_follow(user):
        return None
    return _at_address.first(None, user=user.pk, slug=course_slug, language=language)


@prepared
def _at_address(slot: Slots, _variant: None) -> QuerySet[Enrolment]:
    slug, language = slot("slug", CharField()), slot("language", CharField())
    return _open_enrolments(slot("user")).filter(edition__slug=slug, edition__language=language)[:1]


def outline_of(enrolment: Enrolment) -> Outline:
    """Return everything that the edition of this enrolment holds."""
    return catalogue.outline(enrolment.edition_id, enrolment.edition.uuid)


def outline_with(enrolment: Enrolment, item_id: int) -> Outline:
    """Return the outline that holds an item: that of the enrolment, or of an edition that its learner moved on from."""
    outline = outline_of(enrolment)
    if item_id in outline.by_id:
        return outline
    edition = CourseEdition.objects.get(items=item_id)
    return catalogue.outline(edition.pk, edition.uuid)


def index_url() -> str:
    """Return the address of the list of courses in the language of the reader."""
    return reverse("wagtail_serve", args=["training/"])


def course_url(outline: Outline) -> str:
    """Return the address of the overview of a course, without asking the database."""
    return reverse("wagtail_serve", args=[f"training/{outline.slug}/"])


def lesson_url(outline: Outline, lesson: Item) -> str:
    """Return the address of a lesson."""
    return reverse("learning:lesson", args=[outline.slug, outline.module_of(lesson).slug, lesson.slug])


def resume_url(enrolment: Enrolment) -> str:
    """Return the address that leads to exactly where somebody was."""
    return reverse("learning:resume", args=[enrolment.pk])


def position_of(enrolment: Enrolment, outline: Outline) -> tuple[Item, str]:
    """Return the lesson where somebody is and the anchor within it, empty for its beginning."""
    item = outline.by_id.get(enrolment.position_id or 0)
    if item is None:
        return outline.lessons[0], ""
    if item.kind in {ItemKind.QUESTION, ItemKind.QUIZ}:
        return outline.lesson_of(item), f"vraag-{item.id}"
    return outline.lesson_of(item), f"blok-{enrolment.position_block}" if enrolment.position_block else ""


@dataclass(frozen=True)
class OutlineRow:
    """A lesson in a list: where it is, whether it is done, whether somebody is in it now, what keeps it closed."""

    item: Item
    url: str
    done: bool
    now: bool
    lock: Lock | None = None


@dataclass(frozen=True)
class ModuleView:
    """A module with its lessons as one learner stands in them."""

    item: Item
    number: int
    lessons: tuple[OutlineRow, ...]
    done: int
    minutes: int

    @property
    def complete(self) -> bool:
        """Say whether all lessons are done."""
        return self.done == len(self.lessons)


def module_views(
    outline: Outline, done: set[int], here: Item | None = None, locked: Mapping[int, Lock] | None = None
) -> list[ModuleView]:
    """Return the modules of an edition with what is done and what is locked; for a visitor both are empty."""
    return [
        _module_view(outline, module, number, done, here, locked or {})
        for number, module in enumerate(outline.modules, start=1)
    ]


def _module_view(
    outline: Outline, module: Item, number: int, done: set[int], here: Item | None, locked: Mapping[int, Lock]
) -> ModuleView:
    lessons = outline.lessons_of(module)
    rows = tuple(
        OutlineRow(
            item=lesson,
            url=lesson_url(outline, lesson),
            done=lesson.id in done,
            now=lesson == here,
            lock=locked.get(lesson.id),
        )
        for lesson in lessons
    )
    return ModuleView(
        item=module,
        number=number,
        lessons=rows,
        done=sum(row.done for row in rows),
        minutes=sum(lesson.minutes for lesson in lessons),
    )


@dataclass(frozen=True)
class CourseProgress:
    """How far somebody is in a course, for the stairs on the member's home.

    `done` of `total` are steps of the stair: lessons while a course has one module, modules when it has more.
    """

    title: str
    url: str
    done: int
    total: int
    label: str
    here: str
    resume_url: str
    minutes_left: int
    finished: bool
    modules: tuple[str, ...] = field(default=())


def followed(user: Somebody) -> list[Enrolment]:
    """Return the open enrolments; once per page where a view asks for them in several places."""
    if not may_follow(user):
        return []
    return once(user, "learning.followed", lambda: _open_ones.rows(None, user=user.pk))


def progress_for(user: Somebody) -> list[CourseProgress]:
    """Return how far somebody is in each course, the latest first; one query."""
    return [_progress(enrolment) for enrolment in followed(user)]


def _progress(enrolment: Enrolment) -> CourseProgress:
    outline = outline_of(enrolment)
    lesson, _anchor = position_of(enrolment, outline)
    single = len(outline.modules) == 1
    done = enrolment.lessons_done if single else enrolment.modules_done
    total = enrolment.lessons_total if single else len(outline.modules)
    words = _("Lesson %(done)s of %(total)s done") if single else _("Module %(done)s of %(total)s done")
    return CourseProgress(
        title=outline.title,
        url=reverse("learning:resume", args=[enrolment.pk]),
        done=done,
        total=total,
        label=words % {"done": done, "total": total},
        here=lesson.title,
        resume_url=resume_url(enrolment),
        minutes_left=enrolment.minutes_left,
        finished=enrolment.finished_at is not None,
        modules=tuple(module.title for module in outline.modules),
    )


def next_steps(user: Somebody) -> list[NextStep]:
    """Return what somebody could do now in training: go on where they were, or start a course."""
    if not may_follow(user):
        return []
    enrolments = followed(user)
    steps = [_go_on(enrolment) for enrolment in enrolments if enrolment.finished_at is None]
    return steps or ([] if enrolments else _start(user))


def _go_on(enrolment: Enrolment) -> NextStep:
    outline = outline_of(enrolment)
    lesson, anchor = position_of(enrolment, outline)
    if outline.waits(lesson):
        done = done_lessons(enrolment)
        locked = locks_of(enrolment, outline, done)
        if lesson.id in locked:
            return _go_elsewhere(enrolment, outline, first_open(outline, locked, done), locked[lesson.id])
    words = {
        "module": outline.module_of(lesson).title,
        "left": enrolment.lessons_total - enrolment.lessons_done,
    }
    text = (
        _("Training, module “%(module)s”. You were at a question.")
        if anchor
        else _("Training, module “%(module)s”. %(left)s lessons to go.")
    )
    begun = enrolment.lessons_done or anchor or enrolment.position_id != outline.lessons[0].id
    title = _("Go on: %(lesson)s") if begun else _("Start with: %(lesson)s")
    return NextStep(
        key=f"training.lesson.{enrolment.pk}.{lesson.id}",
        wing=Wing.TRAINING,
        icon="book",
        title=title % {"lesson": lesson.title},
        text=text % words,
        url=resume_url(enrolment),
        minutes=lesson.minutes,
        weight=55,
        action=_("Go on where I was") if begun else _("Start the lesson"),
    )


def _go_elsewhere(enrolment: Enrolment, outline: Outline, lesson: Item | None, lock: Lock) -> NextStep:
    """Return the step of somebody whose next lesson is still locked: another open one, or to wait."""
    at = lesson or outline.by_id.get(enrolment.position_id or 0) or outline.lessons[0]
    title = _("Go on: %(lesson)s") if lesson else _("Your training goes on later")
    return NextStep(
        key=f"training.lesson.{enrolment.pk}.{at.id}",
        wing=Wing.TRAINING,
        icon="book" if lesson else "lock",
        title=title % {"lesson": at.title},
        text=lock.sentence,
        url=lesson_url(outline, lesson) if lesson else course_url(outline),
        minutes=lesson.minutes if lesson else None,
        weight=55 if lesson else 20,
        action=_("Start the lesson") if lesson else _("Look at the training"),
    )


def _start(user: Somebody) -> list[NextStep]:
    language = getattr(user, "language", "nl")
    courses = CoursePage.objects.live().filter(
        self_enrolment=True, locale__language_code=language, editions__isnull=False
    )
    return [
        NextStep(
            key=f"training.start.{course.pk}",
            wing=Wing.TRAINING,
            icon="book",
            title=_("Start the training “%(course)s”") % {"course": course.title},
            text=course.lead,
            url=course.url,
            weight=45,
            action=_("Look at the training"),
        )
        for course in courses.distinct().order_by("path")[:1]
    ]


def course_screen(user: Somebody, course: CoursePage) -> dict[str, object]:
    """Return what the overview of a course shows this person: all of their own edition, else the modules of the newest.

    `page` stands there for a follower only: title and words as their edition pinned them.
    """
    enrolment = _enrolment_at(user, course) if isinstance(user, User) else None
    edition = enrolment.edition if enrolment else catalogue.newest_edition(course)
    if edition is None:
        nothing = dict.fromkeys(("enrolment", "here", "next_seat", "moved", "outline"))
        return {**nothing, "modules": [], "minutes": 0, "done": 0, "lessons": 0}
    outline = catalogue.outline(edition.pk, edition.uuid)
    here = position_of(enrolment, outline)[0] if enrolment else None
    done = done_lessons(enrolment) if enrolment else set()
    locked = locks_of(enrolment, outline, done) if enrolment else {}
    return {
        **({"page": catalogue.pinned_course(outline)} if enrolment else {}),
        "enrolment": enrolment,
        "outline": outline,
        "modules": module_views(outline, done, here, locked),
        "minutes": edition.minutes,
        "done": len(done),
        "lessons": len(outline.lessons),
        "here": here,
        "next_seat": next_meeting_in(enrolment) if enrolment else None,
        "moved": enrolment is not None and enrolment.moves.exists(),
    }


def _enrolment_at(user: User, course: CoursePage) -> Enrolment | None:
    """Return the enrolment that the overview at this course's address is about.

    Lessons are found by the name that the course had when the edition was issued, so that name counts first.
    """
    language = course.locale.language_code
    by_name = Q(edition__slug=course.slug, edition__language=language)
    found = list(enrolments_of(user).filter(Q(course=course) | by_name))
    named = (one for one in found if one.edition.slug == course.slug)
    return next(named, found[0] if found else None)


def followed_course(user: Somebody, slug: str, language: str) -> CoursePage | None:
    """Return the pinned course page that somebody follows at this address, published or not."""
    enrolment = enrolment_in(user, slug, language)
    return catalogue.pinned_course(outline_of(enrolment)) if enrolment else None


def lead_of(outline: Outline, lesson: Item) -> str:
    """Return the message of a pinned lesson."""
    return catalogue.pinned_lesson(outline, lesson).lead


def has_reflection(outline: Outline, lesson: Item, block_id: str) -> bool:
    """Say whether a pinned lesson asks for a reflection in this block."""
    parts = catalogue.pinned_lesson(outline, lesson).parts
    return any(part.kind == "reflection" and part.block_id == block_id for part in parts)
