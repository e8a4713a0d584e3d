"""The plans of earlier builds, in the user's cache: SQL and vars, nothing of any record."""

import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from cartox.owner import OTHERS, for_owner, make_folder

KEPT_PLANS = 20


def plans_folder() -> Path:
    """Return the folder of the plans: `cartox/plans` of XDG_CACHE_HOME, else of ~/.cache."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    cache = Path(named) if os.path.isabs(named) else Path(os.path.expanduser("~/.cache"))
    return cache / "cartox" / "plans"


def kept(fingerprint: str) -> Any:
    """Return the plan of that fingerprint; None where none was kept, or somebody else could have written it."""
    try:
        handle = os.open(plans_folder() / f"{fingerprint}.json", os.O_RDONLY | os.O_NOFOLLOW)
        with open(handle, encoding="utf-8") as file:
            status = os.fstat(handle)
            if (
                status.st_uid != os.geteuid()
                or stat.S_IMODE(status.st_mode) & OTHERS
                or not stat.S_ISREG(status.st_mode)
            ):
                return None
            os.utime(handle)
            return json.load(file)
    except (OSError, ValueError):
        return None


def keep(fingerprint: str, plan: Any) -> None:
    """Keep a plan for later builds and forget those longest unused; where the cache cannot be written, do without."""
    folder = plans_folder()
    building = folder / f".{fingerprint}.{os.getpid()}"
    with suppress(OSError):
        make_folder(folder)
        with open(building, "w", encoding="utf-8", opener=for_owner) as file:
            json.dump(plan, file)
        building.replace(folder / f"{fingerprint}.json")
        plans = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for unused in plans[KEPT_PLANS:]:
            unused.unlink(missing_ok=True)
