"""The demo's addresses, and the bare page that pages are compared with."""

from django.urls import path

from devtools import bench_page
from devtools.urls import *  # noqa: F403 - the pages for faults
from devtools.urls import urlpatterns as usual

urlpatterns = [path("bench/<int:size>/", bench_page.bare, name="bench"), *usual]
