"""The class of every stored field (security 4.1): our own tables, and those of the libraries."""

from typing import Any

from langsikt.model.load import METHOD

INHERITED = {"event": 1, "case": 1}

# Tables of libraries in use: what they hold, and why that is right.
LIBRARY_TABLES = {
    "django_session": ({"session_key": 1, "session_data": 2, "expire_date": 1}, "encrypted by access.sessions"),
    "django_content_type": ({"id": 0, "app_label": 0, "model": 0}, "names of tables"),
    "django_migrations": ({"id": 0, "app": 0, "name": 0, "applied": 0}, "names of migrations"),
    "auth_permission": ({"id": 0, "name": 0, "content_type": 0, "codename": 0}, "unused, empty of people"),
    "auth_group": ({"id": 0, "name": 0}, "unused"),
    "auth_group_permissions": ({"id": 0, "group": 0, "permission": 0}, "unused"),
    "account_emailaddress": (
        {"id": 1, "user": 1, "email": 1, "verified": 1, "primary": 1},
        "unused, staff have no e-mail here",
    ),
    "account_emailconfirmation": ({"id": 1, "email_address": 1, "created": 1, "sent": 1, "key": 1}, "unused"),
    "mfa_authenticator": (
        {"id": 1, "user": 1, "type": 1, "data": 2, "created_at": 1, "last_used_at": 1},
        "secrets encrypted by access.signin",
    ),
    "axes_accessattempt": ("staff user names and times of failed sign-ins", "lockout per person"),
    "axes_accessattemptexpiration": ("when a lockout ends", "lockout per person"),
    "axes_accessfailurelog": ("staff user names and times of failed sign-ins", "lockout per person"),
    "axes_accesslog": ("staff user names and times of sign-ins", "lockout per person"),
}


def klass_of(model: Any, field: str) -> int:
    """The class of ``model.field``: its own word, else that of the field of the method.

    Raises KeyError when nobody has said it: an unclassified field stops the build.
    """
    for known in (model.KLASS, INHERITED):
        if field in known:
            return int(known[field])
    return METHOD.fields[field].klass
