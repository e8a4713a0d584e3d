"""From a grade to what is charted: components that the ASTCT consensus grades so (Lee 2019).

Every grade below 4 is charted completely, ICE with every row, so that it is exact and no recorded grade speaks in its place.
"""

import random

from cartox.synthetic.extract import Row


def crs_components(grade: int, is_waived: bool, stream: random.Random) -> Row:
    """Return components of CRS of that grade.

    Args:
        grade: 0 to 4.
        is_waived: whether an anticytokine drug was given before, so that fever is no longer required.
        stream: random stream.

    """
    row: Row = {"hypotension": "false", "oxygen_support": "none"}
    has_fever = grade == 1 or (grade > 1 and not (is_waived and stream.random() < 0.5))
    row["temperature_c"] = f"{stream.uniform(38.0, 39.8) if has_fever else stream.uniform(36.2, 37.8):.1f}"
    if grade >= 2:
        row |= stream.choice(SUPPORT[grade])
    if row["hypotension"] == "false" and grade >= 2 and stream.random() < 0.3:
        row["hypotension"] = stream.choice(("true", "TRUE"))
    return row


SUPPORT: dict[int, tuple[Row, ...]] = {
    2: (
        {"hypotension": "true"},
        {"oxygen_support": "nasal_cannula", "oxygen_flow_l_min": "2"},
        {"oxygen_support": "Nasal_Cannula", "oxygen_flow_l_min": "4.0"},
        {"oxygen_support": "nasal_cannula", "oxygen_flow_l_min": "6"},
        {"oxygen_support": "blow_by"},
    ),
    3: (
        {"hypotension": "true", "vasopressors": "norepinephrine"},
        {"hypotension": "True", "vasopressors": "norepinephrine|vasopressin"},
        {"oxygen_support": "high_flow", "oxygen_flow_l_min": "30"},
        {"oxygen_support": "facemask"},
        {"oxygen_support": "non_rebreather"},
        {"oxygen_support": "venturi"},
        {"oxygen_support": "nasal_cannula", "oxygen_flow_l_min": "8"},
    ),
    4: (
        {"hypotension": "true", "vasopressors": "norepinephrine|epinephrine"},
        {
            "hypotension": "true",
            "vasopressors": "Norepinephrine | Phenylephrine | vasopressin",
        },
        {"oxygen_support": "bipap"},
        {"oxygen_support": "CPAP"},
        {"oxygen_support": "intubated"},
    ),
}


def icans_components(grade: int, stream: random.Random) -> Row:
    """Return components of ICANS of that grade, 0 to 4."""
    row: Row = {
        "ice_score": "10",
        "consciousness": "alert",
        "seizure": "none",
        "motor_weakness": "false",
        "raised_icp": "none",
        "sedated": "false",
    }
    return row | stream.choice(NEUROLOGY[grade])


NEUROLOGY: dict[int, tuple[Row, ...]] = {
    0: (
        {},
        {},
        {"consciousness": "Alert"},
        {"consciousness": "ALERT", "seizure": "None"},
    ),
    1: (
        {"ice_score": "9"},
        {"ice_score": "8"},
        {"ice_score": "7", "consciousness": "spontaneous"},
        {"ice_score": "8/10", "consciousness": "spontaneous"},
    ),
    2: (
        {"ice_score": "6"},
        {"ice_score": "4", "consciousness": "voice"},
        {"ice_score": "3", "consciousness": "spontaneous"},
        {"ice_score": "10", "consciousness": "voice"},
    ),
    3: (
        {"ice_score": "2", "consciousness": "voice"},
        {"ice_score": "0", "consciousness": "alert"},
        {"ice_score": "1", "consciousness": "spontaneous"},
        {"ice_score": "5", "consciousness": "tactile"},
        {"ice_score": "4", "seizure": "resolved"},
        {"ice_score": "8", "raised_icp": "focal"},
    ),
    4: (
        {"ice_score": "0", "consciousness": "unarousable"},
        {"ice_score": "", "consciousness": "unarousable"},
        {"ice_score": "6", "seizure": "prolonged"},
        {"ice_score": "7", "motor_weakness": "true"},
        {"ice_score": "", "consciousness": "", "raised_icp": "diffuse"},
    ),
}
