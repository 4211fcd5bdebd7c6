"""Groups and who belongs to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ScopeKind
from accounts.permissions import Scope
from core.models import TimeStamped


class GroupKind(models.TextChoices):
    """Who may read a group."""

    OPEN = "open", _("open to all participants")
    CLOSED = "closed", _("closed group")
    INTERVISION = "intervision", _("intervision group")


class Group(TimeStamped):
    """People who exchange: everybody in the project, or those invited.

    Who facilitates it is a role with this group as its scope, never a field here. Counters are kept by the actions.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=GroupKind.choices)
    name = models.CharField(_("name"), max_length=80)
    purpose = models.CharField(_("what it is for"), max_length=200, blank=True)
    member_count = models.PositiveIntegerField(_("members"), default=0, editable=False)
    topic_count = models.PositiveIntegerField(_("topics"), default=0, editable=False)
    demo_key = models.CharField(max_length=60, null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the group's page."""
        return reverse("forum:group", kwargs={"pk": self.pk})

    def role_scopes(self) -> set[Scope]:
        """Say in which scopes a role counts here: the group itself."""
        return {(ScopeKind.GROUP, self.pk)}

    @property
    def is_open(self) -> bool:
        """Say whether every participant of the project reads along."""
        return self.kind == GroupKind.OPEN


class Membership(models.Model):
    """Somebody belongs to a closed or intervision group, for a term."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["user", "group"], name="membership_user_group")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=models.Q(ends_at=None),
                name="one_open_membership_per_group",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.group_id}"
