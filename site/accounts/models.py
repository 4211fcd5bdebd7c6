"""Who people are and what they may do."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        """Make a user who signs in with this address; the address is kept in lower case."""
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        """Make an administrator of the whole system (command line only)."""
        return self.create_user(email, password, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a user by address, whatever its letter case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; the e-mail address is the name to sign in with."""

    audit_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("name"), max_length=100, help_text=_("As colleagues see you here."))
    work_title = models.CharField(_("work title"), max_length=100, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=[("nl", "Nederlands"), ("fr", "Français")], default="nl"
    )
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_staff(self) -> bool:
        """Say whether Django's own admin would let this person in; nobody, it is not used."""
        return False

    def get_full_name(self) -> str:
        """Return the name as colleagues see it."""
        return self.display_name

    def get_short_name(self) -> str:
        """Return the first word of the name, for a greeting."""
        return self.display_name.split(" ")[0]


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
