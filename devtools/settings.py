"""The demo's settings: the app's own, with the made-up people's sign-in and the mark that says demo."""

from langsikt.config.settings import *  # noqa: F403
from langsikt.config.settings import INSTALLED_APPS as APPS

INSTALLATION = "demo"
INSTALLED_APPS = [*APPS, "devtools"]
ROOT_URLCONF = "devtools.urls"
