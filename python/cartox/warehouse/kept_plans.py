"""What earlier builds planned, kept beside what they built: SQL, vars and a script, nothing of any record."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from cartox.owner import OTHERS, for_owner, make_folder

FOLDER = "plans"
KEPT_PLANS = 40


def plans_folder(own: Path | None) -> Path | None:
    """Return where plans are kept: in `cartox/plans` of XDG_CACHE_HOME where that is set, else in a warehouse's own folder."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named, "cartox", FOLDER) if os.path.isabs(named) else own


def kept(name: str, own: Path | None) -> bytes | None:
    """Return what was kept under a name; None where nothing was, or somebody else could have written it."""
    folder = plans_folder(own)
    if folder is None:
        return None
    try:
        handle = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW)
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


def keep(name: str, content: bytes, own: Path | None) -> None:
    """Keep something for later builds and forget what was longest unused; without a folder to write in, do without."""
    folder = plans_folder(own)
    if folder is None:
        return
    building = folder / f".{name}.{os.getpid()}"
    with suppress(OSError):
        make_folder(folder)
        with open(building, "wb", opener=for_owner) as file:
            file.write(content)
        building.replace(folder / name)
        plans = sorted(folder.glob("[!.]*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for unused in plans[KEPT_PLANS:]:
            unused.unlink(missing_ok=True)
