"""Invitations: how people get an account or a further role."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import LANGUAGES, User
from accounts.models.roles import Role, ScopeKind
from core.models import TimeStamped


class Invitation(TimeStamped):
    """A role offered to an address by mail. The link's token is kept as a digest only.

    `name` is how the inviter calls the person, who may change it; `afterwards` what they begin after accepting, as
    `accounts.afterwards` writes it.
    """

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=100, blank=True, default="", db_default="")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    scope_kind = models.CharField(
        _("limited to"), max_length=20, choices=ScopeKind.choices, default=ScopeKind.SITE
    )
    scope_id = models.PositiveBigIntegerField(_("which one"), default=0)
    afterwards = models.CharField(max_length=60, blank=True, editable=False, default="", db_default="")
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, default="nl")
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="invitations_sent", editable=False
    )
    expires_at = models.DateTimeField(_("valid until"))
    used = models.BooleanField(_("used"), default=False, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [
            models.Index(
                fields=["scope_kind", "scope_id"],
                name="open_invitations_by_scope",
                condition=models.Q(withdrawn_at=None, used=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "role", "scope_kind", "scope_id"],
                condition=models.Q(withdrawn_at=None, used=False),
                name="one_open_invitation_per_role_and_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(scope_kind="site", scope_id=0)
                | (~models.Q(scope_kind="site") & models.Q(scope_id__gt=0)),
                name="invitation_scope_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.role} {self.scope_kind}:{self.scope_id}"

    def is_open(self, now: datetime | None = None) -> bool:
        """Say whether the link still works."""
        return not self.used and self.withdrawn_at is None and self.expires_at > (now or timezone.now())


class InvitationUse(models.Model):
    """That an invitation was accepted, and by whom. One row per invitation: the database allows no second use."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="use")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations_accepted")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("accepted invitation")
        verbose_name_plural = _("accepted invitations")

    def __str__(self) -> str:
        return f"{self.invitation_id} → {self.user_id}"
