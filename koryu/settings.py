"""How one installation of Koryu is set up: everything comes from the environment, and everything has a default.

================  =====================================================  ======================================
KORYU_HOME        folder for the database, keys, collected static files  `.koryu` in the current folder
KORYU_DATABASE    address of a PostgreSQL database, `postgresql://…`     SQLite, koryu.sqlite3 in KORYU_HOME
KORYU_SECRET_KEY  what Django signs with                                 made once, kept in KORYU_HOME/secret
KORYU_ADDRESS     where readers find this server                         http://127.0.0.1:8000
KORYU_HOSTS       host names answered to, separated by commas            the host of KORYU_ADDRESS, localhost
KORYU_PROXY       proxies in front: addresses, networks, with commas     none: nobody is believed
KORYU_CONTACT     whom to write to: `mailto:…` or `https://…`            nobody
KORYU_NAMES       authority of the URIs minted here, `example.org,2026`  the host of KORYU_ADDRESS and 2026
KORYU_PRACTICE    1 for a practice area: every page says that it is one  off
KORYU_MAIL        address of a mail server, `smtp://user:word@host:587`  none: notices are sent by hand
KORYU_MAIL_FROM   the address that notices come from                     the mail server's user
KORYU_MAIL_AUTO   1 when notices are sent by themselves                  off: a person reads and sends them
KORYU_OIDC        file of sign-in providers (JSON; see the how-to)       none: password and second factor
KORYU_LOG         1 for one line of JSON a request and a round           off
KORYU_DEBUG       1 while developing: pages of errors, files unhashed    off
================  =====================================================  ======================================
"""

import json
import os
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from koryu.values.servers import own_address, trusted_proxies

Read = TypeVar("Read")


def understood(read: Callable[[str], Read], written: str) -> Read:
    """What is read of a setting. Raises ImproperlyConfigured with the sentence of what cannot be read."""
    try:
        return read(written)
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from error


def database(address: str, *, home: Path) -> dict[str, Any]:
    """Django's settings for the database at `address`, or for SQLite in `home` when it is empty.

    Raises ImproperlyConfigured with one sentence for an address that is not PostgreSQL's.
    """
    if not address:
        return sqlite(home)
    if not address.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured("KORYU_DATABASE: expected an address like postgresql://…, or nothing for SQLite.")
    return postgresql(address)


