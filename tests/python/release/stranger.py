"""What a stranger can work out from a release's files, knowing how its counts add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import ceil, floor

from scipy.optimize import linprog

Rows = list[dict[str, str]]
Name = tuple[str, ...]
SUM_OF_GROUPS = ("responder", "non_responder")
TOLERANCE = 1e-7


class Stranger:
    """Unknown whole numbers from 0 on, and the equations between them."""

    def __init__(self) -> None:
        self.printed: dict[Name, int] = {}
        self.names: dict[Name, int] = {}
        self.equations: list[tuple[dict[int, int], int]] = []

    def read(self, name: Name, row: dict[str, str], column: str) -> Name:
        """Take a cell: its number where it is printed, an unknown where it is withheld."""
        self.names.setdefault(name, len(self.names))
        if row[column] != "":
            self.printed[name] = int(row[column])
        return name

    def add_up(self, total: Iterable[Name], parts: Iterable[Name]) -> None:
        """Say that two sums are equal."""
        weights: dict[int, int] = {}
        for sign, names in ((1, total), (-1, parts)):
            for name in names:
                place = self.names.setdefault(name, len(self.names))
                weights[place] = weights.get(place, 0) + sign
        self.equations.append((weights, 0))

    def range_of(self, name: Name) -> tuple[int, int]:
        """The smallest and the largest whole number that a cell can be."""
        n_names = len(self.names)
        rows, sums = [], []
        for weights, value in self.equations:
            rows.append([weights.get(place, 0) for place in range(n_names)])
            sums.append(value)
        bounds: list[tuple[float, float | None]] = [(0.0, None)] * n_names
        for printed, number in self.printed.items():
            bounds[self.names[printed]] = (float(number), float(number))
        ends: list[float] = []
        for sign in (1, -1):
            goal = [0] * n_names
            goal[self.names[name]] = sign
            found = linprog(goal, A_eq=rows or None, b_eq=sums or None, bounds=bounds)
            assert found.status in (0, 3), "the release contradicts itself"
            ends.append(sign * found.fun if found.status == 0 and found.fun is not None else 1e6)
        return ceil(ends[0] - TOLERANCE), floor(ends[1] + TOLERANCE)


def described(rows: Rows, compared: Rows, group_sizes: dict[str, int]) -> dict[str, Stranger]:
    """One stranger for each described variable: levels add up to n, groups to all, n and missing to the size."""
    strangers: dict[str, Stranger] = {}
    for row in rows:
        stranger = strangers.setdefault(row["variable"], Stranger())
        group = row["study_group"]
        for column in ("n", "n_missing"):
            stranger.read((column, group), row, column)
        if row["kind"] != "continuous":
            stranger.read(("count", group, row["level"]), row, "count")
    for row in compared:
        stranger = strangers[row["variable"]]
        stranger.read(("n", "responder"), row, "n_responders")
        stranger.read(("n", "non_responder"), row, "n_non_responders")
        stranger.read(("n_missing", "all"), row, "n_missing")
    for variable, stranger in strangers.items():
        add_up_groups(stranger, [row for row in rows if row["variable"] == variable], group_sizes)
    return strangers


def add_up_groups(stranger: Stranger, rows: Rows, group_sizes: dict[str, int]) -> None:
    """Add what is known of one variable: its levels, its groups, and how many there are."""
    levels = sorted({row["level"] for row in rows if row["kind"] != "continuous"})
    groups = {row["study_group"] for row in rows}
    for group in groups:
        stranger.add_up([("size", group)], [("n", group), ("n_missing", group)])
        if levels:
            others = [] if levels == ["no", "yes"] else [("count", group, "another level")]
            stranger.add_up([("n", group)], [*(("count", group, level) for level in levels), *others])
        if group in group_sizes:
            stranger.printed["size", group] = group_sizes[group]
    if set(SUM_OF_GROUPS) <= groups:
        for kind, *level in [("n",), ("n_missing",), *(("count", level) for level in levels)]:
            stranger.add_up([(kind, "all", *level)], [(kind, group, *level) for group in SUM_OF_GROUPS])


def eras(mortality: Rows, comparison: Rows) -> Stranger:
    """The deaths and the treated of each era under both readings; both readings cut the same patients."""
    stranger = Stranger()
    for row in mortality:
        for column, kind in (("n_treated", "risk_per_treated_patient"), ("n_deaths", "share_of_deaths")):
            stranger.read((kind, "era_date", row["era"]), row, column)
        stranger.read(("toxicity", "era_date", row["era"]), row, "n_toxicity_deaths")
    for row in comparison:
        for era in ("before", "from"):
            stranger.read((row["measure"], row["reading"], era), row, f"{era}_total")
            stranger.read(("toxicity", row["reading"], era), row, f"{era}_count")
    readings = {row["reading"]: row["era_date"] for row in comparison}
    first, second = sorted(readings, key=readings.__getitem__)
    for kind in ("risk_per_treated_patient", "share_of_deaths", "toxicity"):
        stranger.add_up(
            [(kind, first, era) for era in ("before", "from")],
            [(kind, second, era) for era in ("before", "from")],
        )
        stranger.add_up([(kind, second, "before")], [(kind, first, "before"), (kind, "between", "")])
    for reading, era in [(one, era) for one in (first, second) for era in ("before", "from")] + [
        ("between", "")
    ]:
        stranger.add_up(
            [("share_of_deaths", reading, era)], [("toxicity", reading, era), ("other", reading, era)]
        )
        stranger.add_up(
            [("risk_per_treated_patient", reading, era)],
            [("share_of_deaths", reading, era), ("alive", reading, era)],
        )
    return stranger


def attrition(steps: Rows, records: Rows) -> Stranger:
    """Who leaves and who remains, and the records of every file."""
    stranger = Stranger()
    for row in steps:
        for column in ("n_excluded", "n_remaining"):
            stranger.read((column, row["step_number"]), row, column)
    for before, after in pairwise(steps):
        stranger.add_up(
            [("n_remaining", before["step_number"])],
            [("n_remaining", after["step_number"]), ("n_excluded", after["step_number"])],
        )
    kinds = ("n_accepted", "n_duplicate", "n_superseded", "n_quarantined")
    for row in records:
        for column in ("n_raw", *kinds):
            stranger.read((column, row["entity"]), row, column)
        stranger.add_up([("n_raw", row["entity"])], [(kind, row["entity"]) for kind in kinds])
    stranger.add_up([("n_accepted", "patients")], [("n_remaining", steps[0]["step_number"])])
    return stranger


def worked_out(stranger: Stranger, is_small: Callable[[Name, int], bool]) -> list[Name]:
    """The cells that are not printed and have one possible value, small ones of those never printed included."""
    found = []
    for name in stranger.names:
        if name in stranger.printed or name[0] == "size":
            continue
        low, high = stranger.range_of(name)
        if low == high and is_small(name, low):
            found.append(name)
    return found
