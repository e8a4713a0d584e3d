"""The daily grid of the treated patients."""

import polars as pl

from cartox.benchmark.peers.given import Study

_SERIES = ["patient_id", "analyte"]
_POINT = {
    "patient_id": pl.String,
    "analyte": pl.String,
    "study_day": pl.Int64,
    "value": pl.Float64,
    "n_results": pl.Int32,
    "result_ids": pl.String,
    "is_right_censored": pl.Boolean,
    "is_left_censored": pl.Boolean,
    "origin": pl.String,
    "is_estimated": pl.Boolean,
}


def daily_grid(
    results: pl.DataFrame,
    judged: pl.DataFrame,
    treated: pl.DataFrame,
    seeds: dict[str, pl.DataFrame],
    study: Study,
) -> pl.DataFrame:
    """Return a row for each treated patient, analyte of the grid and study day."""
    analytes = seeds["analytes"].lazy().filter("is_in_grid").select("analyte")
    counting = (
        results.lazy()
        .filter(pl.col("unusable_reason").is_null() & pl.col("not_counted_reason").is_null())
        .join(analytes, on="analyte", how="semi")
        .join(treated.lazy(), on="patient_id")
        .with_columns(study_day=_study_day())
    )
    unread = _unread(results, judged, treated, seeds)
    counting = _contested(counting, unread)
    observed = _observed(counting.filter(pl.col("study_day").is_between(0, study.last_study_day)))
    carried = _carried(counting, unread, study).join(
        observed.filter(pl.col("study_day") == 0), on=_SERIES, how="anti"
    )
    starts = (
        treated.lazy()
        .select("patient_id")
        .join(analytes, how="cross")
        .with_columns(
            study_day=-1,
            value=None,
            n_results=0,
            result_ids=None,
            is_right_censored=False,
            is_left_censored=False,
            origin=pl.lit("missing"),
            is_estimated=False,
        )
    )
    points = pl.concat(
        frame.select(pl.col(name).cast(kind) for name, kind in _POINT.items())
        for frame in (observed, carried, starts)
    ).sort(*_SERIES, "study_day")
    return (
        _drawn(points, study)
        .join(_unread_days(unread, study), on=[*_SERIES, "study_day"], how="left")
        .select(_columns())
        .collect()
    )


def _contested(counting: pl.LazyFrame, unread: pl.LazyFrame) -> pl.LazyFrame:
    """Tell which results have a version of a higher status that cannot be read."""
    draw = [*_SERIES, "collected_at"]
    contested = unread.group_by(draw).agg(unread_precedence=pl.col("precedence").max())
    is_contested = (pl.col("precedence") < pl.col("unread_precedence")).fill_null(value=False)
    return counting.join(contested, on=draw, how="left").with_columns(is_contested=is_contested)


def _study_day() -> pl.Expr:
    return (pl.col("collected_at").dt.date() - pl.col("infused_at").dt.date()).dt.total_days()


def _observed(counting: pl.LazyFrame) -> pl.LazyFrame:
    value, censoring = pl.col("value"), pl.col("censoring")
    return counting.group_by(*_SERIES, "study_day").agg(
        value=value.max(),
        n_results=pl.len(),
        result_ids=pl.col("result_id").sort().str.join("|"),
        is_right_censored=(censoring == "right").any(),
        is_left_censored=value.max() > value.filter(censoring != "left").max().fill_null(-1),
        origin=pl.lit("observed").first(),
        is_estimated=pl.col("is_contested").any(),
    )


def _carried(counting: pl.LazyFrame, unread: pl.LazyFrame, study: Study) -> pl.LazyFrame:
    is_shortly_before = (pl.col("study_day") < 0) & (
        pl.col("infused_at") - pl.duration(hours=study.day_zero_lookback_hours) <= pl.col("collected_at")
    )
    last = (
        counting.filter(is_shortly_before).sort("collected_at", "value", "censoring").group_by(_SERIES).last()
    )
    unread_at = pl.col("unread_at")
    passed_over = (
        last.select(*_SERIES, "collected_at")
        .join(unread.rename({"collected_at": "unread_at"}), on=_SERIES)
        .filter(
            unread_at.is_null() | ((pl.col("collected_at") < unread_at) & (unread_at < pl.col("infused_at")))
        )
        .select(*_SERIES, is_estimated=pl.lit(value=True))
        .unique()
    )
    return last.join(passed_over, on=_SERIES, how="left").with_columns(
        study_day=0,
        n_results=0,
        result_ids="result_id",
        is_right_censored=pl.col("censoring") == "right",
        is_left_censored=pl.col("censoring") == "left",
        origin=pl.lit("carried"),
        is_estimated=pl.col("is_estimated").fill_null(value=False) | pl.col("is_contested"),
    )


