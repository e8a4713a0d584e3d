"""How tests write a table of figures."""

from __future__ import annotations

from collections.abc import Callable

from cartox.audit import FigureAudit

HEADER = "figure_id,section,description,study_group,statistic,reported,decimals,numerator,denominator,unit"

AuditLines = Callable[..., dict[str, FigureAudit]]
