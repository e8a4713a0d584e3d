"""Where each column comes from: followed by hand in the models' SQL, and in small queries whose answer one can see."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import sqlglot

from cartox.warehouse.column_lineage import Lineage, column_lineage
from cartox.warehouse.column_reads import ReadColumns, UnreadableError
from cartox.warehouse.lineage_page import write_lineage

pytestmark = pytest.mark.xdist_group("lineage")

WORDS = "intermediate.int_terminology__matches.concept"
PLAUSIBLE = {f"seeds.plausibility.{column}" for column in ("quantity", "reject_low", "reject_high")}

INFUSED = {
    *(f"landing.infusions.{name}" for name in ("infused_at", "product", "patient_id", "infusion_id")), WORDS,
}  # fmt: skip
"""Of the rows of one infusion, which are those of one product within two days, one with a time says when it was."""

BY_HAND = {
    "cohort.sex": {"landing.patients.sex", WORDS},
    "cohort.age_years": {"landing.patients.birth_date", *INFUSED, *PLAUSIBLE},
    "treated_patients.last_contact_on": {"landing.vital_status.last_contact_on"},
    "deaths.died_on": {
        "landing.vital_status.died_on", "landing.medication_administrations.started_at",
        "landing.toxicity_assessments.assessed_at", *INFUSED,
    },
    "lab_results.raw_result": {"landing.lab_results.result"},
    "lab_results.analyte": {
        "landing.lab_results.test_name", "landing.lab_results.code", "landing.lab_results.code_system",
        "seeds.lab_codes.analyte", "seeds.lab_codes.code", "seeds.lab_code_systems.name", WORDS,
    },
    "cohort.product": {"landing.infusions.product", WORDS},
}  # fmt: skip

ICANS_COMPONENTS = ("ice_score", "consciousness", "seizure", "motor_weakness", "raised_icp")

FROM_NOTHING_READ = {
    "cohort_exclusions.reason": "the name of the model that leaves the patient out",
    "era_mortality.era": "one of the names before and after",
    "grade_agreement.n_assessments": "rows counted",
    "lab_copy_warnings.n_compared": "rows counted",
    "lab_copy_warnings.n_pairs": "rows counted",
    "lab_copy_warnings.n_values": "rows counted",
    "lab_unit_warnings.n_compared": "rows counted",
    "patient_days.is_dexamethasone_lower_bound": "set by the step that finds a dose",
    "patient_days.study_day": "a number of the spine of days",
    "steroid_days.is_lower_bound": "set by the step that finds a dose",
    "steroid_days.study_day": "a number of the spine of days",
    "steroid_exposure.exposure_window": "the name of a window",
    "terminology_coverage.n_records": "rows counted",
    "terminology_coverage.term_kind": "the name of a vocabulary",
}


@pytest.fixture(scope="module")
def lineage(manifest: dict[str, Any]) -> Lineage:
    return column_lineage(manifest)


def origins(lineage: Lineage, column: str) -> set[str]:
    table, _, name = column.partition(".")
    return {".".join(one) for one in lineage.origins["marts", table, name]}


@pytest.mark.parametrize("column", BY_HAND)
def test_a_column_comes_from_what_was_followed_by_hand(lineage: Lineage, column: str) -> None:
    assert origins(lineage, column) == BY_HAND[column]


def test_the_peak_grade_comes_from_the_assessments_and_their_thresholds(lineage: Lineage) -> None:
    found = origins(lineage, "cohort.peak_icans_grade")
    assert {f"landing.toxicity_assessments.{name}" for name in ICANS_COMPONENTS} <= found
    assert {
        "landing.toxicity_assessments.recorded_icans_grade",
        "seeds.icans_component_grades.grade",
    } <= found
    others = {one for one in found if one.startswith(("landing.patients", "landing.lab_results", "omop."))}
    assert others <= {"landing.patients.patient_id"}


def test_the_dose_comes_from_the_charted_dose_and_the_factor(lineage: Lineage) -> None:
    found = origins(lineage, "steroid_exposure.dexamethasone_equivalent_mg")
    charted = ("dose", "dose_unit", "medication", "started_at", "ended_at")
    assert {f"landing.medication_administrations.{name}" for name in charted} <= found
    assert {"seeds.glucocorticoid_equivalence.primary_factor", "seeds.dose_units.milligrams"} <= found
    assert not {
        one for one in found if one.startswith(("landing.lab_results", "landing.toxicity_assessments"))
    }


def test_every_column_of_the_marts_comes_from_somewhere_or_is_listed(lineage: Lineage) -> None:
    assert lineage.unreadable == {}
    marts = [column for column in lineage.reads if column[0] == "marts"]
    assert len(marts) > 300
    without = {f"{table}.{name}" for schema, table, name in marts if not lineage.origins[schema, table, name]}
    assert without == FROM_NOTHING_READ.keys()
    ends = {one[0] for column in marts for one in lineage.origins[column]}
    assert ends == {"landing", "omop", "intake", "seeds", "intermediate"}
    assert {one[:2] for column in marts for one in lineage.origins[column] if one[0] == "intermediate"} == {
        ("intermediate", "int_terminology__matches")
    }


def test_what_decides_the_rows_of_a_table_is_all_that_dbt_builds_it_from(
    lineage: Lineage, manifest: dict[str, Any]
) -> None:
    named = {**manifest["nodes"], **manifest["sources"]}

    def above(key: str) -> set[str]:
        found, waiting = set(), [key]
        while waiting:
            parents = manifest["parent_map"].get(waiting.pop(), [])
            waiting += [parent for parent in parents if parent not in found]
            found |= {*parents}
        return {one for one in found if one.startswith(("seed.", "source."))}

    for table in ("cohort_attrition", "era_mortality"):
        wanted = {
            (named[key].get("source_name", named[key]["schema"]), named[key]["name"])
            for key in above(f"model.cartox.{table}")
        }
        assert lineage.tables["marts", table] == wanted
    assert ("landing", "medication_administrations") in lineage.tables["marts", "cohort"]


SCHEMA = {"a": {"t": {"id": "text", "x": "text", "y": "text"}, "u": {"id": "text", "x": "text", "z": "text"}}}


@pytest.mark.parametrize(
    ("sql", "read"),
    [
        ("select x as c from a.t", {"t.x"}),
        ("with s as (select * from a.t) select s.x || s.y as c from s", {"t.x", "t.y"}),
        ("select t.x as c from a.t join a.u on t.id = u.id where u.z = 'k'", {"t.x"}),
        ("select 1 as k, x as c from a.t union all select z, id from a.u", {"t.x", "u.id"}),
        ("select sum(x) over (partition by id order by y) as c from a.t", {"t.x", "t.id", "t.y"}),
        ("select count(*) filter (x = '1') as c from a.t", {"t.x"}),
        ("select count(*) as c from a.t", set()),
        ("select (select max(u.z) from a.u where u.id = t.id) as c from a.t", {"u.z", "u.id", "t.id"}),
        ("select exists (select 1 from a.u where u.id = t.id) as c from a.t", {"u.id", "t.id"}),
        (
            "select x in (select z from a.u union all select id from a.u) as c from a.t",
            {"t.x", "u.z", "u.id"},
        ),
        ("select x || y as both_texts, upper(both_texts) as c from a.t", {"t.x", "t.y"}),
        ("with s as (select id, unnest(string_split(x, '|')) as c from a.t) select c from s", {"t.x"}),
        ("select list_transform([x], lambda one: one || y) as c from a.t", {"t.x", "t.y"}),
        (
            "with recursive r as (select id as c from a.t union all select u.z from a.u join r on u.id = r.c) select c from r",
            {"t.id", "u.z"},
        ),
    ],
)
def test_a_query_reads(sql: str, read: set[str]) -> None:
    found = ReadColumns(qualified(sql, SCHEMA)).by_output()["c"]
    assert {".".join(one[1:]) for one in found} == read


def test_a_word_that_was_translated_reads_the_text_that_was_looked_up() -> None:
    schema = {
        **SCHEMA,
        "w": {"int_terminology__matches": {"text": "text", "concept": "text", "kind": "text"}},
    }
    sql = (
        "with words as (select * from w.int_terminology__matches where kind = 'sexes') "
        "select coalesce(words.concept, 'unknown') as c, t.y as d from a.t left join words on lower(t.x) = words.text"
    )
    found = ReadColumns(qualified(sql, schema)).by_output()
    assert found["c"] == {("w", "int_terminology__matches", "concept"), ("a", "t", "x")}
    assert found["d"] == {("a", "t", "y")}


def test_a_union_by_name_is_refused_and_not_read_by_place() -> None:
    sql = "select id as c, x as d from a.t union all by name select x as d, id as c from a.u"
    with pytest.raises(UnreadableError, match="by name"):
        ReadColumns(qualified(sql, SCHEMA)).by_output()


def qualified(sql: str, schema: dict[str, Any]) -> Any:
    from sqlglot.optimizer.qualify import qualify

    tree = sqlglot.parse_one(sql, dialect="duckdb")
    return qualify(tree, schema=schema, dialect="duckdb", validate_qualify_columns=False)


def test_a_model_that_cannot_be_read_is_named_and_the_others_are_followed(tmp_path: Path) -> None:
    def node(schema: str, name: str, sql: str, *reads: str) -> dict[str, Any]:
        return {
            "resource_type": "model", "schema": schema, "name": name, "compiled_code": sql,
            "depends_on": {"nodes": list(reads)}, "columns": {"c": {}},
        }  # fmt: skip

    manifest = {
        "sources": {
            "s.own": {
                "source_name": "ward",
                "name": "beds",
                "relation_name": "'beds.parquet'",
                "columns": {"c": {}},
            }
        },
        "nodes": {
            "m.odd": node("site", "odd", "select from where </script><b>"),
            "m.no_sql": node("site", "no_sql", "def model(dbt, session): return None"),
            "m.one": node("marts", "one", 'select c as d from "x"."site"."odd"', "m.odd"),
            "m.two": node("site", "two", "select upper(c) as e from 'beds.parquet'", "s.own"),
        },
    }
    write_lineage(column_lineage(manifest), tmp_path)
    told = json.loads((tmp_path / "lineage.json").read_text(encoding="utf-8"))
    assert [(row["column"], row["reads"]) for row in told["columns"]] == [
        ("marts.one.d", ["site.odd.c"]), ("site.two.e", ["ward.beds.c"]),
    ]  # fmt: skip
    assert told["rows_decided_by"] == {
        "marts.one": [], "site.no_sql": [], "site.odd": [], "site.two": ["ward.beds"],
    }  # fmt: skip
    assert told["not_read"].keys() == {"site.no_sql", "site.odd"}
    page = (tmp_path / "lineage.html").read_text(encoding="utf-8")
    assert "site.odd" in page
    assert "<b>" not in page


def test_the_page_has_an_anchor_for_every_link_and_loads_nothing(lineage: Lineage, tmp_path: Path) -> None:
    write_lineage(lineage, tmp_path)
    page = (tmp_path / "lineage.html").read_text(encoding="utf-8")
    links = set(re.findall(r'href="([^"]*)"', page))
    anchors = {f"#{name}" for name in re.findall(r'\bid="([^"]*)"', page)}
    assert links - anchors == {"index.html"}
    assert re.findall(r"https?:|<script|<link|<img|<iframe|url\(|@import", page) == []
    assert "default-src 'none'" in page
