"""The demo's settings with what the benches need: the bare page, and statements counted."""

from devtools.settings import *  # noqa: F403
from devtools.settings import MIDDLEWARE as USUAL

ROOT_URLCONF = "devtools.bench_urls"
MIDDLEWARE = ["devtools.bench_page.Counting", *USUAL]
