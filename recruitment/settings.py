"""All settings, read from the environment once. A wrong value stops the start with one line and exit code 2.

Variables: DEBUG, SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, DATABASE_POOL, TRUST_PROXY, HSTS_DAYS, EMAIL_URL, EMAIL_FROM,
SITE_URL, DEMO_PASSWORD, SCAN_MB, SCAN_PAGES, SCAN_MEGAPIXELS, SCAN_DOSSIER_MB and, for the test suite only, TESTING. With
DEBUG=1 none of them is needed.
"""

import os
import re
import secrets
import tempfile
import warnings
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from recruitment.environment import development_key, flag, stop, whole

BASE_DIR = Path(__file__).resolve().parent.parent


DEBUG = flag("DEBUG")
TESTING = flag("TESTING")


# Who may reach us ------------------------------------------------------------------------------------


SECRET_KEY = os.environ.get("SECRET_KEY", "").strip()
if SECRET_KEY and not DEBUG and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    stop("SECRET_KEY", "quá ngắn hoặc quá đơn giản, cần một chuỗi ngẫu nhiên từ 50 ký tự trở lên")
if not SECRET_KEY:
    if not DEBUG:
        stop("SECRET_KEY", "còn trống, cần một chuỗi ngẫu nhiên từ 50 ký tự trở lên (bắt buộc khi DEBUG tắt)")
    SECRET_KEY = secrets.token_urlsafe(50) if TESTING else development_key(BASE_DIR)

ALLOWED_HOSTS = [host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
if not ALLOWED_HOSTS:
    if not DEBUG:
        stop(
            "ALLOWED_HOSTS",
            "còn trống, cần tên miền của máy chủ, cách nhau bằng dấu phẩy (bắt buộc khi DEBUG tắt)",
        )
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
if not all(
    re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]+\]", host) for host in ALLOWED_HOSTS
):
    stop("ALLOWED_HOSTS", "chỉ ghi tên miền hoặc địa chỉ IP, không kèm https://, cổng hay dấu *")

# Behind nginx (which must set X-Forwarded-Proto and X-Forwarded-For): believe what it says of the visitor.
TRUST_PROXY = flag("TRUST_PROXY")
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes ask the process itself, without TLS
SECURE_HSTS_SECONDS = 0 if DEBUG else int(timedelta(days=whole("HSTS_DAYS", 365, 1, 3650)).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation "
    "gyroscope magnetometer microphone midi payment usb".split()
}


# The house -------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "recruitment",
    "committees",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "recruitment.requestlog.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "committees.access.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "recruitment.signin.SessionLimits",
    "recruitment.signin.PasswordFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "recruitment.errors.Busy",
    "axes.middleware.AxesMiddleware",
]

# Papers say "uỷ" and "hoá" where the office writes the tone on the last letter, else "ủy" and "hóa".
TONE_ON_LAST = flag("TONE_ON_LAST")

ROOT_URLCONF = "recruitment.urls"
WSGI_APPLICATION = "recruitment.wsgi.application"
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
                "recruitment.context.page",
            ]
        },
    }
]
CSRF_FAILURE_VIEW = "recruitment.errors.csrf_failed"
DJANGO_TABLES2_TEMPLATE = "includes/table.html"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


# Where the data are ----------------------------------------------------------------------------------


def database() -> dict:
    """DATABASE_URL as Django wants it; an SQLite file in the checkout when it is unset."""
    url = os.environ.get("DATABASE_URL", "").strip() or f"sqlite:///{BASE_DIR / 'db.sqlite3'}"
    wanted = "cần sqlite:///tệp hoặc postgres://người-dùng:mật-khẩu@máy/cơ-sở-dữ-liệu"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            config = environ.Env.db_url_config(url)
    except ValueError:
        stop("DATABASE_URL", wanted)
    engine = config.get("ENGINE", "").rpartition(".")[2]
    if engine not in {"sqlite3", "postgresql"} or not config.get("NAME"):
        stop("DATABASE_URL", wanted)
    options = config.setdefault("OPTIONS", {})
    if engine == "sqlite3":
        # Without IMMEDIATE two writers lose each other's transactions to "database is locked".
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-20000;"
            "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364",
        }
        # Threads of a test must meet real locks, so a file; one a process, so two runs do not meet at all.
        config["TEST"] = {"NAME": Path(tempfile.gettempdir()) / f"recruitment-test-{os.getpid()}.sqlite3"}
    else:
        options.setdefault("options", "-c lock_timeout=20000")  # then the 503 page, as with SQLite's timeout
        if not TESTING:
            options["pool"] = {"min_size": 1, "max_size": whole("DATABASE_POOL", 8, 1, 100), "timeout": 20}
        config["CONN_HEALTH_CHECKS"] = True
    return config | {"ATOMIC_REQUESTS": False}  # the pen opens the transactions (committees/journal.py)


