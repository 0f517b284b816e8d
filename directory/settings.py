"""The settings: one file, everything that differs between machines from environment variables.

Nothing has to be set: then the directory runs on SQLite in `var/`, for this machine only.
Setting PUBLIC_URL, the address that the public types, makes it production. README.md has a table.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from directory.databases.configuration import POSTGRESQL, PRIMARY, databases
from directory.logs import private_config
from directory.public_url import host_of
from directory.secret_key import secret_key

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# --- Where it runs -------------------------------------------------------------------------------

PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")
PUBLIC_HOST = host_of(PUBLIC_URL)
IN_PRODUCTION = bool(PUBLIC_URL)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret_key(
    env.str("SECRET_KEY", default=""), required=IN_PRODUCTION, kept_in=VAR_DIR / "secret_key"
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# In production whoever is on the machine may ask the web server itself: is it alive, is it ready?
ALLOWED_HOSTS = [PUBLIC_HOST, "127.0.0.1"] if IN_PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if IN_PRODUCTION else []

# The networks whose X-Forwarded-* headers are believed; from any other they are dropped.
TRUSTED_PROXIES = [
    ipaddress.ip_network(network)
    for network in env.list("TRUSTED_PROXIES", default=["127.0.0.0/8", "::1/128"])
]

# --- What it is made of --------------------------------------------------------------------------

INSTALLED_APPS = [
    "resources",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

# From the outside in. What answers by itself (WhiteNoise, a redirect, an error) stands below what
# adds headers, so that no response goes out without them.
MIDDLEWARE = [
    "directory.measuring.count_requests",
    "directory.middleware.believe_trusted_proxies",
    "directory.middleware.ignore_cookies_in_public",
    "directory.middleware.add_permissions_policy",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "resources.views.caching.middleware.KeepPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "directory.middleware.refuse_what_is_too_large",
    "django.middleware.common.CommonMiddleware",
    "directory.middleware.OnlyReadInPublic",
    "resources.views.lists.cookie.carry_own_list",
    "django.middleware.csrf.CsrfViewMiddleware",
    "directory.databases.middleware.ChooseDatabase",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "resources.admin.signing_in.middleware.EndSessions",
    "resources.admin.signing_in.middleware.RequireSecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "directory.urls"
WSGI_APPLICATION = "directory.wsgi.application"

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
                "resources.context.frame",
            ],
        },
    },
]

# --- Database ------------------------------------------------------------------------------------

# REPLICA_URLS: PostgreSQL's streaming replicas, which public pages are read from. docs/replicas.md
DATABASES = databases(
    env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/db.sqlite3"),
    env.list("REPLICA_URLS", default=[]),
)
DATABASE_ROUTERS = ["directory.databases.router.ReadFromReplicas"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # resources.checks looks at the opened connection and fails where these did not take.
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes the write lock when it begins: read-then-write otherwise fails
        # at once, without waiting, as soon as two run side by side.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds to wait for that lock
        "init_command": (
            "PRAGMA journal_mode=WAL;"  # readers and the one writer do not wait for each other
            "PRAGMA synchronous=NORMAL;"  # safe with WAL: a power cut loses at most the last write
            "PRAGMA temp_store=MEMORY;"
        ),
    }

for name, database in DATABASES.items():
    database["ATOMIC_REQUESTS"] = False
    if database["ENGINE"] == POSTGRESQL:
        # Each of the web server's threads keeps its connection for a minute. The primary's is
        # tested before reuse. A replica's is not: what breaks off is asked of the next one, and a
        # test of one that hangs would be followed by two seconds of connecting anew.
        database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
        database["CONN_HEALTH_CHECKS"] = name == PRIMARY

# What was drawn is kept in each process (`resources.pages.drawn`): 3 KB a card, 20 KB for filters.
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": most, "CULL_FREQUENCY": 10},
    }
    for name, most in {"default": 20_000, "filters": 1_000}.items()
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Curators ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "resources.Curator"
LOGIN_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Signing in, by django-allauth: password and second factor, or a passkey that is both.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "resources.admin.signing_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_SIGNUP_ENABLED = False  # an administrator invites
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever set a password has read the mail with its link
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords, where the key is a name at one address (`AccountAdapter`), and wrong codes,
    # where it is the account: whoever types codes knows its password. The count lives in the cache,
    # and so in each process of its own.
    "login_failed": "20/5m/ip,5/5m/key,50/d/key",
    "reset_password": "10/h/ip",
    "passkey": "40/5m/ip",  # looking counts as well: it begins a session
}

MFA_ADAPTER = "resources.admin.signing_in.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # codes of half a minute before and after: phones' clocks differ

# The one cookie of the public pages: numbers of resources, made when somebody begins a list.
LIST_COOKIE_NAME = "list"
# All others are for curators, at their desk only: a browser sends none of them to a public page.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day, in seconds
SESSION_IDLE_AGE = 2 * 60 * 60  # seconds without a request, after which a session ends
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 30  # seconds, after which nobody knows what became of a mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"directory@{PUBLIC_HOST or 'localhost'}"
)

# Who answers questions, and reports of what is unsafe; pages and security.txt name it.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")

# --- Words, dates, numbers -----------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["directory.formats"]
# Off: it would write the year 2,026. Amounts of money ask for their separator by themselves.
USE_THOUSAND_SEPARATOR = False

TIME_ZONE = env.str("TIME_ZONE", default="America/New_York")  # decides what "today" is
USE_TZ = True

FORMS_URLFIELD_ASSUME_HTTPS = True

# --- Static files --------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Open data -----------------------------------------------------------------------------------

# Where `manage.py publish_data` puts the editions, and /data/ hands them out from.
DATA_FOLDER = env.path("DATA_FOLDER", default=str(VAR_DIR / "data"))

# --- Backups -------------------------------------------------------------------------------------

# Where `manage.py backup` puts them: another disk, best of all. docs/restoring.md
BACKUP_FOLDER = env.path("BACKUP_FOLDER", default=str(VAR_DIR / "backups"))
# The public keys that they are encrypted to: age1…, or files of GPG public keys.
BACKUP_RECIPIENT = env.list("BACKUP_RECIPIENT", default=[])

# --- Safety --------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# Bytes of a request: a spreadsheet of 40 MiB with what a form puts around it.
MOST_SENT = 41 * 2**20

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
if IN_PRODUCTION:
    # A browser takes a cookie of such a name under https only, so that nobody on the way sets one.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Secure-sessionid", "__Secure-csrftoken"
    LIST_COOKIE_NAME = "__Host-list"
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [
    r"^healthz$",
    r"^readyz$",
    r"^metrics$",
]  # asked by machines behind the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IN_PRODUCTION else None
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 60 * 60) if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
# Browsers' built-in lists are for whoever owns the whole domain to ask for, not for one site on it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# --- The API -------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "UNAUTHENTICATED_USER": None,  # nobody is looked up: there is no session to look in
    "URL_FORMAT_OVERRIDE": None,  # `format` is a parameter of the lists
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Support Directory: open data in HSDS 3.2",
    "DESCRIPTION": "Read only, without a key. Data: CC BY 4.0.",
    "VERSION": "1.0",
    "OAS_VERSION": "3.1.1",
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # a test reads the description, warnings included
}

# --- Monitoring ----------------------------------------------------------------------------------

# Whoever sends this gets /metrics; empty: nobody does, and nothing is counted.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# --- Logs ----------------------------------------------------------------------------------------

# Work beside the web server: "manage.py db_worker" does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = private_config(env.str("LOG_LEVEL", default="WARNING"))
