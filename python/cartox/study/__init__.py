"""A study as a folder: its settings, its own words, rules, printed figures and SQL, its records and its warehouse."""

from cartox.study.folder import Study, is_study, open_study
from cartox.study.project import project_of

__all__ = ["Study", "is_study", "open_study", "project_of"]
