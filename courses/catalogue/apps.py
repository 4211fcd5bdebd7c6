"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Wagtail pages and blocks: course, module, lesson, exercise definitions; editions."""

    name = "courses.catalogue"
    label = "catalogue"
    verbose_name = _("Course catalogue")
    default_auto_field = "django.db.models.BigAutoField"
