"""Settings for the test suite: the embedded defaults, tasks at once, nothing leaves the machine."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "test-only-key")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from config.settings.base import *  # noqa: F403 -- settings modules build on one another
from config.settings.base import DATABASES, STORAGES

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Every process (a worker of the suite is one) has folders of its own, gone when it ends.
_work = Path(tempfile.mkdtemp(prefix="trede-test-"))
atexit.register(shutil.rmtree, _work, ignore_errors=True)
PUBLIC_UPLOADS = _work / "public"
PRIVATE_UPLOADS = _work / "private"
MEDIA_ROOT = PUBLIC_UPLOADS
STATIC_ROOT = _work / "static"
for _folder in (PUBLIC_UPLOADS, PRIVATE_UPLOADS, STATIC_ROOT):
    _folder.mkdir()
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads then have connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": _work / "trede.sqlite3"}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SHOW_POSTBOX = True
DEMO_ALLOWED = True
METRICS_PUBLIC = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
VISITOR_CACHE = False  # its own tests switch it on
