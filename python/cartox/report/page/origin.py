"""What the report was made from."""

from __future__ import annotations

from cartox.report.page.blocks import Block, Column, Facts, Section, Table, Words
from cartox.report.page.study import Study, words

OWN_ROWS = "select * from marts.site_row_counts order by file, row_number"
UNKNOWN = "unknown"


def origin_section(study: Study) -> Section:
    """Name run, input files, vars and versions."""
    manifest = study.manifest
    files = []
    for key, name in sorted(manifest.items()):
        if key.startswith("input.") and key.endswith(".source_file"):
            prefix = key.removesuffix("source_file")
            files.append(
                {
                    "source_file": name or "",
                    "n_raw": f"{int(manifest.get(f'{prefix}n_raw') or 0):,}",
                    "n_bytes": f"{int(manifest.get(f'{prefix}n_bytes') or 0):,}",
                    "sha256": manifest.get(f"{prefix}sha256") or "",
                }
            )
    columns = (
        Column("source_file", "Input file"),
        Column("n_raw", "Records", True),
        Column("n_bytes", "Bytes", True),
        Column("sha256", "SHA-256"),
    )
    started = (manifest.get("run.started_at") or UNKNOWN)[:19].replace("T", " ")
    run = {"Started (UTC)": started, "Revision of the code": manifest.get("git.revision") or UNKNOWN}
    versions = _part(study, "version.")
    variables = {words(name): value for name, value in _part(study, "var.").items()}
    text = (
        "Every number of the report is read from the published file, where it can be followed back to the raw rows. "
        "Patients carry running numbers that exist in this report alone; days are days since infusion."
    )
    return Section(
        "origin",
        "Provenance",
        evidence=(
            Words((text,)),
            Facts("run", "Run", run | {f"Version of {name}": version for name, version in versions.items()}),
            Table("input_files", "Input files", columns, files),
            *_own_rows(study),
            Facts("vars", "Parameters of the study", variables, is_folded=True),
        ),
    )


def _own_rows(study: Study) -> list[Block]:
    """Show the rows of the study's own with the records that each carried, and say which models it brought."""
    blocks: list[Block] = []
    rows = study.rows(OWN_ROWS)
    if rows:
        columns = (
            Column("file", "Row of the study's own"),
            Column("row_name", "Word or name"),
            Column("stands_for", "Stands for"),
            Column("n_records", "Records", True),
        )
        written = [
            row
            | {"file": f"{row['file']}, row {row['row_number']}", "stands_for": row["stands_for"] or ""}
            | {"n_records": "" if row["n_records"] is None else f"{row['n_records']:,}"}
            for row in rows
        ]
        blocks.append(
            Table("site_rows", "Words and rules of the study's own", columns, written, exported=rows)
        )
    models = study.manifest.get("site.models")
    if models:
        blocks.append(Words((f"Built with models of the study's own, which are code: {models}.",)))
    return blocks


def _part(study: Study, prefix: str) -> dict[str, str]:
    return {
        key.removeprefix(prefix): study.variable(key.removeprefix("var."))
        if prefix == "var."
        else value or UNKNOWN
        for key, value in sorted(study.manifest.items())
        if key.startswith(prefix)
    }
