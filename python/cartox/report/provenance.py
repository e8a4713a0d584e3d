"""What the summary was made from."""

from __future__ import annotations

import duckdb
from rich.console import Console

from cartox.report.reading import manifest
from cartox.terminal import heading, new_table, print_table, sentence

SHOWN_VERSIONS = ("cartox", "python", "duckdb", "dbt-core", "numpy", "scipy")
HASH_LENGTH = 12


def show_provenance(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print run, revision, versions and input files."""
    heading(console, "Provenance")
    facts = manifest(connection)
    sentence(
        console,
        f"Run started {facts.get('run.started_at')}, revision {facts.get('git.revision') or 'unknown'}.",
    )
    versions = ", ".join(f"{name} {facts.get(f'version.{name}')}" for name in SHOWN_VERSIONS)
    sentence(console, f"Versions: {versions}.", style="dim")
    table = new_table("input file", "records", "bytes", "SHA-256, beginning")
    for key, name in sorted(facts.items()):
        if key.startswith("input.") and key.endswith(".source_file"):
            prefix = key.removesuffix("source_file")
            table.add_row(
                name,
                f"{int(facts.get(f'{prefix}n_raw') or 0):,}",
                f"{int(facts.get(f'{prefix}n_bytes') or 0):,}",
                (facts.get(f"{prefix}sha256") or "")[:HASH_LENGTH],
            )
    print_table(console, table)
    sentence(console, "Everything else: results.run_manifest.", style="dim")
