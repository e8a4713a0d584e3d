"""Rows of words/ and rules/ stand above the package's; one that cannot be used is a line with file, column and row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cartox.errors import UserError
from cartox.owner import copy_folder
from cartox.study import Study, open_study, project_of
from cartox.study.word_key import word_key
from cartox.warehouse.variables import checked_variables
from tests.spec.compiled_project import PROJECT

PRODUCTS = "product,target_antigen,omop_concept_id,rxnorm_code,source\n"
PLAN = "display_order,variable,label,section,family,part_of_outcome,unit,kind,relation,value_column,test\n"
DEFINITIONS = "definition,highest_grade,days_at_most,watch_days,within_days_of_index,without_rescue,description,source\n"


def merged(study: Study, seed: str) -> list[dict[str, str]]:
    with project_of(study) as project, (project / "seeds" / f"{seed}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def of_package(seed: str) -> list[dict[str, str]]:
    with (PROJECT / "seeds" / f"{seed}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_study_with_headers_alone_has_the_rows_of_the_package(study: Study) -> None:
    with project_of(study) as project:
        for path in (PROJECT / "seeds").glob("[tr]*/*.csv"):
            assert (project / path.relative_to(PROJECT)).read_bytes() == path.read_bytes(), path


def test_a_row_is_added_and_its_origin_is_kept(study: Study) -> None:
    Path("mine/words/words_products.csv").write_text("word,concept\nMyBrand,tisagenlecleucel\n")
    added = merged(study, "terminology/words_products")[-1]
    assert added == {
        "word": "MyBrand",
        "concept": "tisagenlecleucel",
        "language": "und",
        "source": "the site",
    }
    assert (
        len(merged(study, "terminology/words_products")) == len(of_package("terminology/words_products")) + 1
    )
    (origin,) = merged(study, "study/site_rows")
    assert origin == {
        "file": "words/words_products.csv", "row_number": "2", "seed": "words_products", "row_key": "mybrand",
        "row_name": "MyBrand", "stands_for": "tisagenlecleucel", "replaces": "false",
    }  # fmt: skip


def test_a_word_gives_way_however_it_is_spelled(study: Study) -> None:
    Path("mine/words/words_products.csv").write_text("word,concept\nKYM-riah,axicabtagene ciloleucel\n")
    concepts = {word_key(row["word"]): row["concept"] for row in merged(study, "terminology/words_products")}
    assert concepts["kymriah"] == "axicabtagene ciloleucel"
    assert len(merged(study, "terminology/words_products")) == len(of_package("terminology/words_products"))
    assert merged(study, "study/site_rows")[0]["replaces"] == "true"


def test_a_unit_is_that_unit_however_it_is_written(study: Study) -> None:
    header = "analyte,name,factor\n"
    Path("mine/words/lab_units.csv").write_text(f"{header}crp,XE / l,1\nferritin,µG/L,2\n")
    found = {(row["analyte"], row["name"]): row["factor"] for row in merged(study, "terminology/lab_units")}
    assert found["crp", "xe/l"] == "1"
    assert found["ferritin", "ug/l"] == "2", "it stands above the package's"
    assert len(found) == len(of_package("terminology/lab_units")) + 1
    Path("mine/words/lab_units.csv").write_text(f"{header}crp,XE/l,1\ncrp,xe/L,2\n")
    with pytest.raises(UserError, match=r"row 3: xe/l stands in row 2 already"):
        merged(study, "terminology/lab_units")


def test_rules_stand_above_those_of_the_package(study: Study) -> None:
    Path("mine/rules/response_definitions.csv").write_text(
        f"{DEFINITIONS}sustained,0,2,5,,false,longer,ours\n"
    )
    (row,) = (row for row in merged(study, "rules/response_definitions") if row["definition"] == "sustained")
    assert row["watch_days"] == "5"


def test_figures_are_those_of_the_folder_alone(study: Study) -> None:
    assert merged(study, "study/reported_figures") == []
    Path("mine/figures/reported_study.csv").write_text(
        "index_drug,index_toxicity,citation\nanakinra,CRS,a paper\n"
    )
    assert [row["citation"] for row in merged(study, "study/reported_study")] == ["a paper"]


def test_a_product_of_another_target_is_a_var_of_its_own_words(study: Study) -> None:
    Path("mine/words/products.csv").write_text(f"{PRODUCTS}inventcel,CD22,,,the site\n")
    with project_of(study) as project:
        assert checked_variables({"product_target": "cd22"}, project, "x") == {"product_target": "CD22"}


BAD = {
    ("words/words_products.csv", "word,concept\nmine,tisagenlecleucel\nMINE!,tisagenlecleucel\n"): (
        "column word, row 3: MINE! stands in row 2 already"
    ),
    ("words/words_products.csv", "word,concept\nmine,tisagenlecleucell\n"): (
        "column concept, row 2: there is no tisagenlecleucell in products (column product); "
        "did you mean tisagenlecleucel?"
    ),
    ("words/words_sexes.csv", "word,concept\nw,femal\n"): (
        "column concept, row 2: there is no femal in words_sexes (column concept); did you mean female?"
    ),
    (
        "words/words_products.csv",
        "word,concept\n,tisagenlecleucel\n",
    ): "column word, row 2: a value is expected",
    ("words/words_products.csv", "word,concept\nmine\n"): "row 2: 2 cells are expected, 1 are there",
    ("words/words_products.csv", "word\nmine\n"): "required column concept missing from the header",
    ("words/words_products.csv", "word,concept,color\n"): "there is no column color in words_products",
    (
        "words/words_products.csv",
        'word,concept\n"mine,x\n',
    ): ", line 2: this is not CSV (unexpected end of data)",
    ("words/words_product.csv", "word,concept\n"): (
        "there is no table words_product for words; did you mean words_products?"
    ),
    ("words/lab_units.csv", "analyte,name,factor\nferritin,spoon,many\n"): (
        "column factor, row 2: a number with a decimal point is expected"
    ),
    (
        "words/drugs.csv",
        "ingredient,omop_concept_id\nx,1.5\n",
    ): "column omop_concept_id, row 2: a whole number is expected",
    (
        "words/specimens.csv",
        "specimen,is_blood\nx,perhaps\n",
    ): "column is_blood, row 2: true or false is expected",
    ("words/words_products.csv", f"word,concept\n{'x' * 201},tisagenlecleucel\n"): (
        "column word, row 2: a text of at most 200 characters on one line is expected"
    ),
    ("rules/test_plan.csv", f"{PLAN}1,x,X,baseline,,,,binary,marts.cohort,sex,contingency\n"): (
        "column display_order, row 2: 1 is that of another row of test_plan already"
    ),
    ("rules/test_plan.csv", f"{PLAN}999,x,X,baseline,,,,binary,raw.secrets,sex,contingency\n"): (
        "column relation, row 2: there is no table raw.secrets"
    ),
    ("rules/test_plan.csv", f"{PLAN}999,x,X,baseline,,,,binary,marts.cohort,sexe,contingency\n"): (
        "column value_column, row 2: there is no column sexe in marts.cohort; did you mean sex?"
    ),
    ("rules/test_plan.csv", f"{PLAN}999,x,X,baseline,,,,binary,marts.cohort,sex,t_test\n"): (
        "column test, row 2: one of rank_sum, contingency, none is expected"
    ),
    ("rules/toxicities.csv", "toxicity\n"): "there is no table toxicities for rules",
}


@pytest.mark.parametrize(("given", "said"), BAD.items())
def test_a_bad_row_is_one_line_that_names_file_column_and_row(
    study: Study, given: tuple[str, str], said: str
) -> None:
    path = study.root / given[0]
    path.write_text(given[1])
    with pytest.raises(UserError) as error, project_of(study):
        pass
    assert str(error.value).startswith(str(path))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_in_a_cell_is_never_more_than_text(study: Study) -> None:
    hostile = "x'); drop table t; -- {{ run_query('select 1') }}"
    Path("mine/words/words_indications.csv").write_text(f'word,concept\n"{hostile}","{hostile}"\n')
    assert merged(study, "terminology/words_indications")[-1]["concept"] == hostile


def test_a_row_to_confirm_is_not_in_force(study: Study) -> None:
    folder = study.root / "words" / "to_confirm"
    folder.mkdir()
    (folder / "words_products.csv").write_text("word,concept\nmine,tisagenlecleucel\n")
    assert merged(study, "terminology/words_products") == of_package("terminology/words_products")


def test_nothing_is_left_of_the_project(study: Study) -> None:
    with project_of(study, study.scratch) as project:
        assert project.is_dir()
    assert not study.scratch.exists()


def test_own_models_are_built_only_where_asked(study: Study) -> None:
    (study.root / "models" / "mine.sql").write_text("select 1 as one")
    with project_of(study) as project:
        assert not list(project.rglob("mine.sql"))
    with project_of(study, with_models=True) as project:
        assert (project / "models" / "site" / "mine.sql").is_file()
        assert "+schema: site" in (project / "dbt_project.yml").read_text()
    (study.root / "models" / "cohort.sql").write_text("select 1 as one")
    with (
        pytest.raises(UserError, match="the package has a cohort already"),
        project_of(study, with_models=True),
    ):
        pass


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vars: {index_drug: anakinra}\nvar: {}\n", "there is no key var beside vars; did you mean vars?"),
        ("vars: [1]\n", "vars: a mapping is expected"),
        ("extract: [1]\n", "extract: the path of a folder is expected"),
    ],
)
def test_a_wrong_study_file_is_one_line(study: Study, text: str, said: str) -> None:
    study.settings.write_text(text)
    with pytest.raises(UserError, match=r"study\.yml") as error:
        open_study(study.root)
    assert said in str(error.value)


def test_studies_may_name_one_extract_in_common(study: Study) -> None:
    study.settings.write_text("extract: ../common\nsources: {infusions: {values: {status: {ja: given}}}}\n")
    opened = open_study(study.root)
    assert opened.extract == study.root / "../common"
    assert opened.sources == {"infusions": {"values": {"status": {"ja": "given"}}}}


def test_a_package_that_is_only_read_gives_a_project_that_can_be_written(tmp_path: Path) -> None:
    source, copy = tmp_path / "source", tmp_path / "copy"
    (source / "inner").mkdir(parents=True)
    (source / "inner" / "a.sql").write_text("select 1")
    (source / "left").mkdir()
    for path in (source / "inner" / "a.sql", source / "inner", source):
        path.chmod(0o555)
    copy_folder(source, copy, left_out="left")
    assert [path.name for path in copy.iterdir()] == ["inner"]
    assert {path.stat().st_mode & 0o200 for path in copy.rglob("*")} == {0o200}
    for path in (source, source / "inner"):
        path.chmod(0o755)
