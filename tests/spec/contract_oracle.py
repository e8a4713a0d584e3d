"""What an extract and the OMOP tables hold, written down apart from the project's own description.

The extract as the design of the study's input lists it; the tables as the OMOP common data model defines them, with the columns
of version 5.3 or 5.4 (ohdsi.github.io/CommonDataModel).
"""

from __future__ import annotations

EXTRACT = {
    "patients": "patient_id* birth_date* sex*",
    "infusions": "infusion_id* patient_id* infused_at* product* indication* care_setting* lymphodepletion_started_at "
    "discharged_on prior_lines disease_status ann_arbor_stage ecog extranodal_sites ipi",
    "medication_administrations": "administration_id* patient_id* medication* code_system code dose dose_unit route frequency "
    "started_at* ended_at status* purpose product_strength",
    "lab_results": "result_id* patient_id* code_system code test_name specimen collected_at* result* unit reference_low "
    "reference_high resulted_at status comment",
    "toxicity_assessments": "assessment_id* patient_id* assessed_at* temperature_c hypotension vasopressors oxygen_support "
    "oxygen_flow_l_min ice_score consciousness seizure motor_weakness raised_icp sedated recorded_crs_grade recorded_icans_grade",
    "response_assessments": "assessment_id* patient_id* assessed_on* deauville uptake_change new_lesion recorded_response",
    "vital_status": "patient_id* last_contact_on died_on cause_of_death contributing_cause progressed_on new_therapy_on",
}

WORDS = {
    "care_setting": "standard of care, clinical trial, expanded access",
    "disease_status": "refractory, relapsed, responding",
    "oxygen_support": "none, blow_by, nasal_cannula, high_flow, facemask, non_rebreather, venturi, cpap, bipap, intubated, "
    "intubated_airway_only",
    "consciousness": "alert, spontaneous, voice, tactile, unarousable",
    "seizure": "none, resolved, prolonged",
    "raised_icp": "none, focal, diffuse, hemorrhage",
    "uptake_change": "none, reduced, unchanged, increased",
    "cause_of_death": "LYM, CRS, ICANS, CRS_ICANS, IEC_HS, INF, CARD, RESP, HEM, CYTOP, SPM, OTHER, UNK",
    "contributing_cause": "LYM, CRS, ICANS, CRS_ICANS, IEC_HS, INF, CARD, RESP, HEM, CYTOP, SPM, OTHER, UNK",
}
FLAGS = {"hypotension", "motor_weakness", "sedated", "new_lesion"}

CDM = {
    "person": "person_id* gender_concept_id* year_of_birth* month_of_birth day_of_birth birth_datetime race_concept_id* "
    "ethnicity_concept_id* location_id provider_id care_site_id person_source_value gender_source_value gender_source_concept_id "
    "race_source_value race_source_concept_id ethnicity_source_value ethnicity_source_concept_id",
    "drug_exposure": "drug_exposure_id* person_id* drug_concept_id* drug_exposure_start_date* drug_exposure_start_datetime "
    "drug_exposure_end_date* drug_exposure_end_datetime verbatim_end_date drug_type_concept_id* stop_reason refills quantity "
    "days_supply sig route_concept_id lot_number provider_id visit_occurrence_id visit_detail_id drug_source_value "
    "drug_source_concept_id route_source_value dose_unit_source_value",
    "drug_era": "drug_era_id* person_id* drug_concept_id* drug_era_start_date* drug_era_end_date* drug_exposure_count gap_days",
    "measurement": "measurement_id* person_id* measurement_concept_id* measurement_date* measurement_datetime measurement_time "
    "measurement_type_concept_id* operator_concept_id value_as_number value_as_concept_id unit_concept_id range_low range_high "
    "provider_id visit_occurrence_id visit_detail_id measurement_source_value measurement_source_concept_id unit_source_value "
    "unit_source_concept_id value_source_value measurement_event_id meas_event_field_concept_id",
    "observation": "observation_id* person_id* observation_concept_id* observation_date* observation_datetime "
    "observation_type_concept_id* value_as_number value_as_string value_as_concept_id qualifier_concept_id unit_concept_id "
    "provider_id visit_occurrence_id visit_detail_id observation_source_value observation_source_concept_id unit_source_value "
    "qualifier_source_value value_source_value observation_event_id obs_event_field_concept_id",
    "procedure_occurrence": "procedure_occurrence_id* person_id* procedure_concept_id* procedure_date* procedure_datetime "
    "procedure_end_date procedure_end_datetime procedure_type_concept_id* modifier_concept_id quantity provider_id "
    "visit_occurrence_id visit_detail_id procedure_source_value procedure_source_concept_id modifier_source_value",
    "condition_occurrence": "condition_occurrence_id* person_id* condition_concept_id* condition_start_date* "
    "condition_start_datetime condition_end_date condition_end_datetime condition_type_concept_id* condition_status_concept_id "
    "stop_reason provider_id visit_occurrence_id visit_detail_id condition_source_value condition_source_concept_id "
    "condition_status_source_value",
    "visit_occurrence": "visit_occurrence_id* person_id* visit_concept_id* visit_start_date* visit_start_datetime "
    "visit_end_date* visit_end_datetime visit_type_concept_id* provider_id care_site_id visit_source_value "
    "visit_source_concept_id admitted_from_concept_id admitted_from_source_value discharged_to_concept_id "
    "discharged_to_source_value preceding_visit_occurrence_id "
    "discharge_to_concept_id",  # as 5.3 names it
    "death": "person_id* death_date* death_datetime death_type_concept_id cause_concept_id cause_source_value "
    "cause_source_concept_id",
    "concept": "concept_id* concept_name* domain_id* vocabulary_id* concept_class_id* standard_concept concept_code* "
    "valid_start_date* valid_end_date* invalid_reason",
    "concept_ancestor": "ancestor_concept_id* descendant_concept_id* min_levels_of_separation* max_levels_of_separation*",
    "drug_strength": "drug_concept_id* ingredient_concept_id* amount_value amount_unit_concept_id numerator_value "
    "numerator_unit_concept_id denominator_value denominator_unit_concept_id box_size valid_start_date* valid_end_date* "
    "invalid_reason",
}


def names(columns: str) -> list[str]:
    """The names of a table's columns."""
    return [word.removesuffix("*") for word in columns.split()]


def required(columns: str) -> list[str]:
    """The names of those that must be there."""
    return [word.removesuffix("*") for word in columns.split() if word.endswith("*")]
