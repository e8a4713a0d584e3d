"""results.methods and results.reporting_items: what was done and found, in sentences whose facts stand in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import duckdb

from cartox.results.tables import insert_rows, sql

FACT = re.compile(r"\{([a-z0-9_.-]+)\}", re.IGNORECASE)
UNKNOWN = "not known"
SENTENCES = """
select topic, sentence, when_fact, when_value, source from seeds.methods_sentences order by display_order
"""


def write_methods(connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, str | None]) -> None:
    """Write the sentences of seeds.methods_sentences that hold of this run, and the sheet of STROBE and RECORD that they answer.

    `manifest` are the facts of results.run_manifest. A fact that is null is told as not known. Sources: von Elm 2007
    (STROBE), Benchimol 2015 (RECORD).

    Raises ValueError where a sentence names a fact that does not exist.
    """
    facts = _facts(connection, manifest)
    rows: list[tuple[Any, ...]] = []
    for topic, sentence, when_fact, when_value, source in connection.execute(SENTENCES).fetchall():
        if when_fact and _fact(facts, when_fact, sentence)[0] != when_value:
            continue
        text, places = sentence, []
        for name in FACT.findall(sentence):
            value, place = _fact(facts, name, sentence)
            text = text.replace(f"{{{name}}}", UNKNOWN if value is None else value)
            places.append(place)
        if when_fact:
            places.append(_fact(facts, when_fact, sentence)[1])
        stands_on = "; ".join(dict.fromkeys(places)) or "seeds.methods_sentences"
        rows.append((len(rows) + 1, topic, text, stands_on, source))
    insert_rows(connection, "methods", rows)
    connection.execute(sql("reporting_items"))


def _facts(
    connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, str | None]
) -> dict[str, tuple[str | None, str]]:
    variables = {name: manifest[f"var.{name}"] for name in ("response_definition", "dexamethasone_factors")}
    computed = connection.execute(sql("methods_facts"), variables).fetchall()
    told = {key: (_in_words(value), f"results.run_manifest: {key}") for key, value in manifest.items()}
    return told | {fact: (text, source) for fact, text, source in computed}


def _fact(facts: Mapping[str, tuple[str | None, str]], name: str, sentence: str) -> tuple[str | None, str]:
    if name not in facts:
        raise ValueError(f"methods_sentences: no fact is named {name}; the sentence is: {sentence}")
    return facts[name]


def _in_words(value: str | None) -> str | None:
    """Return a fact of the manifest as a sentence says it: a list by its items."""
    return ", ".join(map(str, json.loads(value))) if value and value.startswith("[") else value
