"""The study's claims under other choices of analysis."""

from cartox.results.specifications.compare import Compared, is_same
from cartox.results.specifications.write import planned_claims, write_specifications

__all__ = ["Compared", "is_same", "planned_claims", "write_specifications"]
