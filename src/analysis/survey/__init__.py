"""A survey: what was asked, its raw file, its answers, bases, the ledger, headline measures."""

from analysis.survey.loading import DEFAULT, load, survey_names
from analysis.survey.surveys import Survey

__all__ = [
    "DEFAULT",
    "Survey",
    "load",
    "survey_names",
]
