"""How the laboratory's texts are written, as patterns that Python's `re` and Polars read alike: over folded texts."""

import re

BLANKS = " \t\n\f\r"
ROUND_CELLS = BLANKS + "\u00a0\u2007\u202f\ufeff"
"""What is taken from round a cell: no-break spaces too."""

MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]([01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?)?$"
"""A moment as the contract writes it; whether there is such a moment is another question."""

_LESS = (
    "less than|below|under|kleiner(?: als| dan)?|unter|minder dan|lager dan"
    "|inf[eé]rieure? [aà]|inferiore? a|minore di|menor (?:de|que)"
)
_MORE = (
    "greater than|more than|above|over|gr(?:ö|oe)(?:ß|ss)er(?: als)?|über|ueber|groter dan|meer dan|hoger dan"
    "|sup[eé]rieure? [aà]|superiore? a|maggiore di|mayor (?:de|que)"
)
SIGNS = (
    (r"^(less than or equal to|=<|≤) *", "<="),
    (r"^(greater than or equal to|=>|≥) *", ">="),
    (rf"^({_LESS}) *", "<"),
    (rf"^({_MORE}) *", ">"),
)
"""Words and signs of comparison before a number, in the order in which they are replaced."""
BLANK_AFTER_SIGN = r"^([<>]=?) +"
EQUALS = r"^= *"
COMPARATOR = r"^([<>]=?)"

NUMBER = r"^[+-]?([0-9]{1,30}([.][0-9]*)?|[.][0-9]+)(e[+-]?[0-9]{1,2})?$"
WITH_THOUSANDS = r"^[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+([.][0-9]*)?$"
RANGE = r"^[0-9.,]+ ?(-|–|to) ?[0-9.,]+$"

_UNIT = r"(x? ?10 ?[*^e] ?[0-9]+ ?/ ?[a-zµμ0-9]+|[a-zµμ%/{\[][^ (),;]*(?: ?/ ?[^ (),;]+)?)??"
_MARKS = r"(?:[(\[]?(?:hh?|ll?)\b[)\]]?|[*!]| )*"
RESULT = (
    r"^(?:[<>]=?)? ?((?:[+-]?[0-9](?:[0-9.,]*[0-9])?[.]?|[+-]?[.][0-9]+)(?:e[+-]?[0-9]{1,2})?) ?"
    + _MARKS
    + _UNIT
    + _MARKS
    + r"(?:[,;:(\[ -]*(?:(?:slight|mild|moderate|gross)(?:ly)? +|specimen +|sample +)*"
    r"(?:ha?emoly|lipa?emi|icter|h-? ?index).*)?$"
)
"""The number of a result and the unit behind it."""

LIMIT = (
    r"^[(\[]? ?(?:[0-9](?:[0-9.,]*[0-9])? ?(?:-|–|to|bis) ?|<=? ?|(?:up to|bis) ?)?([0-9](?:[0-9.,]*[0-9])?) ?[)\]]? ?"
    + _UNIT
    + "$"
)
"""The number of an upper limit and the unit behind it."""

_INDEX = r"(?:(?:H|HEMOLYSIS|HEMOLYTIC)(?:/INTERFERENCE)*[ -]?INDEX|INDEX SOMEHOW[ \x27’]?HEMOLYSIS)"
_FOUND = r"(?:HEMOLYSIS|HEMOLYTIC|CLOT)"
_GAP = r"[ \x27’-]+"
_MINUS = r"[(\[]-[)\]]|-(?: ?[.,;)/|]| ?$)"
_NOTHING = r"[(\[]?(?:NONE|FREE|NOT(?: (?:FOUND|SOMEHOW))?)[)\]]? ?(?:[.,;(/|]|$)"
_ZERO = r"[(\[]?0+(?:[.]0+)?(?: ?mg/dl)?(?:$|[^0-9.,+a-z-]|[.,](?:$|[^0-9]))"


def _of_concepts(pattern: str) -> str:
    """Return a pattern over marked texts: the concept of a word stands in capitals before it."""
    return re.sub(r"[A-Z]+", r"\g<0>[a-z]*", pattern)


HEMOLYSIS_INDEX = _of_concepts(
    rf"{_INDEX} ?[:=]? ?([0-9]+(?:[.][0-9]+)?)[^0-9]{{0,20}}?(?:LIMIT|NORMAL|<=?|≤)[^0-9]{{0,12}}(?:[0-9.]+ ?[-–] ?)?"
    r"([0-9]+(?:[.][0-9]+)?)"
)
"""An index of hemolysis and its limit."""
DENIED = _of_concepts(
    rf"(?:NOT|FREE{_GAP}SOMEHOW)(?:{_GAP}(?:SOMEHOW|(?:INTERFERENCE, )*INTERFERENCE OR))*{_GAP}{_FOUND}"
    rf"|UN-{_FOUND}|UNHEMOLYZED"
    rf"|(?:{_INDEX}|HEMOLYSIS|HEMOLYTIC) ?[:=-]? ?(?:{_MINUS}|{_NOTHING}|{_ZERO})"
    rf"|{_INDEX} ?[:=-]? ?(?:WITHIN )*(?:NORMAL|WITHIN LIMIT)"
    r"|HEMOLYTIC[ -](?:ANEMIA|DISEASE)|ANEMIA (?:(?:AUTO-)?IMMUNE )?HEMOLYTIC|IMMUNE (?:HEMOLYSIS|HEMOLYTIC)"
    r"|EARLIER TUBE (?:WAS )?CLOT|FILM (?:WAS )?NOT DONE"
)
"""What denies hemolysis or a clot, is part of a diagnosis, or says that something else was not performed."""
MORE_THAN_FIGURES = r"[^0-9 .,<>=+-]"
"""A text without such a sign holds no remark."""
