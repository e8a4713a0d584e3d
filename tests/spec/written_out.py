"""Which places of a model's SQL are written by one hand: the text of a macro at each of its uses, and what it is given.

A macro that reads a text asks it for a pattern and names it again in what it makes of it, so it stands in the SQL as a CASE
whose first question is the pattern, as a COALESCE that falls back on the text, or as texts that are joined in their own order.
Where two of these are alike but for the text that they read, they are one macro; and all places in which one of them names its
text are one argument. A slip is then in all places at once, and a mutation of one of them alone would be one that no hand makes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlglot import exp


def written_together(nodes: Sequence[exp.Expr]) -> list[list[int]]:
    """For each node of a walk over a whole tree the positions that the same hand wrote, its own among them."""
    position = {id(node): number for number, node in enumerate(nodes)}
    together = [[number] for number in range(len(nodes))]
    uses: dict[str, list[exp.Expr]] = defaultdict(list)
    for use in nodes:
        text = read_text(use)
        if text is not None:
            uses[_template(use, text)].append(use)
            _join(together, [[position[id(n)] for n in place.walk()] for place in _places_of(text, use)])
    for alike in uses.values():
        _join(together, [[position[id(n)] for n in _own_nodes(use)] for use in alike])
    return together


def read_text(node: exp.Expr) -> exp.Expr | None:
    """The text that a node reads, if it is the use of a macro that reads one."""
    text: exp.Expr | None = None
    if isinstance(node, exp.Case) and node.args.get("this") is None:
        asked = node.args["ifs"][0].this
        while isinstance(asked, exp.And | exp.Paren):
            asked = asked.this
        if isinstance(asked, exp.RegexpLike) and isinstance(asked.expression, exp.Literal):
            text = asked.this
    elif isinstance(node, exp.Coalesce) and len(node.expressions) == 1:
        text = node.expressions[0]
    elif isinstance(node, exp.GroupConcat) and (order := node.find(exp.Ordered)):
        text = order.this
    if text is None or not any(text.find_all(exp.Column)):
        return None
    return text if len(list(_places_of(text, node))) > 1 else None


def _places_of(text: exp.Expr, within: exp.Expr) -> Iterator[exp.Expr]:
    return (node for node in within.walk(prune=lambda found: found == text) if node == text)


def _own_nodes(use: exp.Expr) -> list[exp.Expr]:
    """The nodes of a use that are the macro's own, in the order of a walk."""
    text = read_text(use)
    return [node for node in use.walk(prune=lambda found: found == text) if node != text]


def _template(use: exp.Expr, text: exp.Expr) -> str:
    """What the uses of one macro have in common: all but the text that they read."""
    return use.transform(lambda node: exp.Placeholder() if node == text else node).sql()


def _join(together: list[list[int]], places: Sequence[Sequence[int]]) -> None:
    """Tell of the nodes that stand at the same place in several texts that one hand wrote them."""
    for alike in zip(*places, strict=True):
        joined = sorted({number for one in alike for number in together[one]})
        for number in joined:
            together[number] = joined
