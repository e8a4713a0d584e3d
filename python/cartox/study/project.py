"""The project of a study: the package's, with the study's own rows above its seeds."""

import csv
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from cartox.errors import UserError
from cartox.owner import copy_folder, make_folder
from cartox.project import find_project
from cartox.study.folder import ANALYSIS, FIGURES, MODELS, RULES, WORDS, Study
from cartox.study.own_code import require_new_names
from cartox.study.plan import require_published_columns
from cartox.study.seeds import Seed, read_seed, seed_files
from cartox.study.site_rows import SiteRow, read_rows, require_known, row_key
from cartox.warehouse.domains import shown, unknown
from cartox.warehouse.project import SITE
from cartox.yaml_file import read_yaml

RULES_OF_A_SITE = ("test_plan", "response_definitions", "plausibility")
ORIGINS = "site_rows"
_FOLDERS = {WORDS: "terminology", RULES: "rules", FIGURES: "study"}
OPEN_CONCEPTS = ("words_indications",)
"""Words of which a site may name new concepts; what others mean is what the models know, or a row of another table."""

_SETTINGS = ("dbt_project.yml", "profiles.yml", "allowed_vars.yml")


@contextmanager
def project_of(study: Study | None, scratch: Path | None = None, with_models: bool = False) -> Iterator[Path]:
    """Give the folder of the dbt project by which a study is run; without a study, the package's own.

    That of a study is made in `scratch` (TMPDIR where it is None) and removed again. `with_models` adds the
    study's own SQL, which is code and runs as such.

    Raises UserError where a row of the study cannot be used: one line with file, column and row.
    """
    if study is None:
        yield find_project()
        return
    if scratch is not None:
        make_folder(scratch)
    with TemporaryDirectory(prefix="cartox-project-", dir=scratch) as name:
        project = Path(name).absolute()
        write_project(study, project, with_models)
        yield project
    if scratch is not None and not any(scratch.iterdir()):
        scratch.rmdir()


def write_project(study: Study, project: Path, with_models: bool) -> None:
    """Write the project of a study into an empty folder; folders that the study does not change are links."""
    package = find_project()
    for name in _SETTINGS:
        shutil.copyfile(package / name, project / name)
    for name in ("macros", "tests", *([] if with_models else [MODELS, ANALYSIS])):
        (project / name).symlink_to(package / name)
    if with_models:
        _add_own_code(study, package, project)
    (project / "seeds").mkdir()
    for folder in sorted((package / "seeds").iterdir()):
        target = project / "seeds" / folder.name
        if folder.name in _FOLDERS.values():
            target.mkdir()
        else:
            shutil.copytree(folder, target)
    _write_seeds(study, package / "seeds", project / "seeds")


def _write_seeds(study: Study, package: Path, target: Path) -> None:
    """Copy the seeds, those of which the study has rows of its own with these in their place."""
    files = {folder: seed_files(package / folder) for folder in _FOLDERS.values()}
    own = {folder: _own_rows(study.root / part, files[folder]) for part, folder in _FOLDERS.items()}
    paths = {name: path for of_folder in files.values() for name, path in of_folder.items()}
    merged: dict[str, list[dict[str, str]]] = {}
    origins: list[tuple[str | int, ...]] = []
    for folder, of_folder in own.items():
        for name, rows in of_folder.items():
            seed = read_seed(paths[name])
            below = [] if folder == _FOLDERS[FIGURES] else _package_rows(seed.path)
            merged[name], replaced = _above(seed, below, rows)
            if folder != _FOLDERS[FIGURES]:
                origins += _origins(study, seed, rows, replaced)
    for of_folder in own.values():
        for name, rows in of_folder.items():
            _require_references(read_seed(paths[name]), rows, merged, paths)
    require_published_columns(own["rules"].get("test_plan", []), package.parent / MODELS)
    for name, path in paths.items():
        file = target / path.parent.name / path.name
        shutil.copyfile(path.with_suffix(".yml"), file.with_suffix(".yml"))
        if name in merged and own[path.parent.name][name]:
            columns = read_seed(path).column_names
            _write(file, columns, [[row[column] for column in columns] for row in merged[name]])
        elif path.parent.name == _FOLDERS[FIGURES]:
            _write(file, read_seed(path).column_names, [])
        else:
            shutil.copyfile(path, file)
    _write(target / "study" / f"{ORIGINS}.csv", read_seed(paths[ORIGINS]).column_names, origins)


def _own_rows(folder: Path, files: Mapping[str, Path]) -> dict[str, list[SiteRow]]:
    known = [name for name in files if name != ORIGINS and (folder.name != RULES or name in RULES_OF_A_SITE)]
    own = {}
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in known:
            raise UserError(
                f"{path}: {unknown(f'table {shown(path.stem)} for {folder.name}', path.stem, known)}"
            )
        own[path.stem] = read_rows(path, read_seed(files[path.stem]))
    return own


def _package_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _above(
    seed: Seed, below: list[dict[str, str]], own: Sequence[SiteRow]
) -> tuple[list[dict[str, str]], set[tuple[str, ...]]]:
    """Return a seed's rows with the site's in the place of those of the same key, and the keys that were replaced."""
    keys = {row.key(seed) for row in own}
    kept = [row for row in below if row_key(row, seed) not in keys]
    replaced = {row_key(row, seed) for row in below} & keys
    for column in seed.unique:
        taken = {row[column] for row in kept}
        for row in own:
            if column not in seed.key and row.cells[column] in taken:
                raise row.refusal(
                    column, f"{shown(row.cells[column])} is that of another row of {seed.name} already"
                )
            taken.add(row.cells[column])
    return [*kept, *(row.cells for row in own)], replaced


def _origins(
    study: Study, seed: Seed, rows: Sequence[SiteRow], replaced: set[tuple[str, ...]]
) -> Iterator[tuple[str | int, ...]]:
    for row in rows:
        first = [row.cells[name] for name in seed.key]
        file = row.path.relative_to(study.root).as_posix()
        yield (
            file, row.line, seed.name, "".join(row.key(seed)) if seed.is_of_words else " ".join(filter(None, first)),
            " ".join(filter(None, first)),
            row.cells.get("concept", ""), str(row.key(seed) in replaced).lower(),
        )  # fmt: skip


def _require_references(
    seed: Seed, rows: Sequence[SiteRow], merged: Mapping[str, list[dict[str, str]]], paths: Mapping[str, Path]
) -> None:
    if not rows:
        return

    for column in seed.columns:
        name, field = column.refers_to or (seed.name, "concept")
        if column.refers_to:
            known = [row[field] for row in merged.get(name) or _package_rows(paths[name])]
        elif seed.is_of_words and column.name == "concept" and seed.name not in OPEN_CONCEPTS:
            known = sorted({row[field] for row in _package_rows(seed.path)})
        else:
            continue
        for row in rows:
            require_known(row, column, known, f"{name} (column {field})")


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _add_own_code(study: Study, package: Path, project: Path) -> None:
    for part in (MODELS, ANALYSIS):
        copy_folder(package / part, project / part)  # dbt follows no link within a folder
        if (study.root / part).is_dir():
            require_new_names(study.root / part, package)
            copy_folder(study.root / part, project / part / SITE)
    settings = read_yaml(project / "dbt_project.yml")
    settings["models"]["cartox"][SITE] = {"+schema": SITE, "+materialized": "table"}
    (project / "dbt_project.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
