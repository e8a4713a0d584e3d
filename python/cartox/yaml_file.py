"""Read a YAML file that the project itself is made of; what a user wrote is read by `cartox.warehouse.plain_yaml`."""

from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it is built


def read_yaml(path: Path) -> Any:
    """Return the values that a YAML file holds; None of an empty file.

    Raises yaml.YAMLError where it is no YAML.
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader, either way
