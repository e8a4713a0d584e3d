"""For every expectation of the suites of the claims, a statement that breaks the handmade study so that it fails."""

from __future__ import annotations

from tests.python.checks.breaking import CLAIMS, SAMPLING, SPECIFICATIONS, change, repeat

CORRUPTIONS_OF_CLAIMS: dict[str, dict[str, str]] = {
    SPECIFICATIONS: {
        "choice_once": repeat(SPECIFICATIONS),
        "study_choices_of_comparisons": change(
            SPECIFICATIONS, "p_value = p_value / 2", "dimension = 'study'"
        ),
        "choices_complete": f"delete from {SPECIFICATIONS} where claim = 'ipi' and choice = 'first_grade_0'",
        "p_or_reason": change(SPECIFICATIONS, "p_value = null", "dimension = 'study' and claim = 'ipi'"),
        "effect_inside_interval": change(SPECIFICATIONS, "effect_low = effect + 0.1", "claim = 'ipi'"),
        "effect_certain": change(SPECIFICATIONS, "effect_certainty = 'unknown'", "claim = 'ipi'"),
        "holds_with_p": change(SPECIFICATIONS, "holds = null", "claim = 'ipi' and choice = 'first_grade_0'"),
    },
    CLAIMS: {
        "claim_once": repeat(CLAIMS),
        "claims_complete": f"delete from {CLAIMS} where claim = 'ipi'",
        "counts_add_up": change(CLAIMS, "n_holding = n_holding + 1", "claim = 'ipi'"),
        "flips_named": change(CLAIMS, "flipping_choices = null", "claim = 'steroids_total'"),
        "p_within_its_bounds": change(CLAIMS, "smallest_p = largest_p + 0.1", "claim = 'ipi'"),
    },
    SAMPLING: {
        "measure_once": repeat(SAMPLING),
        "measure_known": change(SAMPLING, "measure = 'mood'", "analyte = 'crp' and study_group = 'all'"),
        "quantiles_ordered": change(SAMPLING, "q1 = q3 + 1"),
        "cohort_counted": change(SAMPLING, "n = n + 1", "study_group = 'all'"),
    },
}
