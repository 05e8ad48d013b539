"""Who of the people who answered belongs to the population, and its people cell by cell."""

from collections.abc import Sequence

import pandas as pd

from analysis.population._table import population_of, read_population
from analysis.survey.exclusions import Ledger, exclude
from analysis.survey.surveys import Survey
from analysis.survey.wording import listed


def belonging(survey: Survey, responses: pd.DataFrame) -> tuple[pd.DataFrame, Ledger]:
    """Select the people of the population.

    Parameters
    ----------
    survey : Survey
        Its codebook names a population.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    tuple of pandas.DataFrame and Ledger
        The rows left, and a step for each reason not to belong.
    """
    described = population_of(survey)
    frame, ledger = responses, Ledger(rows_in=len(responses))
    if described.among:
        labels = survey.codebook.question(described.among).labels
        here = frame[described.among].isin([labels[code] for code in described.people_of])
        frame, ledger = exclude(
            frame,
            ledger,
            ~here,
            step="not_in_population",
            reason=f"not among the {described.label}",
        )
    for role, codes in described.outside.items():
        labels = survey.codebook.question(role).labels
        outside = frame[role].isin([labels[code] for code in codes])
        if outside.any():
            step, reason = f"{role}_outside", f"{role} not in the population"
            frame, ledger = exclude(frame, ledger, outside, step=step, reason=reason)
    ledger.reconcile(len(frame))
    return frame, ledger


def no_cells(survey: Survey, roles: Sequence[str]) -> str:
    """Say why the population is not counted by some characteristics at once.

    Parameters
    ----------
    survey : Survey
        The survey.
    roles : sequence of str
        The characteristics.

    Returns
    -------
    str
        A clause; "" if it is.

    Examples
    --------
    >>> from analysis import survey
    >>> no_cells(survey.load("herts_2023"), ["district", "age", "sex"])
    ''
    >>> no_cells(survey.load("herts_2023"), ["district", "disability"])
    'the population is not counted by disability'
    """
    if survey.codebook.population_counts is None:
        return "the codebook names no population"
    counted = {role for margin in population_of(survey).margins for role in margin}
    lacking = [role for role in roles if role not in counted]
    return f"the population is not counted by {listed(lacking)}" if lacking else ""


def cells(survey: Survey, roles: Sequence[str]) -> pd.DataFrame:
    """Count the population by some characteristics at once.

    Parameters
    ----------
    survey : Survey
        With a population that is counted by them (`no_cells`).
    roles : sequence of str
        The characteristics.

    Returns
    -------
    pandas.DataFrame
        A Categorical column a role, in the codebook's labels, and `people`, a row a cell that has
        any.

    Examples
    --------
    >>> from analysis import survey
    >>> len(cells(survey.load("herts_2023"), ["age", "sex"]))
    16
    """
    table = read_population(survey)
    counted = table.groupby(list(roles), observed=True)["people"].sum().reset_index()
    return counted[counted["people"] > 0].reset_index(drop=True)
