"""Intake: from the files of an extract to the landing, where every cell is still text."""

from cartox.intake.landing import LandedFile, LandingReport, land

__all__ = ["LandedFile", "LandingReport", "land"]
