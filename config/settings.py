"""Settings. Two set-ups, chosen by environment variables alone (docs/settings.md lists them all):

embedded    no DATABASE_URL, no REDIS_URL: SQLite in WAL mode, Celery over the file system, files in a folder
production  PostgreSQL, Redis, and an object store if S3_BUCKET is given
"""

import sys
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from jinja2 import FileSystemBytecodeCache

from config.env import BASE_DIR, env, secret

INSECURE_SECRET_KEY = "insecure-embedded-set-up-only-" + "0" * 40

# --- where it runs ---------------------------------------------------------------------------------------------
EMBEDDED = not env.str("DATABASE_URL", "") and not env.str("REDIS_URL", "")
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = secret("SECRET_KEY", INSECURE_SECRET_KEY)
if SECRET_KEY == INSECURE_SECRET_KEY and not EMBEDDED:
    raise ImproperlyConfigured(
        "SECRET_KEY: give one of your own, 50 characters or more, outside the embedded set-up"
    )
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DEMO_ACCOUNTS = EMBEDDED and env.bool("DEMO_ACCOUNTS", False)

# --- what it is made of ----------------------------------------------------------------------------------------
ROOMS = [
    "history",
    "councils",
    "notifications",
    "files",
    "jobs",
    "notices",
    "indicators",
    "plans",
    "boards",
    "reviews",
    "reporting",
]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "config.static_files.StaticFiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    *ROOMS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "councils.middleware.TextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "councils.middleware.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {
            "environment": "config.jinja.environment",
            "context_processors": [
                *_CONTEXT_PROCESSORS[1:],
                "config.context.page",
                "reporting.context.strip",
            ],
        },
    },
    {
        # admin, the browsable API and allauth bring Django templates
        "NAME": "libraries",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "django"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": [*_CONTEXT_PROCESSORS, "config.context.page"]},
    },
]
if EMBEDDED:  # else each process compiles the templates anew, at every start
    _COMPILED = DATA_DIR / "templates"
    _COMPILED.mkdir(parents=True, exist_ok=True)
    TEMPLATES[0]["OPTIONS"]["bytecode_cache"] = FileSystemBytecodeCache(str(_COMPILED))

# --- database --------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'noticeboard.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# --- cache, broker ---------------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    _REDIS_CACHE = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    CACHES = {"default": _REDIS_CACHE, "prints": {**_REDIS_CACHE, "KEY_PREFIX": "prints"}}
else:
    # shared by the web, worker and beat processes of one machine, as rate limits need
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA_DIR / "cache"),
        },
        # apart, so that drawn pages never push rate limits out
        "prints": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA_DIR / "prints"),
        },
    }

# --- people ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "councils.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = reverse_lazy("account_login")
PASSWORD_RESET_TIMEOUT = 2 * 3600
INVITATION_LIFE = timedelta(days=env.int("INVITATION_DAYS", 7))
OUTBOX = "notifications.services.queue_message"
ANSWERS = "plans.coverage.beside.beside"

ACCOUNT_ADAPTER = "councils.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "councils.adapters.SocialAccountAdapter"
MFA_ADAPTER = "councils.adapters.MFAAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 1  # the invited one
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/5m/key,50/5m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow passkeys on http://localhost only
MFA_TOTP_ISSUER = "Noticeboard"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if env.str("OIDC_SERVER_URL", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": env.str("OIDC_NAME", "single sign-on"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": secret("OIDC_CLIENT_SECRET", ""),
                "settings": {
                    "server_url": env.str("OIDC_SERVER_URL"),
                    # Entra ID says of no address that it is verified; those of one's own domains can be trusted
                    "verified_email": env.list("OIDC_VERIFIED_DOMAINS", default=[]),
                },
            },
        ],
    }

SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 10) * 3600
SESSION_IDLE = timedelta(minutes=env.int("SESSION_IDLE_MINUTES", 60))
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

# --- what browsers are told ------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS and env.bool("SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
GOVUK_BRANDING = env.bool("GOVUK_BRANDING", False)  # crown and GDS Transport: gov.uk domains only

# --- language, time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# --- files -----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.str("MEDIA_ROOT", str(DATA_DIR / "media"))
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_MB", 25) * 1024 * 1024
FILE_SCANNER = env.str("FILE_SCANNER", "")
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if env.str("S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT_URL", "") or None,
            "region_name": env.str("S3_REGION", "eu-west-2"),
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }

# --- mail ------------------------------------------------------------------------------------------------------
vars().update(env.email("EMAIL_URL", default="consolemail://"))
NOTIFY_API_KEY = secret("NOTIFY_API_KEY", "")
NOTIFY_TEMPLATE_ID = env.str("NOTIFY_TEMPLATE_ID", "")
NOTIFY_URL = env.str("NOTIFY_URL", "https://api.notifications.service.gov.uk").rstrip("/")
if NOTIFY_API_KEY:
    if not NOTIFY_TEMPLATE_ID:
        raise ImproperlyConfigured("NOTIFY_TEMPLATE_ID: name the template, with the fields subject and body")
    EMAIL_BACKEND = "notifications.notify.NotifyBackend"
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", "Noticeboard <noreply@localhost>")
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]

# --- Celery (every setting is read with the CELERY_ prefix by config/celery.py) -----------------------------------
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
if not REDIS_URL:
    _BROKER_DIR = DATA_DIR / "broker"
    (_BROKER_DIR / "messages").mkdir(parents=True, exist_ok=True)
    (_BROKER_DIR / "control").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_BROKER_DIR / "messages"),
        "data_folder_out": str(_BROKER_DIR / "messages"),
        "control_folder": str(_BROKER_DIR / "control"),
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 28 * 60
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_EAGER", False)

# --- API -------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["config.api.DenyAll"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.api.TokenAuthentication", "config.api.SessionAuthentication"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "config.api.Pages",
    "PAGE_SIZE": 100,
    "EXCEPTION_HANDLER": "config.problems.problem_json",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "600/min", "failed_token": "60/min"},
    "NUM_PROXIES": 1 if env.bool("BEHIND_PROXY", False) else 0,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Noticeboard API",
    "DESCRIPTION": "Improvement notices, plans, boards and reviews of English children's services.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["councils.api.base.SignedIn"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_PATCH": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.api_schema.add_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "DeadlineState": "deadlines.states.State",
        "Force": "deadlines.obligations.Force",
        "Standing": "plans.rag.Standing",
        "Colour": "plans.rag.Palette",
        "EventKind": "notices.models.Event.Kind",
        "EventState": "notices.models.Event.State",
        "AgreementKind": "notices.models.Agreement.Kind",
        "InstrumentKind": "notices.models.Instrument.Kind",
        "InstrumentEnd": "notices.models.Instrument.End",
        "InspectionKind": "notices.models.Inspection.Kind",
        "PlanKind": "plans.models.Plan.Kind",
        "DocumentState": "plans.models.Reading.State",
        "ChangeKind": "plans.importing.report.Effect",
    },
}

# --- logs ------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_tokens": {"()": "config.logs.NoTokens"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "line",
            "filters": ["no_tokens"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    # one greets every command, the other misses the host name of a queue that is a folder
    "loggers": {"pikepdf": {"level": "WARNING"}, "kombu.connection": {"level": "ERROR"}},
}
