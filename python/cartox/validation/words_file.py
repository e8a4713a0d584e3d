"""Every word that no seed knows, in a file for its owner alone: some stand in one patient's records."""

import csv
from pathlib import Path

from cartox.errors import UserError
from cartox.owner import for_owner
from cartox.spreadsheets import safe_cell
from cartox.validation.findings import Validation

COLUMNS = ("table", "column", "word", "n_records", "n_patients", "looks_like_a_glucocorticoid")


def write_words(validation: Validation, path: Path) -> None:
    """Write the words with the records and patients that hang on them, suspected glucocorticoids first.

    Raises UserError where the file is there already or cannot be written.
    """
    rows = [
        (file.entity, term.column, term.term, term.n_records, term.n_patients, term.is_suspected)
        for file in validation.files
        for term in (*file.unmapped_terms, *file.withheld_terms)
    ]
    rows.sort(key=lambda row: (not row[5], row[0], row[1], -row[3], row[2]))
    try:
        with open(path, "x", encoding="utf-8", newline="", opener=for_owner) as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(
                (table, column, safe_cell(word), n, patients, str(suspected).lower())
                for table, column, word, n, patients, suspected in rows
            )
    except FileExistsError as error:
        raise UserError(f"{path}: is there already and is not overwritten") from error
    except OSError as error:
        raise UserError(f"{path}: cannot be written ({error.strerror})") from error
