"""A study as a folder: its settings, its own words, rules, printed figures and SQL, its records and its warehouse."""

from cartox.study.folder import WORDS, Study, is_study, open_study
from cartox.study.landed import Landed, landed_records
from cartox.study.project import project_of
from cartox.study.word_key import word_key

__all__ = ["WORDS", "Landed", "Study", "is_study", "landed_records", "open_study", "project_of", "word_key"]
