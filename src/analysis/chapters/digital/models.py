"""Tests and models of who uses and who prefers digital channels."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis import groups, ordinal, proportions
from analysis.chapters.digital.people import PREFERS, USED, digital_groupings, in_groups
from analysis.numerics import holm
from analysis.privacy import rule_of
from analysis.proportions import Share
from analysis.report import adjusted, likelihood_ratios, shown_adjusted
from analysis.survey.codebook import Codebook

#: What tables of the models' tests say of each term.
_TESTED = ["outcome", "term", "statistic", "df", "p_value", "p_adjusted", "n"]


def gap_tests(frame: pd.DataFrame) -> pd.DataFrame:
    """Test whether groups differ in using, in preferring, and in the gap: one family.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `people.answered_both` returns it.

    Returns
    -------
    pandas.DataFrame
        `grouping, test, statistic, df, p_value, p_adjusted, n`: `groups.means_test` of each
        grouping, `test` is "used", "prefer" or "gap"; Holm over all rows. Empty without groups.
    """
    frame = in_groups(frame)
    values = {"used": frame[USED], "prefer": frame[PREFERS], "gap": frame[PREFERS] - frame[USED]}
    rows = [
        groups.means_test(each.to_frame(), frame[by].astype("str"))
        .to_frame()
        .assign(grouping=by, test=name)
        for by in digital_groupings(frame)
        for name, each in values.items()
    ]
    columns = ["grouping", "test", "statistic", "df", "p_value", "p_adjusted", "n"]
    if not rows:
        return pd.DataFrame(columns=columns)
    table = pd.concat(rows, ignore_index=True)
    table["p_adjusted"] = holm(table["p_value"])
    return table[columns]


def elsewhere(frame: pd.DataFrame, codebook: Codebook) -> tuple[Share | None, Share | None]:
    """Give the share of digital users who prefer another way, and of the others who prefer digital.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `people.answered_both` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    tuple of Share
        None where fewer than the threshold would, or would not.

    Examples
    --------
    >>> from analysis import survey
    >>> frame = pd.DataFrame({"used_digital": [1.0] * 40, "prefers_digital": [1.0, 0.0] * 20})
    >>> elsewhere(frame, survey.load("herts_2023").codebook)
    (50.0% of 40 (35.1% to 64.9%), None)
    """
    used, prefers = frame[USED] == 1, frame[PREFERS] == 1
    found = []
    for yes in (~prefers[used], prefers[~used]):
        found.append(proportions.share(yes) if rule_of(codebook).splits(yes) else None)
    return found[0], found[1]


def side_by_side(
    frame: pd.DataFrame, codebook: Codebook
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Give the shares that use and that prefer digital channels, groupings adjusted for each other.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `people.answered_both` returns it, with two groups of age or disability or more.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    tuple of pandas.DataFrame
        As `report.shown_adjusted`: of using, and of preferring; and `model_tests`.
    """
    terms = digital_groupings(frame)
    use, wish = (
        shown_adjusted(
            *adjusted(fit_digital(frame, outcome, terms), terms, answers=["digital"]), codebook
        )
        for outcome in (USED, PREFERS)
    )
    return use, wish, model_tests(frame)


def model_tests(frame: pd.DataFrame) -> pd.DataFrame:
    """Test each grouping in the models of using and of preferring: one family.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `people.answered_both` returns it.

    Returns
    -------
    pandas.DataFrame
        `outcome` ("used" or "prefer"), `term, statistic, df, p_value, p_adjusted, n`.
    """
    terms, frame = digital_groupings(frame), in_groups(frame)
    rows = [
        likelihood_ratios(as_outcome(frame, outcome), outcome, terms).assign(outcome=name)
        for outcome, name in ((USED, "used"), (PREFERS, "prefer"))
    ]
    table = pd.concat(rows, ignore_index=True)
    table["p_adjusted"] = holm(table["p_value"])
    return table[_TESTED]


def fit_digital(frame: pd.DataFrame, outcome: str, terms: Sequence[str]) -> ordinal.OrdinalFit:
    """Fit a logit model of using, or of preferring, a digital channel.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `people.answered_both` returns it.
    outcome : str
        `USED` or `PREFERS`.
    terms : sequence of str
        Columns of predictors.

    Returns
    -------
    OrdinalFit
        A cumulative logit with one boundary is the binary logit; its higher answer is "digital".

    Raises
    ------
    ValueError
        As `ordinal.fit`.
    """
    people = as_outcome(in_groups(frame), outcome)
    return ordinal.fit(f"{outcome} ~ {' + '.join(terms)}", people)


def as_outcome(frame: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Return the people with one of their two answers as an ordered outcome.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `people.answered_both` returns it.
    outcome : str
        `USED` or `PREFERS`.

    Returns
    -------
    pandas.DataFrame
        The same with "other" or "digital" in that column.

    Examples
    --------
    >>> as_outcome(pd.DataFrame({"used_digital": [1.0, 0.0]}), USED)["used_digital"].tolist()
    ['digital', 'other']
    """
    names = np.where(frame[outcome] == 1, "digital", "other")
    kind = pd.CategoricalDtype(["other", "digital"], ordered=True)
    return frame.assign(**{outcome: pd.Series(names, index=frame.index).astype(kind)})
