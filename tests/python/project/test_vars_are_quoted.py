"""A var is data: it comes into SQL through the macros of macros/vars alone, which quote it or refuse it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment

from cartox.intake.contract import ENTITIES
from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_rows

FOLDERS = ("models", "macros", "analysis", "tests/data", "seeds")
COMMENTS = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
STRINGS = re.compile(r"'[^']*'|\"[^\"]*\"")
VAR = re.compile(r"\bvar\b|\bbuiltins\b|\bcontext\b")


def reading_vars(text: str) -> list[str]:
    """The pieces of Jinja in a file that read a var by themselves."""
    return [code for code in CODE.findall(COMMENTS.sub("", text)) if VAR.search(STRINGS.sub("", code))]


def files() -> list[Path]:
    found = [path for folder in FOLDERS for path in (PROJECT / folder).rglob("*") if path.is_file()]
    return [path for path in found if path.suffix in (".sql", ".yml")]


def test_no_file_reads_a_var_but_through_the_macros() -> None:
    assert len(files()) > 300
    reading = {
        path.relative_to(PROJECT) for path in files() if reading_vars(path.read_text(encoding="utf-8"))
    }
    assert reading == {Path("macros/vars/plain_var.sql")}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("where a = '{{ var(\"index_drug\") }}'", True),
        ("{% for x in var('record_sources') %}", True),
        ("{%- set v = var -%}", True),
        ("{{ context['var']('index_drug') }}", True),
        ("-- {{ var('index_drug') }}", False),
        ("where a = {{ text_var('index_drug') }} -- the var", False),
    ],
)
def test_a_var_that_is_read_otherwise_is_found(text: str, is_found: bool) -> None:
    assert bool(reading_vars(text)) is is_found


def hostile(canary: Path) -> list[str]:
    return [
        "x'; create table canary as select 1; --",
        f"x') or 1 = 1; copy (select 1) to '{canary}'; --",
        "x\\' or 1 = 1 --\n'''",
    ]


def template(canary: Path) -> str:
    return f"{{{{ run_query(\"copy (select 1) to '{canary}'\") }}}}"


def test_a_text_that_ends_its_literal_is_still_a_text_under_plain_dbt(tmp_path: Path) -> None:
    canary = tmp_path / "canary.csv"
    texts = hostile(canary)
    given = {
        "index_drug": texts[0],
        "index_toxicity": texts[1],
        "care_settings": [*texts, template(canary)],
        "indication_group": texts[2],
        "product_target": texts[2],
        "response_definition": texts[1],
        "omop_care_setting": texts[0],
        "omop_patient_id": texts[1],
        "omop_unknown_birth_month_day": texts[2],
        "omop_unknown_birth_day": texts[0],
    }
    project = CompiledProject.compile(tmp_path / "target", given)
    connection = connect()
    land_rows(connection, dict.fromkeys(ENTITIES, ()))
    project.build(connection)
    tables = {
        name for (name,) in connection.execute("select table_name from information_schema.tables").fetchall()
    }
    assert "cohort" in tables
    assert "canary" not in tables
    assert not canary.exists()


def test_a_text_with_a_template_is_refused_under_plain_dbt(tmp_path: Path) -> None:
    canary = tmp_path / "canary.csv"
    with pytest.raises(subprocess.CalledProcessError) as caught:
        CompiledProject.compile(tmp_path / "target", {"index_drug": template(canary)})
    assert "The var index_drug holds a template" in str(caught.value.stdout + caught.value.stderr)
    assert not canary.exists()


class RefusedError(Exception):
    """What dbt would end with."""


class ReturnedError(Exception):
    """Carries what a macro returns, as in dbt."""


def rendered(call: str, variables: Mapping[str, Any]) -> str:
    """Render a call of the macros in Jinja alone, with as much of dbt round it as they use."""

    def raised(error: type[Exception]) -> Callable[[Any], None]:
        def end(value: Any) -> None:
            raise error(value)

        return end

    def returning(macro: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            try:
                return macro(*given, **named)
            except ReturnedError as returned:
                return returned.args[0]

        return called

    environment = Environment(autoescape=False)  # noqa: S701 - SQL
    macros = environment.globals
    macros["var"] = variables.__getitem__
    macros["invocation_args_dict"] = {"vars": variables}
    macros["return"] = raised(ReturnedError)
    macros["exceptions"] = SimpleNamespace(raise_compiler_error=raised(RefusedError))
    macros["modules"] = SimpleNamespace(re=re)
    macros["adapter"] = SimpleNamespace(dispatch=lambda name, _: macros[f"default__{name}"])
    used_by_others = ["engine/quoted_text", "vars/plain_var", "vars/list_var"]
    others = ["vars/text_var", "vars/integer_var", "vars/date_var", "vars/choice_var", "vars/record_origins"]
    for path in (PROJECT / "macros" / f"{name}.sql" for name in used_by_others + others):
        module = environment.from_string(path.read_text(encoding="utf-8")).module
        macros.update({name: returning(macro) for name, macro in vars(module).items() if callable(macro)})
    return str(environment.from_string("{{ " + call + " }}").render()).strip()


@pytest.mark.parametrize(
    ("call", "value", "sql"),
    [
        ("text_var('v')", "it's", "'it''s'"),
        ("text_var('v')", None, "null"),
        ("terms_var('v')", ["Standard of Care", "a'"], "('standard of care', 'a''')"),
        ("integer_var('v')", 30, "30"),
        ("integer_var('v')", None, "null"),
        ("integer_var('v', 1)", [1800, 2299], "2299"),
        ("date_var('v')", "2020-02-05", "cast('2020-02-05' as date)"),
        ("date_var('v')", dt.date(2020, 2, 5), "cast('2020-02-05' as date)"),
        ("choice_var('v', {'a': 'b'})", "a", "b"),
    ],
)
def test_a_value_is_written_as_a_literal(call: str, value: object, sql: str) -> None:
    assert rendered(call, {"v": value}) == sql


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("integer_var('v')", "1; create table canary as select 1"),
        ("integer_var('v')", "30"),
        ("integer_var('v')", True),
        ("integer_var('v')", 2.5),
        ("integer_var('v')", -1),
        ("integer_var('v')", 100_000_000_000),
        ("integer_var('v', 1)", [1800, "1) or (1 = 1"]),
        ("integer_var('v', 1)", "1800"),
        ("date_var('v')", "2020-01-01' as date); drop table x; --"),
        ("date_var('v')", "2020-01-01\n"),
        ("text_var('v')", ["a", "b"]),
        ("text_var('v')", "{{ 1 }}"),
        ("text_var('v')", "{% do x() %}"),
        ("date_var('v')", "{# #}2020-01-01"),
        ("text_var('v')", 5),
        ("terms_var('v')", "standard of care"),
        ("terms_var('v')", []),
        ("choice_var('v', {'a': 'b'})", "1 as x from y; --"),
        ("choice_var('v', {'a': 'b'})", ["a"]),
    ],
)
def test_another_kind_of_value_is_refused(call: str, value: object) -> None:
    with pytest.raises(RefusedError):
        rendered(call, {"v": value})


@pytest.mark.parametrize(
    "value", [{"patients' as entity; --": "extract"}, {"patients": "stg_x"}, ["patients"], "patients"]
)
def test_other_sources_of_records_are_refused(value: object) -> None:
    with pytest.raises(RefusedError):
        rendered("record_origins()", {"record_sources": value})
