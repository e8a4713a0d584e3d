"""The released tables of a warehouse, held against every earlier release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from cartox.release import rules
from cartox.release.blocks import AS_OF, WITHHELD, Block, Row
from cartox.release.cohort import Cohort
from cartox.release.eras import count_eras, count_treated
from cartox.release.flow import count_flow, count_records
from cartox.release.ledger import Ledger
from cartox.release.people import Register, Study, read_study
from cartox.release.sets import EARLIER, Shown, unions
from cartox.release.variables import adjusted, variable_blocks
from cartox.report.reading import records

LEFT = """
select exclusions.patient_id, min(steps.step_number)
from marts.cohort_exclusions as exclusions
inner join seeds.exclusion_steps as steps on exclusions.reason = steps.reason
group by exclusions.patient_id
"""
SORTED = {
    rules.DESCRIPTIVES: ("display_order", "variable", "study_group", "level_order"),
    rules.COMPARISONS: ("display_order", "variable"),
    rules.ERAS: ("reading", "measure"),
    rules.ATTRITION: ("step_number",),
    rules.CONSERVATION: ("entity",),
    rules.MANIFEST: ("key",),
}


@dataclass(frozen=True)
class ReleasedTable:
    """A table as it is released: its name in the warehouse, its columns in order, and its rows.

    The column `suppressed` names the withheld columns of the row, separated by spaces; their cells are empty. `as_of`
    is the day of the earlier release whose numbers the row repeats.
    """

    name: str
    columns: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True)
class Released:
    """What may leave, and what the ledger keeps of it.

    people: a code of everything that is counted of each patient, by the patient's name in the register.
    """

    tables: list[ReleasedTable]
    blocks: list[Block]
    people: Mapping[str, str]
    register: Register


def release_tables(connection: duckdb.DuckDBPyConnection, threshold: int, ledger: Ledger) -> Released:
    """Return every released table of a warehouse under the rules, with counts below `threshold` withheld."""
    study = read_study(connection, Register(ledger.code))
    left = dict(connection.execute(LEFT).fetchall())
    return release_study(
        study, left, {table: _read(connection, table) for table in rules.RULES}, threshold, ledger
    )


def release_study(
    study: Study, left: Mapping[str, int], words: Mapping[str, list[Row]], threshold: int, ledger: Ledger
) -> Released:
    """Return the released tables of a study.

    `left` is the step at which a patient left, `words` the rows of every table that a rule names. Where the numbers of
    a block would tell of few patients beside an earlier release, it repeats that release's.
    """
    register = study.register
    strictest = max((entry.threshold for entry in ledger.entries), default=0)
    shown = Shown(threshold, _told(ledger, register), _told_numbers(ledger), strictest)
    cohort = Cohort(study, shown, words, threshold)
    outcome = cohort.outcome()
    variables = list(variable_blocks(cohort))
    treated = count_treated(study, shown)
    others = [
        treated,
        *count_eras(study, shown, words[rules.ERAS], treated),
        *count_flow(study, shown, words[rules.ATTRITION], left, treated),
        *count_records(shown, words[rules.CONSERVATION]),
    ]
    is_repeated = EARLIER in outcome.reasons.values()
    blocks = [
        *(_repeat(block, ledger, shown.apart, always=is_repeated) for block in (outcome, *variables)),
        *(_repeat(block, ledger, shown.apart) for block in others),
    ]
    adjusted(blocks, words[rules.COMPARISONS])
    tables = [_table(name, blocks) for name in rules.RULES if name != rules.MANIFEST]
    return Released([*tables, _manifest(words)], blocks, _people(study, left, ledger), register)


def _told(ledger: Ledger, register: Register) -> list[set[int]]:
    return [
        {
            union
            for partition in entry.partitions
            for union in unions([register.named(list(part)) for part in partition])
        }
        for entry in ledger.entries
    ]


def _told_numbers(ledger: Ledger) -> dict[str, list[int]]:
    told: dict[str, list[int]] = {}
    for entry in ledger.entries:
        for name, number in entry.numbers.items():
            told.setdefault(name, []).append(number)
    return told


def _repeat(block: Block, ledger: Ledger, apart: int, *, always: bool = False) -> Block:
    """Return the block, or what the last release printed of it where its own numbers would tell of few patients."""
    if not (always or EARLIER in block.reasons.values() or _tells_by_values(block, ledger, apart)):
        return block
    repeated = Block(block.name, reasons={"repeats": EARLIER})
    for entry in reversed(ledger.entries):
        if block.name in entry.rows:
            repeated.rows = {
                table: [{**row, AS_OF: row[AS_OF] or entry.day} for row in rows]
                for table, rows in entry.rows[block.name].items()
            }
            return repeated
    repeated.rows = {table: [_withheld(table, row) for row in rows] for table, rows in block.rows.items()}
    return repeated


def _withheld(table: str, row: Row) -> Row:
    hidden = [
        column
        for column in row
        if rules.RULES[table].get(column) in rules.NUMBERS and row[column] is not None
    ]
    return {**row, **dict.fromkeys(hidden), WITHHELD: " ".join([*row[WITHHELD].split(), *hidden])}


def _tells_by_values(block: Block, ledger: Ledger, apart: int) -> bool:
    for entry in ledger.entries:
        for name, values in block.values.items():
            told = entry.values.get(name)
            if told is None:
                continue
            own = {patient: ledger.code(value) for patient, value in values.items()}
            n_changed = sum(told.get(patient) != own.get(patient) for patient in {*told, *own})
            if 0 < n_changed < apart:
                return True
    return False


def _people(study: Study, left: Mapping[str, int], ledger: Ledger) -> dict[str, str]:
    groups = {patient: group for group, patients in study.groups.items() for patient in patients}
    return {
        study.register.name(patient): ledger.code(
            repr(
                (
                    tuple(map(str, study.treated.get(patient, ()))),
                    groups.get(patient),
                    left.get(patient),
                    [str(values.get(patient)) for _, values in study.variables],
                )
            )
        )
        for patient in sorted({*study.treated, *groups})
    }


def _table(name: str, blocks: Sequence[Block]) -> ReleasedTable:
    rows = [row for block in blocks for row in block.rows.get(name, [])]
    keys = SORTED[name]
    ordered = sorted(rows, key=lambda row: tuple((row[key] is None, row[key]) for key in keys))
    return ReleasedTable(name, (*rules.columns_of(name), WITHHELD, AS_OF), ordered)


def _manifest(words: Mapping[str, list[Row]]) -> ReleasedTable:
    facts = {row["key"]: row["value"] for row in words[rules.MANIFEST]}
    rows = [{"key": key, "value": facts[key]} for key in rules.MANIFEST_KEYS if key in facts]
    return ReleasedTable(rules.MANIFEST, ("key", "value"), rows)


def _read(connection: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    return records(connection, f"select * from {table} order by all")  # noqa: S608 (names of the rules)
