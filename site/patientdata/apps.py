"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatientdataConfig(AppConfig):
    """The gate: finds identifying patient data in free text; one for the whole house."""

    name = "patientdata"
    label = "patientdata"
    verbose_name = _("Patient data gate")
    default_auto_field = "django.db.models.BigAutoField"
