"""Refuses passwords that are one everyday Swedish word with digits around it: *Sommar2026!*."""

import re

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from langsikt.access.wording import spoken
from langsikt.model.texts import Text

TOO_EASY = Text(
    "Lösenordet är för lätt att gissa. Ta hellre tre eller fyra ord som inte hör ihop.",
    "The password is too easy to guess. Take three or four words that do not belong together.",
)
HELP = Text("Inte ett vardagligt ord med siffror efter.", "Not an everyday word with digits after it.")
WORDS = """
vår våren sommar sommaren höst hösten vinter vintern jul julafton midsommar påsk semester måndag tisdag onsdag torsdag
fredag lördag söndag januari februari mars april maj juni juli augusti september oktober november december lösenord
hemligt hemlighet välkommen hejhej hejsan inloggning stockholm sverige malmö göteborg hammarby djurgården socialtjänst
socialtjänsten socialförvaltningen stockholmsstad resursteam långsikt langsikt älskling kärlek familj
password welcome summer winter spring autumn qwerty qwertyuiop letmein
"""
EVERYDAY = frozenset(WORDS.split())


class GuessableWordValidator:
    """For AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError when the letters of the password are one everyday word, or one repeated."""
        letters = "".join(re.findall(r"[^\W\d_]", password.lower()))
        if not letters or any(letters == word * (len(letters) // len(word)) for word in EVERYDAY):
            raise ValidationError(spoken(TOO_EASY), code="password_everyday_word")

    def get_help_text(self) -> str:
        """The same in a line."""
        return spoken(HELP)
