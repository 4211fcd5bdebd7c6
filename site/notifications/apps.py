"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """In-app notices, calm e-mail, digests, calendar invitations."""

    name = "notifications"
    label = "notifications"
    verbose_name = _("Notifications")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this room offers and holds."""
        from notifications.registration import register_all

        register_all()
