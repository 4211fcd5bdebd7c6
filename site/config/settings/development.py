"""Settings for `make run` on one's own machine."""

from config.settings.base import *  # noqa: F403 -- settings modules build on one another
from config.settings.base import STORAGES, VAR, env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="development-only-key-not-for-anything-else")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
SHOW_POSTBOX = True
DEMO_ALLOWED = True
METRICS_PUBLIC = True
STATIC_DIRECT = env.bool("STATIC_DIRECT", default=False)
if STATIC_DIRECT:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
VAR.mkdir(exist_ok=True)
