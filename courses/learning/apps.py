"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """Enrolment, attempts, progress, training days, coaching moments, certificates."""

    name = "courses.learning"
    label = "learning"
    verbose_name = _("Learning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Answer for the catalogue's pages, offer next steps, say what is held and how it is guarded."""
        from core.demo import register_demo
        from courses.learning import demo, demo_after, demo_coming, personal_data, policies, registrations
        from courses.learning.proof import demo as proof_demo
        from courses.learning.proof import registrations as proof

        registrations.register()
        personal_data.register()
        policies.register_policies()
        proof.register()
        register_demo("learning", 80, demo.load)
        register_demo("learning_coming", 87, demo_coming.load)
        register_demo("learning_after", 88, demo_after.load)
        register_demo("learning_proof", 86, proof_demo.load)
