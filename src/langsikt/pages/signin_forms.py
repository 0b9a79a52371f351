"""The forms of sign-in: allauth's, with our words, our count of failures and our second factor."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from langsikt.access import second_factor
from langsikt.access.wording import spoken
from langsikt.model.texts import Text

LONGEST = 256
USERNAME = Text("Användarnamn", "User name")
PASSWORD = Text("Lösenord", "Password")
OLD_PASSWORD = Text("Lösenordet du har nu", "The password you have now")
NEW_PASSWORD = Text("Nytt lösenord", "New password")
NEW_PASSWORD_HELP = Text(
    "Minst 12 tecken. Tre eller fyra ord som inte hör ihop är lätta att minnas och svåra att gissa.",
    "At least 12 characters. Three or four words that do not belong together are easy to remember and hard to guess.",
)
NEW_PASSWORD_AGAIN = Text("Nytt lösenord en gång till", "New password once more")
NOT_THE_SAME = Text("De två nya lösenorden är olika. Skriv dem igen.", "The two new passwords differ. Type them again.")
CODE = Text("Kod", "Code")
APP_CODE = Text("Koden som appen visar", "The code that the app shows")
CODE_HELP = Text(
    "Sex siffror från appen i telefonen, eller en reservkod med åtta siffror.",
    "Six digits from the app on your phone, or a recovery code of eight digits.",
)
APP_CODE_HELP = Text("Sex siffror.", "Six digits.")
MISSING = {
    "login": Text("Skriv ditt användarnamn.", "Type your user name."),
    "password": Text("Skriv ditt lösenord.", "Type your password."),
    "oldpassword": Text("Skriv lösenordet du har nu.", "Type the password you have now."),
    "password1": Text("Skriv ett nytt lösenord.", "Type a new password."),
    "password2": Text("Skriv det nya lösenordet en gång till.", "Type the new password once more."),
    "code": Text("Skriv koden.", "Type the code."),
}
TOO_LONG = Text("Det är för långt. Skriv högst {limit} tecken.", "That is too long. Type at most {limit} characters.")


class SignInForm(account.LoginForm):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["login"], "login", USERNAME, autocapitalize="none", spellcheck="false")
        describe(self.fields["password"], "password", PASSWORD)


class ConfirmForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["password"], "password", PASSWORD)


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """A new password; a wrong old one counts as a failed sign-in does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["oldpassword"], "oldpassword", OLD_PASSWORD)
        describe(self.fields["password1"], "password1", NEW_PASSWORD, NEW_PASSWORD_HELP)
        describe(self.fields["password2"], "password2", NEW_PASSWORD_AGAIN)

    def clean_oldpassword(self) -> str:
        """The password they have, tried through the door that counts."""
        password = str(self.cleaned_data["oldpassword"])
        if not get_account_adapter().reauthenticate(self.user, password):
            raise get_account_adapter().validation_error("enter_current_password")
        return password

    def clean(self) -> dict[str, Any]:
        """Both new passwords are the same."""
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", forms.ValidationError(spoken(NOT_THE_SAME), code="password_mismatch"))
        return cleaned


class _Code(mfa.BaseAuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["code"], "code", CODE, CODE_HELP, inputmode="numeric")

    def clean_code(self) -> str:
        """The code, spent."""
        code = str(self.cleaned_data["code"])
        try:
            self.authenticator = second_factor.prove(context.request, self.user, code, timezone.now())
        except second_factor.MustWait:
            raise get_account_adapter().validation_error("too_many_login_attempts") from None
        if self.authenticator is None:
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_Code, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second factor at sign-in."""


class ConfirmCodeForm(_Code, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The second factor once more, before something sensitive."""


class EnrolForm(ActivateTOTPForm):  # type: ignore[misc]
    """A code that shows that the app has got the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["code"], "code", APP_CODE, APP_CODE_HELP, inputmode="numeric")


def describe(field: forms.Field, name: str, label: Text, help_text: Text | None = None, **attributes: str) -> None:
    """Gives a field of allauth our words; no placeholder, which vanishes when it is needed."""
    field.label, field.help_text = spoken(label), spoken(help_text) if help_text else ""
    field.error_messages["required"] = spoken(MISSING[name])
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)
    longest = getattr(field, "max_length", None) or LONGEST
    field.validators = [known for known in field.validators if not isinstance(known, MaxLengthValidator)]
    field.validators.append(MaxLengthValidator(longest, spoken(TOO_LONG.filled(limit=longest))))
