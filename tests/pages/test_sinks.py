"""The search itself: a word is found in every shape it may lie in; letters that only resemble it are not the word."""

import base64
import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages import sinks

WORDS = ("Zebrina", "Sälgpipa", "Trollsländegränd 9", "070-174 06 55")


@given(word=st.sampled_from(WORDS), before=st.binary(max_size=9), after=st.binary(max_size=9))
def test_a_word_inside_base64_is_found_wherever_it_begins(word: str, before: bytes, after: bytes) -> None:
    assert sinks.found_in(b"x" + base64.b64encode(before + word.encode() + after) + b"x", [word]) == [word]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_found_as_a_page_an_address_json_or_a_column_holds_it(word: str) -> None:
    shapes = [word, word.lower(), quote(word), json.dumps(word), html.escape(word), word.encode().hex()]
    for shape in shapes:
        assert sinks.found_in(f"<{shape}>".encode(), [word]) == [word], shape


def test_letters_that_only_resemble_its_base64_are_not_the_word() -> None:
    """Four letters in whatever case lie in every few megabytes of ciphertext."""
    coded = base64.b64encode(b"\0Zebrina")[2:10]
    assert sinks.found_in(coded[:5], ["Zebrina"]) == [] == sinks.found_in(coded.swapcase(), ["Zebrina"])
