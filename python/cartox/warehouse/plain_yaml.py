"""Read a small YAML file of plain values, whatever somebody put into it."""

from pathlib import Path
from typing import Any

import yaml

from cartox.errors import UserError
from cartox.warehouse.domains import shown

LARGEST_FILE = 65_536  # bytes
LONGEST_VALUE = 200  # characters
MOST_VALUES = 1_000
DEEPEST = 2  # lists or mappings within the file's own mapping


def read_plain_yaml(path: Path, deepest: int = DEEPEST) -> dict[str, Any]:
    """Return the mapping from names to values that a file holds; an empty file holds none.

    Values are plain: nothing in them is executed, refers to another value, or is longer, deeper or more than
    the bounds of this module, which are held before anything is built of the text. `deepest` lists or mappings
    may stand within one another in the file's own mapping.

    Raises UserError where the file cannot be read, is no such mapping, or gives a name twice.
    """
    text = _read(path)
    try:
        tree = _compose(text, path, deepest)
        content = _Loader(text).get_single_data()
    except yaml.YAMLError as error:
        raise UserError(f"{path}{_line(getattr(error, 'problem_mark', None))}: this is not YAML") from error
    except ValueError as error:
        raise UserError(f"{path}: a date or a number in it does not exist") from error
    if content is None:
        return {}
    if not isinstance(content, dict) or not isinstance(tree, yaml.MappingNode):
        raise UserError(f"{path}: a mapping from names of vars to values is expected")
    return {str(name): value for name, value in content.items()}


class _Loader(yaml.SafeLoader):
    """SafeLoader without merge keys, which would take values from elsewhere."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Leave a mapping as it is."""


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise UserError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    if len(content) > LARGEST_FILE:
        raise UserError(f"{path}: a file of at most {LARGEST_FILE:,} bytes is expected")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: this is not UTF-8 text") from error


def _compose(text: str, path: Path, deepest: int) -> yaml.Node | None:
    """Return the tree of the text, whose bounds are held event by event, before there is a tree."""
    depth = n_values = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        where = f"{path}{_line(event.start_mark)}"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UserError(f"{where}: a value is expected, not a reference to another (& or *)")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent):
            n_values += 1
            if len(event.value) > LONGEST_VALUE:
                raise UserError(f"{where}: a value of at most {LONGEST_VALUE} characters is expected")
        if depth > 1 + deepest or n_values > MOST_VALUES:
            raise UserError(f"{where}: nothing so deep or so long is expected in a var file")
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    _require_once(tree, path)
    return tree


def _require_once(tree: yaml.Node | None, path: Path, within: str = "") -> None:
    if not isinstance(tree, yaml.MappingNode):
        return
    seen = set()
    for key, value in tree.value:
        if isinstance(key, yaml.ScalarNode):
            name = f"{within}{shown(key.value)}"
            if key.value in seen:
                raise UserError(f"{path}: var {name} is given twice")
            seen.add(key.value)
            _require_once(value, path, f"{name}: ")


def _line(mark: Any) -> str:
    return "" if mark is None else f", line {mark.line + 1}"
