"""What people may do: roles with a scope and a term."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.models import TimeStamped


class Role(models.TextChoices):
    """What a person is to the project; a person may be several things."""

    POH = "poh", _("practice nurse (POH)")
    GP = "gp", _("general practitioner")
    TRAINER = "trainer", _("trainer")
    FACILITATOR = "facilitator", _("intervision facilitator")
    EDITOR = "editor", _("content editor")
    MEDICAL_REVIEWER = "medical_reviewer", _("medical reviewer")
    RESEARCHER = "researcher", _("researcher")
    PROJECT_LEADER = "project_leader", _("project leader")
    ADMINISTRATOR = "administrator", _("administrator")


class ScopeKind(models.TextChoices):
    """What a role may be limited to."""

    SITE = "site", _("whole site")
    PRACTICE = "practice", _("practice")
    GROUP = "group", _("group")
    COHORT = "cohort", _("cohort")
    STUDY = "study", _("study")
    ROUND = "round", _("round")


class RoleAssignment(TimeStamped):
    """A role that a person holds, for the whole site or one scope, for a term."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    scope_kind = models.CharField(
        _("limited to"), max_length=20, choices=ScopeKind.choices, default=ScopeKind.SITE
    )
    scope_id = models.PositiveBigIntegerField(_("which one"), default=0)
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope_kind", "scope_id"],
                condition=models.Q(ends_at=None),
                name="one_open_assignment_per_role_and_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="assignment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(scope_kind="site", scope_id=0)
                | (~models.Q(scope_kind="site") & models.Q(scope_id__gt=0)),
                name="assignment_scope_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.scope_kind}:{self.scope_id}"
