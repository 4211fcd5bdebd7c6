"""Tables of equivalents: fixed once stored, one version after the other (medical-safety rules 1 and 2)."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from medicines.models.substance import Substance


class TableIsFixed(Exception):
    """Somebody tried to change a table that was stored already; a correction is a new version."""


class _Fixed(models.Model):
    """A row that is stored once and never changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row; raises `TableIsFixed` for one that is there already."""
        if not self._state.adding:
            raise TableIsFixed(str(self))
        super().save(*args, **kwargs)


class EquivalenceTable(_Fixed, TimeStamped):
    """One source's table in one version: milligrams that equal 10 mg of oral diazepam.

    `checksum` is taken over all rows, so that a change behind the program's back shows.
    """

    source = models.ForeignKey(
        "pages.Source", verbose_name=_("source"), on_delete=models.PROTECT, related_name="+"
    )
    short_name = models.CharField(_("short name"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    printed_for_mg = models.DecimalField(
        _("printed for this much diazepam (mg)"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    checksum = models.CharField(_("checksum"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("table of equivalents")
        verbose_name_plural = _("tables of equivalents")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["source", "version"], name="one_table_per_version")]

    def __str__(self) -> str:
        return f"{self.short_name} ({self.version})"

    def is_intact(self) -> bool:
        """Say whether the stored rows are still the ones that the checksum was taken over."""
        return self.checksum == checksum_of(self.rows.select_related("substance"))


class Equivalent(_Fixed):
    """What one table says of one substance, in mg per 10 mg of oral diazepam.

    `high` is filled for a range. `pair_mg` and `pair_diazepam_mg` hold the pair as the source prints it, to compute with
    exactly. Both bounds are empty where the row could not be read.
    """

    table = models.ForeignKey(EquivalenceTable, on_delete=models.CASCADE, related_name="rows")
    substance = models.ForeignKey(Substance, on_delete=models.PROTECT, related_name="equivalents")
    low = models.DecimalField(_("mg"), max_digits=8, decimal_places=4, null=True)
    high = models.DecimalField(_("up to mg"), max_digits=8, decimal_places=4, null=True)
    pair_mg = models.DecimalField(_("printed mg"), max_digits=8, decimal_places=4, null=True)
    pair_diazepam_mg = models.DecimalField(
        _("printed mg of diazepam"), max_digits=8, decimal_places=4, null=True
    )

    class Meta:
        verbose_name = _("equivalent")
        verbose_name_plural = _("equivalents")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["table", "substance"], name="one_value_per_table_and_substance"),
            models.CheckConstraint(
                condition=models.Q(high=None) | models.Q(high__gt=models.F("low")), name="range_goes_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substance_id}: {self.low}"

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Return the least and greatest value; None where the row could not be read."""
        return None if self.low is None else (self.low, self.high or self.low)


class Confirmation(TimeStamped):
    """A medical reviewer held one value against the source and found it right."""

    equivalent = models.OneToOneField(Equivalent, on_delete=models.CASCADE, related_name="confirmation")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return str(self.equivalent_id)


def checksum_of(rows: Any) -> str:
    """Return a checksum (SHA-256, hexadecimal) over rows of a table, whatever their order."""
    lines = sorted(
        "|".join([row.substance.slug, *(_plain(getattr(row, name)) for name in _FIGURES)]) for row in rows
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


_FIGURES = ("low", "high", "pair_mg", "pair_diazepam_mg")


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
