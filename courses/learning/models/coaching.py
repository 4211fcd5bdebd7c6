"""The coaching moments after the training day: without them the skill fades in six months (Schwalbe 2014)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from courses.learning.models.following import Enrolment
from courses.learning.models.meetings import Meeting


class CoachingMoment(TimeStamped):
    """One of somebody's coaching moments, alone with the trainer or in a small group (then `meeting` is shared).

    `wish` is when it would suit the learner, in their words. `told_late_at` says when its trainers heard that it is late.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="coaching")
    number = models.PositiveSmallIntegerField(_("number"))
    due_on = models.DateField(_("due on"))
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="coaching"
    )
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    held_at = models.DateTimeField(_("held at"), null=True, blank=True)
    wish = models.CharField(_("when it suits"), max_length=200, blank=True, default="", db_default="")
    told_late_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("coaching moment")
        verbose_name_plural = _("coaching moments")
        ordering = ["enrolment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="coaching_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="coaching_number_from_one"),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="coaching_open_by_date", condition=models.Q(held_at=None)),
            models.Index(
                fields=["-held_at", "-id"],
                name="coaching_held_last",
                condition=models.Q(held_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.number}"
