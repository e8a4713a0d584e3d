"""Rows of a test plan read marts alone, and columns that they have."""

from collections.abc import Sequence
from pathlib import Path

from cartox.study.site_rows import SiteRow
from cartox.warehouse.domains import shown, unknown
from cartox.yaml_file import read_yaml


def require_published_columns(rows: Sequence[SiteRow], models: Path) -> None:
    """Raise UserError where a row of a site's test plan names a table or a column that is not published."""
    if not rows:
        return
    marts = {f"marts.{path.stem}": path for path in (models / "marts").rglob("*.yml")}
    for row in rows:
        table = row.cells["relation"]
        if table not in marts:
            raise row.refusal("relation", unknown(f"table {shown(table)}", table, list(marts)))
        columns = _columns(marts[table])
        for name in ("value_column", "filter_column"):
            for column in filter(None, (part.strip() for part in row.cells[name].split("|"))):
                if column not in columns:
                    raise row.refusal(name, unknown(f"column {shown(column)} in {table}", column, columns))


def _columns(path: Path) -> list[str]:
    (model,) = read_yaml(path)["models"]
    return [column["name"] for column in model["columns"]]
