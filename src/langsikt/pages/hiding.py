"""What a page shows for a while is hidden again when the time is out, also without JavaScript and with nobody there."""

from datetime import datetime

from django.http import HttpResponse


def hidden_again(response: HttpResponse, until: datetime, now: datetime, page: str) -> HttpResponse:
    """The response with the word to its browser to load ``page``, where it is hidden, at ``until`` (rules B3.1)."""
    response["Refresh"] = f"{int((until - now).total_seconds())}; url={page}"
    return response
