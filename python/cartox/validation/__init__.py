"""What a run would make of an extract or of OMOP tables, told before a warehouse is built."""

from cartox.validation.findings import Became, Finding, LikelyCause, Term, ValidatedFile, Validation
from cartox.validation.run import validate

__all__ = ["Became", "Finding", "LikelyCause", "Term", "ValidatedFile", "Validation", "validate"]
