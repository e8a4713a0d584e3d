"""The numbers of results in the units of the study, why some cannot be used, and which of one draw count."""

import polars as pl

from cartox.benchmark.peers import patterns
from cartox.benchmark.peers.by_polars.cells import charted_number, in_polars, moment, signed, unit_of
from cartox.benchmark.peers.given import Study
from cartox.benchmark.peers.meanings import Meanings

_DRAW = ["patient_id", "analyte", "collected_at"]
_REMARKS = ["is_not_performed", "is_nothing_measured", "is_clotted", "is_hemolysed"]


def read_results(
    judged: pl.DataFrame, seeds: dict[str, pl.DataFrame], meanings: Meanings, study: Study
) -> pl.DataFrame:
    """Return the accepted results with value, bound and the reason why one cannot be used."""
    accepted = judged.lazy().filter(pl.col("disposition") == "accepted")
    units = seeds["lab_units"].lazy().select("analyte", "name", "factor")
    own = seeds["lab_units"].lazy().select("analyte", "name", "factor", "review_below", "review_reason")
    sentinels = seeds["result_sentinels"].lazy().select("analyte", "number", is_sentinel=pl.lit(value=True))
    described = (
        accepted.join(_result_texts(judged, meanings).lazy(), on="result", how="left")
        .join(_comments(judged, meanings).lazy(), on="comment", how="left")
        .join(_limit_texts(judged).lazy(), on="reference_high", how="left")
        .join(_unit_texts(judged).lazy(), on="unit", how="left")
        .join(
            units.rename({"factor": "charted_factor"}),
            left_on=["analyte", "charted_unit"],
            right_on=["analyte", "name"],
            how="left",
        )
        .join(
            units.rename({"factor": "written_factor"}),
            left_on=["analyte", "written_unit"],
            right_on=["analyte", "name"],
            how="left",
        )
        .join(
            units.rename({"factor": "limit_factor"}),
            left_on=["analyte", "limit_unit"],
            right_on=["analyte", "name"],
            how="left",
        )
        .with_columns(
            unit_name=pl.coalesce("charted_unit", "written_unit"),
            number_read=pl.when(
                pl.col("written_unit").is_null()
                | pl.col("charted_unit").is_null()
                | pl.col("written_factor").is_not_null()
            ).then("result_number"),
            has_two_units=pl.col("charted_unit").is_not_null()
            & pl.col("written_factor").is_not_null()
            & pl.col("written_factor").ne_missing(pl.col("charted_factor")),
            is_unmeasured=_told("is_clotted")
            | (_told("is_nothing_measured") & (pl.col("result_number") == 0).fill_null(value=False)),
            is_hemolysed=_told("is_hemolysed"),
        )
        .join(own, left_on=["analyte", "unit_name"], right_on=["analyte", "name"], how="left")
        .join(sentinels, left_on=["analyte", "number_read"], right_on=["analyte", "number"], how="left")
        .join(
            seeds["analytes"].lazy().select("analyte", "canonical_unit", "is_hemolysis_sensitive"),
            on="analyte",
        )
        .join(
            seeds["plausibility"]
            .lazy()
            .select("quantity", "warn_low", "warn_high", "reject_low", "reject_high"),
            left_on="analyte",
            right_on="quantity",
        )
        .with_columns(converted=_rounded(pl.col("number_read") * pl.col("factor")))
        .with_columns(unusable_reason=_unusable_reason())
    )
    value = pl.when(pl.col("unusable_reason").is_null()).then("converted")
    limit = pl.col("limit_number") * pl.when(pl.col("limit_unit").is_null()).then("factor").otherwise(
        "limit_factor"
    )
    return described.select(
        "result_id",
        *_DRAW,
        moment("resulted_at", study).alias("resulted_at"),
        "specimen",
        "precedence",
        pl.col("result").alias("raw_result"),
        pl.coalesce("unit", "unit_name").alias("raw_unit"),
        value.alias("value"),
        pl.col("canonical_unit").alias("unit"),
        "comparator",
        "censoring",
        "unusable_reason",
        pl.when(pl.col("limit_number") > 0).then(_rounded(limit)).alias("reference_high"),
        "is_hemolysed",
        (~value.is_between("warn_low", "warn_high")).alias("is_doubtful"),
        "source_file",
        "line_number",
    ).collect()


def counted(results: pl.DataFrame) -> pl.DataFrame:
    """Add why a usable result of a draw with several stands behind no value."""
    is_usable = pl.col("unusable_reason").is_null()
    telling = results.lazy().filter(
        is_usable | pl.col("unusable_reason").is_in(["not_performed", "hemolysed_specimen"])
    )
    draws = telling.group_by(_DRAW).len().filter(pl.col("len") > 1)
    specimen, drawn = pl.col("specimen"), pl.col("specimen").drop_nulls()
    only = pl.when(drawn.n_unique().over(_DRAW) == 1).then(specimen.max().over(_DRAW))
    version = [*_DRAW, "specimen"]
    is_copy = ~pl.struct(*_DRAW, "value", "comparator", "unusable_reason").is_first_distinct()
    exact_at = pl.col("resulted_at").filter((pl.col("censoring") == "none") & is_usable).max().over(_DRAW)
    highest = pl.col("precedence").max().over(version)
    reason = (
        pl.when(is_copy)
        .then(pl.lit("repeated_value"))
        .when((pl.col("censoring") == "right") & (pl.col("resulted_at") < pl.col("exact_at")))
        .then(pl.lit("superseded_by_dilution"))
        .when((pl.col("precedence") < pl.col("highest")) | (pl.col("resulted_at") < pl.col("last_at")))
        .then(pl.lit("superseded_version"))
    )
    is_highest = pl.col("precedence") == pl.col("highest")
    last_at = pl.col("resulted_at").filter(is_highest & is_usable).max().over(version)
    reasons = (
        telling.join(draws, on=_DRAW, how="semi")
        .sort(
            "precedence",
            "resulted_at",
            "result_id",
            descending=[True, True, False],
            nulls_last=True,
        )
        .with_columns(specimen=specimen.fill_null(only))
        .with_columns(exact_at=exact_at, highest=highest)
        .with_columns(last_at=last_at)
        .select("result_id", not_counted_reason=pl.when(is_usable).then(reason))
        .filter(pl.col("not_counted_reason").is_not_null())
    )
    return results.lazy().join(reasons, on="result_id", how="left").collect()


