"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from patientdata.policies_below import register_rooms_below


class PatientdataConfig(AppConfig):
    """The gate: finds identifying patient data in free text; one for the whole house."""

    name = "patientdata"
    label = "patientdata"
    verbose_name = _("Patient data gate")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the text fields of the rooms below."""
        register_rooms_below()
