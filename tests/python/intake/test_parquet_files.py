"""Parquet lands as the text that the same CSV would hold."""

import datetime as dt
import json
import uuid
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cartox.errors import UserError


@pytest.fixture
def with_labs(write_extract: Any) -> Any:
    """Write lab_results as Parquet: required columns filled in, the given ones added or put in place."""

    def write(**columns: pa.Array) -> Any:
        extract = write_extract(lab_results=None)
        n = max(map(len, columns.values()))
        base = {"result_id": [f"R{i}" for i in range(n)], "patient_id": ["P1"] * n}
        table = pa.table(base | {"collected_at": ["2021-01-01"] * n, "result": ["1"] * n} | columns)
        pq.write_table(table, extract / "lab_results.parquet")
        return extract

    return write


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array(["x", "", None, " é\n"]), ["x", "", None, " é\n"]),
        (pa.array(["x", None]).dictionary_encode(), ["x", None]),
        (pa.array(["x"], pa.large_string()), ["x"]),
        (pa.nulls(2), [None, None]),
        (pa.array([True, False, None]), ["true", "false", None]),
        (pa.array([7, -1, None]), ["7", "-1", None]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (
            pa.array([5.0, 0.1, 1e20, 1.5e-7, 123456.75, None]),
            ["5", "0.1", "100000000000000000000", "0.00000015", "123456.75", None],
        ),
        (pa.array([float("nan"), float("inf"), 1e300]), ["nan", "inf", "1e+300"]),
        (pa.array([np.float32(0.1)], pa.float32()), ["0.1"]),
        (pa.array([np.float16(2)], pa.float16()), ["2"]),
        (pa.array([Decimal("1.50"), Decimal("1E-9")], pa.decimal128(20, 9)), ["1.500000000", "0.000000001"]),
        (pa.array([dt.date(2021, 2, 3), dt.date(1, 1, 1)]), ["2021-02-03", "0001-01-01"]),
        (
            pa.array([dt.datetime(2021, 2, 3, 4, 5, 6), dt.datetime(9999, 12, 31, 0, 0, 0, 120000), None]),
            ["2021-02-03 04:05:06", "9999-12-31 00:00:00.120000", None],
        ),
        (pa.array([dt.datetime(2021, 2, 3, 4, 5)], pa.timestamp("ns")), ["2021-02-03 04:05:00"]),
        (pa.array([dt.datetime(2021, 2, 3, 4, 5)], pa.timestamp("s")), ["2021-02-03 04:05:00"]),
        (pa.array([uuid.UUID(int=1).bytes], pa.uuid()), [str(uuid.UUID(int=1))]),
    ],
)
def test_values_become_text(with_labs: Any, landing: Any, values: Any, expected: Any) -> None:
    rows = landing.land(with_labs(comment=values)).rows("lab_results")
    assert [row["comment"] for row in rows] == expected
    assert [row["line_number"] for row in rows] == list(range(1, len(expected) + 1))


def test_file_written_by_duckdb(write_extract: Any, landing: Any) -> None:
    extract = write_extract(vital_status=None)
    file = extract / "vital_status.parquet"
    duckdb.execute(
        f"copy (select 'P1' as \"Patient_ID\", timestamp '2021-01-01 10:00' as DIED_ON) to '{file}'"
    )
    (row,) = landing.land(extract).rows("vital_status")
    assert (row["patient_id"], row["died_on"], row["cause_of_death"]) == ("P1", "2021-01-01 10:00:00", None)
    assert landing.file("vital_status")["file_format"] == "parquet"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (pa.array([b"x"]), "values of type binary; text is expected"),
        (pa.array([["x"]]), "values of type list; text is expected"),
        (pa.array([{"a": 1}]), "values of type struct; text is expected"),
        (pa.array([dt.datetime(2021, 1, 1)], pa.timestamp("us", "UTC")), "times with a zone; the site's own"),
    ],
)
def test_types_without_a_text_reject_the_file(with_labs: Any, landing: Any, values: Any, words: Any) -> None:
    with pytest.raises(UserError, match=rf"^lab_results\.parquet, column comment: {words}"):
        landing.land(with_labs(comment=values))


def test_unknown_column_of_any_type_is_ignored(with_labs: Any, landing: Any) -> None:
    landing.land(with_labs(blob=pa.array([b"x"])))
    assert landing.report.notes == ("lab_results.parquet: column blob is not of the contract, ignored",)


def test_missing_required_column(write_extract: Any, landing: Any) -> None:
    extract = write_extract(patients=None)
    pq.write_table(pa.table({"patient_id": ["P1"], "sex": ["F"]}), extract / "patients.parquet")
    with pytest.raises(
        UserError,
        match=r"^patients\.parquet: required column birth_date missing from the header\. In the study",
    ):
        landing.land(extract)


@pytest.mark.parametrize("kept", [2000, 300, 20, 4])
def test_truncated_file(with_labs: Any, landing: Any, kept: int) -> None:
    extract = with_labs(comment=pa.array([str(number) for number in range(2000)]))
    path = extract / "lab_results.parquet"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(UserError, match=r"^lab_results\.parquet: not a whole Parquet file"):
        landing.land(extract)


def test_corrupt_data_pages(with_labs: Any, landing: Any) -> None:
    extract = with_labs(comment=pa.array([str(number) for number in range(2000)]))
    path = extract / "lab_results.parquet"
    content = bytearray(path.read_bytes())
    content[4:400] = b"\xff" * 396
    path.write_bytes(bytes(content))
    with pytest.raises(UserError, match=r"^lab_results\.parquet: not a whole Parquet file"):
        landing.land(extract)


def test_csv_under_the_name_of_parquet(write_extract: Any, landing: Any) -> None:
    extract = write_extract(patients=None)
    (extract / "patients.parquet").write_text("patient_id,birth_date,sex\n")
    with pytest.raises(UserError, match=r"^patients\.parquet: not a whole Parquet file"):
        landing.land(extract)


def test_bytes_that_are_not_utf8_name_column_and_row(with_labs: Any, landing: Any) -> None:
    broken = pa.array([b"ok", b"\xff"]).view(pa.string())
    with pytest.raises(
        UserError, match=r"^lab_results\.parquet, column comment, row 2: a byte that is not UTF-8$"
    ):
        landing.land(with_labs(comment=broken))


def test_nul_byte_is_kept_aside(with_labs: Any, landing: Any) -> None:
    landing.land(with_labs(comment=pa.array(["a\0b", "c"])))
    assert [row["result_id"] for row in landing.rows("lab_results")] == ["R1"]
    (record,) = landing.rejected()
    assert (record["line_number"], record["reason"]) == (1, "nul_byte")
    assert json.loads(record["raw_record"])["comment"] == "a\0b"
    assert "\0" not in record["raw_record"]
    assert landing.file("lab_results")["n_raw"] == 2


def test_empty_table(with_labs: Any, landing: Any) -> None:
    assert landing.land(with_labs(comment=pa.array([], pa.string()))).rows("lab_results") == []