def _unread(
    results: pl.DataFrame, judged: pl.DataFrame, treated: pl.DataFrame, seeds: dict[str, pl.DataFrame]
) -> pl.LazyFrame:
    reasons = seeds["measured_result_reasons"].lazy()
    unusable = results.lazy().join(reasons, left_on="unusable_reason", right_on="reason", how="semi")
    set_aside = judged.lazy().filter(
        (pl.col("disposition") == "quarantined")
        & pl.col("result").is_not_null()
        & pl.col("is_usable")
        & pl.col("is_blood").fill_null(value=True)
    )
    unread = pl.concat(
        [frame.select(*_SERIES, "collected_at", "precedence") for frame in (unusable, set_aside)]
    )
    return unread.join(treated.lazy(), on="patient_id")


def _unread_days(unread: pl.LazyFrame, study: Study) -> pl.LazyFrame:
    day = _study_day()
    return (
        unread.select(
            *_SERIES,
            study_day=pl.int_ranges(day.fill_null(0), day.fill_null(study.last_study_day) + 1),
        )
        .explode("study_day")
        .unique()
        .with_columns(is_unread=pl.lit(value=True))
    )


def _drawn(points: pl.LazyFrame, study: Study) -> pl.LazyFrame:
    next_point = {
        f"next_{name}": pl.col(name).shift(-1).over(_SERIES)
        for name in ("study_day", "value", "is_right_censored", "is_left_censored", "is_estimated")
    }
    days = (
        points.with_columns(**next_point)
        .with_columns(pl.col("next_study_day").fill_null(study.last_study_day + 1))
        .with_columns(grid_day=pl.int_ranges(pl.max_horizontal("study_day", pl.lit(0)), "next_study_day"))
        .explode("grid_day")
        .filter(pl.col("grid_day").is_not_null())
    )
    gap = pl.col("next_study_day") - pl.col("study_day")
    is_between = (
        (pl.col("grid_day") > pl.col("study_day"))
        & pl.col("value").is_not_null()
        & pl.col("next_value").is_not_null()
        & (pl.lit(value=True) if study.max_gap_days is None else gap <= study.max_gap_days)
    )
    slope = (pl.col("next_value") - pl.col("value")) * (pl.col("grid_day") - pl.col("study_day")) / gap
    return days.with_columns(
        is_point=pl.col("grid_day") == pl.col("study_day"),
        is_between=is_between,
        drawn=pl.col("value") + slope,
    ).with_columns(
        pl.when("is_point").then("value").when("is_between").then("drawn").alias("grid_value"),
        *(
            (
                (pl.col("is_point") & pl.col(name))
                | (pl.col("is_between") & (pl.col(name) | pl.col(f"next_{name}")))
            ).alias(name)
            for name in ("is_right_censored", "is_left_censored", "is_estimated")
        ),
        study_day=pl.col("grid_day"),
        point_origin=pl.col("origin"),
        value_origin=pl.when("is_point")
        .then("origin")
        .when("is_between")
        .then(pl.lit("interpolated"))
        .otherwise(pl.lit("missing")),
    )


def _columns() -> list[pl.Expr]:
    right, left = pl.col("is_right_censored"), pl.col("is_left_censored")
    is_observed = pl.col("value_origin") == "observed"
    certainty = (
        pl.when(pl.col("grid_value").is_null() | (right & left))
        .then(pl.lit("unknown"))
        .when(pl.col("is_estimated") | (~is_observed & pl.col("is_unread").fill_null(value=False)))
        .then(pl.lit("estimated"))
        .when(right)
        .then(pl.lit("at_least"))
        .when(left)
        .then(pl.lit("at_most"))
        .otherwise(pl.lit("exact"))
    )
    return [
        pl.col("patient_id"),
        pl.col("analyte"),
        pl.col("study_day").cast(pl.Int32),
        pl.when(is_observed).then("value").alias("observed_value"),
        pl.col("grid_value").alias("value"),
        pl.col("value_origin"),
        certainty.alias("certainty"),
        (~is_observed & pl.col("is_unread").fill_null(value=False)).alias("is_unread"),
        pl.when("is_point").then("n_results").otherwise(0).cast(pl.Int32).alias("n_results"),
        right,
        left,
        pl.when("is_point").then("result_ids").alias("result_ids"),
    ]
