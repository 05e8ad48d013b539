"""People grouped in several ways at once, and what a model predicts for each group."""

from collections.abc import Sequence

import pandas as pd

from analysis import margins, ordinal
from analysis.ordinal import OrdinalFit
from analysis.privacy import shown_predictions
from analysis.survey.codebook import Codebook
from analysis.survey.wording import in_sentence


def likelihood_ratios(people: pd.DataFrame, outcome: str, terms: Sequence[str]) -> pd.DataFrame:
    """Test each term of a model of several against the model without it: one family.

    Parameters
    ----------
    people : pandas.DataFrame
        The outcome, an ordered Categorical, and the terms.
    outcome : str
        Its column.
    terms : sequence of str
        Columns of predictors.

    Returns
    -------
    pandas.DataFrame
        As `ordinal.family`.
    """
    full = ordinal.fit(f"{outcome} ~ {' + '.join(terms)}", people)
    found = {}
    for term in terms:
        others = " + ".join(each for each in terms if each != term) or "1"
        found[term] = ordinal.compare(full, ordinal.fit(f"{outcome} ~ {others}", people))
    return ordinal.family(found)


def adjusted(model: OrdinalFit, terms: Sequence[str], *, answers: Sequence[str]) -> tuple:
    """Predict the share of each group of several groupings, and its difference from everybody.

    Parameters
    ----------
    model : OrdinalFit
        The model.
    terms : sequence of str
        Categorical predictors.
    answers : sequence of str
        The answers whose share is meant, by label.

    Returns
    -------
    tuple of pandas.DataFrame
        As `Margins.frame` and `margins.differences`, a row a group. The intervals of the
        differences hold together over the groups of a grouping, and p is adjusted over these.
    """
    found = [margins.predicted_shares(model, term, answers=answers) for term in terms]
    frames = [each.frame() for each in found]
    apart = [margins.differences(each) for each in found]
    return pd.concat(frames, ignore_index=True), pd.concat(apart, ignore_index=True)


def shown_adjusted(
    exact: pd.DataFrame, differences: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Hide and round predicted shares, grouping by grouping.

    Parameters
    ----------
    exact, differences : pandas.DataFrame
        As `adjusted` returns them.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `variable` and what `privacy.shown_predictions` returns, with levels that are clear
        by themselves.
    """
    parts = [
        shown_predictions(rows, codebook, differences=differences.loc[rows.index])
        for _, rows in exact.groupby("variable", sort=False)
    ]
    return with_labels(pd.concat(parts, ignore_index=True))


def with_labels(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of several groupings with levels that are clear without their heading."""
    return rows.assign(level=labelled(rows))


def told_by_most(people: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Choose groupings so that most people told all of them.

    Parameters
    ----------
    people : pandas.DataFrame
        A row a person; a missing value is one that was not told.
    names : sequence of str
        Columns that group people, the most important first; those that are none, or not
        Categorical, are passed over.

    Returns
    -------
    list of str
        Each if at least half of the people told it and all chosen before it: one that few told
        does not leave the others without people.

    Examples
    --------
    >>> people = pd.DataFrame({"age": [*"aab"], "why": ["x", None, None]}, dtype="category")
    >>> told_by_most(people, ["age", "why", "sex"])
    ['age']
    """
    chosen, left = [], pd.Series(True, index=people.index)
    for name in names:
        if name in people and isinstance(people[name].dtype, pd.CategoricalDtype):
            both = left & people[name].notna()
            if both.mean() >= 0.5:
                chosen, left = [*chosen, name], both
    return chosen


def has_two_groups(groups: pd.Series) -> bool:
    """Tell whether people are in two groups or more."""
    return len(groups.dropna().unique()) > 1


def labelled(rows: pd.DataFrame, column: str = "variable") -> pd.Series:
    """Make the levels of a table of several groupings clear without their heading.

    Parameters
    ----------
    rows : pandas.DataFrame
        `level`, and the grouping in `column`.
    column : str
        Where the grouping stands.

    Returns
    -------
    pandas.Series
        Levels of a question answered by yes or no, or so short, follow the question's name.

    Examples
    --------
    >>> rows = pd.DataFrame({"variable": ["age", "disability"], "level": ["16-24", "Yes"]})
    >>> labelled(rows).tolist()
    ['16-24', 'Disability: yes']
    """
    level, of = rows["level"].astype("str"), rows[column].astype("str")
    named = of.str.replace("_", " ").str.capitalize() + ": " + level.map(in_sentence)
    return level.where(level.str.len() > 3, named)
