"""The study extract's contract: its files and their columns, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Column:
    """A column of an extract file; a required one must stand in the header."""

    name: str
    required: bool


@dataclass(frozen=True)
class Entity:
    """A kind of record, delivered as one file; columns in the order in which they are landed."""

    name: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in landing order."""
        return tuple(column.name for column in self.columns)

    @property
    def required_names(self) -> tuple[str, ...]:
        """Names of the columns that a file must have."""
        return tuple(column.name for column in self.columns if column.required)


def read_entity(name: str, columns: str) -> Entity:
    """Read the contract's notation: names separated by blanks, `*` after a required one."""
    return Entity(name, tuple(Column(word.removesuffix("*"), word.endswith("*")) for word in columns.split()))


_ALL = (
    read_entity("patients", "patient_id* birth_date* sex*"),
    read_entity(
        "infusions",
        "infusion_id* patient_id* infused_at* product* indication* care_setting* lymphodepletion_started_at"
        " discharged_on prior_lines disease_status ann_arbor_stage ecog extranodal_sites ipi",
    ),
    read_entity(
        "medication_administrations",
        "administration_id* patient_id* medication* code_system code dose dose_unit route frequency"
        " started_at* ended_at status* purpose product_strength",
    ),
    read_entity(
        "lab_results",
        "result_id* patient_id* code_system code test_name specimen collected_at* result* unit reference_low"
        " reference_high resulted_at status comment",
    ),
    read_entity(
        "toxicity_assessments",
        "assessment_id* patient_id* assessed_at* temperature_c hypotension vasopressors oxygen_support"
        " oxygen_flow_l_min ice_score consciousness seizure motor_weakness raised_icp sedated"
        " recorded_crs_grade recorded_icans_grade",
    ),
    read_entity(
        "response_assessments",
        "assessment_id* patient_id* assessed_on* deauville uptake_change new_lesion recorded_response",
    ),
    read_entity(
        "vital_status",
        "patient_id* last_contact_on died_on cause_of_death contributing_cause progressed_on new_therapy_on",
    ),
)

ENTITIES: Mapping[str, Entity] = MappingProxyType({entity.name: entity for entity in _ALL})
"""The seven kinds of record by name, in the order in which they are read."""
