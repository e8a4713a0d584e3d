"""What becomes of every record of the laboratory."""

from pathlib import Path

import polars as pl

from cartox.benchmark.peers.by_polars.cells import folded, is_moment, moment
from cartox.benchmark.peers.given import Study
from cartox.benchmark.peers.meanings import Meanings
from cartox.benchmark.peers.patterns import ROUND_CELLS

CELLS = (
    "result_id",
    "patient_id",
    "code_system",
    "code",
    "test_name",
    "specimen",
    "collected_at",
    "result",
    "unit",
    "reference_low",
    "reference_high",
    "resulted_at",
    "status",
    "comment",
)
_PLACE = ["source_file", "line_number"]
_TEST = ["code_system", "code", "test_name"]


def judged_records(file: Path, known: pl.DataFrame, meanings: Meanings, study: Study) -> pl.DataFrame:
    """Return every landed record with its disposition and reason, and of those of an analyte the cells of the result."""
    trimmed = pl.col(CELLS).str.strip_chars(ROUND_CELLS)
    landed = pl.scan_parquet(file).with_columns(pl.when(trimmed != "").then(trimmed))
    tests = landed.select(_TEST).unique().collect()
    tests = tests.with_columns(
        pl.Series("analyte", [meanings.analyte(*row) for row in tests.iter_rows()], pl.String)
    )
    statuses = _statuses(landed, meanings)
    specimens = _specimens(landed, meanings)
    typed = (
        landed.join(tests.lazy(), on=_TEST, how="left", nulls_equal=True)
        .join(_verdicts(landed, statuses, study).lazy(), on=_PLACE, how="left")
        .join(known.lazy().with_columns(is_known=pl.lit(value=True)), on="patient_id", how="left")
        .join(statuses.lazy(), on="status", how="left", nulls_equal=True)
        .join(specimens.lazy(), on="specimen", how="left", nulls_equal=True)
        .with_columns(collected=moment("collected_at", study))
    )
    is_refused = pl.col("verdict").is_null() | (pl.col("verdict") == "conflicting_id")
    fault = _fault()
    is_measured = pl.col("analyte").is_not_null()
    return (
        typed.with_columns(fault=fault)
        .select(
            *_PLACE,
            "result_id",
            "patient_id",
            pl.col("collected").alias("collected_at"),
            "analyte",
            "is_blood",
            "is_usable",
            "precedence",
            *(
                pl.when(is_measured).then(name).alias(name)
                for name in ("result", "unit", "reference_high", "comment", "resulted_at")
            ),
            pl.col("folded_specimen").alias("specimen"),
            pl.when(~is_refused)
            .then("verdict")
            .when(pl.col("verdict").is_not_null() | pl.col("fault").is_not_null())
            .then(pl.lit("quarantined"))
            .otherwise(pl.lit("accepted"))
            .alias("disposition"),
            pl.coalesce("verdict", "fault").alias("reason"),
        )
        .collect()
    )


def account(judged: pl.DataFrame, rejected: pl.DataFrame) -> pl.DataFrame:
    """Return what became of every record of the laboratory, those included that landing refused."""
    entity = pl.lit("lab_results").alias("entity")
    read = judged.select(
        entity, pl.col("result_id").alias("record_id"), "patient_id", *_PLACE, "disposition", "reason"
    )
    nothing = pl.lit(None, pl.String)
    unread = rejected.filter(pl.col("entity") == "lab_results").select(
        "entity",
        nothing.alias("record_id"),
        nothing.alias("patient_id"),
        *_PLACE,
        pl.lit("quarantined").alias("disposition"),
        "reason",
    )
    return pl.concat([read, unread])


def _fault() -> pl.Expr:
    missing = {name: pl.col(name).is_null() for name in ("result_id", "patient_id", "collected_at", "result")}
    unread = pl.col("collected").is_null()
    return (
        pl.when(missing["result_id"])
        .then(pl.lit("missing_result_id"))
        .when(missing["patient_id"])
        .then(pl.lit("missing_patient_id"))
        .when(missing["collected_at"])
        .then(pl.lit("missing_collected_at"))
        .when(unread & is_moment("collected_at"))
        .then(pl.lit("implausible_collected_at"))
        .when(unread)
        .then(pl.lit("unreadable_collected_at"))
        .when(missing["result"])
        .then(pl.lit("missing_result"))
        .when(pl.col("is_known").is_null())
        .then(pl.lit("unknown_patient"))
    )


def _statuses(landed: pl.LazyFrame, meanings: Meanings) -> pl.DataFrame:
    texts = landed.select("status").unique().collect()["status"].to_list()
    rows = [(text, *meanings.status(text)) for text in texts]
    schema = {
        "status": pl.String,
        "is_usable": pl.Boolean,
        "is_correction": pl.Boolean,
        "precedence": pl.Int64,
    }
    return pl.DataFrame(rows, schema, orient="row")


def _specimens(landed: pl.LazyFrame, meanings: Meanings) -> pl.DataFrame:
    texts = landed.select("specimen").unique().collect()["specimen"].to_list()
    rows = [(text, *meanings.specimen(text)) for text in texts]
    schema = {"specimen": pl.String, "folded_specimen": pl.String, "is_blood": pl.Boolean}
    return pl.DataFrame(rows, schema, orient="row")


def _verdicts(landed: pl.LazyFrame, statuses: pl.DataFrame, study: Study) -> pl.DataFrame:
    """Return of records that share their id with another why they are not the one to keep."""
    recurring = landed.select("result_id").group_by("result_id").len().filter(pl.col("len") > 1)
    shared = (
        landed.join(recurring, on="result_id", how="semi", nulls_equal=True)
        .join(statuses.lazy(), on="status", how="left", nulls_equal=True)
        .with_columns(version_at=moment("resulted_at", study))
        .sort(_PLACE)
        .with_columns(is_first=pl.struct(CELLS).is_first_distinct())
        .collect()
    )
    is_newest = (pl.col("rank") == 0) & (pl.len().over("result_id", "rank") == 1)
    told_of = pl.struct(
        "patient_id", folded(pl.coalesce("code", "test_name")), collected=moment("collected_at", study)
    )
    is_of_one = told_of.n_unique().over("result_id") == 1
    # The versions of an id in descending order of time, those without one first; equal times have one rank.
    order = pl.col("version_at").fill_null(pl.datetime(9999, 12, 31, time_unit="us")).dt.timestamp("us")
    versions = (
        shared.filter(pl.col("is_first") & pl.col("result_id").is_not_null())
        .filter(pl.len().over("result_id") > 1)
        .with_columns(rank=(order != order.max().over("result_id")).cast(pl.Int8))
        .with_columns(is_last=pl.col("is_correction") & is_newest & is_of_one)
        .with_columns(has_last=pl.col("is_last").any().over("result_id"))
    )
    return pl.concat(
        [
            shared.filter(~pl.col("is_first")).select(*_PLACE, pl.lit("duplicate").alias("verdict")),
            versions.filter(~pl.col("is_last")).select(
                *_PLACE,
                pl.when("has_last")
                .then(pl.lit("superseded"))
                .otherwise(pl.lit("conflicting_id"))
                .alias("verdict"),
            ),
        ]
    )
