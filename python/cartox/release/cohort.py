"""What is released of the cohort: who responded, and every planned variable by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from cartox.release.blocks import Block, Row
from cartox.release.numbers import (
    OLDER,
    OLDEST_AGE,
    QUANTILES,
    has_heap,
    neighbors,
    rounded,
    two_digits,
)
from cartox.release.p_values import leaves_missing_open
from cartox.release.parts import divide, is_counted, is_scale
from cartox.release.people import EVALUABLE, GROUPS, Study
from cartox.release.rules import CERTAINTY, COMPARISONS, DESCRIPTIVES, RULES
from cartox.release.sets import BELOW, People, Shown
from cartox.results.plan import PlannedVariable
from cartox.results.values import NON_RESPONDER, NOT_EVALUABLE, RESPONDER, Value
from cartox.statistics import contingency, proportion

OUTCOME = "responder"
MANY_LEVELS = "a p-value of a table of many counts tells of each"
COUNTS_MISSING = "with the counts beside it, it would tell how many have no value"
HEAP = "many patients share a value there, and could be counted"


class Cohort:
    """Makes the blocks of the cohort, the group sizes first."""

    def __init__(
        self, study: Study, shown: Shown, words: Mapping[str, Sequence[Row]], threshold: int
    ) -> None:
        self.study, self.shown, self.threshold = study, shown, threshold
        self.described = {row["variable"]: row for row in reversed(words[DESCRIPTIVES])}
        self.compared = {row["variable"]: row for row in words[COMPARISONS]}
        self.certainty = {
            (row["variable"], row["study_group"]): {
                column: row.get(column) for column, kind in RULES[DESCRIPTIVES].items() if kind == CERTAINTY
            }
            for row in words[DESCRIPTIVES]
        }
        self.sets = {group: study.group(group) for group in (EVALUABLE, *GROUPS, NOT_EVALUABLE)}
        self.groups: tuple[str, ...] = ()

    def outcome(self) -> Block:
        """Return who responded: the sizes that all else is a part of."""
        block = Block("outcome")
        parts = [self.sets[group] for group in GROUPS]
        if not is_empty(parts) and (reason := self.shown.why_not(parts)) is None:
            self._show(block, parts)
            self.groups = (EVALUABLE, *GROUPS)
        elif (reason := self.shown.why_not([self.sets[EVALUABLE]])) is None:
            self._show(block, [self.sets[EVALUABLE]])
            self.groups = (EVALUABLE,)
        if RESPONDER not in self.groups:
            block.reasons["by group"] = reason or BELOW
        words = self.described.get(OUTCOME)
        if words is None:
            return block
        n = rounded(self.sets[EVALUABLE].bit_count()) if self.groups else None
        for level, group in (("yes", RESPONDER), ("no", NON_RESPONDER)):
            count = rounded(self.sets[group].bit_count()) if group in self.groups else None
            labels = {**words, "level": level, "study_group": EVALUABLE}
            block.add(DESCRIPTIVES, labels, n=n, count=count, **percents(count, n))
        return block

    def blocks(self) -> Iterator[Block]:
        """Yield a block for each variable: what is counted by level first, then by steps, then what is measured."""
        counted = [one for one in self.study.variables if is_counted(*one)]
        for variable, values in sorted(counted, key=lambda one: is_scale(one[0])):
            yield self._count(variable, values)
        for variable, values in self.study.variables:
            if not is_counted(variable, values):
                yield self._measure(variable, values)

    def _count(self, variable: PlannedVariable, values: Mapping[str, Value]) -> Block:
        block = Block(variable.variable)
        divided = divide(variable, values, self.threshold)
        sets = {part: self.study.register.people(patients) for part, patients in divided.parts.items()}
        unknown = sets.get(divided.unknown or "", 0)
        all_parts, groups = list(sets.values()), [self.sets[group] for group in GROUPS]
        by_group = [part & group for group in groups for part in all_parts]
        is_shown = dict.fromkeys((EVALUABLE, *GROUPS), False)
        whole = [(self.sets[EVALUABLE],)]
        reason = self.shown.why_not(all_parts, whole) if self.groups else BELOW
        if reason is None:
            self._show(block, all_parts)
            is_shown[EVALUABLE] = True
            reason = self.shown.why_not(by_group, [tuple(groups), tuple(all_parts)])
            if reason is None and RESPONDER in self.groups:
                self._show(block, by_group)
                is_shown |= dict.fromkeys(GROUPS, True)
        else:
            block.reasons["counts"] = reason
        if not is_shown[RESPONDER]:
            block.reasons["counts by group"] = reason or BELOW
        counts: dict[tuple[str, str], int] = {}
        if not is_shown[EVALUABLE]:  # the names of its parts would tell sizes
            for group in (EVALUABLE, *GROUPS):
                for order, level in enumerate(variable.levels, start=1):
                    words = self._words(variable, group) | {"level": level, "level_order": order}
                    block.add(DESCRIPTIVES, words, n=None, count=None, **percents(None, None))
            self._compare_counts(block, variable, values, False, {}, [])
            return block
        for group in (EVALUABLE, *GROUPS):
            n = rounded((self.sets[group] & ~unknown).bit_count()) if is_shown[group] else None
            n_unknown = rounded((self.sets[group] & unknown).bit_count()) if n and unknown else None
            for order, (part, people) in enumerate(sets.items(), start=1):
                if part == divided.unknown:
                    continue
                count = rounded((self.sets[group] & people).bit_count()) if is_shown[group] else None
                counts[group, part] = count or 0
                words = self._words(variable, group) | {
                    "level": part, "level_order": order, "kind": "categorical" if is_scale(variable) else variable.kind,
                }  # fmt: skip
                missing = {"n_missing": n_unknown} if unknown else {}
                block.add(DESCRIPTIVES, words, n=n, count=count, **missing, **percents(count, n))
        self._compare_counts(block, variable, values, is_shown[RESPONDER], counts, list(sets))
        return block

    def _compare_counts(
        self,
        block: Block,
        variable: PlannedVariable,
        values: Mapping[str, Value],
        is_shown: bool,
        counts: Mapping[tuple[str, str], int],
        parts: Sequence[str],
    ) -> None:
        row = self.compared.get(variable.variable)
        if row is None:
            return
        cells = [
            sum(values[patient] == level for patient in self.study.groups[group])
            for group in GROUPS
            for level in _cells(variable, values)
        ]
        is_binary = variable.kind == "binary" and len(parts) >= len(variable.levels)
        has_p = is_shown and is_binary and min(cells) >= self.threshold and row["p_value"] is not None
        if not has_p:
            block.reasons["p"] = BELOW if is_binary or not is_shown else MANY_LEVELS
        elif len(parts) == len(variable.levels):  # those without a value are in the last part
            printed = [counts[group, part] for group in GROUPS for part in parts]
            has_p = leaves_missing_open(printed, row["p_value"], self.threshold)
            block.reasons |= {} if has_p else {"p": COUNTS_MISSING}
        if has_p:
            self._hang(block, "p", values, GROUPS)
        effects: dict[str, float | None] = dict.fromkeys(("effect", "effect_low", "effect_high"))
        effects |= dict.fromkeys(("difference", "difference_low", "difference_high"))
        if has_p and variable.kind == "binary":
            table = [[counts[group, part] for part in parts[:2]] for group in (NON_RESPONDER, RESPONDER)]
            found = contingency(table)
            effects = {
                "effect": found.odds_ratio, "effect_low": found.odds_ratio_low, "effect_high": found.odds_ratio_high,
                **percent_points(found.risk_difference, found.risk_difference_low, found.risk_difference_high),
            }  # fmt: skip
        shown = {name: two_digits(value) for name, value in effects.items() if variable.kind == "binary"}
        words = row if variable.kind == "binary" else {**row, "effect_name": None}
        block.add(COMPARISONS, words, p_value=two_digits(row["p_value"]) if has_p else None, **shown)

    def _measure(self, variable: PlannedVariable, values: Mapping[str, Value]) -> Block:
        block = Block(variable.variable)
        known = {
            group: [
                float(str(values[patient])) for patient in self._members(group) if values[patient] is not None
            ]
            for group in (EVALUABLE, *GROUPS)
        }
        enough = [group for group in self.groups if len(known[group]) >= self.threshold]
        heaped = any(has_heap(known[group], self.threshold) for group in enough)
        for group in (EVALUABLE, *GROUPS):
            is_shown = group in enough and not heaped
            quantiles = {
                column: _mean(neighbors(known[group], share)) if is_shown else None
                for column, share in QUANTILES.items()
            }
            if variable.value_column == "age_years":
                quantiles = {column: _capped(value) for column, value in quantiles.items()}
            if not is_shown:
                block.reasons[f"quantiles, {group}"] = HEAP if heaped else BELOW
            n = rounded(self.sets[group].bit_count()) if group in self.groups else None
            block.add(
                DESCRIPTIVES,
                self._words(variable, group) | {"level": "value", "level_order": 1},
                n=n,
                **quantiles,
            )
        is_compared = set(GROUPS) <= set(enough) and not heaped
        if enough and not heaped:
            self._hang(block, "values", values, [group for group in enough if group != EVALUABLE] or GROUPS)
        row = self.compared.get(variable.variable)
        if row is not None:
            columns = ("difference", "difference_low", "difference_high")
            shown = {column: two_digits(row[column]) if is_compared else None for column in columns}
            words = {**row, "effect_name": None}
            block.add(
                COMPARISONS, words, p_value=two_digits(row["p_value"]) if is_compared else None, **shown
            )
            if not is_compared:
                block.reasons["p"] = HEAP if heaped else BELOW
        return block

    def _words(self, variable: PlannedVariable, group: str) -> Row:
        words = dict(self.described.get(variable.variable, {}))
        certainty = self.certainty.get((variable.variable, "all" if group == EVALUABLE else group), {})
        return words | {"study_group": group} | certainty

    def _members(self, group: str) -> list[str]:
        return [
            patient
            for one in (GROUPS if group == EVALUABLE else (group,))
            for patient in self.study.groups[one]
        ]

    def _hang(self, block: Block, name: str, values: Mapping[str, Value], groups: Sequence[str]) -> None:
        for group in groups:
            block.values[f"{block.name} {name} {group}"] = {
                self.study.register.name(patient): str(values[patient])
                for patient in self.study.groups[group]
            }

    def _show(self, block: Block, parts: Sequence[People]) -> None:
        self.shown.show(parts)
        block.partitions.append(tuple(parts))


def is_empty(parts: Sequence[People]) -> bool:
    """Say whether nobody is in any part."""
    return not any(parts)


def adjusted(blocks: Sequence[Block], rows: Sequence[Row]) -> None:
    """Give the adjusted p-values of a family where every p-value of it is shown: each tells of the others."""
    shown = {row["variable"]: row for block in blocks for row in block.rows.get(COMPARISONS, [])}
    families: dict[str, list[Row]] = {}
    for row in rows:
        if row["family"] is not None:
            families.setdefault(row["family"], []).append(row)
    for family in families.values():
        is_whole = all(shown.get(row["variable"], {}).get("p_value") is not None for row in family)
        for row in family:
            if row["variable"] not in shown:
                continue
            target = shown[row["variable"]]
            for column in ("p_bh", "p_holm"):
                target[column] = two_digits(row[column]) if is_whole else None
            if not is_whole:
                target["suppressed"] = " ".join([*target["suppressed"].split(), "p_bh", "p_holm"])


def _cells(variable: PlannedVariable, values: Mapping[str, Value]) -> list[Value]:
    """Return the levels whose counts a test is made of."""
    if variable.kind == "binary":
        return list(variable.levels)
    listed: list[Value] = [] if is_scale(variable) else list(variable.levels)
    return [
        *listed,
        *sorted({value for value in values.values() if value is not None} - set(listed), key=str),
    ]


@cache
def percents(count: int | None, n: int | None) -> dict[str, float | None]:
    """Return the percentage of a rounded count with its interval, to two digits."""
    if count is None or n is None:
        return {"percent": None, "percent_low": None, "percent_high": None}
    found = proportion(count, n)
    shares = {"percent": found.share, "percent_low": found.low, "percent_high": found.high}
    return {column: _percent(share) for column, share in shares.items()}


def percent_points(share: float | None, low: float | None, high: float | None) -> dict[str, float | None]:
    """Return a difference of shares with its interval as percentage points, to two digits."""
    names = ("difference", "difference_low", "difference_high")
    return {name: _percent(one) for name, one in zip(names, (share, low, high), strict=True)}


def _percent(share: float | None) -> float | None:
    return None if share is None else two_digits(100 * share)


def _mean(values: Sequence[float]) -> float | None:
    return two_digits(sum(values) / len(values)) if values else None


def _capped(value: float | None) -> Any:
    return OLDER if value is not None and value > OLDEST_AGE else value