DATABASES = {"default": database()}


# Who signs in ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "committees.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = LOGOUT_REDIRECT_URL = "login"
LOGIN_REDIRECT_URL = "home"

SESSION_COOKIE_AGE = 8 * 60 * 60  # from sign-in, however busy: recruitment/signin.py holds the start
SESSION_IDLE_AGE = 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "recruitment.signin.locked"
AXES_CLIENT_IP_CALLABLE = "recruitment.signin.client_ip"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page promises 15 minutes
AXES_DISABLE_ACCESS_LOG = True  # the request log names who signed in; failures still count
AXES_VERBOSE = False

DEMO_PASSWORD = os.environ.get("DEMO_PASSWORD", "")
DEMO = False  # switched on by `demo` while it serves


# What leaves by e-mail, and where it leads back to ----------------------------------------------------


def mail() -> dict:
    """EMAIL_URL as Django wants it. Unset, a message is printed where `work` runs and leaves for nobody."""
    url = os.environ.get("EMAIL_URL", "").strip() or "consolemail://"
    wanted = "cần smtp+tls://người-dùng:mật-khẩu@máy:587, smtp+ssl://…, smtp://…, hoặc consolemail://"
    try:
        config = environ.Env.email_url_config(url)
    except (ValueError, environ.ImproperlyConfigured):
        stop("EMAIL_URL", wanted)
    if config["EMAIL_BACKEND"].endswith(".smtp.EmailBackend") and not config["EMAIL_HOST"]:
        stop("EMAIL_URL", wanted)
    return {name: value for name, value in config.items() if value is not None}


vars().update(mail())
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "").strip()
if not re.fullmatch(r"[^@\s<>,]+@[^@\s<>,]+", DEFAULT_FROM_EMAIL):
    if DEFAULT_FROM_EMAIL or EMAIL_BACKEND.endswith(".smtp.EmailBackend"):  # noqa: F821  of mail()
        stop("EMAIL_FROM", "cần địa chỉ người gửi, ví dụ phat-trien-dang-vien@example.vn")
    DEFAULT_FROM_EMAIL = "phat-trien-dang-vien@localhost"

# The site as a message names it: a worker serves no request that could tell.
SITE_URL = os.environ.get("SITE_URL", "").strip().rstrip("/")
if not SITE_URL:
    SITE_URL = "http://127.0.0.1:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
if not re.fullmatch(r"https?://[A-Za-z0-9.\[\]:-]+", SITE_URL):
    stop("SITE_URL", "cần địa chỉ của trang, ví dụ https://dang.example.vn")


# Words, days, numbers --------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "recruitment" / "locale"]
FORMAT_MODULE_PATH = ["recruitment.formats"]
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # on, it would group years and addresses too; filters group where wanted
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Said here, not left to settings.DEBUG: whoever serves with its pages off (the demo) still finds the sources.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG and not TESTING
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A page offers up to a thousand people to tick, and a large class has a few fields a learner.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Of scans: megabytes and pages of one, million dots of a picture, megabytes of all that lie in one folder.
SCAN_MB, SCAN_PAGES = whole("SCAN_MB", 10, 1, 20), whole("SCAN_PAGES", 30, 1, 200)
SCAN_MEGAPIXELS, SCAN_DOSSIER_MB = whole("SCAN_MEGAPIXELS", 25, 2, 60), whole("SCAN_DOSSIER_MB", 150, 5, 2000)
FILE_UPLOAD_HANDLERS = [
    "recruitment.imports.intake.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]


# What is written down about requests -----------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "faults": {"class": "logging.StreamHandler", "formatter": "line"},
        "requests": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["faults"], "level": "WARNING"},
    "loggers": {
        # Django's own request lines would repeat ours, and runserver's carry query strings.
        "django": {"handlers": ["faults"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["faults"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        "axes": {"handlers": ["faults"], "level": "ERROR", "propagate": False},
        "recruitment.request": {
            "handlers": ["nowhere" if TESTING else "requests"],
            "level": "INFO",
            "propagate": TESTING,
        },
    },
}

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
