"""The landing's place: a link that is moved in one step, so that a whole landing lies behind it at any moment."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from uuid import uuid4

from cartox.errors import UserError
from cartox.owner import FOLDER, make_folder

_LANDED, _MOVED_ASIDE = "landed", "replaced"
_LONGEST_CHAIN = 40


@contextmanager
def replaced_as_a_whole(landing: Path) -> Iterator[Path]:
    """Give an empty folder to land in; it takes the place of `landing` when the block ends without an error.

    `landing` becomes a link to a folder beside it. On an error, or if the process is killed at any moment,
    what was landed before stays, and what was half landed is removed now or by the next landing. One
    landing at a time. Raises UserError where `landing` is a link that leads in a circle.
    """
    landing = _own_place(landing)
    make_folder(landing.parent)
    _adopt_plain_folder(landing)
    _remove_all_but(landing, kept=_behind(landing))
    folder = _beside(landing, _LANDED)
    try:
        folder.mkdir(mode=FOLDER)
        yield folder
        _point(landing, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _remove_all_but(landing, kept=folder)


def _own_place(landing: Path) -> Path:
    """Follow links that a user made, to land where they lead."""
    for _ in range(_LONGEST_CHAIN):
        if not landing.is_symlink() or _behind(landing) is not None:
            return landing
        landing = landing.parent / landing.readlink()
    raise UserError(f"{landing}: a link that leads in a circle")


def _behind(landing: Path) -> Path | None:
    """Return the folder that a link made here points to, None where there is no such link."""
    if not landing.is_symlink():
        return None
    target = landing.readlink()
    is_ours = target.name == str(target) and target.name.startswith(_prefixes(landing))
    return landing.parent / target if is_ours else None


def _adopt_plain_folder(landing: Path) -> None:
    """Put a link in the place of a plain folder, and finish where a killed process left neither."""
    if landing.exists() and not landing.is_symlink():
        folder = _beside(landing, _MOVED_ASIDE)
        landing.rename(folder)
        _point(landing, folder)
    elif not landing.is_symlink():
        for folder in landing.parent.glob(f".{escape(landing.name)}.{_MOVED_ASIDE}-*"):
            _point(landing, folder)


def _point(landing: Path, folder: Path) -> None:
    link = landing.parent / f".{landing.name}.link"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(landing)


def _remove_all_but(landing: Path, kept: Path | None) -> None:
    (landing.parent / f".{landing.name}.link").unlink(missing_ok=True)
    for folder in landing.parent.iterdir():
        if folder.name.startswith(_prefixes(landing)) and folder != kept:
            shutil.rmtree(folder, ignore_errors=True)


def _beside(landing: Path, state: str) -> Path:
    return landing.parent / f".{landing.name}.{state}-{uuid4().hex}"


def _prefixes(landing: Path) -> tuple[str, ...]:
    return tuple(f".{landing.name}.{state}-" for state in (_LANDED, _MOVED_ASIDE, "building"))
