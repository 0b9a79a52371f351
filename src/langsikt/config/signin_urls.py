"""The addresses of sign-in: of allauth's routes only those in use, under Swedish nouns."""

from allauth.account.views import AccountInactiveView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from django.contrib.auth.decorators import login_required
from django.urls import path

from langsikt.pages import passkeys, signin

urlpatterns = [
    path("logga-in/", signin.SignInView.as_view(), name="account_login"),
    path("logga-in/stangt-konto/", AccountInactiveView.as_view(), name="account_inactive"),
    path("logga-in/bekrafta/", login_required(ReauthenticateView.as_view()), name="account_reauthenticate"),
    path("logga-ut/", signin.SignOutView.as_view(), name="account_logout"),
    path("losenord/", signin.ChangePasswordView.as_view(), name="account_change_password"),
    path("tvafaktor/", passkeys.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("tvafaktor/bekrafta/", ReauthenticateByCodeView.as_view(), name="mfa_reauthenticate"),
    path("tvafaktor/oversikt/", signin.OverviewView.as_view(), name="mfa_index"),
    path("tvafaktor/app/", signin.EnrolView.as_view(), name="mfa_activate_totp"),
    path("tvafaktor/passnyckel/", passkeys.AddPasskeyView.as_view(), name="mfa_add_passkey"),
    path("tvafaktor/passnyckel/bort/", passkeys.RemovePasskeyView.as_view(), name="mfa_remove_passkey"),
    path("tvafaktor/reservkoder/", signin.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("tvafaktor/reservkoder/nya/", signin.NewRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
]
