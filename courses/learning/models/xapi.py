"""Learning records that leave the house: pseudonyms, how far was told, what must be taken back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExportPurpose(models.TextChoices):
    """What learning records are taken out for; somebody has another pseudonym for each."""

    LRS = "lrs", _("the learning record store")
    EVALUATION = "evaluation", _("evaluation of the training")


class Pseudonym(models.Model):
    """The only name that a person has in learning records of one purpose; after erasure nothing leads back.

    The ids of statements are made from `value` too, so that they cannot be joined across purposes.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pseudonyms")
    purpose = models.CharField(_("purpose"), max_length=20, choices=ExportPurpose.choices)
    value = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("pseudonym")
        verbose_name_plural = _("pseudonyms")
        constraints = [models.UniqueConstraint(fields=["user", "purpose"], name="one_pseudonym_per_purpose")]

    def __str__(self) -> str:
        return str(self.value)


class RecordMark(models.Model):
    """How far one kind of happening was told to the learning record store: everything up to this moment and id."""

    kind = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()
    row = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("mark of learning records")
        verbose_name_plural = _("marks of learning records")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class ToldFact(models.Model):
    """A fact that can be taken back (was there, was coached, has a certificate) and was told to the record store.

    `turn` counts how often it was told, for a statement that was voided is never used again.
    """

    kind = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField()
    turn = models.PositiveSmallIntegerField(default=1)
    told = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("fact told")
        verbose_name_plural = _("facts told")
        constraints = [models.UniqueConstraint(fields=["kind", "row"], name="fact_told_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row} {self.turn}"


class StatementTurn(models.Model):
    """A happening of which something was mended afterwards, so that its statement must be told anew.

    `turn` says with which turn it is told from now on (rows without one: 1); every earlier turn is void. `due` says that
    the record store has not heard it yet.
    """

    kind = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField()
    turn = models.PositiveSmallIntegerField(default=2)
    due = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("statement told anew")
        verbose_name_plural = _("statements told anew")
        constraints = [models.UniqueConstraint(fields=["kind", "row"], name="one_turn_per_happening")]
        indexes = [
            models.Index(fields=["kind", "id"], name="statements_still_to_mend", condition=models.Q(due=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row} {self.turn}"


class StatementVoid(models.Model):
    """A statement that the record store must void; the id says nothing about whom it was."""

    statement = models.UUIDField(unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("statement to void")
        verbose_name_plural = _("statements to void")
        indexes = [
            models.Index(fields=["id"], name="statements_still_to_void", condition=models.Q(sent_at=None))
        ]

    def __str__(self) -> str:
        return str(self.statement)
