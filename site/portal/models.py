"""What a member keeps on the home of their own: steps put off until later."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped


class PutOff(TimeStamped):
    """A step that somebody will do later; it comes back on the day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(_("step"), max_length=100)
    until = models.DateField(_("until"))

    class Meta:
        verbose_name = _("step put off")
        verbose_name_plural = _("steps put off")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="step_put_off_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
