"""How gunicorn runs the app: two workers with threads, loaded once, no access log."""

import os

bind = f"localhost:{os.environ.get('LANGSIKT_PORT') or '8000'}"
workers = 2
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 10
preload_app = True  # the checks of wsgi.py run before anybody is served, and a refusal ends gunicorn itself
accesslog = None
loglevel = "error"
logger_class = "langsikt.config.quiet.QuietGunicorn"
control_socket_disable = True
