"""How much memory a build may hold: by the var `memory_gib`, on which nothing that is built depends."""

from collections.abc import Mapping
from typing import Any

VAR = "memory_gib"


def memory_settings(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the setting of DuckDB by which a build holds at most so many GiB and writes the rest to a folder beside its file.

    Without a value none: DuckDB takes 80 % of the machine's memory.
    """
    limit = variables.get(VAR)
    return {} if limit is None else {"memory_limit": f"{limit}GiB"}
