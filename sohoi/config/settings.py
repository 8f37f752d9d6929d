"""All settings, one file; values come from the environment through three small functions.

Every variable read here stands in docs/install.md (a test compares the two).
"""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from sohoi.config.rooms import DOORS, LANDING

ROOT = Path(__file__).resolve().parent.parent.parent


def env_text(name: str, default: str = "") -> str:
    """The variable's text, or the default when it is not set."""
    return os.environ.get(name, default)


def env_flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on in any case; the default when not set."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def env_secret(name: str, file: Path) -> str:
    """The variable, or a random secret made once and kept in a file that only this user reads."""
    value = os.environ.get(name)
    if value:
        return value
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(os.urandom(48).hex())
    return file.read_text()


def database(url: str) -> dict[str, object]:
    """Django's settings for postgresql://user:password@host:port/name or …/name?host=/socket/folder."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    host = query.get("host", [unquote(parts.hostname or "")])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "sohoi",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.get("port", [""])[0]),
        "CONN_MAX_AGE": int(env_text("SOHOI_KEEP_CONNECTIONS", "0")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": 1_000_000},  # prepared is what asks to be (sohoi.statements)
        "TEST": {"NAME": env_text("SOHOI_TEST_DATABASE") or None},
    }


SECRET_KEY = env_secret("SOHOI_SECRET_KEY", ROOT / ".data" / "secret-key")
SEAL_KEY = env_secret("SOHOI_SEAL_KEY", ROOT / ".data" / "seal-key")
DEBUG = env_flag("SOHOI_DEBUG")
HTTPS = env_flag("SOHOI_HTTPS")
ALLOWED_HOSTS = env_text("SOHOI_ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
DATABASES = {"default": database(env_text("DATABASE_URL", "postgresql:///sohoi"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    *[f"sohoi.{room}" for room in [*LANDING, *DOORS]],
    "sohoi.desk",
    "sohoi.reports",
    "sohoi.work",
    "sohoi.goals",
    "sohoi.figures",
    "sohoi.ledger",
    "sohoi.people",
    "sohoi.rights",
    "sohoi.units",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sohoi.desk.shell.PageHeaders",
    "allauth.account.middleware.AccountMiddleware",
    "sohoi.desk.first_password.OwnPasswordFirst",
]

ROOT_URLCONF = "sohoi.config.urls"
WSGI_APPLICATION = "sohoi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sohoi.desk.shell.menu",
            ],
        },
    },
]

AUTH_USER_MODEL = "rights.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "sohoi.desk.shell.ClosedDoor"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # behind the proxy everybody would share one address
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "static-collected"
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env_flag("SOHOI_HASHED_STATIC")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000  # a section merged from a hundred reports is saved at once, line by line
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # the page says itself that it takes fewer
FILE_UPLOAD_MAX_MEMORY_SIZE = 11_000_000  # a list of people is not left in a folder for passing files
REVEALS_A_DAY = int(env_text("SOHOI_REVEALS_A_DAY", "50"))
NUMBER_CHECKS_A_DAY = int(env_text("SOHOI_NUMBER_CHECKS_A_DAY", "30"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_rows": {"()": "sohoi.logs.WithoutRows"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["without_rows"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {  # all through the one handler
        "django": {"handlers": [], "level": "INFO" if DEBUG else "ERROR"},
        "sohoi.people.write.retention": {"level": "INFO"},  # whom it erased, by the number of her card
    },
}
FORM_FOLDERS = list(filter(None, env_text("SOHOI_FORM_FOLDERS").split(":")))  # a province's own forms
PUBLIC_ADDRESS = env_text("SOHOI_PUBLIC_ADDRESS", "http://localhost:8000").rstrip("/")  # in the QR of signed papers
