"""How cells are read, as expressions."""

import polars as pl

from cartox.benchmark.peers import patterns
from cartox.benchmark.peers.given import Study


def in_polars(pattern: str) -> str:
    """Write a pattern so that a word ends where letters of ASCII end."""
    return pattern.replace(r"\b", r"(?-u:\b)")


def is_moment(column: str) -> pl.Expr:
    """Whether a cell is written as a moment."""
    return pl.col(column).str.contains(patterns.MOMENT)


def moment(column: str, study: Study) -> pl.Expr:
    """Return the moment of a cell within the plausible years; null for anything else. Digits below a microsecond are dropped."""
    text = pl.col(column).str.replace("T", " ", literal=True)
    length = text.str.len_bytes()
    second = (
        pl.when(length == 10)
        .then(text + " 00:00:00")
        .when(length == 16)
        .then(text + ":00")
        .otherwise(text.str.slice(0, 19))
    )
    parsed = second.str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us", strict=False)
    fraction = (
        pl.when(length > 20)
        .then(text.str.slice(20, 6).str.pad_end(6, "0").cast(pl.Int64, strict=False))
        .fill_null(0)
    )
    return pl.when(
        is_moment(column)
        & (second.str.slice(17, 2) < "60")
        & parsed.dt.year().is_between(study.first_year, study.last_year)
    ).then(parsed + pl.duration(microseconds=fraction))


def folded(text: pl.Expr) -> pl.Expr:
    """Return a text in lower case, white space folded."""
    return text.str.replace_all(f"[{patterns.BLANKS}]+", " ").str.to_lowercase()


def signed(text: pl.Expr) -> pl.Expr:
    """Return a folded text whose comparison is a sign right before the number."""
    text = folded(text)
    for pattern, sign in patterns.SIGNS:
        text = text.str.replace(pattern, sign)
    return text.str.replace(patterns.BLANK_AFTER_SIGN, "$1").str.replace(patterns.EQUALS, "")


def charted_number(figures: pl.Expr) -> pl.Expr:
    """Return the number of figures whose thousands commas may separate; null where they cannot be read without a guess."""
    plain = (
        pl.when(~figures.str.contains(",", literal=True))
        .then(figures)
        .when(figures.str.contains(patterns.WITH_THOUSANDS))
        .then(figures.str.replace_all(",", "", literal=True))
    )
    return pl.when(plain.str.contains(patterns.NUMBER)).then(plain).cast(pl.Float64, strict=False)


def unit_of(text: pl.Expr) -> pl.Expr:
    """Return a unit as the seed writes it; null for none."""
    plain = text.str.to_lowercase().str.replace_all("[µμ]", "u").str.replace_all(f"[{patterns.BLANKS}]+", "")
    return pl.when(plain != "").then(plain)
