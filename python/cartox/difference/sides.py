"""The two files that are compared: kept versions of a warehouse, or files of their own."""

from __future__ import annotations

from pathlib import Path

from cartox.errors import UserError
from cartox.warehouse.layout import Layout
from cartox.warehouse.versions import kept_versions, number_of


def find_sides(warehouse: Path, before: str | None, after: str | None) -> tuple[Path, Path]:
    """Return the earlier and the later file.

    Each is the path of a file, or a kept version of the warehouse by name or number; the later one is the published one
    where it is not named, and the earlier one the version kept before that. Raises UserError where there is none such.
    """
    layout = Layout(warehouse.absolute())
    later = _find(layout, warehouse, after) if after is not None else layout.warehouse
    if before is not None:
        return _find(layout, warehouse, before), later
    published = layout.published()
    kept = kept_versions(layout)
    earlier = [one for one in kept if published is None or number_of(one) < number_of(published)]
    if not earlier:
        raise UserError(
            f"{warehouse}: no version before the published one is kept, so nothing to compare it with"
        )
    return earlier[-1] / layout.warehouse.name, later


def _find(layout: Layout, warehouse: Path, name: str) -> Path:
    if Path(name).is_file():
        return Path(name)
    for version in kept_versions(layout):
        if name == version.name or (name.isdecimal() and int(name) == number_of(version)):
            return version / layout.warehouse.name
    raise UserError(f"{name}: neither a file nor a kept version of {warehouse}; cartox history lists those")
