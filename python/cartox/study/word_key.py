"""Words and units as the models compare them (macros/terminology/word_key, macros/labs/unit_text)."""

import re

_LETTERS = str.maketrans("àáâãäåçèéêëìíîïñòóôõöøùúûüýÿšžµμ²³", "aaaaaaceeeeiiiinoooooouuuuyyszuu23")
_MICRO = str.maketrans("µμ", "uu")
_SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "%": "percent"}


def word_key(word: str) -> str:
    """Return a word in lower case, without accents, signs and blanks; a word of signs alone as it stands."""
    plain = word.lower().translate(_LETTERS)
    for sign, letters in _SPELLED.items():
        plain = plain.replace(sign, letters)
    return re.sub(r"[^a-z0-9]+", "", plain) or word


def unit_key(unit: str) -> str:
    """Return a unit in lower case, without blanks, either micro sign as u."""
    return "".join(unit.lower().translate(_MICRO).split())
