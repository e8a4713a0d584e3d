"""The study's claims under other choices of analysis than its own."""

from cartox.results.specifications.write import write_specifications

__all__ = ["write_specifications"]
