"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """Rounds, practices, letters, responses, conversations, hours."""

    name = "practices"
    label = "practices"
    verbose_name = _("Practices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the rest of the house what this room has."""
        from practices.registrations import register_all  # once the models are loaded

        register_all()
