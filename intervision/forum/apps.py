"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    """Groups, topics, posts, drafts, read state, moderation."""

    name = "intervision.forum"
    label = "forum"
    verbose_name = _("Forum")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the forum keeps, offers and shows with the house."""
        from intervision.forum import registration

        registration.register_all()
