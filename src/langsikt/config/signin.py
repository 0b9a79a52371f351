"""The settings of sign-in: what proves who somebody is, how often they may fail, and how long they stay in."""

from datetime import timedelta

SIGNIN_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "allauth.account",  # without "allauth" itself: a page of ours that is missing must fail, never show theirs
    "allauth.mfa",
    "axes",
]
SIGNIN_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "langsikt.pages.signin_guards.SessionLimitsMiddleware",
    "langsikt.pages.signin_guards.EntranceMiddleware",
    "langsikt.pages.signin_guards.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: somebody who must wait is refused before the password is looked at
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "short_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "langsikt.access.password.GuessableWordValidator"},
]

# Sessions: on the server and encrypted; the idle time slides, the whole time does not.
SESSION_ENGINE = "langsikt.access.sessions"
SESSION_IDLE_AGE = 15 * 60
SESSION_WARN_AGE = 12 * 60  # then the page asks, politely, whether somebody is still there
SESSION_COOKIE_AGE = 10 * 60 * 60  # how long a row lies: SessionLimitsMiddleware must find it to say why it ended
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False  # an autosave must not keep a session alive; SessionLimitsMiddleware slides it
SESSION_COOKIE_NAME = "__Host-langsikt"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_PATH = "/"
SESSION_COOKIE_DOMAIN = None
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_PATH = "/"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "langsikt.pages.middleware.stale"

# Lockout: per person, never per address (rules D8); counted in the database, for password and code alike.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # 15 minutes are 15 minutes, whoever goes on trying
AXES_DISABLE_ACCESS_LOG = True  # the journal holds sign-ins
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "langsikt.access.lockout.mark_of"
AXES_CLIENT_IP_CALLABLE = "langsikt.access.lockout.no_address"
AXES_CLIENT_STR_CALLABLE = "langsikt.access.lockout.nobody"
AXES_SENSITIVE_PARAMETERS = ["login", "code", "oldpassword", "password1", "password2", "csrfmiddlewaretoken", "next"]
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # no AxesMiddleware: our own forms say that somebody must wait, with the text in both languages
    "axes.W006",  # no address among the lockout parameters: rules D8
]

ACCOUNT_ADAPTER = "langsikt.access.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # there is no sign-up; allauth checks that the two settings agree
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_PRESERVE_USERNAME_CASING = False  # user names are lower case, so one person has one count of failures
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_RATE_LIMITS = False  # allauth counts in a cache, per process and per address; axes counts instead
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 5 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_FORMS = {
    "login": "langsikt.pages.signin_forms.SignInForm",
    "reauthenticate": "langsikt.pages.signin_forms.ConfirmForm",
    "change_password": "langsikt.pages.signin_forms.ChangePasswordForm",
}

MFA_ADAPTER = "langsikt.access.signin.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # staff have no e-mail here
MFA_TOTP_ISSUER = "Långsikt"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 8
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "langsikt.pages.signin_forms.CodeForm",
    "authenticate_webauthn": "langsikt.pages.passkeys.PasskeyForm",
    "reauthenticate": "langsikt.pages.signin_forms.ConfirmCodeForm",
    "activate_totp": "langsikt.pages.signin_forms.EnrolForm",
}
