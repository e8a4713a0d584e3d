"""What dbt compiled, as the steps in which seeds, models and tests are built.

dbt takes about a tenth of a second of processor time for each of some hundreds of nodes, whatever the node does. So dbt
compiles the project, and what it compiled runs in one connection (`cartox.warehouse.execution`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any

from cartox.warehouse.compiled_from import own_macros, templates

SEED, MODEL, TEST = "seed", "model", "test"
LANDING = "/landing-of-the-compiled-project"
"""What stands for the landing's folder in what was compiled."""

_MATERIALIZED = {SEED: {"seed"}, MODEL: {"table", "ephemeral"}, TEST: {"test"}}
_OF_SEVERAL_COLUMNS = {"primary_key": "primary key", "unique": "unique"}
_HANGS_ON_THE_MOMENT = re.compile(
    r"\b(run_started_at|invocation_id|modules\.(datetime|pytz|itertools)|run_query|call statement|load_result"
    r"|adapter\.(?!dispatch|quote))"
)


class NotPlannedError(Exception):
    """The project holds what only dbt itself can build; the text says what."""


@dataclass(frozen=True)
class Step:
    """A seed, model or test: the SQL that dbt compiled, or a seed's file within the project.

    `columns` are those of a seed or of a contract with their types, in order; empty for other models. `constraints` are the
    table's, as SQL, but for the columns that may not be null, which are `required`. `comments` describe its columns, under ""
    the table. `parents` are the keys of the steps that it reads.
    """

    key: str
    kind: str
    name: str
    schema: str
    sql: str
    parents: list[str]
    columns: dict[str, str] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    constraints: list[str] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)


def plan_steps(manifest: Any) -> list[Step]:
    """Return the steps of dbt's manifest, whose nodes were compiled, each after what it reads.

    Raises NotPlannedError where a node is built in a way that the steps cannot tell.
    """
    nodes = {
        key: node
        for key, node in manifest.nodes.items()
        if node.resource_type in _MATERIALIZED or _is_foreign(node)
    }
    _require_plannable(manifest, nodes)
    parents = {key: [name for name in _read_by(node) if name in nodes] for key, node in nodes.items()}
    built: dict[str, list[str]] = {}
    steps = []
    for key in TopologicalSorter(parents).static_order():
        above = [name for parent in parents[key] for name in built[parent]]
        if nodes[key].config.materialized == "ephemeral":
            built[key] = above
        else:
            built[key] = [key]
            steps.append(compiled_step(nodes[key], list(dict.fromkeys(above))))
    return steps


def _is_foreign(node: Any) -> bool:
    return _word(node.resource_type) != "analysis"


def _read_by(node: Any) -> Iterable[str]:
    return () if node.resource_type == SEED else node.depends_on.nodes


def _require_plannable(manifest: Any, nodes: Mapping[str, Any]) -> None:
    if set(manifest.env_vars) - {"CARTOX_LANDING", "CARTOX_DATABASE"}:
        raise NotPlannedError("a variable of the environment")
    if manifest.unit_tests or any(macro.resource_type == "operation" for macro in nodes.values()):
        raise NotPlannedError("unit tests or hooks")
    for node in nodes.values():
        config = node.config
        if config.materialized not in _MATERIALIZED.get(_word(node.resource_type), ()):
            raise NotPlannedError(f"{node.name} is a {config.materialized}")
        is_hooked = getattr(config, "pre_hook", None) or getattr(config, "post_hook", None)
        if is_hooked or getattr(node, "language", "sql") != "sql":
            raise NotPlannedError(f"{node.name} has a hook or is no SQL")
        if node.resource_type == TEST and _is_unusual(config):
            raise NotPlannedError(f"{node.name} is judged in its own way")
    macros = own_macros(manifest)
    for text in {text for node in nodes.values() for text in templates(node, macros)}:
        if found := _HANGS_ON_THE_MOMENT.search(text):
            raise NotPlannedError(f"a model or macro asks for {found[0]}")


def _is_unusual(config: Any) -> bool:
    usual = ("error", "count(*)", "!= 0", "!= 0", None)
    told = (_word(config.severity).lower(), config.fail_calc, config.warn_if, config.error_if, config.limit)
    return told != usual or bool(config.store_failures)


def compiled_step(node: Any, parents: list[str]) -> Step:
    """Return the step of a node that dbt compiled, given what steps it reads.

    Raises NotPlannedError where the node has a constraint that the steps cannot tell.
    """
    common: dict[str, Any] = {
        "key": node.unique_id,
        "kind": _word(node.resource_type),
        "name": node.name,
        "schema": node.schema,
        "parents": parents,
    }
    if node.resource_type == SEED:
        types = dict(node.config.column_types)
        return Step(**common, sql=node.original_file_path, columns=types, comments=_comments(node))
    sql = str(node.compiled_code).replace(f'"{node.database}".', "")
    if node.resource_type == TEST or not node.config.contract.enforced:
        return Step(**common, sql=sql, comments={} if node.resource_type == TEST else _comments(node))
    return Step(
        **common,
        sql=sql,
        columns={name: column.data_type for name, column in node.columns.items()},
        required=list(_required(node)),
        constraints=[_constraint(node, one) for one in node.constraints],
        comments=_comments(node),
    )


def _comments(node: Any) -> dict[str, str]:
    persisted = node.config.persist_docs
    comments = {"": node.description} if persisted.get("relation") and node.description else {}
    if persisted.get("columns"):
        comments |= {name: column.description for name, column in node.columns.items()}
    return comments


def _required(node: Any) -> Iterator[str]:
    for name, column in node.columns.items():
        for constraint in column.constraints:
            if _word(constraint.type) != "not_null":
                raise NotPlannedError(f"{node.name}.{name} has a constraint {_word(constraint.type)}")
            yield name


def _constraint(node: Any, constraint: Any) -> str:
    kind = _word(constraint.type)
    if kind == "check" and not constraint.name:
        return f"check ({constraint.expression})"
    if kind in _OF_SEVERAL_COLUMNS and not constraint.name and not constraint.expression:
        return f"{_OF_SEVERAL_COLUMNS[kind]} ({', '.join(constraint.columns)})"
    raise NotPlannedError(f"{node.name} has a constraint {kind}")


def _word(value: Any) -> str:
    """Return the text of a word of dbt, which is a text or a member of an enumeration."""
    return str(getattr(value, "value", value))
