"""Where somebody arrives who accepted an invitation to a cohort."""

from __future__ import annotations

from django.utils import translation

from accounts.models import User
from courses.learning.models import Cohort
from courses.learning.queries.following import course_url, enrolments_of, outline_of


def landing_in(user: User, cohort_id: int) -> str:
    """Return the address of the course's overview, in the course's language; empty when the person does not follow it."""
    cohort = Cohort.objects.filter(pk=cohort_id).first()
    enrolment = enrolments_of(user).filter(course=cohort.course_id).first() if cohort else None
    if enrolment is None:
        return ""
    outline = outline_of(enrolment)
    with translation.override(outline.language):
        return course_url(outline)


def cohort_label(cohort_id: int) -> str:
    """Return what an invitation to a cohort leads to, in words; empty when the cohort is gone."""
    cohort = Cohort.objects.select_related("course").filter(pk=cohort_id).first()
    return f"{cohort.course.title}, {cohort.name}" if cohort else ""
