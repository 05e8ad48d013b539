"""The tables of an ordered answer, of everybody and of groups of people, as far as shown."""

from collections.abc import Sequence

import pandas as pd

from analysis.codebook import Codebook
from analysis.privacy import hide_small, round_table
from analysis.survey import Survey


def shown_answers(
    groups: pd.Series | pd.DataFrame, answers: pd.Series, codebook: Codebook
) -> pd.DataFrame:
    """Count the answers of each group of people, rounded so that no small count shows.

    Parameters
    ----------
    groups : pandas.Series or pandas.DataFrame
        The group of each person, Categorical, or indicators of several groups.
    answers : pandas.Series
        Ordered Categorical.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `level, n`, then a column an answer with people as `privacy.round_table` rounds them;
        NA where hidden. Groups below the threshold are left out.
    """
    counts = answer_counts(groups, answers)
    n = counts.sum(axis=1)
    large = n >= codebook.disclosure_threshold
    rounded = round_table(counts[large], threshold=codebook.disclosure_threshold)
    rounded.insert(0, "n", n[large])
    return rounded.rename_axis(index="level", columns=None).reset_index()


def answer_counts(groups: pd.Series | pd.DataFrame, answers: pd.Series) -> pd.DataFrame:
    """Count the answers of each group of people, exactly.

    Parameters
    ----------
    groups, answers
        As for `shown_answers`.

    Returns
    -------
    pandas.DataFrame
        A row a group, a column an answer; not to be shown.
    """
    frame = pd.get_dummies(groups) if isinstance(groups, pd.Series) else groups
    given = pd.get_dummies(answers).to_numpy(dtype=float)
    counts = frame.to_numpy(dtype=float).T @ given
    return pd.DataFrame(counts, index=list(frame.columns), columns=list(answers.cat.categories))


def shown_distribution(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Hide the answers that few people gave.

    Parameters
    ----------
    answers : pandas.DataFrame
        As `proportions.distribution` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        The same rows; hidden numbers are NA.
    """
    return hide_small(
        answers,
        counts=["n_yes"],
        values=["estimate", "conf_low", "conf_high", "n_yes"],
        threshold=codebook.disclosure_threshold,
        complete=True,
    )


def shown_coverage(survey: Survey, roles: Sequence[str]) -> pd.DataFrame:
    """Count who was asked and who answered some questions.

    Parameters
    ----------
    survey : Survey
        The survey.
    roles : sequence of str
        The questions.

    Returns
    -------
    pandas.DataFrame
        `question, asked, answered, dont_know, no_answer`; the two kinds of missing are NA where
        one of them is small.
    """
    table = survey.coverage()
    table = table[table["role"].isin(roles)].reset_index(drop=True)
    return hide_small(
        table[["question", "asked", "answered", "dont_know", "no_answer"]],
        counts=["dont_know", "no_answer"],
        values=["dont_know", "no_answer"],
        threshold=survey.codebook.disclosure_threshold,
        complete=False,
    )
