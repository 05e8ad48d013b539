"""A survey: what was asked, its raw file, its answers, bases, the ledger, headline measures."""

from analysis.survey.surveys import DEFAULT, Survey, load, survey_names

__all__ = [
    "DEFAULT",
    "Survey",
    "load",
    "survey_names",
]