def sqlite(home: Path) -> dict[str, Any]:
    """SQLite such that several processes may write: each waits for its turn instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "koryu.sqlite3",
        "OPTIONS": {
            # A transaction that begins by reading and then writes cannot wait its turn; one begun as a writer can.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        },
        # A file, not memory: threads and processes of a test then meet the same locks as in real life.
        "TEST": {"NAME": home / "test.sqlite3"},
    }


def postgresql(address: str) -> dict[str, Any]:
    """PostgreSQL at a libpq address, with a pool of connections in each process.

    Raises ImproperlyConfigured with one sentence for an address that is none, or where the driver is not installed.
    """
    try:
        import psycopg_pool  # noqa: F401 -- Django asks for it only when it connects
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise ImproperlyConfigured(
            "KORYU_DATABASE: the driver for PostgreSQL is not installed: pip install 'koryu[postgresql]'."
        ) from error

    try:
        parts = conninfo_to_dict(address)
    except ProgrammingError as error:
        raise ImproperlyConfigured("KORYU_DATABASE: this is not an address of a PostgreSQL database.") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        # Who asks while the database is away is told so after a few seconds; a connection that was lost is found out
        # before it is used again.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": "4", **parts, "pool": {"min_size": 1, "max_size": 8, "timeout": 5}},
    }


def mail(address: str) -> dict[str, Any]:
    """Django's settings for the mail server at `address`; empty without one.

    `smtps://` is encrypted from the start. `smtp://` turns to encryption before it tells a password, and without a user
    is taken for a relay inside the house. Raises ImproperlyConfigured with one sentence for any other address.
    """
    if not address:
        return {}
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured("KORYU_MAIL: expected an address like smtp://user:password@mail.example.org:587.")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if secure else 587 if parts.username else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and bool(parts.username),
    }


def sign_in_providers(file: str) -> list[dict[str, Any]]:
    """allauth's settings for the providers of OpenID Connect that a JSON file lists; empty without a file.

    Raises ImproperlyConfigured with one sentence that says what was expected.
    """
    if not file:
        return []
    try:
        listed = json.loads(Path(file).read_text(encoding="utf-8"))
        return [
            {
                "provider_id": provider["id"],
                "name": provider["name"],
                "client_id": provider["client_id"],
                "secret": provider.get("secret", ""),
                "institutions": names_listed(provider["institutions"]),
                "operators": provider.get("operators") is True,
                "settings": {"server_url": provider["server"]},
            }
            for provider in listed
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(
            f"KORYU_OIDC: {file}: expected a JSON list of providers, each with id, name, server, client_id, secret and "
            "institutions (a list of the institutions whose people it knows, like institution/ndl)."
        ) from error


def names_listed(given: object) -> list[str]:
    """A list of names with at least one in it. Raises ValueError for anything else."""
    if isinstance(given, list) and given and all(isinstance(name, str) and name.strip() for name in given):
        return [name.strip() for name in given]
    raise ValueError


def secret_key(home: Path) -> str:
    """The key kept in `home`, made at the first call; only its owner can read it, or anything else in there.

    Raises ImproperlyConfigured with one sentence when nothing can be kept in `home`.
    """
    kept = home / "secret"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not kept.exists():
            keep(secrets.token_urlsafe(48), kept)
        return kept.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(f"KORYU_HOME: nothing can be kept in {home}: {error.strerror}.") from error


def keep(secret: str, file: Path) -> None:
    """Write a secret such that no other process ever finds the file half written; whoever is first wins."""
    half = file.with_name(f"{file.name}.{os.getpid()}")
    with open(half, "x", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)) as opened:
        opened.write(secret)
    try:
        os.link(half, file)
    except FileExistsError:
        pass
    finally:
        half.unlink()


PACKAGE = Path(__file__).parent
HOME = Path(os.environ.get("KORYU_HOME") or ".koryu").resolve()
ADDRESS = understood(own_address, os.environ.get("KORYU_ADDRESS") or "http://127.0.0.1:8000")
ENCRYPTED = ADDRESS.startswith("https:")
PROXIES = understood(trusted_proxies, os.environ.get("KORYU_PROXY", ""))
LOG = os.environ.get("KORYU_LOG", "") not in ("", "0")

NAMES = os.environ.get("KORYU_NAMES") or f"{urlsplit(ADDRESS).hostname},2026"
PRACTICE = os.environ.get("KORYU_PRACTICE", "") not in ("", "0")
CONTACT = os.environ.get("KORYU_CONTACT", "")
DEBUG = os.environ.get("KORYU_DEBUG", "") not in ("", "0")
SECRET_KEY = os.environ.get("KORYU_SECRET_KEY") or secret_key(HOME)
ALLOWED_HOSTS = [
    host
    for host in (os.environ.get("KORYU_HOSTS") or f"{urlsplit(ADDRESS).hostname},localhost,127.0.0.1,[::1]").split(",")
    if host
]
DATABASES = {"default": database(os.environ.get("KORYU_DATABASE", ""), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "koryu",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "koryu.gateway.hidden_secrets.KeepsSecrets",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "koryu.desk.middleware.DeskLanguage",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "koryu.public.pages.not_found.OfANewerKoryu",
    "axes.middleware.AxesMiddleware",
    "koryu.gateway.lost_database.SaysWhenAway",
]
ROOT_URLCONF = "koryu.urls"
WSGI_APPLICATION = "koryu.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "environment": "koryu.jinja.environment",
            "context_processors": ["koryu.desk.render.frame"],
        },
    },
    # What allauth shows and we have no page of our own for: plain texts of its mails.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]

# The language of a page is in its address, so no middleware chooses one.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ja", "日本語"), ("zh-hans", "简体中文"), ("ko", "한국어")]
TIME_ZONE = "UTC"
USE_TZ = True

# Signing in, for the desk alone: the public pages neither set nor read a cookie, and bear no sign of who reads them.
AUTH_USER_MODEL = "koryu.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "koryu.desk.account.backend.OneStatement",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "koryu.desk.account.adapters.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/desk/account/login/"
LOGIN_REDIRECT_URL = "/desk/"
SESSION_COOKIE_AGE = 12 * 60 * 60
# The cookies of the practice area, which answers at another port of the same host, have names of their own.
SESSION_COOKIE_NAME = "koryu-practice-session" if PRACTICE else "koryu-session"
CSRF_COOKIE_NAME = "koryu-practice-form" if PRACTICE else "koryu-form"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/desk/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENCRYPTED
# A proxy may pass on another host or scheme than the browser asked for; a form of a page found here is still ours.
CSRF_TRUSTED_ORIGINS = [ADDRESS]
# Two years, as the lists of browsers ask (RFC 6797). Not for hosts beneath ours: they are not ours to decide on.
SECURE_HSTS_SECONDS = 63_072_000 if ENCRYPTED else 0
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "koryu.desk.system.error_pages.form_not_ours"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "koryu.desk.account.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Wrong passwords are counted by axes alone; allauth counts the wrong codes of second factors.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key"}
MFA_ADAPTER = "koryu.desk.account.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Koryu"

# Signing in elsewhere, where a file of providers says so. Whoever comes from there is one of those entered here.
SOCIALACCOUNT_ADAPTER = "koryu.desk.account.adapters.FromElsewhere"
# A link, not a form: the browser would keep a form from leading to another host, as our own pages ask it to.
SOCIALACCOUNT_LOGIN_ON_GET = True
SIGN_IN_PROVIDERS = sign_in_providers(os.environ.get("KORYU_OIDC", ""))
if SIGN_IN_PROVIDERS:
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
    _APPS = [
        {name: provider[name] for name in provider if name not in ("institutions", "operators")}
        for provider in SIGN_IN_PROVIDERS
    ]
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": _APPS, "OAUTH_PKCE_ENABLED": True}}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "koryu.desk.account.adapters.username_tried"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "koryu.desk.system.error_pages.locked_out"
AXES_VERBOSE = False
# Who signed in when is nobody's business; only what failed is counted, and forgotten after a while.
AXES_DISABLE_ACCESS_LOG = True

# Notices are read and sent by a person, unless they are to be sent by themselves. Without a mail server nothing is.
_MAIL = mail(os.environ.get("KORYU_MAIL", ""))
MAIL = bool(_MAIL)
MAIL_AUTO = MAIL and os.environ.get("KORYU_MAIL_AUTO", "") not in ("", "0")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = _MAIL.get("EMAIL_HOST", "")
EMAIL_PORT = _MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = _MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("KORYU_MAIL_FROM") or EMAIL_HOST_USER or f"koryu@{urlsplit(ADDRESS).hostname}"

# A letter or a scan, and no more than that: what is typed is small.
FILE_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    }
}
WHITENOISE_USE_FINDERS = DEBUG

# Nothing comes from another host, nothing runs or styles from inside a page, and no other page frames ours.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],
        "manifest-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "koryu.gateway.hidden_secrets.HidesSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # What it says again and again while the database is away, each request is answered with.
        "psycopg.pool": {"level": "ERROR"},
        # A reader's wrong address is not the operator's trouble.
        "django.request": {"level": "ERROR"},
    },
}
