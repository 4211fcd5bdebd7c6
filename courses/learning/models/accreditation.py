"""Registers of professions, what they grant for a course, people's numbers in them, and what was reported to them."""

from __future__ import annotations

import datetime as dt
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from courses.learning.models.cohorts import Cohort
from courses.learning.models.following import Enrolment

LONGEST_NUMBER = 30


class PasteForm(models.TextChoices):
    """How a register takes a pasted list of numbers."""

    HASH = "hash", _("a # before each number")
    PLAIN = "plain", _("numbers alone")


class Register(TimeStamped):
    """A register of a profession, with what its numbers look like; all of it is editors' data."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    profession = models.CharField(
        _("for whom"), max_length=120, blank=True, help_text=_("For example “POH-GGZ”.")
    )
    pattern = models.CharField(
        _("number as a pattern"),
        max_length=120,
        default=r"[0-9]{3,12}",
        help_text=_("A regular expression for the whole number, for example [0-9]{11}."),
    )
    format_text = models.CharField(
        _("number in words, Dutch"), max_length=200, help_text=_("For example “elf cijfers”.")
    )
    format_text_fr = models.CharField(_("number in words, French"), max_length=200, blank=True)
    paste_form = models.CharField(
        _("pasted as"), max_length=10, choices=PasteForm.choices, default=PasteForm.HASH
    )
    remark = models.CharField(
        _("remark for editors"),
        max_length=300,
        blank=True,
        help_text=_("For example what still has to be asked of the register."),
    )
    active = models.BooleanField(_("people may enter a number"), default=True)

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a pattern that is none."""
        super().clean()
        try:
            re.compile(self.pattern)
        except re.error as error:
            words = _("This is no regular expression: %(why)s.") % {"why": error}
            raise ValidationError({"pattern": words}) from error

    @property
    def local_format(self) -> str:
        """Return what a number looks like, in the reader's language; in Dutch where there is no French."""
        return (self.format_text_fr if get_language() == "fr" else "") or self.format_text

    def fits(self, number: str) -> bool:
        """Say whether a number looks like this register's."""
        return re.fullmatch(self.pattern, number) is not None


class CountsFor(models.TextChoices):
    """What points are given for."""

    COURSE = "course", _("the whole course, with its certificate")
    TRAINING_DAY = "training_day", _("each training day attended")
    COACHING = "coaching", _("each coaching moment held")
    OTHER = "other", _("each other meeting attended")


class Accreditation(TimeStamped):
    """What a register grants for a course, or was asked to grant; points count only once granted."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="accreditations")
    course = models.ForeignKey(
        "catalogue.CoursePage", on_delete=models.PROTECT, related_name="accreditations"
    )
    counts_for = models.CharField(_("points for"), max_length=20, choices=CountsFor.choices)
    category = models.CharField(
        _("category"),
        max_length=20,
        blank=True,
        help_text=_("For example A or B, where the register has them."),
    )
    points = models.DecimalField(
        _("points"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("As the register granted them; empty as long as that is not known."),
    )
    accreditation_id = models.CharField(_("number of the accreditation"), max_length=40, blank=True)
    granted_on = models.DateField(_("granted on"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")
        ordering = ["register__name", "counts_for", "category", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "course", "counts_for", "category", "valid_from"],
                name="accreditation_once_per_period",
                violation_error_message=_("This register, course, category and first day are there already."),
            ),
            models.CheckConstraint(
                condition=models.Q(granted_on=None)
                | (~models.Q(accreditation_id="") & models.Q(points__isnull=False)),
                name="granted_accreditation_is_complete",
                violation_error_message=_(
                    "Granted is only what has a number and points. Fill in both as the register gave them."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="accreditation_ends_after_start",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=models.Q(points=None) | models.Q(points__gt=0), name="accreditation_points_positive"
            ),
        ]

    def __str__(self) -> str:
        category = f" {self.category}" if self.category else ""
        return f"{self.register}{category}: {self.get_counts_for_display()}"

    @property
    def granted(self) -> bool:
        """Say whether the register granted it."""
        return self.granted_on is not None

    def holds_on(self, day: dt.date) -> bool:
        """Say whether something done on this day falls within its term."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class RegistrationNumber(TimeStamped):
    """Somebody's number in a register, as they entered it themselves."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registration_numbers"
    )
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="numbers")
    number = models.CharField(_("number"), max_length=LONGEST_NUMBER)

    class Meta:
        verbose_name = _("registration number")
        verbose_name_plural = _("registration numbers")
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="registration_number_once"),
            models.UniqueConstraint(fields=["user", "register"], name="one_number_per_register"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id} {self.user_id}"


class PresenceBatch(models.Model):
    """A list of presence that was taken out for a register; a list taken out again is the same list."""

    accreditation = models.ForeignKey(Accreditation, on_delete=models.PROTECT, related_name="batches")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=30)
    title = models.CharField(_("occasion"), max_length=160)
    held_on = models.DateField(_("held on"))
    corrects = models.BooleanField(_("corrections"), default=False)
    rows_count = models.PositiveIntegerField(_("rows"), default=0)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("list of presence")
        verbose_name_plural = _("lists of presence")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.accreditation_id} {self.occasion} {self.pk}"


class PresenceChange(models.TextChoices):
    """What a row tells the register."""

    ADD = "add", _("was there")
    WITHDRAW = "withdraw", _("was not there after all")
    NUMBER = "number", _("has another number")


class PresenceRow(models.Model):
    """One person on such a list, as they were told to the register; the latest row of a person holds.

    `held_on` is the person's own day (coaching and certificates have one each); rows without it keep their list's.
    """

    batch = models.ForeignKey(PresenceBatch, on_delete=models.CASCADE, related_name="rows")
    accreditation = models.ForeignKey(Accreditation, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=30)
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.SET_NULL, related_name="presence_rows"
    )
    turn = models.PositiveSmallIntegerField(default=1)
    change = models.CharField(_("what"), max_length=10, choices=PresenceChange.choices)
    name = models.CharField(_("name"), max_length=100, blank=True)
    number = models.CharField(_("number"), max_length=LONGEST_NUMBER, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    former_number = models.CharField(_("former number"), max_length=LONGEST_NUMBER, blank=True)

    class Meta:
        verbose_name = _("row of a list of presence")
        verbose_name_plural = _("rows of lists of presence")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["accreditation", "occasion", "enrolment", "turn"], name="presence_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.change}"
