"""What dbt compiles a model or test from, and which of them ask for a var: all others are the same for any value of it."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from graphlib import TopologicalSorter
from typing import Any

_CALL = re.compile(r"\b(\w+)\s*\(")


def asking_for(manifest: Any, names: Collection[str]) -> set[str]:
    """Return the keys of the models and tests of dbt's manifest that may ask for a var of these names.

    One asks where a name is written as a text in what it is compiled from, or in that of an ephemeral model that it reads,
    whose SQL becomes part of its own.
    """
    if not names:
        return set()
    written = re.compile(f"(['\"])({'|'.join(map(re.escape, names))})\\1")
    macros = own_macros(manifest)
    parents = {key: _parents(node, manifest) for key, node in manifest.nodes.items()}
    asking: set[str] = set()
    for key in TopologicalSorter(parents).static_order():
        node = manifest.nodes[key]
        above = {name for name in parents[key] if manifest.nodes[name].config.materialized == "ephemeral"}
        if above & asking or any(written.search(text) for text in templates(node, macros)):
            asking.add(key)
    return asking


def own_macros(manifest: Any) -> dict[str, Any]:
    """Return the macros of the project itself by their names."""
    return {
        macro.name: macro
        for macro in manifest.macros.values()
        if macro.package_name == manifest.metadata.project_name
    }


def templates(node: Any, macros: Mapping[str, Any]) -> Iterator[str]:
    """Yield the templates of a node: its own, what a generic test is given, and those of all of these macros that it calls.

    dbt tells the macros that were called while it parsed; one within a loop over what is known only later is found by its
    name.
    """
    given = getattr(node, "test_metadata", None)
    own = [node.raw_code, json.dumps(given.kwargs, default=str) if given else ""]
    yield from own
    waiting = _called(node, *own)
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in macros and name not in seen:
            seen.add(name)
            yield macros[name].macro_sql
            waiting += _called(macros[name], macros[name].macro_sql)


def _called(caller: Any, *texts: str) -> list[str]:
    told = [key.rpartition(".")[2] for key in caller.depends_on.macros]
    return [*told, *(name for text in texts for name in _CALL.findall(text))]


def _parents(node: Any, manifest: Any) -> list[str]:
    return [name for name in getattr(node.depends_on, "nodes", ()) if name in manifest.nodes]
