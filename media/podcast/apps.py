"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PodcastConfig(AppConfig):
    """Shows, episodes, transcripts, chapters, feeds, player, listening statistics."""

    name = "media.podcast"
    label = "podcast"
    verbose_name = _("Podcast")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the house what this room offers, and the pages where their data comes from."""
        from media.podcast import registrations
        from media.podcast.policies import register_policies

        registrations.register_all()
        register_policies()
