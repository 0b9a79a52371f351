"""The pages of passkeys: added and removed beside the app, and used in place of its code."""

from typing import Any, cast

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic.base import View
from django.views.generic.edit import FormView

from langsikt.access import passkey, second_factor, sessions
from langsikt.access.wording import spoken
from langsikt.model.texts import Text
from langsikt.pages.signin import sensitive

NOT_ADDED = Text("Passnyckeln blev inte tillagd. Försök igen.", "The passkey was not added. Try again.")
NOT_USED = Text(
    "Passnyckeln användes inte. Försök igen, eller skriv koden.",
    "The passkey was not used. Try again, or type the code.",
)


def _credential(said: Text) -> forms.JSONField:
    words = {"required": spoken(said), "invalid": spoken(said)}
    return forms.JSONField(widget=forms.HiddenInput, error_messages=words)


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What a passkey has signed at the sign-in; allauth records it as a second factor."""

    credential = _credential(NOT_USED)

    def clean_credential(self) -> Any:
        """The passkey, proved."""
        try:
            found = passkey.prove(context.request, self.user, self.cleaned_data["credential"], timezone.now())
        except second_factor.MustWait:
            raise get_account_adapter().validation_error("too_many_login_attempts") from None
        if found is None:
            raise forms.ValidationError(spoken(NOT_USED), code="incorrect_code")
        return found


class SecondFactorView(mfa.AuthenticateView):  # type: ignore[misc]
    """The code from the app, a recovery code, or a passkey for those who have one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = passkey.begin_proving(self.request, self.stage.login.user)
        return {"form": self.auth_form, "passkey_form": self.webauthn_form, "asked": asked, "view": self}


class AddForm(forms.Form):
    """The passkey that the browser has made."""

    credential = _credential(NOT_ADDED)


@method_decorator(sensitive, name="dispatch")
class AddPasskeyView(FormView):  # type: ignore[type-arg]
    """One passkey more, for somebody who has just shown who they are."""

    form_class = AddForm
    template_name = "mfa/add_passkey.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "asked": passkey.begin_adding(self.request, self.who())}

    def who(self) -> AbstractBaseUser:
        """Whoever has signed in; the view opens to nobody else."""
        return cast(AbstractBaseUser, self.request.user)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not passkey.add(self.request, self.who(), form.cleaned_data["credential"], timezone.now()):
            form.add_error("credential", spoken(NOT_ADDED))
            return self.form_invalid(form)
        self.request.session[sessions.NOTICE] = "new_passkey"
        return HttpResponseRedirect(str(self.success_url))


@method_decorator(sensitive, name="dispatch")
class RemovePasskeyView(View):
    """Takes a passkey away."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        passkey.remove(cast(AbstractBaseUser, request.user), request.POST.get("passkey", ""), timezone.now())
        request.session[sessions.NOTICE] = "no_passkey"
        return redirect("mfa_index")
