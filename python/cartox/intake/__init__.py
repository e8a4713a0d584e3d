"""Intake: from a site's files to the landing, where every cell is still text."""

from cartox.intake.landed_file import LandedFile
from cartox.intake.landing import LandingReport, land, land_sources

__all__ = ["LandedFile", "LandingReport", "land", "land_sources"]
