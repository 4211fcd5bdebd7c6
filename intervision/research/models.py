"""Studies, the pseudonyms in them, and how far each researcher read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import ScopeKind
from accounts.permissions import Scope
from core.models import TimeStamped


class Study(TimeStamped):
    """Research with a purpose of its own. `consent_key` is the study named in the consent ledger; empty for the project's own."""

    name = models.CharField(_("name"), max_length=120)
    question = models.CharField(_("research question"), max_length=300, blank=True)
    consent_key = models.SlugField(_("study in the consent ledger"), max_length=64, blank=True, unique=True)

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page with the study's sources."""
        return reverse("research:sources", kwargs={"pk": self.pk})

    def role_scopes(self) -> set[Scope]:
        """Say in which scopes a role counts here: the study itself."""
        return {(ScopeKind.STUDY, self.pk)}


class ParticipantKind(models.TextChoices):
    """The word before the number."""

    POH = "poh", pgettext_lazy("pseudonym", "POH")
    OTHER = "other", pgettext_lazy("pseudonym", "Participant")


class Participant(models.Model):
    """A person under a pseudonym in one study: a random number, from which nothing about the person follows."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="participants")
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=ParticipantKind.choices)
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        verbose_name = _("participant in a study")
        verbose_name_plural = _("participants in studies")
        constraints = [
            models.UniqueConstraint(fields=["study", "subject"], name="one_pseudonym_per_study_and_person"),
            models.UniqueConstraint(fields=["study", "number"], name="pseudonym_number_once_per_study"),
        ]

    def __str__(self) -> str:
        return f"{self.study_id}:{self.number}"

    @property
    def pseudonym(self) -> str:
        """Return the name under which researchers know this person."""
        return gettext("%(kind)s %(number)d") % {
            "kind": ParticipantKind(self.kind).label,
            "number": self.number,
        }


class DeskMark(models.Model):
    """How far a researcher read in a study: up to which post this time, and up to which the time before."""

    researcher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    seen_upto = models.PositiveBigIntegerField(_("seen up to"), default=0)
    seen_at = models.DateTimeField(_("seen at"))
    before_upto = models.PositiveBigIntegerField(_("the time before up to"), null=True, blank=True)
    before_at = models.DateTimeField(_("the time before at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reading mark of a researcher")
        verbose_name_plural = _("reading marks of researchers")
        constraints = [
            models.UniqueConstraint(fields=["researcher", "study"], name="one_mark_per_researcher_and_study")
        ]

    def __str__(self) -> str:
        return f"{self.researcher_id} in {self.study_id} up to {self.seen_upto}"
