"""Verdicts on mutations that an earlier slice of `make mutants` reached, kept so that the next one goes on from there.

One file per model. What was found is worth nothing any more once a model, a seed, a case or the mutating itself changed: the
fingerprint of all of them is in the name of the folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.spec.compiled_project import PROJECT
from tests.spec.laboratory import Verdict

DECIDING = ("models", "macros", "seeds", "tests/spec")


def fingerprint(project: Path = PROJECT) -> str:
    """A digest of everything that decides about a mutation."""
    digest = hashlib.sha256((project / "dbt_project.yml").read_bytes())
    for path in _deciding(project):
        digest.update(str(path.relative_to(project)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _deciding(project: Path) -> Iterator[Path]:
    for folder in DECIDING:
        for path in sorted((project / folder).rglob("*")):
            if path.suffix in (".sql", ".csv", ".py") or path.parent.name == "rules":
                yield path


class KeptVerdicts:
    """The verdicts of a state of the project, in a folder of its own."""

    def __init__(self, folder: Path, state: str) -> None:
        self.folder = folder / state

    def of(self, model: str) -> list[Verdict] | None:
        """What an earlier slice found of a model; None where none came to its end."""
        path = self.folder / f"{model}.json"
        if not path.exists():
            return None
        return [Verdict(**verdict) for verdict in json.loads(path.read_text(encoding="utf-8"))]

    def keep(self, model: str, verdicts: Sequence[Verdict]) -> None:
        """Keep what was found of a model."""
        self.folder.mkdir(parents=True, exist_ok=True)
        written = self.folder / f"{model}.json.new"
        written.write_text(json.dumps([asdict(verdict) for verdict in verdicts]), encoding="utf-8")
        written.replace(self.folder / f"{model}.json")
