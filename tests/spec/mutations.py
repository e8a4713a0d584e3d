"""Small wrong changes of a model's SQL, of the kind that a slip of the hand makes.

A comparison that loses or gains its equality or is turned round, a condition that is left out, a boundary that is shifted up or
down, a branch or a value of a list that is forgotten, a null that is taken for the opposite, the best for the worst. What one
hand wrote at several places (`written_out.py`), the text of a macro or what it is given, is changed at all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from tests.spec.written_out import written_together

DIALECT = "duckdb"
INLINED = "__dbt__cte__"
LONGEST_NAME = 160
BOUNDARIES: dict[type[exp.Expr], type[exp.Binary]] = {
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
}
FLIPS: dict[type[exp.Expr], type[exp.Binary]] = {
    exp.GT: exp.LT,
    exp.GTE: exp.LTE,
    exp.LT: exp.GT,
    exp.LTE: exp.GTE,
}
SWAPS: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.Max: exp.Min,
    exp.Min: exp.Max,
    exp.LogicalOr: exp.LogicalAnd,
    exp.LogicalAnd: exp.LogicalOr,
}


@dataclass(frozen=True)
class Mutation:
    """One wrong change: what it does, and the SQL that it leaves."""

    what: str
    sql: str


def normalized(sql: str) -> str:
    """The SQL as it is written when nothing was changed."""
    return sqlglot.parse_one(sql, dialect=DIALECT).sql(dialect=DIALECT)


def mutations(sql: str) -> Iterator[Mutation]:
    """Every mutation of a model's SQL, leaving alone what it inlines of other models."""
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    nodes = list(tree.walk())
    changed = {
        number for number, node in enumerate(nodes) if not (_is_inlined(node) or _is_switched_off(node))
    }
    seen: dict[str, int] = {}
    for position, together in enumerate(written_together(nodes)):
        places = [place for place in together if place in changed]
        if not places or places[0] != position:
            continue
        for what, change in _changes(nodes[position]):
            copy = tree.copy()
            copied = list(copy.walk())
            for place in reversed(places):  # what stands within another comes later, and is changed before it
                change(copied[place])
            name = _shortened(what)
            seen[name] = seen.get(name, 0) + 1
            numbered = name if seen[name] == 1 else f"{name} ({seen[name]})"
            yield Mutation(numbered, copy.sql(dialect=DIALECT))


def _shortened(what: str) -> str:
    return what if len(what) <= LONGEST_NAME else f"{what[: LONGEST_NAME - 60]} … {what[-57:]}"


def _is_inlined(node: exp.Expr) -> bool:
    parent: exp.Expr | None = node
    while parent is not None:
        if isinstance(parent, exp.CTE) and parent.alias.strip().startswith(INLINED):
            return True
        parent = parent.parent
    return False


def _is_switched_off(node: exp.Expr) -> bool:
    """Whether the node stands beside a choice of the specification that the study does not make."""
    within = node.parent
    while isinstance(within, exp.And | exp.Or | exp.Paren | exp.Binary | exp.Not | exp.Is):
        if isinstance(within, exp.And) and any(_is_no_choice(one) for one in within.flatten()):
            return not _is_no_choice(node)
        within = within.parent
    return False


def _is_no_choice(node: exp.Expr) -> bool:
    literals = isinstance(node.this, exp.Literal), isinstance(node.args.get("expression"), exp.Literal)
    return isinstance(node, exp.EQ) and all(literals) and node.this != node.expression


Change = tuple[str, Callable[[exp.Expr], object]]


def _changes(node: exp.Expr) -> Iterator[Change]:
    yield from _changes_of_conditions(node)
    yield from _changes_of_ends(node)
    yield from _changes_of_parts(node)
    yield from _changes_of_values(node)


def _changes_of_conditions(node: exp.Expr) -> Iterator[Change]:
    text = node.sql(dialect=DIALECT)
    if type(node) in BOUNDARIES and not _joins_keys(node):
        for wrong in (BOUNDARIES[type(node)], FLIPS.get(type(node))):
            if wrong is not None:
                yield f"{text} -> {wrong.key}", _swapping(wrong)
    if isinstance(node, exp.And | exp.Or):
        yield f"{text}: only the left of {node.key}", lambda found: _keep(found, "this")
        yield f"{text}: only the right of {node.key}", lambda found: _keep(found, "expression")
    if isinstance(node, exp.Not) and not isinstance(node.this, exp.Is):  # which is negated itself
        yield f"{text}: without not", lambda found: _keep(found, "this")
    if isinstance(node, exp.Is):
        yield f"not {text}", _negate


