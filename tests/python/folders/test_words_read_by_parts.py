"""A site's own words of events and remarks: two rows teach the warehouse Polish, and no rule knows of it."""

from __future__ import annotations

from tests.spec.compiled_project import CompiledProject, connect, land_rows

RECORDS = {
    "vital_status": [
        {"patient_id": "P1", "died_on": "Żyje, stan 03/2023"},
        {"patient_id": "P2", "died_on": "nie dotyczy"},
    ],
    "medication_administrations": [
        {"administration_id": "A1", "patient_id": "P1", "medication": "anakinra", "dose": "nie podano."},
    ],
    "lab_results": [
        {"result_id": "L1", "patient_id": "P1", "result": "900", "comment": "brak cech hemolizy"},
        {"result_id": "L2", "patient_id": "P1", "result": "901", "comment": "cechy hemolizy"},
    ],
}
SEED_EDITS = {
    "words_events": """insert into seeds.words_events values
        ('Żyje', 'alive', 'pl', 's'), ('stan', 'since', 'pl', 's'), ('nie dotyczy', 'no event', 'pl', 's'),
        ('nie', 'not', 'pl', 's'), ('podano', 'given', 'pl', 's')""",
    "words_remarks": """insert into seeds.words_remarks values
        ('brak', 'not', 'pl', 's'), ('cech*', 'somehow', 'pl', 's')""",
}
READERS = ("int_terminology__events", "int_terminology__result_remarks")


def read(project: CompiledProject, seed_edits: dict[str, str]) -> tuple[dict[str, object], dict[str, bool]]:
    connection = connect()
    land_rows(connection, RECORDS)
    project.upstream_of(*READERS).build(connection, seed_edits=seed_edits)
    events = "select event_text, verdict, is_zero_dose from intermediate.int_terminology__events"
    remarks = "select remark_text, is_hemolysed from intermediate.int_terminology__result_remarks"
    return (
        {text: (verdict, is_zero) for text, verdict, is_zero in connection.execute(events).fetchall()},
        dict(connection.execute(remarks).fetchall()),
    )


def test_words_of_a_site_are_read_as_those_of_the_package(compiled_project: CompiledProject) -> None:
    assert read(compiled_project, {}) == ({}, {"brak cech hemolizy": True, "cechy hemolizy": True})
    assert read(compiled_project, SEED_EDITS) == (
        {
            "żyje, stan 03/2023": ("none", False),
            "nie dotyczy": ("none", False),
            "nie podano.": (None, True),
        },
        {"brak cech hemolizy": False, "cechy hemolizy": True},
    )
