"""Django's registration of the house itself."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds the system checks that look at the house as a whole."""

    name = "config"
    label = "config"
