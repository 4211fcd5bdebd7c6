"""A list of people that was read in, row by row, until it is used; its rows are forgotten after a week."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.models.people import LANGUAGES
from accounts.permissions import Scope
from core.models import TimeStamped
from courses.learning.models.cohorts import Cohort


class ImportState(models.TextChoices):
    """Where a list stands."""

    READY = "ready", _("looked at")
    WORKING = "working", _("at work")
    DONE = "done", _("done")
    FAILED = "failed", _("not done")
    DROPPED = "dropped", _("dropped")


class PeopleImport(TimeStamped):
    """A list of addresses for a cohort: looked at first, then used as a whole or not at all.

    `checked` counts the rows that were looked at once more while it is being used; `unused` names the columns that the
    file has beside address and name.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, default="nl")
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.READY
    )
    unused = models.JSONField(default=list, blank=True)
    total = models.PositiveIntegerField(_("rows"), default=0)
    checked = models.PositiveIntegerField(default=0)
    invited = models.PositiveIntegerField(_("invited"), default=0)

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.pk)

    def role_scopes(self) -> set[Scope]:
        """Return the scopes of its cohort."""
        return self.cohort.role_scopes()


class Verdict(models.TextChoices):
    """What a row is worth."""

    INVITE = "invite", _("is invited")
    AGAIN = "again", _("was invited before and gets a new link")
    HERE = "here", _("is in this cohort already")
    DOUBLE = "double", _("stands in the list already")
    NO_ADDRESS = "no_address", _("has no address")
    BAD_ADDRESS = "bad_address", _("has an address that cannot be right")
    LONG_NAME = "long_name", _("has a name of more than 100 signs")


GOOD = (Verdict.INVITE, Verdict.AGAIN)


class ImportRow(models.Model):
    """A row of such a list, as it was written; `twin` is the line on which the same address stands first."""

    people_import = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    address = models.CharField(_("e-mail address"), max_length=254, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    twin = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("row of a list of people")
        verbose_name_plural = _("rows of a list of people")
        ordering = ["people_import", "line"]
        constraints = [
            models.UniqueConstraint(fields=["people_import", "line"], name="one_row_per_line"),
        ]
        indexes = [models.Index(fields=["people_import", "verdict", "line"], name="rows_by_verdict")]

    def __str__(self) -> str:
        return f"{self.people_import_id}:{self.line}"
