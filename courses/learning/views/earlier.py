"""What stayed with an edition that somebody no longer follows: a list, and its lessons to read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import member
from courses.catalogue.corrections import corrections_on
from courses.learning import queries
from courses.learning.queries.earlier import earlier_editions, earlier_lesson_of, moves_of
from courses.learning.views.own import own
from notifications.actions import mark_read_about


@require_safe
def earlier(request: HttpRequest, course: int) -> HttpResponse:
    """Tell somebody that they were moved, and what stayed where."""
    enrolment = queries.enrolments_of(request.user).filter(course=course).first()
    if enrolment is None:
        raise Http404
    moves = list(moves_of(enrolment))
    for move in moves:
        mark_read_about(move.after, by=member(request))
    outline = queries.outline_of(enrolment)
    context = {
        "outline": outline,
        "moves": moves,
        "editions": earlier_editions(enrolment),
        "resume_url": queries.resume_url(enrolment),
        "index_url": queries.index_url(),
        "course_url": queries.course_url(outline),
    }
    return render(request, "learning/earlier.html", context)


@require_safe
def earlier_lesson(request: HttpRequest, enrolment: int, lesson: int) -> HttpResponse:
    """Show a lesson of a former edition with what somebody did in it; nothing of it can be changed."""
    found = own(request, enrolment)
    place = earlier_lesson_of(found, lesson)
    if place is None:
        raise Http404
    outline, here = place
    context = {
        "enrolment": found,
        "outline": outline,
        "lesson": here,
        "lead": queries.lead_of(outline, here),
        "parts": queries.part_views(found, outline, here),
        "corrections": corrections_on(outline, here),
        "refused": None,
        "index_url": queries.index_url(),
        "course_url": queries.course_url(queries.outline_of(found)),
    }
    return render(request, "learning/earlier_lesson.html", context)
