"""What becomes of every record of the laboratory."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cartox.benchmark.peers.by_pandas.cells import folded, is_moment, moments, told, trimmed
from cartox.benchmark.peers.given import Study
from cartox.benchmark.peers.meanings import Meanings

PLACE = ["source_file", "line_number"]
_TEST = ["code_system", "code", "test_name"]
_MEASURED = ["result", "unit", "reference_high", "comment", "resulted_at", "specimen", "status"]


def judged_records(file: Path, known: pd.DataFrame, meanings: Meanings, study: Study) -> pd.DataFrame:
    """Return every landed record with its disposition and reason, analyte and cells."""
    records = pd.read_parquet(file)
    cells = [name for name in records.columns if name not in PLACE]
    for name in cells:
        records[name] = trimmed(records[name])
    records["analyte"] = _analytes(records, meanings)
    collected = moments(records["collected_at"], study)
    verdict = _verdicts(records, cells, meanings, study)
    fault = _faults(records, collected, known)
    is_final = verdict.isin(["duplicate", "superseded"])
    is_refused = verdict.notna() | fault.notna()
    records["disposition"] = np.select([is_final, is_refused], [verdict, "quarantined"], "accepted")
    records["reason"] = verdict.where(verdict.notna(), fault)
    records["collected_at"] = collected
    return records[
        [*PLACE, "result_id", "patient_id", "collected_at", "analyte", *_MEASURED, "disposition", "reason"]
    ]


def account(judged: pd.DataFrame, rejected: pd.DataFrame) -> pd.DataFrame:
    """Return what became of every record of the laboratory, those included that landing refused."""
    read = judged.rename(columns={"result_id": "record_id"}).assign(entity="lab_results")
    unread = rejected.loc[rejected["entity"] == "lab_results"].assign(disposition="quarantined")
    columns = ["entity", "record_id", "patient_id", *PLACE, "disposition", "reason"]
    together = pd.concat([read[columns], unread.reindex(columns=columns)], ignore_index=True)
    texts = {name: "str" for name in columns if name != "line_number"}
    return together.astype(texts | {"line_number": "int64"})


def _analytes(records: pd.DataFrame, meanings: Meanings) -> "pd.Series[str]":
    codes = records.groupby(_TEST, dropna=False, sort=False).ngroup()
    tests = records.loc[~codes.duplicated(), _TEST].astype(object)
    tests = tests.where(tests.notna(), None)
    analytes = pd.Series([meanings.analyte(*row) for row in tests.itertuples(index=False)], dtype="str")
    return analytes.take(codes.to_numpy()).set_axis(records.index)


def _faults(
    records: pd.DataFrame, collected: "pd.Series[pd.Timestamp]", known: pd.DataFrame
) -> "pd.Series[str]":
    unread = collected.isna()
    cases: list[tuple[Any, str]] = [
        (records["result_id"].isna(), "missing_result_id"),
        (records["patient_id"].isna(), "missing_patient_id"),
        (records["collected_at"].isna(), "missing_collected_at"),
        (unread & is_moment(records["collected_at"]), "implausible_collected_at"),
        (unread, "unreadable_collected_at"),
        (records["result"].isna(), "missing_result"),
        (~records["patient_id"].isin(known["patient_id"]), "unknown_patient"),
    ]
    conditions, reasons = zip(*cases, strict=True)
    faults = pd.Series(np.select(conditions, reasons, ""), index=records.index, dtype="str")
    return faults.where(faults != "")


def _verdicts(records: pd.DataFrame, cells: list[str], meanings: Meanings, study: Study) -> "pd.Series[str]":
    """Return of records that share their id with another why they are not the one to keep."""
    shared = records.loc[records["result_id"].duplicated(keep=False)].sort_values(PLACE)
    is_copy = shared.duplicated(subset=cells)
    versions = shared.loc[~is_copy & shared["result_id"].notna()]
    versions = versions.loc[versions["result_id"].duplicated(keep=False)]
    ids = versions["result_id"]
    is_correction = told(versions["status"], meanings.status, ["usable", "correction", "precedence"])[
        "correction"
    ]
    at = moments(versions["resulted_at"], study).fillna(pd.Timestamp(9999, 12, 31))
    is_newest = at == at.groupby(ids).transform("max")
    collected = moments(versions["collected_at"], study)
    test = folded(versions["code"].where(versions["code"].notna(), versions["test_name"]))
    told_of = versions.groupby([versions["patient_id"], test, collected], dropna=False).ngroup()
    is_of_one = told_of.groupby(ids).transform("nunique") == 1
    is_last = is_correction & is_newest & is_of_one & (is_newest.groupby(ids).transform("sum") == 1)
    has_last = is_last.groupby(ids).transform("any")
    verdicts = pd.Series(None, index=records.index, dtype="str")
    verdicts.loc[shared.index[is_copy]] = "duplicate"
    verdicts.loc[versions.index[has_last & ~is_last]] = "superseded"
    verdicts.loc[versions.index[~has_last]] = "conflicting_id"
    return verdicts
