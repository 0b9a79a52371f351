"""The pages of sign-in: allauth's views, with what is kept of them and what happens around them."""

from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic.base import TemplateView
from django.views.generic.edit import FormView

from langsikt.access import passkey, second_factor, sessions, signin
from langsikt.model.texts import Text
from langsikt.pages.back import left_from
from langsikt.pages.signin_guards import forgetting

NOTICES = {
    "idle": Text(
        "Du loggades ut efter 15 minuter utan att något hände. Dina utkast finns kvar.",
        "You were signed out after 15 minutes without activity. Your drafts are kept.",
    ),
    "whole": Text(
        "Du loggades ut efter 10 timmar. Dina utkast finns kvar.",
        "You were signed out after 10 hours. Your drafts are kept.",
    ),
    "new_password": Text("Lösenordet är bytt.", "The password is changed."),
    "new_app": Text("Appen är bytt.", "The app is changed."),
    "new_passkey": Text("Passnyckeln är tillagd.", "The passkey is added."),
    "no_passkey": Text("Passnyckeln är borttagen.", "The passkey is removed."),
    "ended": Text("Du är utloggad där.", "You are signed out there."),
}
sensitive = [login_required, reauthentication_required(app="allauth.mfa"), never_cache]


def notice(request: HttpRequest) -> dict[str, Any]:
    """What has just happened, said once."""
    said = NOTICES.get(request.session.pop(sessions.NOTICE, ""))
    return {"messages_list": [said]} if said else {}


def in_fours(key: str) -> str:
    """A key that can be read aloud, and breaks across lines."""
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


class SignInView(account.LoginView):  # type: ignore[misc]
    """User name and password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **notice(self.request)}


@method_decorator(never_cache, name="dispatch")
class SignOutView(account.LogoutView):  # type: ignore[misc]
    """Ends the session, or a sign-in that was begun; the browser forgets what it has seen.

    *Lås* and the idle time end here too: the same person comes back to the page and the field.
    """

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.request.user.is_authenticated:
            why = "idle" if self.request.POST.get("why") == "idle" else "ok"
            signin.leave(self.request, why, left_from(self.request))
            if why == "idle":
                self.request.session[sessions.NOTICE] = why
        response: HttpResponse = forgetting(super().post(*args, **kwargs))
        return response


@method_decorator(sensitive, name="dispatch")
class EnrolView(totp.ActivateTOTPView):  # type: ignore[misc]
    """The app that shows codes: the first, or a new one in place of the old."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Without allauth's way out to a page that removes the second factor."""
        return FormView.dispatch(self, request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "key": in_fours(context["form"].secret), "replacing": self.replacing()}

    def replacing(self) -> bool:
        """Whether there is an app already."""
        return second_factor.enrolled(self.request.user)

    def form_valid(self, form: Form) -> HttpResponseRedirect:
        replacing = self.replacing()
        code, secret = form.cleaned_data["code"], form.secret  # type: ignore[attr-defined]
        second_factor.enrol(self.request, self.request.user, secret, code, timezone.now())
        if replacing:
            self.request.session[sessions.NOTICE] = "new_app"
        return redirect("mfa_index" if replacing else "mfa_view_recovery_codes")


@method_decorator([login_required, never_cache], name="dispatch")
class RecoveryCodesView(recovery_codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes, shown once, right after they were made, to be written down and sealed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not second_factor.may_see_codes(self.request):
            return TemplateView.get_context_data(self, **kwargs)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context


@method_decorator(sensitive, name="dispatch")
class NewRecoveryCodesView(recovery_codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes; the old ones stop working."""

    def form_valid(self, form: Form) -> HttpResponse:
        signin.write(self.request, "ok", self.request.user.pk, "new_recovery_codes")
        response: HttpResponse = super().form_valid(form)
        return response


@method_decorator([login_required, never_cache], name="dispatch")
class OverviewView(mfa.IndexView):  # type: ignore[misc]
    """How I sign in: password, app and recovery codes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        codes = context["authenticators"].get("recovery_codes")
        left = len(codes.get_unused_codes()) if codes else 0
        places = sessions.open_of(self.request.user.pk, timezone.now())
        here = sessions.row_of(self.request.session.session_key or "")
        more = {"codes_left": left, "places": places, "here": here, "passkeys": passkey.of(self.request.user)}
        return {**context, **notice(self.request), **more}


@method_decorator([login_required, never_cache], name="dispatch")
class ChangePasswordView(account.PasswordChangeView):  # type: ignore[misc]
    """A new password."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.request.session[sessions.NOTICE] = "new_password"
        return response

    def get_default_success_url(self) -> str:
        return reverse("mfa_index")
