"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExercisesConfig(AppConfig):
    """Quiz, dialogue, coding and reflection: definitions and scoring, pure where possible."""

    name = "courses.exercises"
    label = "exercises"
    verbose_name = _("Exercises")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how the patient-data gate guards this room."""
        from courses.exercises.policies import register_policies

        register_policies()
