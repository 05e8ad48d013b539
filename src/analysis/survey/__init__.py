"""A survey: what was asked, its raw file, its cleaned answers, and who an analysis is about."""

from analysis.survey.surveys import DEFAULT, Survey, load, survey_names

__all__ = [
    "DEFAULT",
    "Survey",
    "load",
    "survey_names",
]
