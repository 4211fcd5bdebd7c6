"""Groups of people who follow a course together."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import ScopeKind
from accounts.permissions import Scope
from core.models import TimeStamped


class Cohort(TimeStamped):
    """People who follow one course in the same months, with the same training day.

    `round_id` names the round of practices it belongs to, if any; that room stands beside this one, so there is no
    foreign key (see `courses.learning.rounds` for how the two meet).
    """

    course = models.ForeignKey("catalogue.CoursePage", on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(_("name"), max_length=100)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    round_id = models.PositiveBigIntegerField(_("round"), null=True, blank=True)

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "name"],
                name="cohort_name_once_per_course",
                violation_error_message=_("This training already has a cohort of this name."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="cohort_ends_after_start",
                violation_error_message=_("The last day must come after the first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def role_scopes(self) -> set[Scope]:
        """Return the scopes of this cohort itself and of its round."""
        return cohort_scopes(self.pk, self.round_id)


def cohort_scopes(pk: int, round_id: int | None) -> set[Scope]:
    """Return the scopes in which a role counts for a cohort: its own and that of its round."""
    of_round: set[Scope] = {(ScopeKind.ROUND, round_id)} if round_id else set()
    return {(ScopeKind.COHORT, pk), *of_round}
