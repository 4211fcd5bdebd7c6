"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MedicinesConfig(AppConfig):
    """Substances, equivalence tables, taper planning, treatment goals."""

    name = "medicines"
    label = "medicines"
    verbose_name = _("Medicines")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register navigation, personal data, the gate's policies and the data to load."""
        from core.demo import register_demo
        from medicines import loading
        from medicines.navigation import register_navigation
        from medicines.personal_data import register_personal_data
        from medicines.policies import register_policies

        register_navigation()
        register_personal_data()
        register_policies()
        register_demo("medicines", 40, loading.load)
