"""The languages that answers are worded in, as BCP 47 names them."""

from __future__ import annotations

from timeline import InvalidArticle, Language

LANGUAGES = tuple(language.value for language in Language)
"""The codes that a request may name."""


def language_of(code: str) -> Language:
    """Return the language of a BCP 47 code, English for none; a region is passed over. Raises InvalidArticle for others."""
    if not code:
        return Language.ENGLISH
    primary = code.replace("_", "-").partition("-")[0].lower()
    if primary not in LANGUAGES:
        raise InvalidArticle("language_code", f"{code!r} is no language of explanations: write one of {', '.join(LANGUAGES)}")
    return Language(primary)
