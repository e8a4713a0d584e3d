"""Which columns of which tables each column of one query reads, through all that the query names on the way."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, build_scope

Reads = frozenset[tuple[str, str, str]]
VOCABULARY = "int_terminology__"
"""Models that translate a word: what they say of one hangs on the word that is looked up, too."""


class UnreadableError(Exception):
    """A query holds what this reader does not know."""


class ReadColumns:
    """The columns behind each column of a query in which sqlglot put its table before every column."""

    def __init__(self, query: exp.Expr) -> None:
        scope = build_scope(query)
        if scope is None or not isinstance(query, exp.Query):
            raise UnreadableError("no query was found")
        self._root, self._names = scope, query.named_selects
        self._scopes = {id(one.expression): one for one in scope.traverse()}
        self._found: dict[tuple[int, int], Reads] = {}

    def by_output(self) -> dict[str, Reads]:
        """Return, for each column of the query by its name, the columns (schema, table, column) that it reads."""
        return {name: self._output(self._root, place) for place, name in enumerate(self._names)}

    def _output(self, scope: Scope, place: int) -> Reads:
        """Return what the column at a place of a query reads; a union's columns stand at the same place in each part."""
        key = (id(scope.expression), place)
        if key not in self._found:
            self._found[key] = frozenset()  # what a recursive query reads of itself is nothing new
            expression = scope.expression
            if isinstance(expression, exp.SetOperation):
                if expression.args.get("by_name"):
                    raise UnreadableError("a union by name is not read")
                parts = [self._output(part, place) for part in scope.set_operation_scopes]
                self._found[key] = frozenset().union(*parts)
            elif isinstance(expression, exp.Select):
                self._found[key] = frozenset(self._expression(expression.selects[place], scope))
            else:  # unnest, values: one column, or all alike
                self._found[key] = frozenset(self._expression(expression, scope))
        return self._found[key]

    def _expression(self, expression: exp.Expr, scope: Scope) -> Iterator[tuple[str, str, str]]:
        """Yield what an expression reads; of a query within it everything, since each part decides its value."""
        for node in expression.walk(prune=lambda one: isinstance(one, exp.Query) and one is not expression):
            if isinstance(node, exp.Column):
                yield from self._column(node, scope)
                yield from self._looked_up_by(node.table, scope)
            elif isinstance(node, exp.Query):
                yield from self._whole(self._scopes[id(node.unnest())])

    def _whole(self, scope: Scope) -> Iterator[tuple[str, str, str]]:
        for part in scope.set_operation_scopes or ():
            yield from self._whole(part)
        for column in scope.columns:
            yield from self._column(column, scope)

    def _looked_up_by(self, table: str, scope: Scope) -> Iterator[tuple[str, str, str]]:
        """Yield what a vocabulary was joined on; an equal key of other tables names a row and is no part of the value."""
        for join in scope.expression.args.get("joins") or ():
            if join.alias_or_name == table and "on" in join.args and _translates(scope, table):
                for column in join.args["on"].find_all(exp.Column):
                    if column.table != table:
                        yield from self._column(column, scope)

    def _column(self, column: exp.Column, scope: Scope) -> Reads:
        asked: Scope | None = scope
        while asked is not None and column.table not in asked.selected_sources:
            asked = asked.parent
        if asked is None:
            raise UnreadableError(f"no table was found for {column.sql()}")
        _, source = asked.selected_sources[column.table]
        if isinstance(source, exp.Table):
            return frozenset({(source.db, source.name, column.name)})
        names = source.expression.named_selects if isinstance(source.expression, exp.Query) else []
        if isinstance(source.expression, exp.Query) and column.name not in names:
            raise UnreadableError(f"no column was found for {column.sql()}")
        return self._output(source, names.index(column.name) if names else 0)


def _translates(scope: Scope, table: str) -> bool:
    """Tell whether a table of a query is a vocabulary, or a part of one."""
    if table not in scope.selected_sources:
        return False
    _, source = scope.selected_sources[table]
    if isinstance(source, exp.Table):
        return source.name.startswith(VOCABULARY)
    names = source.selected_sources
    return bool(names) and all(_translates(source, name) for name in names)
