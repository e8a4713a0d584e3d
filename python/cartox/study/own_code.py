"""A study's own SQL, which is code: it is built only where a run is asked to."""

from pathlib import Path

from cartox.errors import UserError


def own_files(folder: Path) -> list[Path]:
    """Return the SQL and YAML files of a study's `models` or `analysis`."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".sql", ".yml"))


def require_new_names(folder: Path, package: Path) -> None:
    """Raise UserError where a file is named as a model, an analysis, a seed or a macro of the package is."""
    known = {
        path.stem
        for part in ("models", "analysis", "seeds", "macros")
        for path in (package / part).rglob("*.*")
    }
    for path in own_files(folder):
        if path.suffix == ".sql" and path.stem in known:
            raise UserError(f"{path}: the package has a {path.stem} already; give it another name")
