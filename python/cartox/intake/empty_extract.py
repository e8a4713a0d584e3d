"""An extract without records: what a site fills."""

import csv
import io

from cartox.intake.contract import ENTITIES, Entity


def empty_files() -> dict[str, str]:
    """Return the text of each file of the extract by its name: a header with every column of the contract."""
    return {f"{entity.name}.csv": _header(entity) for entity in ENTITIES.values()}


def _header(entity: Entity) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(entity.column_names)
    return text.getvalue()
