"""Names of files and folders as DuckDB takes them."""

import re
from pathlib import Path

from cartox.errors import UserError

_UNUSABLE = "#?\\"


def exact(path: Path) -> str:
    """Return a path as a pattern of file names that matches this one file, whatever stands in its name."""
    return re.sub(r"[*?\[]", lambda sign: f"[{sign[0]}]", str(path))


def require_usable(database: Path, what: str) -> None:
    """Raise UserError where DuckDB would keep a database, or its write-ahead file, somewhere else than asked."""
    if any(sign in str(database.absolute()) for sign in _UNUSABLE):
        raise UserError(
            f"{what}: a database cannot be written below a folder with one of {' '.join(_UNUSABLE)}"
        )
