"""The daily grid of the treated patients."""

from typing import Any

import numpy as np
import pandas as pd

from cartox.benchmark.peers.given import Study

_SERIES = ["patient_id", "analyte"]
_MARKS = ["is_right_censored", "is_left_censored", "is_estimated"]


def daily_grid(
    results: pd.DataFrame,
    set_aside: pd.DataFrame,
    treated: pd.DataFrame,
    seeds: dict[str, pd.DataFrame],
    study: Study,
) -> pd.DataFrame:
    """Return a row for each treated patient, analyte of the grid and study day."""
    analytes = seeds["analytes"].loc[seeds["analytes"]["is_in_grid"], ["analyte"]]
    is_counting = results["unusable_reason"].isna() & results["not_counted_reason"].isna()
    counting = results.loc[is_counting & results["analyte"].isin(analytes["analyte"])]
    counting = _with_days(counting, treated)
    unread = _unread(results, set_aside, treated, seeds)
    counting["is_contested"] = _is_contested(counting, unread)
    observed = _observed(counting.loc[counting["study_day"].between(0, study.last_study_day)])
    carried = _carried(counting, unread, study)
    first = observed.loc[observed["study_day"] == 0, _SERIES].assign(is_observed=True)
    carried = carried.merge(first, on=_SERIES, how="left")
    carried = carried.loc[carried["is_observed"].isna()].drop(columns="is_observed")
    starts = treated[["patient_id"]].merge(analytes, how="cross")
    starts = starts.assign(
        study_day=-1,
        value=np.nan,
        n_results=0,
        is_right_censored=False,
        is_left_censored=False,
        origin="missing",
        is_estimated=False,
    )
    points = pd.concat([observed, carried, starts], ignore_index=True).sort_values([*_SERIES, "study_day"])
    days = _days(points.reset_index(drop=True), study)
    return _drawn(days.merge(_unread_days(unread, study), on=[*_SERIES, "grid_day"], how="left"), study)


def _with_days(frame: pd.DataFrame, treated: pd.DataFrame) -> pd.DataFrame:
    dated = frame.merge(treated, on="patient_id")
    dated["study_day"] = (dated["collected_at"].dt.normalize() - dated["infused_at"].dt.normalize()).dt.days
    return dated


def _is_contested(counting: pd.DataFrame, unread: pd.DataFrame) -> "np.ndarray[Any, Any]":
    """Whether a result has a version of a higher status that cannot be read."""
    draw = [*_SERIES, "collected_at"]
    contested = unread.groupby(draw)["precedence"].max().rename("unread_precedence").reset_index()
    both = counting[[*draw, "precedence"]].merge(contested, on=draw, how="left")
    return (both["precedence"] < both["unread_precedence"]).to_numpy()


def _observed(counting: pd.DataFrame) -> pd.DataFrame:
    sorted_ids = counting.sort_values("result_id").assign(
        is_right_censored=counting["censoring"] == "right",
        told_value=counting["value"].where(counting["censoring"] != "left"),
    )
    keys = [*_SERIES, "study_day"]
    days = sorted_ids.groupby(keys, as_index=False).agg(
        value=("value", "max"),
        n_results=("value", "size"),
        result_ids=("result_id", "first"),
        is_right_censored=("is_right_censored", "any"),
        told_value=("told_value", "max"),
        is_estimated=("is_contested", "any"),
    )
    several = sorted_ids.loc[sorted_ids.duplicated(keys, keep=False)]
    joined = several.groupby(keys)["result_id"].agg("|".join).rename("joined").reset_index()
    days = days.merge(joined, on=keys, how="left")
    days["result_ids"] = days["joined"].where(days["joined"].notna(), days["result_ids"])
    days["is_left_censored"] = days["value"] > days["told_value"].fillna(-1)
    return days.drop(columns=["told_value", "joined"]).assign(origin="observed")


