"""A landing that is killed at whatever step leaves the landing before or the new one, and the next one tidies up."""

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from cartox.errors import UserError
from cartox.intake import land
from cartox.intake.place import replaced_as_a_whole
from cartox.progress import SilentProgress

STEPS = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.chmod", "open", "shutil.rmtree")


def killed_at_step(number: int, landing: Path, patient: str) -> bool:
    """Replace a landing in a process that is killed before its `number`th change of the file system; say whether it was."""

    def replace() -> None:
        seen = 0

        def count(event: str, arguments: Any) -> None:
            nonlocal seen
            if event in STEPS and (event != "open" or isinstance(arguments[0], str)):
                seen += 1
                if seen == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        with replaced_as_a_whole(landing) as folder:
            for name in ("patients.parquet", "landed_files.parquet"):
                (folder / name).write_text(patient)

    process = multiprocessing.get_context("fork").Process(target=replace)
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def whole(landing: Path) -> str:
    (content,) = {(landing / name).read_text() for name in ("patients.parquet", "landed_files.parquet")}
    return content


@pytest.mark.parametrize("was_plain_folder", [False, True])
def test_kill_at_any_step_leaves_one_whole_landing(tmp_path: Path, was_plain_folder: bool) -> None:
    landing = tmp_path / "landing"
    number, is_killed = 0, True
    while is_killed:
        number += 1
        if was_plain_folder:
            place_plain_folder(landing)
        else:
            with replaced_as_a_whole(landing) as folder:
                fill(folder, "before")
        is_killed = killed_at_step(number, landing, "after")
        if was_plain_folder and not landing.exists():
            with pytest.raises(ValueError, match="stop"), replaced_as_a_whole(landing):
                raise ValueError("stop")
        assert whole(landing) in (("before", "after") if is_killed else ("after",))
        with replaced_as_a_whole(landing) as folder:
            fill(folder, "next")
        assert whole(landing) == "next"
        assert {path.name for path in tmp_path.iterdir()} == {"landing", str(landing.readlink())}
    assert number > 5


def place_plain_folder(landing: Path) -> None:
    if landing.is_symlink():
        folder = landing.parent / landing.readlink()
        landing.unlink()
        folder.rename(landing)
    landing.mkdir(exist_ok=True)
    fill(landing, "before")


def fill(folder: Path, patient: str) -> None:
    for name in ("patients.parquet", "landed_files.parquet"):
        (folder / name).write_text(patient)


def test_readers_never_find_the_landing_gone(write_extract: Any, tmp_path: Path) -> None:
    """Between two system calls of a landing there is no moment without `landed_files.parquet`."""
    landing = tmp_path / "data" / "landing"
    extract = write_extract()
    land(extract, landing, SilentProgress())
    missing: list[str] = []
    is_watching = True

    def watch(event: str, _: Any) -> None:
        if is_watching and event in STEPS and not os.path.exists(landing / "landed_files.parquet"):
            missing.append(event)

    sys.addaudithook(watch)
    land(extract, landing, SilentProgress())
    is_watching = False
    assert missing == []


def test_link_of_the_users_is_followed(write_extract: Any, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    landing = tmp_path / "data" / "landing"
    landing.symlink_to(tmp_path / "big disk" / "landing")
    for patient in ("P1", "P2"):
        extract = write_extract(patients=f"patient_id,birth_date,sex\n{patient},1960-01-01,F\n")
        land(extract, landing, SilentProgress())
        assert pq.read_table(landing / "extract" / "patients.parquet")["patient_id"].to_pylist() == [patient]
    assert landing.readlink() == tmp_path / "big disk" / "landing"
    assert len(list((tmp_path / "big disk").iterdir())) == 2


def test_extract_that_is_a_link_in_a_circle(tmp_path: Path) -> None:
    extract = tmp_path / "extract"
    extract.symlink_to("extract")
    with pytest.raises(UserError, match="extract"):
        land(extract, tmp_path / "landing", SilentProgress())


def test_link_that_leads_in_a_circle(write_extract: Any, tmp_path: Path) -> None:
    landing = tmp_path / "landing"
    landing.symlink_to("landing")
    with pytest.raises(UserError, match="circle"):
        land(write_extract(), landing, SilentProgress())
