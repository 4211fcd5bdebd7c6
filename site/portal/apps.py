"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The member's home: joins training, intervision and practice into one 'what now'."""

    name = "portal"
    label = "portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the rest of the house what this room has."""
        from portal.registrations import register_all  # once the models are loaded

        register_all()
