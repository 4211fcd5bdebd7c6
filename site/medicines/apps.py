"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MedicinesConfig(AppConfig):
    """Substances, equivalence tables, taper planning, treatment goals."""

    name = "medicines"
    label = "medicines"
    verbose_name = _("Medicines")
    default_auto_field = "django.db.models.BigAutoField"
