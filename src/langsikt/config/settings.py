"""Django's settings: machines differ by an address, a port and a directory, never by a protection."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from langsikt.cli import home
from langsikt.config import database
from langsikt.config.quiet import LOGGING as LOGGING
from langsikt.config.signin import *  # noqa: F403
from langsikt.config.signin import SIGNIN_APPS, SIGNIN_MIDDLEWARE

PAGES = Path(__file__).resolve().parent.parent / "pages"
HOME = home.here().prepare()

DEBUG = False
SECRET_KEY = HOME.secret("secret_key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", *os.environ.get("LANGSIKT_HOSTS", "").replace(",", " ").split()]
INSTALLATION = "production"  # what the database must bear the mark of
# Who keeps the key-encryption keys: a class of one's own (docs/runbook.md, "Nycklar"), or the file named below.
LANGSIKT_KEY_SERVICE = os.environ.get("LANGSIKT_KEY_SERVICE") or "langsikt.access.key_file.KeyFile"
LANGSIKT_KEY_FILE = os.environ.get("LANGSIKT_KEY_FILE") or str(HOME.keys)
LANGSIKT_SHARES = os.environ.get("LANGSIKT_SHARES") or str(Path(LANGSIKT_KEY_FILE).parent / "shares")
LANGSIKT_SEAL_KEY_FILE = os.environ.get("LANGSIKT_SEAL_KEY_FILE") or str(HOME.seal_key)
ROOT_URLCONF = "langsikt.config.urls"
WSGI_APPLICATION = "langsikt.config.wsgi.application"
AUTH_USER_MODEL = "records.Staff"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = ["langsikt.records", "langsikt.pages", *SIGNIN_APPS, "csp", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "langsikt.config.quiet.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "langsikt.pages.middleware.NoStoreMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    *SIGNIN_MIDDLEWARE,
    "langsikt.pages.middleware.LanguageMiddleware",
    "langsikt.pages.middleware.ActorMiddleware",
]

DATABASES = {"default": database.settings()}

# Mail says one fixed sentence and nothing else; without a host nothing is sent, and notices are seen in the pages only.
EMAIL_HOST = os.environ.get("LANGSIKT_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("LANGSIKT_MAIL_PORT") or "587")
EMAIL_HOST_USER = os.environ.get("LANGSIKT_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LANGSIKT_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LANGSIKT_MAIL_TLS", "yes") != "no"
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = os.environ.get("LANGSIKT_MAIL_FROM") or "langsikt@localhost"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PAGES / "templates"],
        "APP_DIRS": True,
        # No auth processor: pages get a frozen actor, never a user (design, "Sign-in tables").
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "langsikt.pages.context.page",
            ]
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = HOME.static
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is uploaded, nothing lies on disk
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# Nothing leaves for another site. With "no-referrer" browsers send `Origin: null` and every form is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60  # sent over https only
X_FRAME_OPTIONS = "DENY"

# The longest honest form has some hundred fields; 100,000 characters of text must arrive to be answered kindly.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
