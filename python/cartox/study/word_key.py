"""A word as the models compare it (macros/terminology/word_key): what case, accents, signs and blanks do not tell apart."""

import re

_LETTERS = str.maketrans("àáâãäåçèéêëìíîïñòóôõöøùúûüýÿšžµμ²³", "aaaaaaceeeeiiiinoooooouuuuyyszuu23")
_SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "%": "percent"}


def word_key(word: str) -> str:
    """Return a word in lower case, without accents, signs and blanks; a word of signs alone as it stands."""
    plain = word.lower().translate(_LETTERS)
    for sign, letters in _SPELLED.items():
        plain = plain.replace(sign, letters)
    return re.sub(r"[^a-z0-9]+", "", plain) or word
