"""Production's settings on one's own machine: plain http, demo content allowed, content of its own."""

import os

os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1")
os.environ.setdefault("SITE_URL", "http://localhost")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from config.settings.production import *  # noqa: F403 -- settings modules build on one another
from config.settings.production import VAR

REQUIRE_MFA = False
DEMO_ALLOWED = True
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
PUBLIC_UPLOADS = VAR / "bench" / "uploads" / "public"
PRIVATE_UPLOADS = VAR / "bench" / "uploads" / "private"
MEDIA_ROOT = PUBLIC_UPLOADS
STATIC_ROOT = VAR / "static"
