"""Whatever table is written in whatever dialect: no record is lost, no cell is changed."""

import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from cartox.intake import land
from cartox.intake.contract import ENTITIES
from cartox.progress import SilentProgress

HEADERS = {entity.name: ",".join(entity.required_names) for entity in ENTITIES.values()}
CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8) | st.sampled_from(
    [
        "",
        '"',
        '""',
        ",",
        "\n",
        "\r",
        "\r\n",
        "a\nb",
        "'",
        " x ",
        "=1+1",
        ";",
        "\\",
        "\ufeff",
        "NULL",
        "\u2028",
    ]
)
LINE_END = st.sampled_from(["\n", "\r\n", "\r"])
RECORD = st.tuples(
    st.lists(CELL, min_size=1, max_size=6),
    st.booleans(),  # quote every cell
    LINE_END,
    st.lists(LINE_END, max_size=2),  # blank lines that follow
)


def written(cell: str, is_quoted: bool) -> str:
    if is_quoted or cell == "" or any(character in cell for character in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@settings(max_examples=150, deadline=None)
@given(records=st.lists(RECORD, max_size=12), starts_with_mark=st.booleans(), ends_in_line_end=st.booleans())
def test_every_record_lands_or_is_kept_aside(
    records: Any, starts_with_mark: Any, ends_in_line_end: Any
) -> None:
    text = HEADERS["patients"] + "\n"
    line, expected, ragged = 2, [], []
    for cells, is_quoted, line_end, blanks in records:
        record = ",".join(written(cell, is_quoted) for cell in cells)
        if len(cells) == 3:
            expected.append((*cells, line))
        else:
            ragged.append((line, record))
        text += record + line_end + "".join(blanks)
        line = 1 + count_lines(text)
    if records and not ends_in_line_end:
        text = text.rstrip("\r\n")
    with tempfile.TemporaryDirectory() as name:
        extract, landing = Path(name, "extract"), Path(name, "landing")
        extract.mkdir()
        for entity, header in HEADERS.items():
            (extract / f"{entity}.csv").write_text(header)
        mark = b"\xef\xbb\xbf" if starts_with_mark else b""
        (extract / "patients.csv").write_bytes(mark + text.encode())
        (file, *_) = land(extract, landing, SilentProgress()).files
        rows = pq.read_table(landing / "extract" / "patients.parquet").to_pylist()
        rejected = pq.read_table(landing / "rejected_records.parquet").to_pylist()
    landed = [(row["patient_id"], row["birth_date"], row["sex"], row["line_number"]) for row in rows]
    assert landed == expected
    assert [(row["line_number"], row["raw_record"]) for row in rejected] == ragged
    assert file.n_raw == len(records) == file.n_landed + file.n_rejected


def count_lines(text: str) -> int:
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
