"""How texts of an extract become the cells of OMOP tables."""

import re
from datetime import date, timedelta

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DOSE = re.compile(rf"({_NUMBER})\s*([A-Za-z]*)$")
_RESULT = re.compile(
    rf"(?:(?P<sign>[<>])|(?P<words>less than|greater than))?\s*(?P<number>{_NUMBER})\s*[H*]?$", re.IGNORECASE
)
_BLOOD = ("", "blood", "whole blood", "serum", "plasma", "ser/plas")


def dated(time: str) -> str:
    """Return the date of a time in ISO 8601; another text as it stands."""
    return time[:10] if re.match(r"\d{4}-\d\d-\d\d", time) else time


def days_later(day: str, n_days: int) -> str:
    """Return a date so many days later; nothing for what is no date."""
    try:
        return (date.fromisoformat(day) + timedelta(days=n_days)).isoformat()
    except (ValueError, OverflowError):
        return ""


def quantity_and_unit(dose: str, unit: str) -> tuple[str, str]:
    """Split a dose as charted into a number and a unit; nothing where it states no single amount."""
    found = _DOSE.match(dose.strip())
    if found is None:
        return "", unit
    return found[1].replace(",", ""), unit or found[2]


def pieces(quantity: str, unit: str, strength: float) -> str | None:
    """Return of how many pieces or milliliters a dose in mg consists, if that number gives the dose back exactly."""
    if unit.lower() != "mg":
        return None
    amount = float(quantity) / strength
    text = f"{amount:g}"
    return text if float(text) * strength == float(quantity) else None


def number_and_sign(result: str) -> tuple[str, str]:
    """Return the number of a result text, without separators, and `<`, `>` or nothing; nothing at all for other texts."""
    found = _RESULT.match(result.strip())
    if found is None:
        return "", ""
    words = (found["words"] or "").lower()
    sign = found["sign"] or {"less than": "<", "greater than": ">", "": ""}[words]
    return found["number"].replace(",", ""), sign


def test_source_value(row: dict[str, str]) -> str:
    """Return how the site names a test: its name or code, and with it a specimen that is no blood."""
    is_coded = row.get("code_system", "").upper() == "LOINC"
    name = row.get("code", "") if is_coded else row.get("test_name", "") or row.get("code", "")
    specimen = row.get("specimen", "")
    return name if specimen.lower() in _BLOOD else f"{name} in {specimen}"
