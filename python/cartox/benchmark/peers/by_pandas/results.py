"""The numbers of results in the units of the study, why some cannot be used, and which of one draw count."""

from typing import Any

import numpy as np
import pandas as pd

from cartox.benchmark.peers.by_pandas.cells import moments, rounded, told
from cartox.benchmark.peers.given import Study
from cartox.benchmark.peers.meanings import Meanings
from cartox.benchmark.peers.texts import read_limit, read_result, read_unit

RESULT_COLUMNS = [
    "result_id",
    "patient_id",
    "analyte",
    "collected_at",
    "raw_result",
    "raw_unit",
    "value",
    "unit",
    "censoring",
    "unusable_reason",
    "not_counted_reason",
    "reference_high",
    "is_hemolysed",
    "is_doubtful",
    "source_file",
    "line_number",
]
_DRAW = ["patient_id", "analyte", "collected_at"]


def read_results(
    judged: pd.DataFrame, seeds: dict[str, pd.DataFrame], meanings: Meanings, study: Study
) -> pd.DataFrame:
    """Return the accepted results with value, bound and the reason why one cannot be used."""
    accepted = judged.loc[judged["disposition"] == "accepted"].reset_index(drop=True)
    frame = accepted.join(_read_texts(accepted, meanings))
    frame = _with_factors(frame, seeds)
    analytes = seeds["analytes"].set_index("analyte")
    for name in ("canonical_unit", "is_hemolysis_sensitive"):
        frame[name] = frame["analyte"].map(analytes[name])
    bounds = seeds["plausibility"].set_index("quantity")
    for name in ("warn_low", "warn_high", "reject_low", "reject_high"):
        frame[name] = frame["analyte"].map(bounds[name])
    converted = rounded(frame["number_read"] * frame["factor"])
    reason = _unusable_reason(frame, converted)
    limit = frame["limit_number"] * frame["limit_factor"].where(frame["limit_unit"].notna(), frame["factor"])
    is_usable = reason.isna()
    is_doubtful = ~converted.between(frame["warn_low"], frame["warn_high"])
    return frame[
        ["result_id", *_DRAW, "precedence", "comparator", "is_hemolysed", "source_file", "line_number"]
    ].assign(
        specimen=frame["folded_specimen"],
        resulted_at=moments(frame["resulted_at"], study),
        raw_result=frame["result"],
        raw_unit=frame["unit"].where(frame["unit"].notna(), frame["unit_name"]),
        value=converted.where(is_usable),
        unit=frame["canonical_unit"],
        censoring=frame["comparator"].str.slice(0, 1).map({"<": "left", ">": "right", "=": "none"}),
        unusable_reason=reason,
        reference_high=rounded(limit).where(frame["limit_number"] > 0),
        is_doubtful=is_doubtful.astype("boolean").where(is_usable),
    )


def counted(results: pd.DataFrame) -> pd.DataFrame:
    """Add why a usable result of a draw with several stands behind no value."""
    tells = results["unusable_reason"].isin(["not_performed", "hemolysed_specimen"])
    telling = results.loc[results["unusable_reason"].isna() | tells]
    shared = telling.loc[telling.duplicated(_DRAW, keep=False)].sort_values(
        ["precedence", "resulted_at", "result_id"], ascending=[False, False, True]
    )
    is_usable = shared["unusable_reason"].isna()
    is_copy = shared.duplicated([*_DRAW, "value", "comparator", "unusable_reason"])
    draws = [shared[name] for name in _DRAW]
    specimens = shared.groupby(draws)["specimen"]
    only = specimens.transform("first").where(specimens.transform("nunique") == 1)
    versions = [*draws, shared["specimen"].fillna(only)]
    at, precedence = shared["resulted_at"], shared["precedence"]
    exact_at = at.where((shared["censoring"] == "none") & is_usable).groupby(draws).transform("max")
    highest = precedence.groupby(versions, dropna=False).transform("max")
    last_at = at.where((precedence == highest) & is_usable).groupby(versions, dropna=False).transform("max")
    is_diluted = (shared["censoring"] == "right") & (at < exact_at)
    is_older = (precedence < highest) | (at < last_at)
    reason = np.select(
        [~is_usable, is_copy, is_diluted, is_older],
        ["", "repeated_value", "superseded_by_dilution", "superseded_version"],
        "",
    )
    reasons = pd.Series(reason, index=shared.index, dtype="str")
    return results.assign(not_counted_reason=reasons.loc[reasons != ""].reindex(results.index))


def set_aside(judged: pd.DataFrame, meanings: Meanings) -> pd.DataFrame:
    """Return the quarantined records that measured something in blood which nobody withdrew."""
    refused = judged.loc[(judged["disposition"] == "quarantined") & judged["result"].notna()]
    specimen = told(refused["specimen"], meanings.specimen, ["folded_specimen", "is_blood"])
    status = told(refused["status"], meanings.status, ["is_usable", "is_correction", "precedence"])
    is_blood = specimen["is_blood"].astype("boolean").fillna(value=True).astype(bool)
    return refused.assign(precedence=status["precedence"]).loc[status["is_usable"].astype(bool) & is_blood]


