"""Certificates as they were issued, and the keys that sign them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ScopeKind
from accounts.permissions import Scope
from core.models import TimeStamped
from courses.learning.models.following import Enrolment

CODE_LENGTH = 16


class BadgeKey(models.Model):
    """A key pair of the platform, with the status list of all credentials that it signed.

    The public half stays published when another key takes over, until it is withdrawn because it leaked. `private_key` is
    encrypted with a key that is derived from the site's SECRET_KEY; the database alone signs nothing.
    """

    kid = models.CharField(max_length=64, unique=True)
    public_jwk = models.JSONField()
    private_key = models.TextField(blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    active = models.BooleanField(_("signs new credentials"), default=True)
    withdrawn_at = models.DateTimeField(_("key withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("badge key")
        verbose_name_plural = _("badge keys")
        constraints = [
            models.UniqueConstraint(
                fields=["active"], condition=models.Q(active=True), name="one_badge_key_signs"
            )
        ]

    def __str__(self) -> str:
        return self.kid


class RevocationReason(models.TextChoices):
    """Why a certificate was withdrawn, in words that anybody may read."""

    MISTAKE = "mistake", _("it was issued by mistake")
    FACTS = "facts", _("the facts turned out otherwise")
    HOLDER = "holder", _("the holder asked for it")


class Certificate(TimeStamped):
    """One copy of a certificate: the facts as they were, its public code and its signed credential.

    A copy never changes. A new name makes a new copy (`replaces` points to the former one), so that history stays. After
    erasure of the person the name, the criteria and the credential are gone; the code keeps answering that it was there.
    """

    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.SET_NULL, related_name="certificates"
    )
    edition = models.ForeignKey("catalogue.CourseEdition", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True)
    holder_name = models.CharField(_("name on it"), max_length=100, blank=True)
    course_title = models.CharField(_("course"), max_length=255)
    language = models.CharField(_("language"), max_length=10)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, null=True, blank=True)
    criteria = models.JSONField(_("what was asked"), default=list, blank=True)
    earned_at = models.DateTimeField(_("earned at"), default=timezone.now)
    issued_at = models.DateTimeField(_("copy issued at"), default=timezone.now)
    credential_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.ForeignKey(BadgeKey, on_delete=models.PROTECT, related_name="+")
    jwt = models.TextField(blank=True)
    status_index = models.PositiveIntegerField()
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("certificate withdrawn at"), null=True, blank=True)
    revoked_because = models.CharField(
        _("withdrawn because"), max_length=20, choices=RevocationReason.choices, blank=True
    )
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revocation_note = models.CharField(_("note for colleagues"), max_length=300, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(replaced_at=None),
                name="one_current_certificate_per_enrolment",
            ),
            models.UniqueConstraint(fields=["key", "status_index"], name="certificate_status_place_once"),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_because="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_because="")),
                name="certificate_withdrawn_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-issued_at", "-id"], name="certificates_newest_first"),
            models.Index(
                fields=["key"],
                name="certificates_no_longer_good",
                condition=models.Q(revoked_at__isnull=False) | models.Q(replaced_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        """Return the code in groups of four, as people read it out."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

    @property
    def status(self) -> str:
        """Return valid, withdrawn, replaced or erased."""
        if self.erased_at is not None:
            return "erased"
        if self.revoked_at is not None:
            return "withdrawn"
        return "valid" if self.replaced_at is None else "replaced"

    def role_scopes(self) -> set[Scope]:
        """Return the cohort and the round in which a role counts for this."""
        cohort = self.enrolment.cohort if self.enrolment else None
        if cohort is None:
            return set()
        found: set[Scope] = {(ScopeKind.COHORT, cohort.pk)}
        return found | ({(ScopeKind.ROUND, cohort.round_id)} if cohort.round_id else set())
