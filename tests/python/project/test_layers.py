"""The way of the data can be read off the folders, and nothing reads upward."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[3]
MAY_READ = {
    "staging": {"source"},
    "intermediate": {"staging", "intermediate", "seed"},
    "marts": {"intermediate", "marts", "seed"},
}
# The rooms of `intermediate` in the order in which a patient's records pass through them.
ROOMS = (
    "omop",
    "terminology",
    "records",
    "treated",
    "toxicity",
    "exposure",
    "labs",
    "cohort",
    "disease",
    "scores",
)
# What the intake counts and sets aside has no staging of its own: it is not a record.
INTAKE_READERS = {"int_records__counts", "int_records__dispositions", "int_records__quarantined"}


def layer(node: dict[str, Any]) -> str:
    if node["resource_type"] in ("source", "seed"):
        return str(node["resource_type"])
    return str(Path(node["original_file_path"]).parts[1])


def edges(manifest: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    known = manifest["nodes"] | manifest["sources"]
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    return [(node, known[parent]) for node in models for parent in node["depends_on"]["nodes"]]


def upward(manifest: dict[str, Any]) -> list[str]:
    return [
        f"{node['name']} reads {parent['name']}"
        for node, parent in edges(manifest)
        if layer(parent) not in MAY_READ[layer(node)]
        and not (node["name"] in INTAKE_READERS and parent.get("source_name") == "intake")
    ]


def room(node: dict[str, Any]) -> int | None:
    if layer(node) != "intermediate":
        return None
    return ROOMS.index(Path(node["original_file_path"]).parts[2])


def against_the_street(manifest: dict[str, Any]) -> list[str]:
    rooms = [(node["name"], room(node), parent["name"], room(parent)) for node, parent in edges(manifest)]
    return [
        f"{reader} reads {read}"
        for reader, its_room, read, room_read in rooms
        if its_room is not None and room_read is not None and room_read > its_room
    ]


def test_no_room_reads_a_later_one(manifest: dict[str, Any]) -> None:
    assert against_the_street(manifest) == []


def test_an_edge_against_the_street_is_found(manifest: dict[str, Any]) -> None:
    by_name = {node["name"]: node for node in manifest["nodes"].values()}
    dependencies = by_name["int_exposure__dose_events"]["depends_on"]["nodes"]
    dependencies.append(by_name["int_cohort__index_time"]["unique_id"])
    try:
        assert against_the_street(manifest) == ["int_exposure__dose_events reads int_cohort__index_time"]
    finally:
        dependencies.pop()


# A row that was set aside may still have been an infusion or a dose: these say what could not be told for want of it.
READ_WHAT_WAS_REJECTED = {
    "int_exclusions__unclear_infusions",
    "int_exposure__unplaced_rows",
    "int_exposure__unread_orders",
    "int_labs__unread",
    "int_records__patients",
    "int_toxicity__fever_waivers",
}


def test_beyond_their_room_only_accepted_records_are_read(manifest: dict[str, Any]) -> None:
    """Through the macro that leaves the rejected out, never from the model that holds them all."""
    of_kinds = re.compile(r"ref\(\s*['\"]int_(?!exclusions)\w+__all['\"]")
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    readers = {node["name"] for node in models if of_kinds.search(node["raw_code"])}
    kinds = [node["name"] for node in models if re.fullmatch(r"int_(?!exclusions)\w+__all", node["name"])]
    assert len(kinds) == 7
    assert readers == READ_WHAT_WAS_REJECTED


def test_no_model_reads_upward(manifest: dict[str, Any]) -> None:
    assert len(edges(manifest)) > 100
    assert upward(manifest) == []


@pytest.mark.parametrize(
    ("reader", "read"),
    [
        ("stg_extract__patients", "cohort"),
        ("cohort", "stg_extract__patients"),
        ("int_labs__daily", "lab_daily_grid"),
    ],
)
def test_an_edge_that_goes_up_or_skips_a_layer_is_found(
    manifest: dict[str, Any], reader: str, read: str
) -> None:
    by_name = {node["name"]: node for node in manifest["nodes"].values()}
    dependencies = by_name[reader]["depends_on"]["nodes"]
    dependencies.append(by_name[read]["unique_id"])
    try:
        assert upward(manifest) == [f"{reader} reads {read}"]
    finally:
        dependencies.pop()


def test_prefix_and_folder_agree_on_the_layer(manifest: dict[str, Any]) -> None:
    prefixes = {"staging": "stg_", "intermediate": "int_"}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model":
            where = layer(node)
            assert node["schema"] == where
            assert node["name"].startswith(prefixes.get(where, "")), node["name"]
            assert where != "marts" or not node["name"].startswith(("stg_", "int_"))


def test_every_folder_of_models_has_its_page() -> None:
    folders = {path.parent for path in (PROJECT / "models").rglob("*.yml")} - {PROJECT / "models"}
    pages = {folder: (folder / "README.md").read_text(encoding="utf-8") for folder in sorted(folders)}
    assert {path.name for path in folders if path.parent.name == "intermediate"} == set(ROOMS)
    for folder, page in pages.items():
        assert "**May read**" in page, folder
        assert "**Begin at**" in page, folder
        assert len(page.splitlines()) <= 15, folder
        named = re.findall(r"`((?:int|stg)_[a-z_]+)`", page)
        models = {path.stem for path in (PROJECT / "models").rglob("*.sql")}
        assert set(named) <= models, folder


# Rules of the bedside that wait to be parted into two models each; none may be added.
STILL_LONGER = {
    "int_records__cdm_rows", "patient_days",
    "int_cohort__activity", "int_cohort__resolved_days", "int_cohort__responders",
    "int_exposure__administrations", "int_labs__baseline", "int_medication_administrations__all",
    "int_terminology__suspects", "int_terminology__terms", "int_toxicity__crs_components", "int_toxicity__graded_assessments",
    "int_treated__infusions", "int_treated__lymphodepletion",
}  # fmt: skip


def test_no_model_is_longer_than_eighty_lines() -> None:
    lengths = {path.stem: len(path.read_text().splitlines()) for path in (PROJECT / "models").rglob("*.sql")}
    assert {name for name, n in lengths.items() if n > 80} == STILL_LONGER


def test_no_file_of_a_view_is_published(manifest: dict[str, Any]) -> None:
    kinds = {
        node["config"]["materialized"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
    assert kinds == {"table", "ephemeral"}
