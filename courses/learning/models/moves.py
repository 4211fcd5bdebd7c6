"""That somebody was moved from one edition to another. What stayed behind is still there and readable."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.learning.models.following import Enrolment


class EditionMove(models.Model):
    """One move of one learner, with how much of what they did went along and how much stayed with the old edition."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="moves")
    before = models.ForeignKey("catalogue.CourseEdition", on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey("catalogue.CourseEdition", on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(_("moved at"), default=timezone.now)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    went_along = models.PositiveIntegerField(_("went along"), default=0)
    stayed = models.PositiveIntegerField(_("stayed with the old edition"), default=0)

    class Meta:
        verbose_name = _("move to another edition")
        verbose_name_plural = _("moves to another edition")
        ordering = ["-moved_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="move_changes_the_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.before_id} {self.after_id}"