def _unusable_reason() -> pl.Expr:
    unread = pl.col("number_read").is_null()
    cases = [
        (~pl.col("is_usable"), pl.lit("withdrawn_result")),
        (pl.col("specimen").is_not_null() & pl.col("is_blood").is_null(), pl.lit("unknown_specimen")),
        (~pl.col("is_blood"), pl.lit("specimen_not_blood")),
        (unread & pl.col("is_not_performed"), pl.lit("not_performed")),
        (
            unread & pl.col("is_hemolysed") & ~pl.col("result").str.contains("[0-9]"),
            pl.lit("hemolysed_specimen"),
        ),
        (unread & pl.col("is_range"), pl.lit("range_of_values")),
        (unread & pl.col("has_comma"), pl.lit("ambiguous_comma")),
        (unread, pl.lit("unreadable_result")),
        (pl.col("is_unmeasured"), pl.lit("not_performed")),
        (pl.col("is_sentinel") & (pl.col("comparator") == "="), pl.lit("sentinel")),
        (pl.col("unit_name").is_null(), pl.lit("missing_unit")),
        (pl.col("has_two_units"), pl.lit("conflicting_units")),
        (pl.col("factor").is_null(), pl.lit("unknown_unit")),
        (pl.col("is_hemolysed") & pl.col("is_hemolysis_sensitive"), pl.lit("hemolysed_specimen")),
        (pl.col("number_read") < pl.col("review_below"), pl.col("review_reason")),
        (~pl.col("converted").is_between("reject_low", "reject_high"), pl.lit("implausible_value")),
    ]
    reason = pl.lit(None, pl.String)
    for condition, told in reversed(cases):
        reason = pl.when(condition).then(told).otherwise(reason)
    return reason


def _told(remark: str) -> pl.Expr:
    return pl.col(remark) | pl.col(f"{remark}_by_comment").fill_null(value=False)


def _rounded(value: pl.Expr) -> pl.Expr:
    return value.round(6, mode="half_away_from_zero")


def _result_texts(judged: pl.DataFrame, meanings: Meanings) -> pl.DataFrame:
    texts = judged.select("result").drop_nulls().unique()
    remarked = texts.filter(pl.col("result").str.contains(patterns.MORE_THAN_FIGURES))
    said = [meanings.remarks.read(text) for text in remarked["result"]]
    remarked = pl.concat(
        [remarked, pl.DataFrame(said, dict.fromkeys(_REMARKS, pl.Boolean), orient="row")], how="horizontal"
    )
    text = signed(pl.col("result"))
    comparator = text.str.extract(patterns.COMPARATOR).fill_null("=")
    parts = text.str.extract_groups(in_polars(patterns.RESULT))
    figures = parts.struct.field("1")
    sign = comparator.str.slice(0, 1)
    return (
        texts.with_columns(
            comparator=comparator,
            censoring=pl.when(sign == "<")
            .then(pl.lit("left"))
            .when(sign == ">")
            .then(pl.lit("right"))
            .otherwise(pl.lit("none")),
            result_number=charted_number(figures),
            written_unit=unit_of(parts.struct.field("2")),
            has_comma=figures.str.contains(",", literal=True).fill_null(value=False),
            is_range=text.str.contains(patterns.RANGE),
        )
        .join(remarked, on="result", how="left")
        .with_columns(pl.col(_REMARKS).fill_null(value=False))
    )


def _comments(judged: pl.DataFrame, meanings: Meanings) -> pl.DataFrame:
    texts = judged["comment"].drop_nulls().unique().to_list()
    rows = [(text, *meanings.remarks.read(text)) for text in texts]
    said = dict.fromkeys([f"{name}_by_comment" for name in _REMARKS], pl.Boolean)
    return pl.DataFrame(rows, {"comment": pl.String, **said}, orient="row")


def _limit_texts(judged: pl.DataFrame) -> pl.DataFrame:
    parts = signed(pl.col("reference_high")).str.extract_groups(in_polars(patterns.LIMIT))
    return (
        judged.select("reference_high")
        .drop_nulls()
        .unique()
        .with_columns(
            limit_number=charted_number(parts.struct.field("1")),
            limit_unit=unit_of(parts.struct.field("2")),
        )
    )


def _unit_texts(judged: pl.DataFrame) -> pl.DataFrame:
    return judged.select("unit").drop_nulls().unique().with_columns(charted_unit=unit_of(pl.col("unit")))
