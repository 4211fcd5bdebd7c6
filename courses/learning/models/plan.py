"""The half year after the training day: the plan itself, and the questions that come back in it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from courses.learning.models.answers import AnswerOutcome
from courses.learning.models.following import Enrolment


class FollowUpPlan(TimeStamped):
    """That somebody was at a training day, and when; all dates of the plan follow from it (`courses.learning.plan`).

    `reminded_on` is the day of the last reminder to repeat questions.
    """

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="plan")
    day = models.DateField(_("training day"))
    reminded_on = models.DateField(_("last reminder"), null=True, blank=True)

    class Meta:
        verbose_name = _("six-month plan")
        verbose_name_plural = _("six-month plans")
        indexes = [models.Index(fields=["day"], name="plan_by_day")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.day}"


class RecallCard(models.Model):
    """One question that comes back to one person, and how well they know it (see `courses.learning.recall`).

    `key` names the question across editions, `item` is the version that is shown. It lives apart from lessons: nothing
    here changes an attempt or a score.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="recall_cards")
    key = models.CharField(max_length=80)
    item = models.ForeignKey("catalogue.EditionItem", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("due at"))
    reviewed_at = models.DateTimeField(_("last repeated at"), null=True, blank=True)
    stability = models.FloatField(_("stability in days"), null=True, blank=True)
    difficulty = models.FloatField(_("difficulty"), null=True, blank=True)

    class Meta:
        verbose_name = _("question to repeat")
        verbose_name_plural = _("questions to repeat")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="recall_card_once_per_question"),
            models.CheckConstraint(
                condition=models.Q(reviewed_at=None, stability=None, difficulty=None)
                | models.Q(reviewed_at__isnull=False, stability__gt=0, difficulty__gte=1),
                name="recall_card_whole",
            ),
        ]
        indexes = [models.Index(fields=["enrolment", "due_at"], name="recall_card_due")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.key}"


class RecallReview(models.Model):
    """One answer to a question that came back: what was chosen, and what it turned out to be."""

    card = models.ForeignKey(RecallCard, on_delete=models.CASCADE, related_name="reviews")
    item = models.ForeignKey("catalogue.EditionItem", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("answered at"), default=timezone.now)
    chosen = models.JSONField(_("answer"), default=list)
    outcome = models.CharField(_("outcome"), max_length=10, choices=AnswerOutcome.choices)

    class Meta:
        verbose_name = _("repeated answer")
        verbose_name_plural = _("repeated answers")
        ordering = ["card", "at"]
        indexes = [models.Index(fields=["card", "at"], name="recall_review_by_card")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.outcome}"
