"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Base models, audit trail, outbox, storages, template tags, health; knows no feature."""

    name = "core"
    label = "core"
    verbose_name = _("Core")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the house's own periodic work and its link."""
        from core import gallery, navigation, tasks, tick  # once the models are loaded

        tick.register("core.deliver_mail", tasks.deliver_mail)
        tick.register("core.seal_audit", tasks.seal_audit)
        tick.register("core.tidy_tasks", tasks.tidy_tasks, every=5)
        tick.register("core.publish_due", tasks.publish_due)
        navigation.register(
            navigation.NavItem(
                _("Components"),
                "core:gallery",
                place=navigation.Place.ACCOUNT,
                audience=navigation.Audience.MEMBER,
                order=90,
                icon="tag",
                allowed=gallery.may_enter,
            )
        )