def _changes_of_ends(node: exp.Expr) -> Iterator[Change]:
    text = node.sql(dialect=DIALECT)
    if isinstance(node, exp.Between):
        yield f"{text}: without its low end", lambda found: _open_between(found, exp.GT, exp.LTE)
        yield f"{text}: without its high end", lambda found: _open_between(found, exp.GTE, exp.LT)
    within: exp.Expr | None = node.parent
    counts = type(within) in (*BOUNDARIES, exp.Between, exp.Add, exp.Sub)
    if within is not None and counts and _is_whole_number(node):
        yield f"{within.sql(dialect=DIALECT)}: {text} one more", _adding(1)
        if node.this != "0":
            yield f"{within.sql(dialect=DIALECT)}: {text} one less", _adding(-1)


def _changes_of_parts(node: exp.Expr) -> Iterator[Change]:
    text = node.sql(dialect=DIALECT)
    if isinstance(node, exp.In) and len(node.expressions) > 1:
        for number, item in enumerate(node.expressions):
            yield f"{text}: without {item.sql(dialect=DIALECT)}", _dropping(number)
    if isinstance(node, exp.If) and isinstance(node.parent, exp.Case) and len(node.parent.args["ifs"]) > 1:
        yield f"without the branch {text}", lambda found: found.pop()
    is_only_branch = isinstance(node.parent, exp.Case) and len(node.parent.args["ifs"]) == 1
    if isinstance(node, exp.If) and is_only_branch and node.this != exp.true():
        yield f"always {text}", lambda found: found.set("this", exp.true())
    if isinstance(node, exp.Where | exp.Having | exp.Qualify) and not isinstance(node.this, exp.And):
        yield f"without {text}", _dropping_condition


def _changes_of_values(node: exp.Expr) -> Iterator[Change]:
    text = node.sql(dialect=DIALECT)
    if type(node) in SWAPS:
        other = SWAPS[type(node)]
        yield f"{text} -> {other.key}", lambda found: _swap_function(found, other)
    if isinstance(node, exp.Coalesce) and node.expressions and not _means_no_anyway(node):
        yield f"{text}: without its default", lambda found: _keep(found, "this")
    if isinstance(node, exp.Ordered):
        yield f"{text}: the other way round", lambda found: found.set("desc", not found.args.get("desc"))


def _means_no_anyway(node: exp.Coalesce) -> bool:
    """Whether the default is false in a condition that holds or does not: there an unknown is as good as false."""
    if node.expressions[-1] != exp.false():
        return False
    condition: exp.Expr = node
    while isinstance(condition.parent, exp.And | exp.Or | exp.Paren):
        condition = condition.parent
    asking = condition.parent
    if isinstance(asking, exp.If):
        return asking.this is condition
    if isinstance(asking, exp.Join):
        return asking.args.get("on") is condition
    return isinstance(asking, exp.Where | exp.Having | exp.Qualify)


def _joins_keys(node: exp.Expr) -> bool:
    left, right = node.args.get("this"), node.args.get("expression")
    return isinstance(left, exp.Column) and isinstance(right, exp.Column) and left.name == right.name


def _is_whole_number(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal) and not node.is_string and node.this.isdigit()


def _swapping(wrong: type[exp.Binary]) -> Callable[[exp.Expr], object]:
    return lambda found: found.replace(
        wrong(this=found.this.copy(), expression=found.args["expression"].copy())
    )


def _dropping_condition(found: exp.Expr) -> None:
    if isinstance(found.parent, exp.Filter):
        found.parent.replace(found.parent.this.copy())
    else:
        found.pop()


def _swap_function(found: exp.Expr, other: type[exp.Expr]) -> None:
    found.replace(other(this=found.this.copy()))


def _keep(found: exp.Expr, side: str) -> None:
    found.replace(found.args[side].copy())


def _open_between(found: exp.Expr, low: type[exp.Binary], high: type[exp.Binary]) -> None:
    value = found.this
    ends = exp.and_(
        low(this=value.copy(), expression=found.args["low"].copy()),
        high(this=value.copy(), expression=found.args["high"].copy()),
    )
    found.replace(exp.Paren(this=ends))


def _negate(found: exp.Expr) -> None:
    found.replace(exp.Paren(this=exp.Not(this=found.copy())))


def _dropping(number: int) -> Callable[[exp.Expr], None]:
    def drop(found: exp.Expr) -> None:
        kept = [item for position, item in enumerate(found.expressions) if position != number]
        found.set("expressions", kept)

    return drop


def _adding(step: int) -> Callable[[exp.Expr], object]:
    return lambda found: found.replace(exp.Literal.number(int(found.this) + step))
