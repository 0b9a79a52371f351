"""The app for a web server; it is not there until the checks have passed."""

from django.core.wsgi import get_wsgi_application

from langsikt.config import ready

ready.set_up()
ready.check()
application = get_wsgi_application()
