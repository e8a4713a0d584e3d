"""Small wrong changes of a model's SQL, of the kind that a slip of the hand makes.

A comparison that loses or gains its equality, a condition that is left out, a boundary that is shifted, a branch or a value of a
list that is forgotten, a null that is taken for the opposite, the best for the worst.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"
INLINED = "__dbt__cte__"
BOUNDARIES: dict[type[exp.Expression], type[exp.Binary]] = {
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
}
SWAPS: dict[type[exp.Expression], type[exp.Expression]] = {exp.Max: exp.Min, exp.Min: exp.Max}


@dataclass(frozen=True)
class Mutation:
    """One wrong change: what it does, and the SQL that it leaves."""

    what: str
    sql: str


def normalised(sql: str) -> str:
    """The SQL as it is written when nothing was changed."""
    return sqlglot.parse_one(sql, dialect=DIALECT).sql(dialect=DIALECT)


def mutations(sql: str) -> Iterator[Mutation]:
    """Every mutation of a model's SQL, leaving alone what it inlines of other models."""
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    seen: dict[str, int] = {}
    for position, node in enumerate(tree.walk()):
        if _is_inlined(node):
            continue
        for what, change in _changes(node):
            copy = tree.copy()
            change(_nth(copy, position))
            seen[what] = seen.get(what, 0) + 1
            name = what if seen[what] == 1 else f"{what} ({seen[what]})"
            yield Mutation(name, copy.sql(dialect=DIALECT))


def _nth(tree: exp.Expression, position: int) -> exp.Expression:
    for number, node in enumerate(tree.walk()):
        if number == position:
            return node
    raise IndexError(position)


def _is_inlined(node: exp.Expression) -> bool:
    parent: exp.Expression | None = node
    while parent is not None:
        if isinstance(parent, exp.CTE) and parent.alias.strip().startswith(INLINED):
            return True
        parent = parent.parent
    return False


Change = tuple[str, Callable[[exp.Expression], None]]


def _changes(node: exp.Expression) -> Iterator[Change]:
    text = node.sql(dialect=DIALECT)
    if type(node) in BOUNDARIES and not _joins_keys(node):
        wrong = BOUNDARIES[type(node)]
        yield f"{text} -> {wrong.key}", lambda found: _swap(found, wrong)
    if isinstance(node, exp.And | exp.Or):
        word = node.key
        yield f"{text}: only the left of {word}", lambda found: _keep(found, "this")
        yield f"{text}: only the right of {word}", lambda found: _keep(found, "expression")
    if isinstance(node, exp.Between):
        yield f"{text}: without its low end", lambda found: _open_between(found, exp.GT, exp.LTE)
        yield f"{text}: without its high end", lambda found: _open_between(found, exp.GTE, exp.LT)
    if isinstance(node, exp.Not) and not isinstance(node.parent, exp.Is):
        yield f"{text}: without not", lambda found: _keep(found, "this")
    if isinstance(node, exp.Is):
        yield f"not {text}", _negate
    if isinstance(node, exp.In) and len(node.expressions) > 1:
        for number, item in enumerate(node.expressions):
            yield f"{text}: without {item.sql(dialect=DIALECT)}", _dropping(number)
    if type(node) in SWAPS:
        other = SWAPS[type(node)]
        yield f"{text} -> {other.key}", lambda found: _swap_function(found, other)
    if isinstance(node, exp.If) and isinstance(node.parent, exp.Case) and len(node.parent.args["ifs"]) > 1:
        yield f"without the branch {text}", lambda found: found.pop()  # type: ignore[func-returns-value]
    if isinstance(node, exp.Coalesce) and node.expressions:
        yield f"{text}: without its default", lambda found: _keep(found, "this")
    if isinstance(node, exp.Ordered):
        yield f"{text}: the other way round", lambda found: found.set("desc", not found.args.get("desc"))
    if isinstance(node, exp.Where) and not isinstance(node.this, exp.And):
        yield f"without {text}", lambda found: found.pop()  # type: ignore[func-returns-value]
    if _is_whole_number(node) and isinstance(node.parent, (*BOUNDARIES, exp.Between, exp.Add, exp.Sub)):
        yield f"{node.parent.sql(dialect=DIALECT)}: {text} one more", _increment


def _joins_keys(node: exp.Expression) -> bool:
    left, right = node.args.get("this"), node.args.get("expression")
    return isinstance(left, exp.Column) and isinstance(right, exp.Column) and left.name == right.name


def _is_whole_number(node: exp.Expression) -> bool:
    return isinstance(node, exp.Literal) and not node.is_string and node.this.isdigit()


def _swap(found: exp.Expression, wrong: type[exp.Binary]) -> None:
    found.replace(wrong(this=found.this.copy(), expression=found.args["expression"].copy()))


def _swap_function(found: exp.Expression, other: type[exp.Expression]) -> None:
    found.replace(other(this=found.this.copy()))


def _keep(found: exp.Expression, side: str) -> None:
    found.replace(found.args[side].copy())


def _open_between(found: exp.Expression, low: type[exp.Binary], high: type[exp.Binary]) -> None:
    value = found.this
    ends = exp.and_(
        low(this=value.copy(), expression=found.args["low"].copy()),
        high(this=value.copy(), expression=found.args["high"].copy()),
    )
    found.replace(exp.Paren(this=ends))


def _negate(found: exp.Expression) -> None:
    found.replace(exp.Paren(this=exp.Not(this=found.copy())))


def _dropping(number: int) -> Callable[[exp.Expression], None]:
    def drop(found: exp.Expression) -> None:
        kept = [item for position, item in enumerate(found.expressions) if position != number]
        found.set("expressions", kept)

    return drop


def _increment(found: exp.Expression) -> None:
    found.replace(exp.Literal.number(int(found.this) + 1))
