"""Settings for the test suite: the embedded defaults, tasks at once, nothing leaves the machine."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "test-only-key")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from config.settings.base import *  # noqa: F403 -- settings modules build on one another
from config.settings.base import DATABASES, STORAGES

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
_work = Path(tempfile.gettempdir()) / f"trede-test-{os.getuid()}"
PUBLIC_UPLOADS = _work / "public"
PRIVATE_UPLOADS = _work / "private"
MEDIA_ROOT = PUBLIC_UPLOADS
STATIC_ROOT = _work / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": None}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SHOW_POSTBOX = True
DEMO_ALLOWED = True
METRICS_PUBLIC = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
