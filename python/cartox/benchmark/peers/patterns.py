"""How the laboratory's texts are written, as patterns that Python's `re` and Polars read alike: over folded texts."""

BLANKS = " \t\n\f\r"
ROUND_CELLS = BLANKS + "\u00a0\u2007\u202f\ufeff"
"""What is taken from round a cell: no-break spaces too."""

MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]([01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?)?$"
"""A moment as the contract writes it; whether there is such a moment is another question."""

SIGNS = (
    (r"^(less than or equal to|=<|≤) *", "<="),
    (r"^(greater than or equal to|=>|≥) *", ">="),
    (r"^(less than|below|under) *", "<"),
    (r"^(greater than|more than|above|over) *", ">"),
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

_HEMOLYSIS = r"h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*"
HEMOLYSIS_INDEX = (
    rf"\b(?:(?:h|{_HEMOLYSIS})[ -]?ind[a-z]+|[ií]ndice d[ie]? ?{_HEMOLYSIS}|indice d[^a-z]{_HEMOLYSIS}|hi)"
    r" ?[:=]? ?([0-9]+(?:[.][0-9]+)?)[^0-9]{0,12}?"
    r"(?:limi[a-z]*|cut-?off|max[a-z.]*|grenz[a-z]*|norm[a-z]*|ref[a-z.]*|<=?|≤|bis|up to)[^0-9]{0,6}"
    r"(?:[0-9]+(?:[.][0-9]+)? ?[-–] ?)?([0-9]+(?:[.][0-9]+)?)"
)
"""An index of hemolysis and its limit."""
_SOMEHOW = (
    r"visibly|visible|gross|grossly|obvious|obviously|apparent|evident|significant|significantly|relevant|sichtbare|erkennbare"
    r"|relevante|nennenswerte|wesentliche|zichtbare|visibile|evidente"
)
_NOTHING = (
    r"no|none|nil|neg|negative|negativ|absent|keine?|nein|aucune|non|nessuna|ninguna|geen|nee|(?:not|nicht|non|niet) "
    r"(?:detected|seen|present|observed|visible|evident|found|noted|nachweisbar|sichtbar|vorhanden|erkennbar|nachgewiesen)"
)
NO_HEMOLYSIS = (
    rf"\b(?:no|not|non|kein|keine|nicht|ohne|without|sans|pas|senza|sin|geen|niet) (?:{_SOMEHOW}) {_HEMOLYSIS}"
    rf"|\b{_HEMOLYSIS}(?:[ -]?ind[a-z]+)? ?[:=-]? ?(?:{_NOTHING}) ?(?:[.,;)/|]|$)"
)
"""A remark that there is no hemolysis."""
MORE_THAN_FIGURES = r"[^0-9 .,<>=+-]"
"""A text without such a sign holds no remark."""
