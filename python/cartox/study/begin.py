"""Begin a study: its folder with everything in it that a site may fill."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from cartox.errors import UserError
from cartox.intake.empty_extract import empty_files
from cartox.owner import close_to_others, for_owner, make_folder
from cartox.project import find_project
from cartox.study.folder import ANALYSIS, EXTRACT, FIGURES, MODELS, RULES, SETTINGS, WORDS, Study, open_study
from cartox.study.project import ORIGINS, RULES_OF_A_SITE
from cartox.study.seeds import Seed, read_seed, seed_files
from cartox.warehouse.variables_file import study_file_text

CONCEPTS = ("analytes", "dose_units", "drugs", "lab_codes", "lab_units", "products", "routes", "specimens")
"""Tables beside those of words in which sites have rows of their own; any other of the package's may be added."""

_NOT_COMMITTED = """\
# Patients' records, and what is made of them, are never committed.
/extract/
/warehouse/
/.landing
/..landing*
/.scratch/
"""
_README = """\
# A study

`study.yml` says who is studied; `extract/` holds the records. Then, from the folder above:

    cartox validate {name}
    cartox run {name}
    cartox show {name}

| folder | what stands in it |
|---|---|
| `extract/` | the records, a file for each kind |
| `words/` | words, products, codes and units of the site's own, above those of the package |
| `rules/` | rows of the test plan, definitions of resolution and ranges of plausible values, above those of the package |
| `figures/` | what the study printed, if anything |
| `models/`, `analysis/` | SQL of the study's own: code, built by `cartox run --with-models` alone |
| `warehouse/` | what runs publish |
"""


def begin_study(root: Path, is_example: bool) -> Study:
    """Write a study folder: headers to fill, or with `is_example` the built-in study but for its records.

    Raises UserError where a file is there already, or a file stands in the place of a folder; nothing is written then.
    """
    texts = {root / name: text for name, text in _texts(root.resolve().name, is_example)}
    folders = [root, *(root / name for name in (EXTRACT, WORDS, RULES, FIGURES, MODELS, ANALYSIS))]
    for path in folders:
        if path.exists() and not path.is_dir():
            raise UserError(f"{path}: a folder is expected, this is a file")
    for path in texts:
        if path.exists() or path.is_symlink():
            raise UserError(f"{path}: is there already and is not overwritten; nothing was written")
    for path in folders:
        make_folder(path)
    close_to_others(root / EXTRACT)
    for path, text in texts.items():
        with open(path, "x", encoding="utf-8", newline="", opener=for_owner) as file:
            file.write(text)
    return open_study(root)


def _texts(name: str, is_example: bool) -> Iterator[tuple[str, str]]:
    project = find_project()
    yield SETTINGS, study_file_text(project, keeps_marks=is_example)
    yield "README.md", _README.format(name=f'"{name}"' if " " in name else name)
    yield ".gitignore", _NOT_COMMITTED
    if not is_example:
        for file, text in empty_files().items():
            yield f"{EXTRACT}/{file}", text
    seeds = project / "seeds"
    for words, path in seed_files(seeds / "terminology").items():
        if words.startswith("words_") or words in CONCEPTS:
            yield f"{WORDS}/{words}.csv", _header(read_seed(path))
    for rule in RULES_OF_A_SITE:
        yield f"{RULES}/{rule}.csv", _header(read_seed(seeds / "rules" / f"{rule}.csv"))
    for figures, path in seed_files(seeds / "study").items():
        if figures != ORIGINS:
            text = path.read_text(encoding="utf-8") if is_example else _header(read_seed(path))
            yield f"{FIGURES}/{figures}.csv", text


def _header(seed: Seed) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(seed.column_names)
    return text.getvalue()
