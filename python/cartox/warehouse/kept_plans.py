"""What earlier builds planned, in the user's cache: SQL and vars, nothing of any record."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from cartox.owner import OTHERS, for_owner, make_folder

KEPT_PLANS = 40


def plans_folder() -> Path:
    """Return the folder of the plans: `cartox/plans` of XDG_CACHE_HOME, else of ~/.cache."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    cache = Path(named) if os.path.isabs(named) else Path(os.path.expanduser("~/.cache"))
    return cache / "cartox" / "plans"


def kept(name: str) -> bytes | None:
    """Return what was kept under a name; None where nothing was, or somebody else could have written it."""
    try:
        handle = os.open(plans_folder() / name, os.O_RDONLY | os.O_NOFOLLOW)
        with open(handle, "rb") as file:
            status = os.fstat(handle)
            if (
                status.st_uid != os.geteuid()
                or stat.S_IMODE(status.st_mode) & OTHERS
                or not stat.S_ISREG(status.st_mode)
            ):
                return None
            os.utime(handle)
            return file.read()
    except OSError:
        return None


def keep(name: str, content: bytes) -> None:
    """Keep something for later builds and forget what was longest unused; where the cache cannot be written, do without."""
    folder = plans_folder()
    building = folder / f".{name}.{os.getpid()}"
    with suppress(OSError):
        make_folder(folder)
        with open(building, "wb", opener=for_owner) as file:
            file.write(content)
        building.replace(folder / name)
        plans = sorted(folder.glob("[!.]*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for unused in plans[KEPT_PLANS:]:
            unused.unlink(missing_ok=True)
