"""The study's vars: what a var file may change, and how it must look."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cartox.errors import UserError
from cartox.warehouse.allowed_vars import read_domains
from cartox.warehouse.domains import Domain, NotAllowedError, shown, unknown
from cartox.warehouse.project import SETTINGS, default_variables
from cartox.warehouse.study_file import read_study_file


def read_variables(path: Path) -> dict[str, Any]:
    """Read a var file: a YAML mapping from names to values, or a study file with such a mapping as its `vars`.

    An empty file changes nothing. Raises UserError where it cannot be read, is no mapping of plain values, or gives
    a var twice.
    """
    return dict(read_study_file(path).variables)


def checked_variables(overrides: Mapping[str, Any], project: Path, origin: str) -> dict[str, Any]:
    """Return the overrides in the form that dbt takes them: words as the seeds spell them, dates as ISO text.

    allowed_vars.yml of the project says what each may be; the defaults of dbt_project.yml are held against it,
    too. `origin` names the file of the overrides in messages. Raises UserError for an unknown var and for a
    value outside its domain.
    """
    domains = read_domains(project)
    defaults = default_variables(project)
    _checked(defaults, domains, str(project / SETTINGS))
    for name in overrides:
        if name not in defaults:
            raise UserError(f"{origin}: {unknown(f'var {shown(name)}', name, defaults)}")
    checked = _checked(overrides, domains, origin)
    for name, value in checked.items():
        if isinstance(value, dict):
            checked[name] = {**defaults[name], **value}
    _require_order({**defaults, **checked}, origin)
    return checked


def _checked(values: Mapping[str, Any], domains: Mapping[str, Domain], origin: str) -> dict[str, Any]:
    checked = {}
    for name, value in values.items():
        if name not in domains:
            raise UserError(f"{origin}: {unknown(f'var {shown(name)}', name, domains)}")
        try:
            checked[name] = domains[name].read(value)
        except NotAllowedError as expected:
            raise UserError(f"{origin}: var {name}: {expected}") from None
    return checked


def _require_order(variables: Mapping[str, Any], origin: str) -> None:
    start, end = variables.get("enrolment_start"), variables.get("enrolment_end")
    if start is not None and end is not None and str(start) > str(end):
        raise UserError(f"{origin}: var enrolment_end lies before enrolment_start")
