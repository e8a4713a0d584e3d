"""Where each kind of record comes from: the extract's files or the site's OMOP tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cartox.errors import UserError
from cartox.intake.contract import ENTITIES
from cartox.intake.folder import FORMATS

EXTRACT, OMOP = "extract", "omop"
_ALWAYS_FROM_OMOP = ("patients", "infusions", "medication_administrations", "lab_results")
_NEVER_FROM_OMOP = ("response_assessments",)


@dataclass(frozen=True)
class RecordSources:
    """The source of each kind of record, which of them the extract must have, and what is to be told."""

    sources: Mapping[str, str]
    required: tuple[str, ...]
    notes: tuple[str, ...] = ()


def plan_sources(
    given: Any, extract: Path | None, omop: Path | None, variables_origin: str = "vars"
) -> RecordSources:
    """Say where each kind of record comes from.

    Without OMOP, all from the extract. With OMOP, what the var record_sources gives (`given`); what it leaves
    open from OMOP where only OMOP records it, and where chart review may have gone beyond OMOP from the
    extract's file if it has one. Responses are never in OMOP.

    Raises UserError where nothing is to be read, and where the var names a source that is not given.
    """
    named: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    for kind, source in named.items():
        _require_possible(kind, source, extract, omop, variables_origin)
    if omop is None:
        if extract is None:
            raise UserError("nothing to read: give --extract DIR, --omop DIR_OR_DUCKDB, or both")
        return RecordSources(dict.fromkeys(ENTITIES, EXTRACT), tuple(ENTITIES))
    delivered = _delivered(extract)
    sources = {kind: named.get(kind, _default(kind, delivered)) for kind in ENTITIES}
    required = tuple(
        kind for kind, source in sources.items() if source == EXTRACT and (kind in named or kind in delivered)
    )
    notes = tuple(
        f"{kind} are in no extract: {ENTITIES[kind].without}"
        for kind, source in sources.items()
        if source == EXTRACT and kind not in required
    )
    return RecordSources(sources, required, (*notes, *_note_on_infusions(sources, delivered)))


def _require_possible(kind: str, source: Any, extract: Path | None, omop: Path | None, origin: str) -> None:
    var = f"{origin}: var record_sources: {kind}"
    if source not in (EXTRACT, OMOP):
        raise UserError(f"{var}: extract or omop is expected")
    if source == OMOP and kind in _NEVER_FROM_OMOP:
        raise UserError(f"{var}: OMOP does not hold them; extract is expected")
    if source == OMOP and omop is None:
        raise UserError(f"{var} are to come from omop, but --omop is not given")
    if source == EXTRACT and extract is None:
        raise UserError(f"{var} are to come from the extract, but --extract is not given")


def _default(kind: str, delivered: frozenset[str]) -> str:
    if kind in _ALWAYS_FROM_OMOP:
        return OMOP
    return EXTRACT if kind in delivered or kind in _NEVER_FROM_OMOP else OMOP


def _delivered(extract: Path | None) -> frozenset[str]:
    """Return the kinds of record that the extract has a file of; the intake tells what is wrong with it."""
    if extract is None or not extract.is_dir():
        return frozenset()
    try:
        names = [path.name.lower().rpartition(".") for path in extract.iterdir()]
    except OSError:
        return frozenset()
    return frozenset(stem for stem, _, suffix in names if stem in ENTITIES and suffix in FORMATS)


def _note_on_infusions(sources: Mapping[str, str], delivered: frozenset[str]) -> tuple[str, ...]:
    if sources["infusions"] == EXTRACT or "infusions" in delivered:
        return ()
    return (
        "infusions are in no extract: prior lines, disease status, stage, ECOG, extranodal sites and IPI are"
        " unknown, and care settings but for the var omop_care_setting",
    )
