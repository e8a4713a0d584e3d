"""The laboratory's path by hand: each peer's tables are the models', row by row, on records as bad as they come."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import duckdb
import pytest

from cartox.benchmark.compare import Row, compare, named, summarize
from cartox.benchmark.contender import CONTENDERS, build_given
from cartox.benchmark.laboratory import build_laboratory
from cartox.benchmark.measure import Measured
from cartox.benchmark.peers import DELIVERABLES, Difference, compare_deliverables
from cartox.benchmark.peers.by_pandas import write_by_pandas
from cartox.benchmark.peers.by_polars import write_by_polars
from cartox.benchmark.peers.sql_script import write_by_sql
from cartox.errors import UserError
from cartox.intake import land_sources
from cartox.progress import SilentProgress
from cartox.synthetic.registry import write_registry
from tests.python.benchmark.hard_results import add_hard_results
from tests.python.one_worker import only_once

comparison = import_module("cartox.benchmark.compare")  # the package gives the name to the function in it
Peer = Callable[[Path, Path, Path], None]
PEERS = [write_by_sql, write_by_polars, write_by_pandas]
DATABASE = "cartox.duckdb"


@pytest.fixture(scope="module")
def built(shared_folder: Path) -> Path:
    """A registry with hard results, landed in `landing` and built in `given`."""
    folder = shared_folder / "hard_laboratory"
    with only_once(shared_folder, "hard_laboratory_built") as is_first:
        if is_first:
            (folder / "given").mkdir(parents=True)
            write_registry(folder / "extract", 60, parquet=False)
            add_hard_results(folder / "extract", 8000)
            land_sources(folder / "landing", SilentProgress(), extract=folder / "extract")
            build_given(folder / "landing", folder / "given", folder / "given" / DATABASE)
    return folder


def test_hard_results_meet_every_case(built: Path) -> None:
    """Without a case in the records, no peer could differ in it."""
    with duckdb.connect(str(built / "given" / DATABASE), read_only=True) as connection:

        def told(query: str) -> set[str]:
            return {str(row[0]) for row in connection.execute(query).fetchall()}

        assert told("select distinct reason from marts.record_dispositions where entity = 'lab_results'") == {
            *("None", "duplicate", "superseded", "conflicting_id", "ragged_record", "unknown_patient"),
            *("missing_result_id", "missing_patient_id", "missing_collected_at", "missing_result"),
            *("unreadable_collected_at", "implausible_collected_at"),
        }
        assert told("select distinct unusable_reason from marts.lab_results") >= {
            *(
                "withdrawn_result",
                "unknown_specimen",
                "specimen_not_blood",
                "not_performed",
                "range_of_values",
            ),
            *("ambiguous_comma", "unreadable_result", "sentinel", "missing_unit", "conflicting_units"),
            *("unknown_unit", "hemolysed_specimen", "implausible_value"),
        }
        assert told("select distinct not_counted_reason from marts.lab_results") == {
            *("None", "repeated_value", "superseded_by_dilution", "superseded_version"),
        }
        assert told("select distinct value_origin || ' ' || certainty from marts.lab_daily_grid") >= {
            *(
                "observed exact",
                "observed at_least",
                "observed at_most",
                "observed unknown",
                "missing unknown",
            ),
            *(
                "interpolated exact",
                "interpolated at_least",
                "interpolated at_most",
                "interpolated estimated",
            ),
            *("observed estimated", "carried exact", "carried at_least", "carried estimated"),
        }


@pytest.mark.parametrize("write", PEERS)
def test_a_peer_writes_what_the_models_build(built: Path, tmp_path: Path, write: Peer) -> None:
    write(built / "landing", built / "given", tmp_path / DATABASE)
    told = compare_deliverables(built / "given" / DATABASE, tmp_path / DATABASE)
    assert {table: [str(one) for one in ones] for table, ones in told.items()} == {
        key: [] for key in DELIVERABLES
    }


def test_the_laboratorys_models_alone_build_its_marts(built: Path, tmp_path: Path) -> None:
    build_laboratory(built / "landing", built / "given", tmp_path / "models.duckdb")
    with duckdb.connect(str(tmp_path / DATABASE)) as connection:
        connection.execute(f"attach '{tmp_path / 'models.duckdb'}' as models (read_only)")
        for table in DELIVERABLES:
            connection.execute(f"create table {table} as from models.marts.{table}")
    told = compare_deliverables(built / "given" / DATABASE, tmp_path / DATABASE)
    assert all(not ones for ones in told.values())


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ("update lab_results set value = value * (1 + 1e-8) where {row}", "lab_results, {id}: value"),
        ("update lab_results set value = null where {row}", "lab_results, {id}: value"),
        ("update lab_results set raw_unit = 'x' where {row}", "lab_results, {id}: raw_unit"),
        ("delete from lab_results where {row}", "lab_results, {id}: not the same rows"),
        ("insert into lab_results from lab_results where {row}", "lab_results, {id}: not the same rows"),
        ("update lab_results set value = value * (1 + 1e-10) where {row}", None),
    ],
)
def test_a_difference_names_table_key_and_column(
    built: Path, tmp_path: Path, change: str, difference: str | None
) -> None:
    warehouse = built / "given" / DATABASE
    with duckdb.connect(str(tmp_path / DATABASE)) as connection:
        connection.execute(f"attach '{warehouse}' as built (read_only)")
        for table in DELIVERABLES:
            connection.execute(f"create table {table} as from built.marts.{table}")
        query = "select min(result_id) from lab_results where value > 1 and raw_unit is not null"
        (result_id,) = connection.execute(query).fetchall()[0]
        connection.execute("begin")
        connection.execute(change.format(row=f"result_id = '{result_id}'"))
        connection.execute("commit")
    told = [
        str(one) for ones in compare_deliverables(warehouse, tmp_path / DATABASE).values() for one in ones
    ]
    assert told == ([] if difference is None else [difference.format(id=result_id)])


def test_columns_of_another_type_are_refused(built: Path, tmp_path: Path) -> None:
    warehouse = built / "given" / DATABASE
    with duckdb.connect(str(tmp_path / DATABASE)) as connection:
        connection.execute(f"attach '{warehouse}' as built (read_only)")
        for table in DELIVERABLES:
            connection.execute(f"create table {table} as from built.marts.{table}")
        connection.execute("alter table lab_daily_grid alter n_results type bigint")
    with pytest.raises(ValueError, match="lab_daily_grid"):
        compare_deliverables(warehouse, tmp_path / DATABASE)


def test_a_missing_package_is_a_row_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "find_spec", lambda _name: None)
    name = "lab path by Polars"
    rows = compare(tmp_path, 5, 1, 600, SilentProgress(), [name])
    assert rows == [Row(name, 5, 0, None, None, None, None, None, None, "polars is not installed")]


def test_of_a_peer_that_differs_there_are_no_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def differ(_warehouse: Path, _database: Path) -> dict[str, list[Difference]]:
        return {
            "lab_results": [
                Difference("lab_results", "LAB-1", "value"),
                Difference("lab_results", "LAB-2", "unit"),
            ]
        }

    monkeypatch.setattr(comparison, "compare_deliverables", differ)
    monkeypatch.setattr(comparison, "measure", lambda *_: Measured(1.0, 1.0, 0.1, 0))
    name = "lab path by SQL script"
    (row,) = compare(tmp_path, 5, 2, 600, SilentProgress(), [name])
    assert (row.n_runs, row.wall_s, row.n_differing) == (1, None, 2)
    assert row.outcome == "not what the models built: lab_results, LAB-1: value"


def test_what_a_peer_is_given_may_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "measure", lambda *_: Measured(1.0, 1.0, 0.1, 3))
    (row,) = compare(tmp_path, 5, 2, 600, SilentProgress(), ["lab path by pandas"])
    assert row.outcome == "what it is given could not be built (exit code 3)"


def test_a_row_tells_how_many_cells_differed() -> None:
    row = summarize("x", 5, [Measured(1.0, 1.0, 0.1, 0)], 10, 8, [])
    assert (row.n_differing, row.outcome) == (0, "")


def test_contenders_are_chosen_by_the_beginning_of_their_names() -> None:
    assert named([""]) == list(CONTENDERS)
    assert named(["floor", "dbt"]) == ["dbt build", "floor: read the lab file", "floor: group the lab file"]
    with pytest.raises(UserError, match=r"^--only spark: no such contender; known are dbt build, "):
        named(["dbt", "spark"])
