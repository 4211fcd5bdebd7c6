"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExercisesConfig(AppConfig):
    """Quiz, dialogue, coding and reflection: definitions and scoring, pure where possible."""

    name = "courses.exercises"
    label = "exercises"
    verbose_name = _("Exercises")
    default_auto_field = "django.db.models.BigAutoField"
