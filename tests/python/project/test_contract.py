"""The input contract: described once, whole, and the same for dbt, for the intake and for people."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from cartox.errors import UserError
from cartox.intake.contract import ENTITIES, STAGING, TABLES, Column, read_contract
from cartox.intake.empty_extract import empty_files
from cartox.intake.header import match_header
from cartox.intake.records import SourceFile
from cartox.yaml_file import read_yaml
from tests.spec.compiled_project import PROJECT
from tests.spec.contract_oracle import CDM, EXTRACT, FLAGS, WORDS, names, required
from tests.spec.contract_page import GUIDE, PAGE, bounds, guide, page, seed, words

COLUMNS = [(entity, column) for entity, columns in EXTRACT.items() for column in names(columns)]


def described() -> list[Column]:
    return [column for one in (*ENTITIES.values(), *TABLES.values()) for column in one.columns]


def test_the_extract_is_described_as_it_was_designed() -> None:
    assert {one.name: list(one.column_names) for one in ENTITIES.values()} == {
        entity: names(columns) for entity, columns in EXTRACT.items()
    }
    assert {one.name: list(one.required_names) for one in ENTITIES.values()} == {
        entity: required(columns) for entity, columns in EXTRACT.items()
    }


def test_the_tables_of_omop_are_those_of_the_model() -> None:
    assert set(TABLES) == set(CDM)
    for table in TABLES.values():
        assert set(table.column_names) <= set(names(CDM[table.name])), table.name
        assert set(table.required_names) <= set(required(CDM[table.name])), table.name
    assert list(TABLES)[-3:] == ["concept", "concept_ancestor", "drug_strength"], (
        "records tell what is needed"
    )


def test_words_are_allowed_as_designed() -> None:
    columns = [column for one in ENTITIES.values() for column in one.columns]
    found = {column.name: words(column.allowed_words) for column in columns if column.allowed_words}
    assert found == {column: tuple(allowed.split(", ")) for column, allowed in WORDS.items()}
    assert {column.name for column in columns if column.type == "flag"} == FLAGS
    for column in described():
        assert (column.type == "word") == (column.allowed_words is not None), column
        assert column.type in ("number", "integer") or column.quantity is None, column


def test_what_a_column_names_is_there() -> None:
    for column in described():
        assert column.quantity is None or column.quantity in bounds(), column
        assert all(seed(name) for name in column.vocabulary), column
    for column in (column for one in ENTITIES.values() for column in one.columns):
        assert column.type not in ("number", "integer") or column.quantity, f"{column} is without bounds"


def test_dbt_reads_the_same_of_every_column(manifest: dict[str, Any]) -> None:
    for origin, contract in (("extract", ENTITIES), ("omop", TABLES)):
        for one in contract.values():
            columns = manifest["nodes"][f"model.cartox.stg_{origin}__{one.name}"]["columns"]
            typed = {name: column["meta"]["type"] for name, column in columns.items() if column["meta"]}
            assert typed == {column.name: column.type for column in one.columns}


def test_every_grade_is_of_a_word_that_is_allowed(manifest: dict[str, Any]) -> None:
    for rules, column in (("crs_component_grades", "charted"), ("icans_component_grades", "charted")):
        path = PROJECT / manifest["nodes"][f"seed.cartox.{rules}"]["original_file_path"]
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            component, charted, *_ = line.split(",")
            assert not charted or component in FLAGS or charted in WORDS[component].split(", "), (
                column,
                line,
            )


@pytest.mark.parametrize("entity", EXTRACT)
def test_the_header_is_held_against_every_column(entity: str) -> None:
    source = SourceFile(ENTITIES[entity], Path(f"{entity}.csv"), "csv")
    every = names(EXTRACT[entity])
    assert match_header(source, every).positions == {name: place for place, name in enumerate(every)}
    for missing in every:
        header = [name for name in every if name != missing]
        if missing in required(EXTRACT[entity]):
            with pytest.raises(UserError, match=rf"{entity}\.csv: required column {missing} missing"):
                match_header(source, header)
        else:
            assert list(match_header(source, header).positions) == header


def test_an_empty_extract_has_every_column() -> None:
    assert empty_files() == {
        f"{entity}.csv": ",".join(names(columns)) + "\n" for entity, columns in EXTRACT.items()
    }


def test_people_read_the_same() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make manual`"
    text = GUIDE.read_text(encoding="utf-8")
    assert text == guide(text), "run `make manual`"
    lines = page().splitlines()
    for entity, columns in EXTRACT.items():
        section = lines[lines.index(f"### {entity}") :]
        for name in names(columns):
            mark = "\\*" if name in required(columns) else ""
            assert any(line.startswith(f"| {name}{mark} | ") for line in section), (entity, name)


@pytest.mark.parametrize(("entity", "name"), COLUMNS)
def test_a_column_that_is_not_described_is_missed(tmp_path: Path, entity: str, name: str) -> None:
    file = tmp_path / "extract" / f"stg_extract__{entity}.yml"
    shutil.copytree(PROJECT / STAGING / "extract", file.parent)
    document = read_yaml(file)
    (model,) = document["models"]
    (column,) = (column for column in model["columns"] if column["name"] == name)
    column["config"]["meta"].pop("type")
    file.write_text(yaml.safe_dump(document), encoding="utf-8")
    with pytest.raises(UserError, match=rf"^{file.name}: column {name}: "):
        read_contract(tmp_path, "extract")
    model["columns"].remove(column)
    file.write_text(yaml.safe_dump(document), encoding="utf-8")
    (found,) = (one for one in read_contract(tmp_path, "extract") if one.name == entity)
    assert list(found.column_names) == [column for column in names(EXTRACT[entity]) if column != name]


def test_a_slip_in_a_description_is_told(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / STAGING / "extract", tmp_path / "extract")
    file = tmp_path / "extract" / "stg_extract__infusions.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("quantity: ecog", "quantitty: ecog"), encoding="utf-8"
    )
    with pytest.raises(UserError, match="column ecog: nothing is known of quantitty"):
        read_contract(tmp_path, "extract")
