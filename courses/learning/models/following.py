"""Who follows which edition of a course, and what they did in it. Everything points at items of an edition."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Scope
from core.models import TimeStamped
from courses.learning.models.stamps import Stamped


class Enrolment(TimeStamped):
    """A person's way through one edition of a course; at most one of a course is open at a time.

    The counters are kept with every change, so that no screen has to scan progress. `position` is the item at which the
    person was last, `position_block` the block of the lesson when it was not an exercise.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    course = models.ForeignKey("catalogue.CoursePage", on_delete=models.PROTECT, related_name="enrolments")
    edition = models.ForeignKey(
        "catalogue.CourseEdition", on_delete=models.PROTECT, related_name="enrolments"
    )
    cohort = models.ForeignKey(
        "learning.Cohort", null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    last_active_at = models.DateTimeField(_("last active at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    position = models.ForeignKey(
        "catalogue.EditionItem", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    position_block = models.CharField(max_length=36, blank=True)
    lessons_done = models.PositiveSmallIntegerField(_("lessons done"), default=0)
    lessons_total = models.PositiveSmallIntegerField(_("lessons"), default=0)
    modules_done = models.PositiveSmallIntegerField(_("modules done"), default=0)
    minutes_left = models.PositiveSmallIntegerField(_("minutes left"), default=0)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course"],
                condition=models.Q(closed_at=None),
                name="one_open_enrolment_per_course",
            ),
            models.CheckConstraint(
                condition=models.Q(lessons_done__lte=models.F("lessons_total")),
                name="lessons_done_within_total",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-last_active_at", "-id"],
                name="enrolment_by_activity",
                condition=models.Q(closed_at=None),
            ),
            models.Index(
                fields=["cohort", "last_active_at", "id"],
                name="enrolment_of_cohort",
                condition=models.Q(closed_at=None),
            ),
            models.Index(
                fields=["cohort", "edition", "position", "finished_at", "last_active_at"],
                name="enrolment_places_of_cohort",
                condition=models.Q(closed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.edition_id}"

    def role_scopes(self) -> set[Scope]:
        """Return the scopes in which a trainer's role counts for this: those of its cohort."""
        return self.cohort.role_scopes() if self.cohort else set()


class LessonProgress(models.Model):
    """When a person opened a lesson, and when it was done."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="progress")
    item = models.ForeignKey("catalogue.EditionItem", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)
    completed_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress in a lesson")
        verbose_name_plural = _("progress in lessons")
        constraints = [models.UniqueConstraint(fields=["enrolment", "item"], name="progress_once_per_lesson")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.item_id}"


class Reflection(Stamped, TimeStamped):
    """What somebody wrote for themselves at a reflection of a lesson. Nobody else reads it here."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="reflections")
    item = models.ForeignKey("catalogue.EditionItem", on_delete=models.PROTECT, related_name="+")
    block_id = models.CharField(max_length=36)
    text = models.TextField(_("what you wrote"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("reflection")
        verbose_name_plural = _("reflections")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "item", "block_id"], name="one_reflection_per_block")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.block_id}"
