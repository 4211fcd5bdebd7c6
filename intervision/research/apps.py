"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResearchConfig(AppConfig):
    """Lessons learned, interviews, codebook and coding, policy Delphi, exports."""

    name = "intervision.research"
    label = "research"
    verbose_name = _("Research")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what research keeps, offers and shows with the house."""
        from intervision.research import registration

        registration.register_all()
