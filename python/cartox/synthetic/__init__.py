"""The built-in study: synthetic raw records that give the figures which the study reported."""

from cartox.synthetic.omop_export import write_study_as_omop
from cartox.synthetic.study import write_study

__all__ = ["write_study", "write_study_as_omop"]
