"""The demo's addresses: the app's own, and the choice of role."""

from django.urls import path

from devtools import signin
from langsikt.config import urls
from langsikt.config.urls import *  # noqa: F403 - the pages for faults

urlpatterns = [
    path("demo/", signin.choose, name="demo_signin"),
    path("logga-in/", signin.DemoSignInView.as_view(), name="account_login"),
    *urls.urlpatterns,
]
