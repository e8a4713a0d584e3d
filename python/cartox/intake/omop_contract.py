"""The tables of the OMOP common data model that are read, and their columns, as data.

The columns are those of CDM 5.3 and 5.4 that a record of the study is made from; what a version or a site
lacks reads as null.
"""

from collections.abc import Mapping
from types import MappingProxyType

from cartox.intake.contract import Entity, read_entity

_ALL = (
    read_entity(
        "person",
        "person_id* gender_concept_id year_of_birth* month_of_birth day_of_birth birth_datetime"
        " person_source_value gender_source_value",
    ),
    read_entity(
        "drug_exposure",
        "drug_exposure_id* person_id* drug_concept_id* drug_exposure_start_date* drug_exposure_start_datetime"
        " drug_exposure_end_date drug_exposure_end_datetime drug_type_concept_id stop_reason quantity"
        " days_supply sig route_concept_id drug_source_value drug_source_concept_id route_source_value"
        " dose_unit_source_value",
    ),
    read_entity(
        "measurement",
        "measurement_id* person_id* measurement_concept_id* measurement_date* measurement_datetime"
        " measurement_time operator_concept_id value_as_number value_as_concept_id unit_concept_id range_low"
        " range_high measurement_source_value measurement_source_concept_id unit_source_value"
        " value_source_value",
    ),
    read_entity(
        "observation",
        "observation_id* person_id* observation_concept_id* observation_date* observation_datetime"
        " value_as_number value_as_string value_as_concept_id unit_concept_id observation_source_value"
        " observation_source_concept_id unit_source_value value_source_value",
    ),
    read_entity(
        "procedure_occurrence",
        "procedure_occurrence_id* person_id* procedure_concept_id* procedure_date* procedure_datetime"
        " procedure_source_value procedure_source_concept_id",
    ),
    read_entity(
        "condition_occurrence",
        "condition_occurrence_id* person_id* condition_concept_id* condition_start_date*"
        " condition_start_datetime condition_source_value condition_source_concept_id",
    ),
    read_entity(
        "visit_occurrence",
        "visit_occurrence_id* person_id* visit_concept_id* visit_start_date* visit_start_datetime"
        " visit_end_date visit_end_datetime",
    ),
    read_entity(
        "death",
        "person_id* death_date* death_datetime cause_concept_id cause_source_value cause_source_concept_id",
    ),
    read_entity(
        "concept", "concept_id* concept_name* vocabulary_id* concept_code* domain_id concept_class_id"
    ),
    read_entity("concept_ancestor", "ancestor_concept_id* descendant_concept_id*"),
    read_entity(
        "drug_strength",
        "drug_concept_id* ingredient_concept_id* amount_value amount_unit_concept_id numerator_value"
        " numerator_unit_concept_id denominator_value denominator_unit_concept_id invalid_reason",
    ),
)

TABLES: Mapping[str, Entity] = MappingProxyType({table.name: table for table in _ALL})
"""The tables by name, in the order in which they are read."""

WITHOUT: Mapping[str, str] = MappingProxyType(
    {
        "person": "there are no patients, and without them nothing can be computed",
        "drug_exposure": "there are no drugs: no exposure to steroids, no index drug, no lymphodepletion",
        "measurement": "there are no laboratory results: no baselines, no daily values, no areas under the"
        " curve, no scores that need them",
        "observation": "there are no assessments that the site holds as observations",
        "procedure_occurrence": "infusions are known from drug_exposure alone",
        "condition_occurrence": "indications are known from the extract's infusions alone",
        "visit_occurrence": "neither the day of discharge nor the last contact of the living is known",
        "death": "deaths and their causes are known from the extract's vital_status alone",
        "concept": "concepts are known by the lists of seeds/terminology alone, other codes by their source"
        " values",
        "concept_ancestor": "drugs and products are known by the lists of seeds/terminology, by codes and by"
        " names, not by the concepts above them",
        "drug_strength": "doses in mg are known only where a unit of mass stands beside the quantity or a"
        " strength in the drug's name",
    }
)
"""What cannot be computed where a site lacks a table."""
