"""Settings shared by all surroundings; values from the environment (12-factor)."""

from __future__ import annotations

from pathlib import Path

import environ
import structlog
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config.delivery import delivery_mailer
from core import object_store
from core.logs import traceback_without_values, without_people

BASE_DIR = Path(__file__).resolve().parents[3]
VAR = BASE_DIR / "var"
env = environ.Env()

SECRET_KEY = env("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=False)
DEMO_PASSWORD = env("DEMO_PASSWORD", default="Motiverend-2026!")

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    # Our rooms, from the roof down, so that our templates and commands go before those of libraries.
    "portal",
    "practices",
    "courses.learning",
    "courses.catalogue",
    "courses.exercises",
    "intervision.research",
    "intervision.meetings",
    "intervision.forum",
    "pages",
    "medicines",
    "media.podcast",
    "media.library",
    "notifications",
    "patientdata",
    "accounts",
    "core",
    # Wagtail
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtailmedia",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    # Accounts
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # Django and small parts
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django_structlog",
    "django_prometheus",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.browser_features.BrowserFeaturesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pages.cache.VisitorCacheMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "core.middleware.AdminContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "media.library.middleware.UploadSizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.middleware.RefuseNulMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SignInMiddleware",
    "accounts.middleware.RequireMfaMiddleware",
    "accounts.middleware.EditorsDeskMiddleware",
    "accounts.middleware.RefusedFormMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "core.templatetags.trede"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: SQLite as the embedded default, PostgreSQL by DATABASE_URL (decision 12).
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'trede.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache and rate limits: shared by all workers, in Redis when CACHE_URL names one.
CACHE_URL = env("CACHE_URL", default="")
_table: dict[str, object] = {
    "BACKEND": "core.cache.NearTableCache",
    "LOCATION": "core_cache",
}
CACHES: dict[str, dict[str, object]] = {
    "default": _table,
    # Which renditions exist: asked on every page, true in every process.
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}
if CACHE_URL:
    CACHES["default"] = {"BACKEND": "core.cache.SteadyRedisCache", "LOCATION": CACHE_URL}
    CACHES["database"] = _table

VISITOR_CACHE = env.bool("VISITOR_CACHE", default=True)  # finished public pages in each process's memory

# Files (decision 10): public and private from the first migration; static files hashed.
STORAGE_URL = env("STORAGE_URL", default="")
PUBLIC_UPLOADS = VAR / "uploads" / "public"
PRIVATE_UPLOADS = VAR / "uploads" / "private"
STORAGES = {
    **object_store.storages_for(STORAGE_URL),
    "staticfiles": {"BACKEND": "core.storages.StaticFiles"},
}
PRIVATE_ACCEL_REDIRECT = env("PRIVATE_ACCEL_REDIRECT", default="")
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "site" / "static"]
STATICFILES_FINDERS = [
    "core.house_stylesheet.HouseStylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/bestanden/"
MEDIA_ROOT = PUBLIC_UPLOADS
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MAX_UPLOAD_BYTES = 500 * 1024 * 1024

# Work after the answer (decision 12).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Languages and addresses (decision 11).
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("fr", _("French"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
LOCALE_PATHS = sorted(p for p in (BASE_DIR / "locale").iterdir() if p.is_dir())
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.RoleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.UnlikeYourself"},
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.NotAmongTheUsual"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # the adapter takes that mail back: only its time is spent
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_RATE_LIMITS = {"recovery": "10/h/ip", "certificate": "60/m/ip"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Trede"
MFA_ADAPTER = "accounts.adapter.MfaAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.mfa_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.mfa_forms.EditPasskeyForm",
    "authenticate": "accounts.sign_in_forms.SecondStepForm",
    "reauthenticate": "accounts.sign_in_forms.SecondStepOnceMoreForm",
}
ACCOUNT_FORMS = {
    "login": "accounts.sign_in_forms.PasswordForm",
    "confirm_login_code": "accounts.sign_in_forms.CodeForm",
    "reauthenticate": "accounts.sign_in_forms.AgainForm",
}
USERSESSIONS_TRACK_ACTIVITY = False  # a write on each request, and an address kept
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_NAME = "trede_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_FAILURE_VIEW = "core.views_errors.csrf_failure"
CSRF_COOKIE_NAME = "trede_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# Mail: rows in the outbox, sent by a task (decision 13).
EMAIL_URL = env("EMAIL_URL", default="")
MAILERS = {
    "default": {"BACKEND": "core.mail.OutboxEmailBackend"},
    "delivery": delivery_mailer(EMAIL_URL),
}
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Trede <noreply@trede.test>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SHOW_POSTBOX = False
DEMO_ALLOWED = False

# Wagtail
WAGTAIL_SITE_NAME = "Trede"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("fr", "Français")]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "library.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "library.Download"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.library.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.library.forms.DownloadForm"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "library.Sound",
    "MEDIA_FORM_BASE": "media.library.forms.SoundForm",
    "AUDIO_EXTENSIONS": ["flac", "m4a", "m4b", "mp3", "ogg", "opus", "wav"],
}
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"}
}
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]

# Safe by default
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
if STORAGE_URL:
    for kind in ("img-src", "media-src"):
        SECURE_CSP[kind].append(object_store.origin(STORAGE_URL))
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# Logs: structured, without anything about a person.
LOG_LEVEL = env("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                traceback_without_values,
            ],
        },
        "plain": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.dev.ConsoleRenderer(colors=False),
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env("LOG_FORMAT", default="json"),
            "level": LOG_LEVEL,  # here too: libraries set levels on loggers of their own
            "filters": ["without_secrets"],
        }
    },
    "filters": {"without_secrets": {"()": "core.logs.WithoutSecrets"}},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        without_people,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        traceback_without_values,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
METRICS_PUBLIC = False
METRICS_TOKEN = env("METRICS_TOKEN", default="")
LRS_URL = env("LRS_URL", default="")  # a learning record store (xAPI 1.0.3), none by default
LRS_AUTH = env("LRS_AUTH", default="")  # key:secret
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
SECURITY_EXPIRES = env("SECURITY_EXPIRES", default="2027-12-31T23:00:00Z")

SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # X_FRAME_OPTIONS is SAMEORIGIN: the editors' previews are frames of our own
]
