"""The ledger: what left, when, its digest; a release that differs by too few is refused."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cartox.errors import UserError
from cartox.release import write_release
from cartox.release.ledger import open_ledger
from cartox.release.write import digest_of

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / ".releases"


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_a_release_is_recorded_with_its_day_and_digest(release: Any, ledger: Path) -> None:
    connection = release(n_drawn=60).connection
    folder = ledger.with_name("first")
    write_release(connection, folder, 10, ledger=ledger, now=AT)
    with open_ledger(ledger) as book:
        [entry] = book.entries
    assert (entry.released_at, entry.threshold) == ("2026-01-02T03:04:05+00:00", 10)
    assert entry.digest == digest_of(folder)
    (folder / "summary.md").write_text("changed")
    assert entry.digest != digest_of(folder)


def test_the_ledger_is_its_owners_and_names_nobody(release: Any, ledger: Path) -> None:
    connection = release(n_drawn=60).connection
    write_release(connection, ledger.with_name("first"), 10, ledger=ledger)
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o700
    for file in ledger.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "D0001" not in file.read_text(encoding="utf-8")


def test_a_second_release_of_the_same_patients_repeats_the_numbers(release: Any, ledger: Path) -> None:
    connection = release(n_drawn=60).connection
    for name in ("first", "second"):
        write_release(connection, ledger.with_name(name), 10, ledger=ledger, now=AT)
    assert texts(ledger.with_name("first")) == texts(ledger.with_name("second"))
    with open_ledger(ledger) as book:
        assert len(book.entries) == 2


@pytest.mark.parametrize(
    "change",
    [
        "delete from marts.cohort where patient_id = (select min(patient_id) from marts.cohort)",
        "update marts.cohort set age_years = 30 where patient_id = (select min(patient_id) from marts.cohort)",
        "update marts.treated_patients set is_dead = not is_dead where patient_id = "
        "(select max(patient_id) from marts.treated_patients)",
    ],
)
def test_a_release_that_differs_by_one_patient_is_refused(release: Any, ledger: Path, change: str) -> None:
    connection = release(n_drawn=60).connection
    write_release(connection, ledger.with_name("first"), 10, ledger=ledger, now=AT)
    connection.execute(change)
    second = ledger.with_name("second")
    with pytest.raises(UserError) as told:
        write_release(connection, second, 10, ledger=ledger)
    message = str(told.value)
    assert "second: 1 patient differs from the release of 2026-01-02; fewer than 10" in message
    assert "D00" not in message
    assert not second.exists()
    assert not ledger.with_name("second.approval").exists()
    with open_ledger(ledger) as book:
        assert len(book.entries) == 1


def test_every_earlier_release_counts_and_not_the_last_alone(release: Any, ledger: Path) -> None:
    connection = release(n_drawn=60).connection
    write_release(connection, ledger.with_name("first"), 10, ledger=ledger, now=AT)
    connection.execute("create table kept as select * from marts.cohort")
    connection.execute("update marts.cohort set age_years = age_years + 1")
    write_release(connection, ledger.with_name("second"), 10, ledger=ledger)
    connection.execute("create or replace table marts.cohort as select * from kept")
    connection.execute(
        "update marts.cohort set age_years = 20 where patient_id = (select min(patient_id) from kept)"
    )
    with pytest.raises(UserError, match="1 patient differs from the release of 2026-01-02"):
        write_release(connection, ledger.with_name("third"), 10, ledger=ledger)


def test_a_ledger_with_a_hole_or_of_another_kind_is_refused(release: Any, ledger: Path) -> None:
    connection = release(n_drawn=60).connection
    for name in ("first", "second"):
        write_release(connection, ledger.with_name(name), 10, ledger=ledger, now=AT)
    first, second = sorted(ledger.glob("*.json"))
    text = first.read_text(encoding="utf-8")
    first.unlink()
    with pytest.raises(UserError, match="release 1 is missing in the ledger"):
        write_release(connection, ledger.with_name("third"), 10, ledger=ledger)
    first.write_text(json.dumps({**json.loads(text), "form": 99}))
    with pytest.raises(UserError, match="not an entry of a ledger"):
        write_release(connection, ledger.with_name("third"), 10, ledger=ledger)
    first.write_text(text)
    (ledger / "key").unlink()
    with pytest.raises(UserError, match="the ledger's key is missing"):
        write_release(connection, ledger.with_name("third"), 10, ledger=ledger)
    assert second.exists()


def test_the_release_is_in_the_ledger_before_it_appears(
    release: Any, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = release(n_drawn=60).connection
    folder = ledger.with_name("first")
    replace = Path.replace

    def die(self: Path, target: Path) -> Path:
        if Path(target) == folder:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        write_release(connection, folder, 10, ledger=ledger)
    assert not folder.exists()
    with open_ledger(ledger) as book:
        assert len(book.entries) == 1
