"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """Custom image, document and audio models; checks on upload; ranged delivery."""

    name = "media.library"
    label = "library"
    verbose_name = _("Library")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register personal data, patient-data policies and, by their imports, the background work."""
        from media.library import privacy
        from media.library.policies import register_policies
        from media.library.registrations import register_all

        privacy.register()
        register_policies()
        register_all()
