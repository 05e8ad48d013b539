"""The share of the best answers to a rating, under a specification."""

import pandas as pd

from analysis import proportions
from analysis.specifications import choices
from analysis.specifications.choices import Specification
from analysis.specifications.estimates import Estimate
from analysis.specifications.people import People
from analysis.survey import bases, measures
from analysis.survey.cells import coded_cells


def best_share(
    people: People, specification: Specification, *, role: str, beside: tuple[str, ...] = ()
) -> Estimate:
    """Give the share of the best answers to a rating.

    Parameters
    ----------
    people : People
        Whose answers.
    specification : mapping of str to str
        Its `dont_know` and `base` are looked at.
    role : str
        The question.
    beside : tuple of str
        Further questions that the people of the report's base answered.

    Returns
    -------
    Estimate
        Wilson's interval, or Korn and Graubard's with weights; no test.
    """
    whole = specification.get("base", choices.ALL_TOLD) == choices.ALL_TOLD
    others = [each for each in beside if whole and each != role]
    yes = _answers(people, role, others, specification.get("dont_know", choices.LEFT_OUT))
    if people.weights is not None:
        yes = yes[yes.index.isin(people.weights.weights.index)]
    if not len(yes):
        return Estimate(failed="nobody is left")
    found = proportions.shares(yes, weights=people.weights).iloc[0]
    ends = (float(found["conf_low"]), float(found["conf_high"]))
    return Estimate(
        estimate=float(found["estimate"]), conf_low=ends[0], conf_high=ends[1], n=len(yes)
    )


def _answers(people: People, role: str, others: list[str], dont_know: str) -> pd.Series:
    """Say who gave one of the best answers, of the people who count."""
    survey, rows = people.survey, people.responses
    if others:
        rows = bases.answered(survey, rows, others).frame
    told = bases.answered(survey, rows, [role]).frame.index
    if dont_know == choices.COUNTED:
        kinds = coded_cells(survey, rows, [role])[role].to_numpy()
        told = rows.index[rows.index.isin(told) | (kinds == "dont_know")]
    return rows.loc[told, role].isin(measures.top_answers(survey, role))
