"""The study's vars: what a var file may change, and how it must look."""

import datetime as dt
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from cartox.errors import UserError


def read_variables(path: Path) -> dict[str, Any]:
    """Read a var file: a YAML mapping from names to values; an empty file changes nothing.

    Raises UserError where it cannot be read, is no mapping, or gives a var twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: this is not UTF-8 text") from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = "" if mark is None else f", line {mark.line + 1}"
        raise UserError(f"{path}{line}: this is not YAML") from error
    if content is None:
        return {}
    if not isinstance(content, dict) or not isinstance(tree, yaml.MappingNode):
        raise UserError(f"{path}: a mapping from names of vars to values is expected")
    keys = [str(key.value) for key, _ in tree.value]
    for key in keys:
        if keys.count(key) > 1:
            raise UserError(f"{path}: var {key} is given twice")
    return {str(name): value for name, value in content.items()}


def checked_variables(
    overrides: Mapping[str, Any], defaults: Mapping[str, Any], origin: str
) -> dict[str, Any]:
    """Return the overrides in the form that dbt takes them: dates as ISO text, mappings completed.

    `defaults` are the vars of dbt_project.yml; they say which vars there are and of which kind. `origin`
    names the file in messages. Raises UserError for an unknown var and for a value of another kind.
    """
    checked = {}
    for name, value in overrides.items():
        if name not in defaults:
            raise UserError(f"{origin}: {_unknown(f'var {name}', name, defaults)}")
        try:
            checked[name] = _checked(name, value, defaults[name])
        except _ExpectedError as expected:
            raise UserError(f"{origin}: var {name}: {expected}") from None
    _require_order({**defaults, **checked}, origin)
    return checked


class _ExpectedError(Exception):
    """A value of another kind; the message says what is expected."""


def _checked(name: str, value: Any, default: Any) -> Any:
    if name.endswith("_date") or name.startswith(("enrolment_", "era_date")):
        return _date(value)
    if isinstance(default, dict):
        return _mapping(value, default)
    if isinstance(default, list):
        return _list(value, default)
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise _ExpectedError("true or false is expected")
        return value
    if isinstance(default, int | float) or name.endswith(("_days", "_hours")):
        return _number(value, default)
    if value is None and default is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise _ExpectedError("a text is expected")
    return value


def _date(value: Any) -> str:
    if isinstance(value, dt.datetime) or not isinstance(value, str | dt.date):
        raise _ExpectedError("a date (YYYY-MM-DD) is expected")
    try:
        date = value if isinstance(value, dt.date) else dt.datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise _ExpectedError("a date (YYYY-MM-DD) is expected") from None
    return date.isoformat()


def _number(value: Any, default: Any) -> Any:
    if value is None and default is None:
        return None
    kinds: tuple[type[int] | type[float], ...] = (int, float) if isinstance(default, float) else (int,)
    if isinstance(value, kinds) and not isinstance(value, bool) and 0 <= value < float("inf"):
        return value
    whole = "" if isinstance(default, float) else "whole "
    raise _ExpectedError(f"a {whole}number from 0 on{' or null' if default is None else ''} is expected")


def _list(value: Any, default: Sequence[Any]) -> list[Any]:
    kind = type(default[0])
    if not isinstance(value, list) or not value or not all(type(item) is kind for item in value):
        raise _ExpectedError(f"a list of {_KINDS[kind]}s is expected")
    return value


def _mapping(value: Any, default: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _ExpectedError("a mapping is expected")
    for key, item in value.items():
        if key not in default:
            raise _ExpectedError(_unknown(f"key {key}", str(key), default))
        if not isinstance(item, type(default[key])):
            raise _ExpectedError(
                f"key {key}: a {_KINDS.get(type(default[key]), 'different kind of value')} is expected"
            )
    return {**default, **value}


_KINDS: Mapping[type, str] = {str: "text", int: "whole number", bool: "true or false", list: "list"}


def _unknown(what: str, name: str, known: Mapping[str, Any]) -> str:
    nearest = get_close_matches(name, known, n=1)
    return f"there is no {what}" + (f"; did you mean {nearest[0]}?" if nearest else "")


def _require_order(variables: Mapping[str, Any], origin: str) -> None:
    start, end = variables.get("enrolment_start"), variables.get("enrolment_end")
    if start is not None and end is not None and str(start) > str(end):
        raise UserError(f"{origin}: var enrolment_end lies before enrolment_start")
