"""Mutilate a good extract in one to four of the ways in which real exports go wrong, the same way for the same number."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from tests.faults import file_mutilations as files
from tests.faults import record_mutilations as records
from tests.faults.draft import Draft
from tests.faults.small_extract import SmallExtract

SEED = 20200205

Mutilation = Callable[[Draft, random.Random], None]


class Verdict(Enum):
    """What the intake may do about a mutilation: land the file, refuse it, or either by what the dice gave."""

    LANDS = "lands"
    REFUSED = "refused"
    EITHER = "either"


_LANDS = (
    records.strange_dates, records.extreme_times, records.times_with_zones, records.absurd_numbers, records.hostile_texts,
    records.null_keys, records.empty_cells, records.nul_bytes, records.line_ends_in_cells, records.ids_that_nearly_agree,
    records.long_ids, records.orphans, records.repeated_records, records.same_id_other_content, records.corrections,
    records.one_id_for_all, records.columns_swapped, records.ragged_records, records.header_only,
    records.every_table_header_only, records.upper_case_header, records.columns_in_another_order, records.further_columns,
    records.optional_columns_missing,
    files.other_line_ends, files.every_cell_quoted, files.byte_order_mark, files.no_last_line_end, files.parquet_of_text,
    files.every_file_parquet, files.typed_parquet, files.symbolic_link, files.file_name_in_capitals, files.further_files,
)  # fmt: skip
_REFUSED = (
    records.huge_cell, records.required_column_missing, records.column_named_twice, records.no_header,
    files.other_separator, files.other_encoding, files.broken_byte, files.nothing_in_it,
    files.another_kind_of_file, files.truncated_parquet, files.link_to_nowhere, files.link_out_of_the_folder,
    files.folder_in_its_place,
    files.pipe_in_its_place, files.unreadable, files.file_missing, files.file_twice,
)  # fmt: skip
_EITHER = (
    files.flipped_bits, files.stray_quotes, files.cut_short, files.further_lines, files.parquet_of_strange_types,
    files.broken_parquet, files.unclosed_quote,
)  # fmt: skip

MUTILATIONS: Mapping[str, tuple[Mutilation, Verdict]] = {
    mutilation.__name__: (mutilation, verdict)
    for group, verdict in ((_LANDS, Verdict.LANDS), (_REFUSED, Verdict.REFUSED), (_EITHER, Verdict.EITHER))
    for mutilation in group
}


@dataclass(frozen=True)
class Mutilated:
    """A mutilated extract on disk, what was done to it, and what the intake may do about that."""

    number: int
    folder: Path
    mutilations: tuple[str, ...]
    verdict: Verdict


def mutilate(extract: SmallExtract, number: int, folder: Path, seed: int = SEED) -> Mutilated:
    """Write the mutilated extract `number` into `folder`.

    The first mutilation goes round the list, so that each is tried again and again; up to three more are drawn, more often
    from those that land than from the others, which would end the matter at once.
    """
    dice = random.Random(f"{seed}-{number}")  # noqa: S311
    names = list(MUTILATIONS)
    chosen = [names[number % len(names)]]
    chosen += [
        dice.choice(_LANDS if dice.random() < 0.85 else (*_REFUSED, *_EITHER)).__name__
        for _ in range(dice.choice((0, 0, 1, 1, 2, 3)))
    ]
    draft = Draft.of(extract)
    for name in chosen:
        MUTILATIONS[name][0](draft, dice)
    draft.write(folder, dice)
    verdict = _verdict(chosen)
    if "unreadable" in chosen and all(os.access(path, os.R_OK) for path in folder.iterdir()):
        verdict = Verdict.EITHER  # the superuser reads it all the same
    return Mutilated(number, folder, tuple(chosen), verdict)


def _verdict(chosen: list[str]) -> Verdict:
    verdicts = {MUTILATIONS[name][1] for name in chosen}
    if verdicts == {Verdict.LANDS}:
        return Verdict.LANDS
    return Verdict.REFUSED if len(chosen) == 1 and verdicts == {Verdict.REFUSED} else Verdict.EITHER