def _carried(counting: pd.DataFrame, unread: pd.DataFrame, study: Study) -> pd.DataFrame:
    lookback = pd.Timedelta(hours=study.day_zero_lookback_hours)
    is_shortly_before = (counting["study_day"] < 0) & (
        counting["infused_at"] - lookback <= counting["collected_at"]
    )
    last = (
        counting.loc[is_shortly_before]
        .sort_values(["collected_at", "value", "censoring"])
        .drop_duplicates(_SERIES, keep="last")
    )
    later = last[[*_SERIES, "collected_at"]].merge(
        unread[[*_SERIES, "collected_at", "infused_at"]].rename(columns={"collected_at": "unread_at"}),
        on=_SERIES,
    )
    is_later = (later["collected_at"] < later["unread_at"]) & (later["unread_at"] < later["infused_at"])
    passed_over = later.loc[later["unread_at"].isna() | is_later, _SERIES].drop_duplicates()
    is_estimated = pd.MultiIndex.from_frame(last[_SERIES]).isin(pd.MultiIndex.from_frame(passed_over))
    return last[[*_SERIES, "value"]].assign(
        is_estimated=is_estimated | last["is_contested"],
        study_day=0,
        n_results=0,
        result_ids=last["result_id"],
        is_right_censored=last["censoring"] == "right",
        is_left_censored=last["censoring"] == "left",
        origin="carried",
    )


def _unread(
    results: pd.DataFrame, set_aside: pd.DataFrame, treated: pd.DataFrame, seeds: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    columns = [*_SERIES, "collected_at", "precedence"]
    unusable = results.loc[
        results["unusable_reason"].isin(seeds["measured_result_reasons"]["reason"]), columns
    ]
    return _with_days(pd.concat([unusable, set_aside[columns]]), treated)


def _unread_days(unread: pd.DataFrame, study: Study) -> pd.DataFrame:
    first = unread["study_day"].fillna(0).astype("int64")
    last = unread["study_day"].fillna(study.last_study_day).astype("int64")
    repeated = unread[_SERIES].loc[unread.index.repeat(last - first + 1)]
    offset = repeated.groupby(level=0).cumcount()
    days = repeated.assign(grid_day=first.loc[repeated.index] + offset).drop_duplicates()
    return days.assign(is_unread=True)


def _days(points: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Return each point once for every day of the grid up to the next one."""
    has_next = ~points.duplicated(_SERIES, keep="last")
    following = points[["study_day", "value", *_MARKS]].shift(-1)
    points["next_day"] = following["study_day"].where(~has_next, study.last_study_day + 1).astype("int64")
    points["next_value"] = following["value"].where(~has_next)
    for name in _MARKS:
        points[f"next_{name}"] = following[name].where(~has_next, other=False).astype(bool)
    first = points["study_day"].clip(lower=0)
    days = points.loc[points.index.repeat(points["next_day"] - first)]
    days = days.assign(grid_day=first.loc[days.index] + days.groupby(level=0).cumcount())
    return days.reset_index(drop=True)


def _drawn(days: pd.DataFrame, study: Study) -> pd.DataFrame:
    is_point = days["grid_day"] == days["study_day"]
    gap = days["next_day"] - days["study_day"]
    is_between = ~is_point & days["value"].notna() & days["next_value"].notna()
    if study.max_gap_days is not None:
        is_between &= gap <= study.max_gap_days
    drawn = (
        days["value"] + (days["next_value"] - days["value"]) * (days["grid_day"] - days["study_day"]) / gap
    )
    value = days["value"].where(is_point, drawn.where(is_between))
    origin = days["origin"].where(
        is_point, pd.Series("interpolated", index=days.index).where(is_between, "missing")
    )
    right, left, is_estimated = (
        (is_point & days[name]) | (is_between & (days[name] | days[f"next_{name}"])) for name in _MARKS
    )
    is_observed = is_point & (days["origin"] == "observed")
    certainty = np.select(
        [
            value.isna() | (right & left),
            is_estimated | (~is_observed & days["is_unread"].notna()),
            right,
            left,
        ],
        ["unknown", "estimated", "at_least", "at_most"],
        "exact",
    )
    return pd.DataFrame(
        {
            "patient_id": days["patient_id"],
            "analyte": days["analyte"],
            "study_day": days["grid_day"].astype("int32"),
            "observed_value": days["value"].where(is_observed),
            "value": value,
            "value_origin": origin,
            "certainty": certainty,
            "is_unread": ~is_observed & days["is_unread"].notna(),
            "n_results": days["n_results"].where(is_point, 0).astype("int32"),
            "is_right_censored": right,
            "is_left_censored": left,
            "result_ids": days["result_ids"].where(is_point),
        }
    )
