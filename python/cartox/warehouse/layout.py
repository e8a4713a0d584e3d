"""Where a warehouse's versions lie, and the fixed links that readers use."""

import os
from dataclasses import dataclass
from pathlib import Path

from cartox.errors import UserError
from cartox.warehouse.kept_plans import FOLDER as PLANS

DEFAULT_NAME = "cartox.duckdb"
PARTS = ("report", "docs", "checks")


@dataclass(frozen=True)
class Layout:
    """The names around one warehouse file.

    `warehouse` is the fixed link that people open. Around `cartox.duckdb` the names are `.versions`,
    `.landing`, `current`, `report`, `docs` and `checks`; around any other file its name stands in front of each, so that
    several warehouses share a folder.
    """

    warehouse: Path

    @property
    def folder(self) -> Path:
        """The folder that holds the fixed links."""
        return self.warehouse.parent

    @property
    def versions(self) -> Path:
        """The folder that holds one folder for each version."""
        return self.folder / self._hidden("versions")

    @property
    def releases(self) -> Path:
        """The folder of the ledger of releases, which outlives every version."""
        name = self.warehouse.name
        return self.folder / (".releases" if name == DEFAULT_NAME else f".{name}.releases")

    @property
    def current(self) -> Path:
        """The link to the published version's folder; renaming it publishes."""
        return self.folder / self._beside("current")

    @property
    def landing(self) -> Path:
        """The folder that a run lands what it reads in: CARTOX_LANDING, else one beside the warehouse."""
        return Path(os.environ.get("CARTOX_LANDING") or self.folder / self._hidden("landing")).absolute()

    @property
    def plans(self) -> Path:
        """The folder of what was compiled for its runs."""
        return self.folder / self._hidden(PLANS)

    @property
    def lock(self) -> Path:
        """The file that a run holds locked."""
        return self.versions / ".lock"

    def fixed_links(self) -> dict[Path, Path]:
        """Return each fixed link with what it points to, relative to its folder."""
        current = Path(self.current.name)
        links = {self.warehouse: current / self.warehouse.name}
        return links | {self.link(part): current / part for part in PARTS}

    def link(self, part: str) -> Path:
        """Return the fixed link to a part of the published version, one of PARTS."""
        return self.folder / self._beside(part)

    def published(self) -> Path | None:
        """Return the folder of the published version, None before the first."""
        return self.current.resolve() if self.current.is_symlink() and self.current.exists() else None

    def require_free(self) -> None:
        """Raise UserError where something that is not a publication's stands in the place of a link."""
        if self.warehouse.is_dir():
            raise UserError(f"{self.warehouse}: a folder; name the file that the warehouse is to be")
        expected = self.fixed_links() | {self.current: Path(self.versions.name)}
        for link, target in expected.items():
            is_ours = link.is_symlink() and (link.readlink() == target or link.readlink().parent == target)
            if not is_ours and (link.is_symlink() or link.exists()):
                raise UserError(f"{link}: not published by cartox, so it is not replaced; move it away first")

    def _hidden(self, name: str) -> str:
        return f".{self._beside(name)}"

    def _beside(self, name: str) -> str:
        return name if self.warehouse.name == DEFAULT_NAME else f"{self.warehouse.name}.{name}"