def _read_texts(accepted: pd.DataFrame, meanings: Meanings) -> pd.DataFrame:
    def result(text: str | None) -> tuple[Any, ...]:
        return (*read_result(text or ""), *meanings.remarks.read(text))

    def comment(text: str | None) -> tuple[bool, ...]:
        return meanings.remarks.read(text)[1:]

    def limit(text: str | None) -> tuple[float | None, str | None]:
        return read_limit(text or "")

    def unit(text: str | None) -> tuple[str | None]:
        return (read_unit(text),)

    columns = [
        "comparator",
        "result_number",
        "written_unit",
        "has_comma",
        "is_range",
        "is_not_performed",
        "nothing_by_result",
        "clotted_by_result",
        "hemolysed_by_result",
    ]
    of_comment = ["nothing_by_comment", "clotted_by_comment", "hemolysed_by_comment"]
    texts = [
        told(accepted["result"], result, columns),
        told(accepted["comment"], comment, of_comment),
        told(accepted["reference_high"], limit, ["limit_number", "limit_unit"]),
        told(accepted["unit"], unit, ["charted_unit"]),
        told(accepted["specimen"], meanings.specimen, ["folded_specimen", "is_blood"]),
        told(accepted["status"], meanings.status, ["is_usable", "is_correction", "precedence"]),
    ]
    read = pd.concat(texts, axis=1)
    nothing, clotted, hemolysed = (
        read[f"{name}_by_result"] | read[f"{name}_by_comment"] for name in ("nothing", "clotted", "hemolysed")
    )
    read["is_unmeasured"] = clotted | (nothing & (read["result_number"] == 0))
    read["is_hemolysed"] = hemolysed
    return read


def _with_factors(frame: pd.DataFrame, seeds: dict[str, pd.DataFrame]) -> pd.DataFrame:
    units = seeds["lab_units"][["analyte", "name", "factor", "review_below", "review_reason"]]
    for kind in ("charted", "written", "limit"):
        known = units[["analyte", "name", "factor"]].rename(
            columns={"name": f"{kind}_unit", "factor": f"{kind}_factor"}
        )
        frame = frame.merge(known, on=["analyte", f"{kind}_unit"], how="left")
    charted, written = frame["charted_unit"], frame["written_unit"]
    frame["unit_name"] = charted.where(charted.notna(), written)
    is_read = written.isna() | charted.isna() | frame["written_factor"].notna()
    frame["number_read"] = frame["result_number"].where(is_read)
    frame["has_two_units"] = (
        charted.notna()
        & frame["written_factor"].notna()
        & (frame["written_factor"] != frame["charted_factor"])
    )
    frame = frame.merge(units.rename(columns={"name": "unit_name"}), on=["analyte", "unit_name"], how="left")
    sentinels = seeds["result_sentinels"][["analyte", "number"]].rename(columns={"number": "number_read"})
    return frame.merge(sentinels.assign(is_sentinel=True), on=["analyte", "number_read"], how="left")


def _unusable_reason(frame: pd.DataFrame, converted: "pd.Series[float]") -> "pd.Series[str]":
    unread = frame["number_read"].isna()
    is_blood = frame["is_blood"].astype("boolean")
    cases: list[tuple[Any, Any]] = [
        (~frame["is_usable"], "withdrawn_result"),
        (frame["folded_specimen"].notna() & is_blood.isna(), "unknown_specimen"),
        (~is_blood.fillna(value=True), "specimen_not_blood"),
        (unread & frame["is_not_performed"], "not_performed"),
        (
            unread & frame["is_hemolysed"] & ~frame["result"].str.contains("[0-9]").fillna(value=False),
            "hemolysed_specimen",
        ),
        (unread & frame["is_range"], "range_of_values"),
        (unread & frame["has_comma"], "ambiguous_comma"),
        (unread, "unreadable_result"),
        (frame["is_unmeasured"], "not_performed"),
        (frame["is_sentinel"].notna() & (frame["comparator"] == "="), "sentinel"),
        (frame["unit_name"].isna(), "missing_unit"),
        (frame["has_two_units"], "conflicting_units"),
        (frame["factor"].isna(), "unknown_unit"),
        (frame["is_hemolysed"] & frame["is_hemolysis_sensitive"], "hemolysed_specimen"),
        (frame["number_read"] < frame["review_below"], frame["review_reason"].astype(object)),
        (~converted.between(frame["reject_low"], frame["reject_high"]), "implausible_value"),
    ]
    conditions = [np.asarray(condition, dtype=bool) for condition, _ in cases]
    reasons = pd.Series(
        np.select(conditions, [reason for _, reason in cases], ""), index=frame.index, dtype="str"
    )
    return reasons.where(reasons != "")
