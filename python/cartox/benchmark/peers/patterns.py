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
_NOT = (
    r"no|not|non|kein|keine|keinen|keiner|nicht|ohne|without|sans|pas|aucune?|senza|nessuna?|sin|ninguna?|geen|niet|zonder"
    r"|negative for|negativ f[uü]r|free of|free from|frei von|absence of"
)
_SOMEHOW = (
    r"visibly|visible|gross|grossly|obvious|obviously|apparent|evident|significant|significantly|relevant|sichtbare|erkennbare"
    r"|relevante|nennenswerte|wesentliche|zichtbare|visibile|evidente|any|signs?|evidence|indications?|traces?|of|for"
    r"|anzeichen|hinweise?|zeichen|auf|f[uü]r|eine|einer|signes?|de|d|segni|di|signos|tekenen|van"
    r"|(?:(?:lip|icter)[a-z]*, )*(?:lip|icter)[a-z]* (?:or|nor|oder)"
)
_NOTHING = (
    r"no|none|nil|neg|negative|negativ|absent|keine?|nein|aucune|non|nessuna|ninguna|geen|nee|(?:not|nicht|non|niet) "
    r"(?:detected|seen|present|observed|visible|evident|found|noted|nachweisbar|sichtbar|vorhanden|erkennbar|nachgewiesen)"
)
_END = r" ?(?:[.,;(/|]|$)"
_ZERO = r"[(\[]?0+(?:[.]0+)?(?: ?mg/dl)?(?:$|[^0-9.,+a-z-]|[.,](?:$|[^0-9]))"
_NORMAL = (
    r"within (?:the |normal |reference )*(?:limit|range|interval)|within reference|im normbereich|in der norm"
    r"|unauff[aä]llig|normal\b"
)
_INDEX = rf"(?:{_HEMOLYSIS}(?:/(?:icter|lip)[a-z]*)*|h)[ -]?ind[a-z]+"
_CLOTTED = r"clot[a-z]*|geronnen|coagul[a-zé]*|gestold"
DENIED = (
    rf"\b(?:{_NOT})(?:[ \x27’-]+(?:{_SOMEHOW}))*[ \x27’-]+(?:(?:ge)?{_HEMOLYSIS}|{_CLOTTED})"
    rf"|\b(?:non|un-?)(?:{_HEMOLYSIS}|clotted)"
    rf"|\b(?:{_INDEX}|{_HEMOLYSIS}) ?[:=-]? ?(?:[(\[]-[)\]]|-(?: ?[.,;)/|]| ?$)|[(\[]?(?:{_NOTHING})[)\]]?{_END}|{_ZERO})"
    rf"|\b{_INDEX} ?[:=-]? ?(?:{_NORMAL})"
    r"|\bh?(?:ae|ä|e|é|a)mol[iy]ti[a-z]*[ -](?:(?:an|ur)(?:e|ae|ä|é)m|transfusion|disease)[a-zäé]*"
    rf"|\ban[eé]mi[ae] (?:auto[a-z-]+ )?h?[eé]molyti[a-z]*|\bautoimmun[a-z]* {_HEMOLYSIS}"
    r"|\b(?:previous|prior|earlier) (?:specimen|sample|tube)s? (?:was |were )?clotted"
    r"|\b(?:diff|differential|smear|film|morphology) (?:was )?not (?:performed|done|resulted)"
)
"""What denies hemolysis or a clot, is part of a diagnosis, or says that something else was not performed."""
MORE_THAN_FIGURES = r"[^0-9 .,<>=+-]"
"""A text without such a sign holds no remark."""
