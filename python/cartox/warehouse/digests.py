"""The SHA-256 of every file of a version, written before it is published, so that a later change is seen."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from cartox.owner import for_owner
from cartox.warehouse.versions import LEFT_BEHIND

DIGESTS = "digests.json"
_FILES = "files"
_NOT_OF_THE_VERSION = (DIGESTS, f".{DIGESTS}")


def write_digests(version: Path) -> None:
    """Write the digests of all files of a version into its `digests.json`, in one step."""
    _write(version, dict(_digests(version)))


def renew_digests(version: Path, part: str) -> None:
    """Write anew the digests of one part of a version, such as its documentation; the others stay as they were.

    A version that another cartox published without digests gets none.
    """
    kept = read_digests(version)
    if kept:
        others = {name: digest for name, digest in kept.items() if not name.startswith(f"{part}/")}
        _write(version, others | dict(_digests(version, part)))


def read_digests(version: Path) -> dict[str, str] | None:
    """Return the digests of a version's files by their names in its folder.

    None where there is no `digests.json`; an empty mapping where it cannot be read.
    """
    try:
        files = json.loads((version / DIGESTS).read_text(encoding="utf-8"))[_FILES]
        return {str(name): str(digest) for name, digest in files.items()}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def changed_files(version: Path, digests: Mapping[str, str] | None) -> list[str]:
    """Return the names of a version's files that were changed, added or removed since it was published.

    Without digests nothing is known, so that none is named; where they cannot be read it is `digests.json`.
    """
    if digests is None:
        return []
    if not digests:
        return [DIGESTS]
    found = dict(_digests(version))
    return sorted(name for name in {*digests, *found} if digests.get(name) != found.get(name))


def digest_of_all(digests: Mapping[str, str]) -> str | None:
    """Return one SHA-256 over those of all files, None where there is none."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode()).hexdigest() if digests else None


def _digests(version: Path, part: str = "") -> Iterator[tuple[str, str]]:
    for path in sorted((version / part).rglob("*")):
        name = path.relative_to(version).as_posix()
        if path.is_symlink():
            yield name, "a link"
        elif path.is_file() and name not in _NOT_OF_THE_VERSION and not name.startswith(f"{LEFT_BEHIND}-"):
            with path.open("rb") as file:
                yield name, hashlib.file_digest(file, "sha256").hexdigest()


def _write(version: Path, digests: Mapping[str, str]) -> None:
    content = {"algorithm": "SHA-256", _FILES: dict(sorted(digests.items()))}
    new = version / f".{DIGESTS}"
    with open(new, "w", encoding="utf-8", opener=for_owner) as file:
        file.write(json.dumps(content, indent=1) + "\n")
    new.replace(version / DIGESTS)
