"""Django's registration of this room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Wagtail pages and blocks of the public site."""

    name = "pages"
    label = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the roots after each migration; register what this room holds about people."""
        from core import next_steps
        from core.demo import register_demo
        from pages import demo, purging, steps
        from pages.addresses import guard_addresses
        from pages.navigation import register_navigation
        from pages.personal_data import register_personal_data
        from pages.policies import register_policies
        from pages.tree import ensure_roots

        post_migrate.connect(ensure_roots, sender=self, dispatch_uid="pages.roots")
        register_personal_data()
        register_policies()
        guard_addresses()
        purging.connect()
        register_navigation()
        next_steps.register("pages", steps.steps_for)
        register_demo("pages", 30, demo.load)
