"""What a run would make of an extract's records, told before a warehouse is built."""

from cartox.validation.findings import Finding, Term, ValidatedFile, Validation
from cartox.validation.run import validate

__all__ = ["Finding", "Term", "ValidatedFile", "Validation", "validate"]
