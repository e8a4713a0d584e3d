"""From a printed figure, or a patient, back to the lines of the files that made it."""

from cartox.trace.figure import trace_figure
from cartox.trace.figure_text import print_figure
from cartox.trace.patient import trace_patient
from cartox.trace.patient_page import write_patient_page
from cartox.trace.patient_text import print_patient
from cartox.trace.reviews import print_reviews, read_reviews

__all__ = [
    "print_figure",
    "print_patient",
    "print_reviews",
    "read_reviews",
    "trace_figure",
    "trace_patient",
    "write_patient_page",
]
