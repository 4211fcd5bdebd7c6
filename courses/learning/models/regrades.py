"""Checking a question anew after its key was mended: on purpose, written down, and told to whom it touches."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from courses.learning.models.answers import Answer, AnswerOutcome

LONGEST_REASON = 600  # characters


class Regrade(TimeStamped):
    """One time that a question was checked anew by a newer version of its key.

    From then on the key of `revision` also holds for answers to come in editions that pin an older version. `key` and
    `language` name the question in editions.
    """

    question = models.ForeignKey("exercises.Question", on_delete=models.PROTECT, related_name="regrades")
    key = models.CharField(max_length=80)
    language = models.CharField(_("language"), max_length=10)
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("what was mended, and why"), max_length=LONGEST_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("checking anew")
        verbose_name_plural = _("checkings anew")
        indexes = [models.Index(fields=["key", "language"], name="regrade_by_question")]

    def __str__(self) -> str:
        return f"{self.key} {self.revision_id}"


class RegradedAnswer(models.Model):
    """An answer whose outcome changed, with what it was and what it became."""

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="answers")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="regradings")
    before = models.CharField(_("outcome before"), max_length=10, choices=AnswerOutcome.choices)
    after = models.CharField(_("outcome after"), max_length=10, choices=AnswerOutcome.choices)

    class Meta:
        verbose_name = _("answer checked anew")
        verbose_name_plural = _("answers checked anew")
        constraints = [
            models.UniqueConstraint(fields=["regrade", "answer"], name="answer_once_per_regrade"),
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="regrading_changes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.before} {self.after}"
