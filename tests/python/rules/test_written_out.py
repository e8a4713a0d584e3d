"""A slip in a macro is one slip, wherever the macro is used, and a slip beside it is its own."""

from __future__ import annotations

from tests.spec.mutations import mutations, normalized


def number(text: str) -> str:
    """A text read as a number, as a macro writes it out."""
    return f"case when regexp_matches({text}, '^[0-9]+$') and length({text}) between 1 and 9 then try_cast({text} as int) end"


def changed(sql: str) -> dict[str, str]:
    return {mutation.what: mutation.sql for mutation in mutations(sql)}


def test_a_macro_is_changed_at_all_its_uses_at_once() -> None:
    found = changed(f"select {number('a')} as b, {number('c')} as d from t")
    shorter = f"select {number('a')} as b, {number('c')} as d from t".replace("and 9", "and 8")
    assert found["LENGTH(a) BETWEEN 1 AND 9: 9 one less"] == normalized(shorter)
    assert not {what for what in found if "LENGTH(c)" in what or "TRY_CAST(c" in what}


def test_what_a_macro_is_given_is_changed_wherever_it_names_it() -> None:
    found = changed(f"select {number('coalesce(a, b)')} as c from t")
    assert found["COALESCE(a, b): without its default"] == normalized(f"select {number('a')} as c from t")
    assert "COALESCE(a, b): without its default (2)" not in found


def test_what_two_uses_are_given_is_changed_one_at_a_time() -> None:
    found = changed(f"select {number('coalesce(a, b)')} as c, {number('coalesce(d, e)')} as f from t")
    one = f"select {number('a')} as c, {number('coalesce(d, e)')} as f from t"
    other = f"select {number('coalesce(a, b)')} as c, {number('d')} as f from t"
    assert found["COALESCE(a, b): without its default"] == normalized(one)
    assert found["COALESCE(d, e): without its default"] == normalized(other)


def test_a_use_within_what_another_is_given_is_changed_too() -> None:
    found = changed(f"select {number(number('a'))} as b from t")
    shorter = f"select {number(number('a'))} as b from t".replace("and 9", "and 8")
    assert normalized(shorter) in found.values()


def test_two_macros_that_differ_are_two() -> None:
    found = changed(f"select {number('a')} as b, {number('c').replace('and 9', 'and 5')} as d from t")
    assert {"LENGTH(a) BETWEEN 1 AND 9: 9 one less", "LENGTH(c) BETWEEN 1 AND 5: 5 one less"} <= set(found)


def test_a_fallback_on_the_text_itself_and_texts_in_their_own_order() -> None:
    fallback = "coalesce(nullif(trim({0}), ''), {0})"
    sql = f"select {fallback.format('a')} as b, {fallback.format('c')} as d from t"
    without = "select nullif(trim(a), '') as b, nullif(trim(c), '') as d from t"
    assert changed(sql) == {"COALESCE(NULLIF(TRIM(a), ''), a): without its default": normalized(without)}
    text = "case when a = 'x' then b end"
    found = changed(f"select string_agg(distinct {text}, '|' order by {text}) as c from t")
    other = text.replace("=", "<>")
    wanted = f"select string_agg(distinct {other}, '|' order by {other}) as c from t"
    assert found["a = 'x' -> neq"] == normalized(wanted)
    assert "a = 'x' -> neq (2)" not in found


def test_conditions_that_are_no_macro_are_changed_one_at_a_time() -> None:
    found = changed("select case when a > 1 then b end as c, case when d > 1 then e end as f from t")
    assert {"a > 1 -> gte", "d > 1 -> gte"} <= set(found)
