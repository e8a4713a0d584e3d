"""What goes wrong in the cells, records and headers of real exports."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from tests.faults.draft import Draft, FileDraft
from tests.faults.small_extract import Table

CANARY = "CanaryCell"
IDENTIFIERS = ("patient_id", "infusion_id", "administration_id", "result_id", "assessment_id")
NUMBERS = (
    "prior_lines", "ann_arbor_stage", "ecog", "extranodal_sites", "ipi", "dose", "result", "reference_low",
    "reference_high", "temperature_c", "oxygen_flow_l_min", "ice_score", "recorded_crs_grade",
    "recorded_icans_grade", "deauville", "product_strength",
)  # fmt: skip
ABSURD_NUMBERS = (
    "-5", "-40", "NaN", "nan", "inf", "-Infinity", "1e400", "-1e400", "1e-400", "1e308", "1e99", "9" * 40, "0x1F",
    "1,5", "12,000,000", "--3", "+.5", ".", "-", "1e", "1_000", "\uff15", "\u0663", "1/2", "<", ">", "<-3", "<nan", "> 1e400",
    "1e-99", "2147483648", "999999999", "-0", "0.1.2", "1 000", "TNTC", "#DIV/0!", "5%",
)  # fmt: skip
STRANGE_DATES = (
    "05/02/2020", "2/5/20", "05.02.2020", "20200205", "Feb 5 2020", "2020-W06-3", "43866", "1580860800", "2020-2-5",
    "2020/02/05 10:00", "5-FEB-20", "2020-02-05T10", "2020-02-05 10:00 PM", "today", "0000-00-00", "2020-036",
)  # fmt: skip
EXTREME_TIMES = (
    "0001-01-01", "9999-12-31", "9999-12-31 23:59:59.999999", "0000-01-01", "10000-01-01", "-0044-03-15",
    "1799-12-31", "2300-01-01", "2021-02-29", "2021-02-30 10:00", "2020-13-01", "2020-01-01 24:00", "2020-01-01 23:59:60",
    "294247-01-10 04:00:54", "1800-01-01", "2299-12-31 23:59", "2020-01-01 10:61",
)  # fmt: skip
ZONES = ("Z", "+00:00", "-05:00", " UTC", " America/New_York", "+0530")
HOSTILE_TEXTS = (
    f"=cmd|' /C calc'!{CANARY}", f"@SUM(1+1)*{CANARY}", f"+{CANARY}", f"-{CANARY}+2", f"'; drop table marts.cohort; --{CANARY}",
    f"' or '1'='1 {CANARY}", f"<script>alert('{CANARY}')</script>", f'<img src=x onerror="{CANARY}">', f"{{{{ {CANARY} }}}}",
    f"${{{CANARY}}}", f"%s%n%x {CANARY}", f"\\N{CANARY}", f"👩‍🔬🧬 {CANARY}", f"\u202e{CANARY}\u202c", f"مريض {CANARY}",
    f"e\u0301\u200b{CANARY}", f"\ufeff{CANARY}", f"a|b|{CANARY}", f"{CANARY}\x1b[31m", f"\u2028{CANARY}", f"\x07\x08{CANARY}\x7f",
    f"../../../etc/{CANARY}", f"[bold red]{CANARY}[/]", f'"{CANARY}"', f'{{"a": "{CANARY}"}}', f"$$ {CANARY} $$", f"?{CANARY}$1",
)  # fmt: skip
ID_VARIANTS: tuple[Callable[[str], str], ...] = (
    str.lower, str.title, lambda x: f" {x}", lambda x: f"{x}\t", lambda x: f"{x}\u00a0", lambda x: f"{x}\u200b",
    lambda x: x.replace("-", "\u2011"), lambda x: x.replace("0", "O"), lambda x: x.replace("-", " - "),
    lambda x: x.replace("C", "\u0421"), lambda x: f"\n{x}",
)  # fmt: skip


def is_time(column: str) -> bool:
    return column.strip().lower().endswith(("_at", "_on", "_date"))


def _rewrite(
    table: Table, wanted: Callable[[str], bool], dice: random.Random, change: Callable[[str], str]
) -> None:
    """Change one, some or all cells of one or all of the wanted columns."""
    positions = [i for i, column in enumerate(table.columns) if wanted(column.strip().lower())]
    if not positions or not table.records:
        return
    if dice.random() < 0.5:
        positions = [dice.choice(positions)]
    share = dice.choice((0.0, 0.02, 0.3, 1.0))
    lucky = dice.randrange(len(table.records))
    for number, record in enumerate(table.records):
        if number == lucky or dice.random() < share:
            for position in positions:
                if position < len(record):
                    record[position] = change(record[position])


def _among(texts: Sequence[str], dice: random.Random) -> Callable[[str], str]:
    return lambda _: dice.choice(texts)


def _filled(table: Table) -> list[list[str]]:
    """The records that have a field; one that was cut short may have none."""
    return [record for record in table.records if record]


def strange_dates(draft: Draft, dice: random.Random) -> None:
    _rewrite(draft.any_file(dice).table, is_time, dice, _among(STRANGE_DATES, dice))


def extreme_times(draft: Draft, dice: random.Random) -> None:
    _rewrite(draft.any_file(dice).table, is_time, dice, _among(EXTREME_TIMES, dice))


def times_with_zones(draft: Draft, dice: random.Random) -> None:
    _rewrite(draft.any_file(dice).table, is_time, dice, lambda cell: cell + dice.choice(ZONES))


def absurd_numbers(draft: Draft, dice: random.Random) -> None:
    names = ("infusions", "medication_administrations", "lab_results", "toxicity_assessments")
    table = draft.files[dice.choice((*names, "response_assessments"))].table
    _rewrite(table, lambda column: column in NUMBERS, dice, _among(ABSURD_NUMBERS, dice))


def hostile_texts(draft: Draft, dice: random.Random) -> None:
    for file in draft.files.values():
        wanted = dice.choice((lambda column: True, lambda column: column not in IDENTIFIERS))
        _rewrite(file.table, wanted, dice, _among(HOSTILE_TEXTS, dice))


def null_keys(draft: Draft, dice: random.Random) -> None:
    empty = ("", " ", "\t", "NULL", "NA", "None", "\u00a0")
    _rewrite(draft.any_file(dice).table, lambda column: column in IDENTIFIERS, dice, _among(empty, dice))


def empty_cells(draft: Draft, dice: random.Random) -> None:
    _rewrite(draft.any_file(dice).table, lambda column: True, dice, _among(("", "   "), dice))


def nul_bytes(draft: Draft, dice: random.Random) -> None:
    _rewrite(draft.any_file(dice).table, lambda column: True, dice, lambda cell: cell[:2] + "\0" + cell[2:])


def line_ends_in_cells(draft: Draft, dice: random.Random) -> None:
    ends = ("\n", "\r\n", "\r", "\n\n", "\n,\n", '\n"', "\x0b", "\x0c", "\x85")
    _rewrite(draft.any_file(dice).table, lambda column: True, dice, lambda cell: cell + dice.choice(ends))


def ids_that_nearly_agree(draft: Draft, dice: random.Random) -> None:
    def vary(cell: str) -> str:
        return dice.choice(ID_VARIANTS)(cell)

    _rewrite(draft.any_file(dice).table, lambda column: column in IDENTIFIERS, dice, vary)


def long_ids(draft: Draft, dice: random.Random) -> None:
    length = dice.choice((300, 70_000))
    table = draft.any_file(dice).table
    for record in dice.sample(_filled(table), min(3, len(_filled(table)))):
        record[0] = record[0] + "x" * length


def orphans(draft: Draft, dice: random.Random) -> None:
    table = draft.files["patients"].table
    table.records = dice.sample(table.records, dice.randrange(len(table.records) or 1))


def repeated_records(draft: Draft, dice: random.Random) -> None:
    table = draft.any_file(dice).table
    if table.records:
        table.records.extend(list(r) for r in dice.choices(table.records, k=dice.choice((1, 50, 4000))))
    if dice.random() < 0.5:
        dice.shuffle(table.records)


def same_id_other_content(draft: Draft, dice: random.Random) -> None:
    table = draft.any_file(dice).table
    filled = _filled(table)
    for record in dice.sample(filled, len(filled) // dice.choice((3, 20))):
        other = list(dice.choice(filled))
        other[0] = record[0]
        table.records.append(other)


def corrections(draft: Draft, dice: random.Random) -> None:
    """Versions of one result, with ties, without times, and corrections that are earlier than what they correct."""
    table = draft.files["lab_results"].table
    columns = ("resulted_at", "status", "result")
    if not set(columns) <= set(table.columns):
        return
    resulted, status, result = (table.position(column) for column in columns)
    times = ("2021-03-01 10:00", "2021-03-01 10:00", "2021-03-02", "", "01/03/2021", "2021-02-01")
    statuses = ("corrected", "Amended", "final", "preliminary", "", "CORRECTED")
    whole = [record for record in table.records if len(record) == len(table.columns)]
    for record in dice.sample(whole, min(200, len(whole))):
        for _ in range(dice.randrange(1, 4)):
            version = list(record)
            version[resulted], version[status] = dice.choice(times), dice.choice(statuses)
            version[result] = dice.choice((version[result], "17"))
            table.records.append(version)


def one_id_for_all(draft: Draft, dice: random.Random) -> None:
    for record in _filled(draft.any_file(dice).table):
        record[0] = "1"


def columns_swapped(draft: Draft, dice: random.Random) -> None:
    """Cells under the wrong name."""
    file = draft.any_file(dice)
    dice.shuffle(file.table.columns)


def huge_cell(draft: Draft, dice: random.Random) -> None:
    table = draft.any_file(dice).table
    if _filled(table):
        record = dice.choice(_filled(table))
        record[dice.randrange(len(record))] = dice.choice(("x", "9", "\n", '"', "é", ",", " ")) * 10_000_000


def ragged_records(draft: Draft, dice: random.Random) -> None:
    table = draft.any_file(dice).table
    for record in _filled(table):
        if dice.random() < 0.1:
            del record[dice.randrange(len(record)) :]
        elif dice.random() < 0.1:
            record.extend(("", "surplus")[: dice.randrange(1, 3)])


def header_only(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).table.records.clear()


def every_table_header_only(draft: Draft, dice: random.Random) -> None:
    for file in draft.files.values():
        file.table.records.clear()


def upper_case_header(draft: Draft, dice: random.Random) -> None:
    table = draft.any_file(dice).table
    table.columns = [f" {column.upper()} " for column in table.columns]


def columns_in_another_order(draft: Draft, dice: random.Random) -> None:
    table = draft.any_file(dice).table
    order = dice.sample(range(len(table.columns)), len(table.columns))
    records = [record for record in table.records if len(record) == len(order)]
    table.columns = [table.columns[i] for i in order]
    table.records = [[record[i] for i in order] for record in records]


def further_columns(draft: Draft, dice: random.Random) -> None:
    table = draft.any_file(dice).table
    names = ("", "name", "comment 2", "source_file", "line_number", "Spalte Ä", '"', "x" * 5000)
    for name in dice.sample([name for name in names if name not in table.columns], 2):
        table.columns.append(name)
        for record in table.records:
            record.append(dice.choice(HOSTILE_TEXTS))


def optional_columns_missing(draft: Draft, dice: random.Random) -> None:
    required = {"infusions": 6, "response_assessments": 3, "toxicity_assessments": 3, "vital_status": 1}
    entity = dice.choice(sorted(required))
    _keep(draft.files[entity], required[entity])


def required_column_missing(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    file.table.columns[0] = dice.choice(("id", "", "patient id", f"{file.table.columns[0]}s"))


def column_named_twice(draft: Draft, dice: random.Random) -> None:
    table = draft.any_file(dice).table
    table.columns.append(table.columns[dice.randrange(len(table.columns))].upper())
    for record in table.records:
        record.append("")


def no_header(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    if file.table.records:
        file.table.columns = file.table.records.pop(0)


def _keep(file: FileDraft, n_columns: int) -> None:
    del file.table.columns[n_columns:]
    for record in file.table.records:
        del record[n_columns:]
