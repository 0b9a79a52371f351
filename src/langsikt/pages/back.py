"""Which page somebody comes back to after the sign-in: the one they were on, down to the field."""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

FIELD = re.compile(r"[a-z][a-z0-9_-]{0,60}")
# Pages that exist only as the answer to a form, and the page to come back to in their place.
INSTEAD = {
    "reveal": "case",
    "reveal_safety": "safety",
    "reveal_network": "network",
    "reveal_whereabouts": "whereabouts",
    "reveal_dwelling": "dwellings",
    "take_back": "my_day",
    "search": "cases",
    "find_place": "dwellings",
}


def left_from(request: HttpRequest) -> str:
    """The page that a form was sent from, with the field where the writing stopped; empty when it is not one of ours.

    The address holds references only, and no query.
    """
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return ""
    page = _page(came_from.path)
    field = request.POST.get("field", "")
    return f"{page}#{field}" if page and FIELD.fullmatch(field) else page


def _page(path: str) -> str:
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    name = found.url_name or ""
    if name.startswith(("account_", "mfa_")):
        return ""
    if name not in INSTEAD:
        return path
    kept = {key: value for key, value in found.kwargs.items() if key == "reference"}
    return reverse(INSTEAD[name], kwargs=kept)
