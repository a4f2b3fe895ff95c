"""Django settings. Safe by default: everything that can be turned off is off until it is asked for."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from tallman.server.config.database import database, mark
from tallman.server.config.home import home, secret_key

# The areas of the pharmacy, lowest first. A new area is one line here.
AREAS = [
    "web",
    "audit",
    "accounts",
    "cds_clients",
    "patients",
    "inventory",
    "medicines",
    "prescriptions",
    "dispensing",
    "reconciliation",
    "exchange",
]

SERVER = Path(__file__).resolve().parent.parent
TALLMAN_HOME = home()
HTTPS = os.environ.get("TALLMAN_HTTPS") == "1"

SECRET_KEY = secret_key(TALLMAN_HOME)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *os.environ.get("TALLMAN_HOSTS", "").split()]
# What other systems call this server, where the address that a proxy passes on is another one.
PUBLIC_URL = os.environ.get("TALLMAN_PUBLIC_URL", "").rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in os.environ.get("TALLMAN_HOSTS", "").split()]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    *(f"tallman.server.{area}" for area in AREAS),
]

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tallman.server.accounts.idle.IdleLock",
    "tallman.server.web.caching.NoStore",
    "tallman.server.web.errors.UnstorableText",
    "tallman.server.knowledge_in_use.OneVersion",
    "tallman.server.medicines.once.OncePerRequest",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tallman.server.config.urls"
WSGI_APPLICATION = "tallman.server.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tallman.server.web.context.page",
            ],
            "builtins": [
                "tallman.server.web.templatetags.tallman",
                "tallman.server.medicines.templatetags.medicines",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), TALLMAN_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "accounts:login"

# A whole person or a whole address is never locked out by somebody else's guesses, only the pair.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "tallman.server.accounts.views.locked_out"
AXES_VERBOSE = False
# The page a person was on may name a patient: the record of failed logins does not keep it.
AXES_SENSITIVE_PARAMETERS = ["next", "name", "csrfmiddlewaretoken"]

IDLE_MINUTES = int(os.environ.get("TALLMAN_IDLE_MINUTES", "10"))
SESSION_COOKIE_NAME = "tallman_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "tallman_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "tallman.server.web.errors.csrf_failure"

SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
TIME_ZONE = os.environ.get("TALLMAN_TIME_ZONE", "America/New_York")
JURISDICTION = os.environ.get("TALLMAN_JURISDICTION", "US")
PHARMACY = os.environ.get("TALLMAN_PHARMACY", "")
TALLMAN_TODAY = os.environ.get("TALLMAN_TODAY", "")
SYNTHETIC_MARKER = TALLMAN_HOME / f"synthetic{mark(DATABASES['default'], TALLMAN_HOME)}"  # the demo is in this database

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "tallman.server.config.logs.QuietFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.db.backends": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "axes": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
