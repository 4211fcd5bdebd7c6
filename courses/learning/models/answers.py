"""Attempts at exercises and the answers in them. The server makes both; a browser only fills answers in."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from courses.exercises.scoring import Given, Outcome
from courses.learning.models.stamps import Stamped

# How long after the last second an answer that was on its way still counts.
ON_ITS_WAY = dt.timedelta(seconds=5)


class Attempt(TimeStamped):
    """One go at a quiz or question; made by the server, at most one open at a time.

    Its answers are made with it, empty, one for each question that was drawn. `scored` counts those that can be right or
    wrong. `passed` is None where nobody can pass or fail. `deadline` is None without a time limit.
    """

    enrolment = models.ForeignKey("learning.Enrolment", on_delete=models.CASCADE, related_name="attempts")
    item = models.ForeignKey("catalogue.EditionItem", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    deadline = models.DateTimeField(_("to be handed in before"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    timed_out = models.BooleanField(_("the time was up"), default=False, db_default=False)
    right = models.PositiveSmallIntegerField(_("right"), default=0)
    scored = models.PositiveSmallIntegerField(_("questions that count"), default=0, db_default=0)
    total = models.PositiveSmallIntegerField(_("questions"))
    passed = models.BooleanField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "item"], condition=models.Q(handed_in_at=None), name="one_open_attempt"
            ),
            models.UniqueConstraint(fields=["enrolment", "item", "number"], name="attempt_number_once"),
            models.CheckConstraint(
                condition=models.Q(right__lte=models.F("total")), name="right_within_total"
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline"],
                name="attempt_by_deadline",
                condition=models.Q(handed_in_at=None, deadline__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.item_id} {self.number}"

    def overdue(self, now: dt.datetime) -> bool:
        """Say whether the time is up and nothing more counts."""
        return self.deadline is not None and now > self.deadline + ON_ITS_WAY


class AnswerOutcome(models.TextChoices):
    """What a checked answer turned out to be."""

    RIGHT = Outcome.RIGHT.value, _("right")
    PARTLY = Outcome.PARTLY.value, _("partly right")
    WRONG = Outcome.WRONG.value, _("something else fits better")
    NOTED = Outcome.NOTED.value, _("answered")


class Answer(Stamped, TimeStamped):
    """What somebody gave at one question of an attempt, saved on change, fixed once checked.

    `chosen` holds option uuids (or `uuid:value` for arranging), `text` what was typed. Its stamp sees
    to it that a change sent twice is stored once and an older one never covers a newer one.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey("catalogue.EditionItem", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(_("place"), default=0, db_default=0)
    chosen = models.JSONField(_("chosen options"), default=list, blank=True)
    text = models.TextField(_("typed answer"), max_length=4000, blank=True, default="", db_default="")
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=AnswerOutcome.choices, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["attempt", "item"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.item_id}"

    @property
    def given(self) -> Given:
        """Return what was given, for scoring."""
        return Given(chosen=tuple(self.chosen), text=self.text)
