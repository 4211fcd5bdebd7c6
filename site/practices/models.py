"""Rounds, practices that take part in them, and what they count each week."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import ScopeKind
from accounts.permissions import Scope
from core.models import TimeStamped

LETTER_TARGET = 20
MOST_PER_WEEK = 500


class Round(TimeStamped):
    """One run of the project, with its deadline for signing up and its letter target."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    signup_deadline = models.DateTimeField(_("sign up before"), null=True, blank=True)
    letter_target = models.PositiveSmallIntegerField(
        _("letters per practice"),
        default=LETTER_TARGET,
        help_text=_("How many patients each practice chooses for the stop letter."),
    )

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="round_ends_after_start",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=models.Q(letter_target__gte=1, letter_target__lte=MOST_PER_WEEK),
                name="round_letter_target_sensible",
                violation_error_message=_("The letter target lies between 1 and 500."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def role_scopes(self) -> set[Scope]:
        """Return the scope of this round itself."""
        return {(ScopeKind.ROUND, self.pk)}

    def week_number(self, day: dt.date) -> int:
        """Return in which week of the round this day falls, the first being 1."""
        return (monday_of(day) - monday_of(self.starts_on)).days // 7 + 1


class Practice(TimeStamped):
    """A general practice."""

    name = models.CharField(_("name of the practice"), max_length=120)
    place = models.CharField(_("place"), max_length=80)

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "place"],
                name="practice_once_per_place",
                violation_error_message=_("This practice is already known."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"

    def role_scopes(self) -> set[Scope]:
        """Return the scope of this practice itself."""
        return {(ScopeKind.PRACTICE, self.pk)}


class Mode(models.TextChoices):
    """What a practice keeps here (decision 25)."""

    TOTALS = "totals", _("weekly totals")


class Counts(models.Model):
    """Four numbers that a practice counts; never anything about one person."""

    FIELDS: ClassVar[tuple[str, ...]] = ("letters", "calls", "responses", "conversations")

    letters = models.PositiveIntegerField(_("letters sent"), default=0)
    calls = models.PositiveIntegerField(_("calls made"), default=0)
    responses = models.PositiveIntegerField(_("responses"), default=0)
    conversations = models.PositiveIntegerField(_("conversations"), default=0)

    class Meta:
        abstract = True

    @property
    def counts(self) -> dict[str, int]:
        """Return the four numbers by name."""
        return {name: getattr(self, name) for name in self.FIELDS}


class Participation(Counts, TimeStamped):
    """A practice in a round, with the totals of its weeks kept beside it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="participations")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="participations")
    mode = models.CharField(_("keeps"), max_length=10, choices=Mode.choices, default=Mode.TOTALS)
    last_counted_week = models.DateField(_("last counted week"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["-round__starts_on", "practice__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "practice"],
                name="practice_once_per_round",
                violation_error_message=_("This practice already takes part in this round."),
            ),
            models.CheckConstraint(
                condition=models.Q(responses__lte=models.F("letters")), name="no_more_responses_than_letters"
            ),
            models.CheckConstraint(
                condition=models.Q(conversations__lte=models.F("letters")),
                name="no_more_conversations_than_letters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}:{self.round_id}"

    def get_absolute_url(self) -> str:
        """Return the address of the practice's own page in this round."""
        return reverse("practices:practice", args=[self.pk])

    def role_scopes(self) -> set[Scope]:
        """Return the scopes of the practice and of the round."""
        return {(ScopeKind.PRACTICE, self.practice_id), (ScopeKind.ROUND, self.round_id)}

    @property
    def overdue(self) -> bool:
        """Say whether last week was not counted while the round runs."""
        last_week = monday_of(timezone.localdate()) - dt.timedelta(days=7)
        if not monday_of(self.round.starts_on) <= last_week <= self.round.ends_on:
            return False
        return self.last_counted_week is None or self.last_counted_week < last_week


class WeekCount(Counts, TimeStamped):
    """What a practice counted in one week; dates are kept to the week (decision 25)."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="weeks")
    week = models.DateField(_("week"), help_text=_("The Monday of the week."))
    version = models.PositiveIntegerField(default=1, editable=False)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("count of a week")
        verbose_name_plural = _("counts of weeks")
        ordering = ["week"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "week"], name="week_counted_once"),
            models.CheckConstraint(
                condition=models.Q(
                    letters__lte=MOST_PER_WEEK,
                    calls__lte=MOST_PER_WEEK,
                    responses__lte=MOST_PER_WEEK,
                    conversations__lte=MOST_PER_WEEK,
                ),
                name="week_counts_sensible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} {self.week:%G-W%V}"


class Comparison(TimeStamped):
    """What other practices saw, in a sentence with its source, shown beside a practice's own figures."""

    text = models.CharField(_("sentence in Dutch"), max_length=300)
    text_fr = models.CharField(_("sentence in French"), max_length=300, blank=True)
    source = models.ForeignKey(
        "pages.Source", verbose_name=_("source"), on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def local_text(self) -> str:
        """Return the sentence in the reader's language; the Dutch one where there is no French."""
        return (self.text_fr if get_language() == "fr" else "") or self.text


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the week in which this day falls."""
    return day - dt.timedelta(days=day.weekday())
