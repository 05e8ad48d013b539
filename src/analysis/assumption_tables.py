"""The tables on whether a model of satisfaction fits, as far as they may be shown."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis import assumptions, bases, margins, ordinal
from analysis.answer_tables import answer_counts
from analysis.report import HIDDEN
from analysis.survey import Survey

#: Brant's test leans on small categories, so it is made with groups of at least so many people.
ENOUGH = 50


def shown_brant(
    survey: Survey, frame: pd.DataFrame, used: pd.Series | pd.DataFrame
) -> tuple[assumptions.Brant | None, pd.DataFrame, str]:
    """Make Brant's test of groups of channels with enough people.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        `satisfaction` of each person.
    used : pandas.Series or pandas.DataFrame
        As `bases.channels` returns it.

    Returns
    -------
    tuple of Brant, pandas.DataFrame and str
        The test, None where there are not two groups of `ENOUGH` people or it has no finite
        estimates; log odds ratios of an answer above each boundary, `level` (the boundary),
        `channel` (the group), `estimate, conf_low, conf_high, raw_estimate, proportional`,
        rounded to a tenth, of groups with enough people at every answer; and what they compare
        with. Who is left out depends on the size of groups alone, never on their answers.
    """
    columns, names = bases.group_terms(survey, used)
    groups = bases.grouped(survey, used)
    several = isinstance(groups, pd.DataFrame)
    against = "people who did not" if several else str(groups.cat.categories[0])
    empty = pd.DataFrame(columns=["level", "channel", "estimate"])
    people = frame[["satisfaction"]].join(columns)
    if several:
        large = [name for name in columns if columns[name].sum() >= ENOUGH]
        formula = " + ".join(large)
    else:
        sizes = groups.value_counts()
        kept = [each for each in groups.cat.categories if sizes[each] >= ENOUGH]
        people = people[groups.isin(kept)]
        people = people.assign(group=people["group"].cat.set_categories(kept))
        against, large, formula = (kept or [""])[0], kept[1:], "group"
    if not large:
        return None, empty, against
    try:
        found = assumptions.brant(ordinal.fit(f"satisfaction ~ {formula}", people))
    except ValueError:
        return None, empty, against
    if found.left_out:
        return None, empty, against
    rows = found.cuts.assign(
        channel=lambda each: each["term"].map(names), level=lambda each: each["cut"]
    )
    counts = answer_counts(groups, frame["satisfaction"])
    enough = counts.ge(survey.codebook.disclosure_threshold).all(axis=1)
    rows = rows[rows["channel"].map(enough)].reset_index(drop=True)
    numbers = ["estimate", "conf_low", "conf_high", "proportional"]
    rows[numbers] = rows[numbers].round(1) + 0.0
    rows = rows[rows["channel"].isin(rows["channel"].unique()[:4])].assign(raw_estimate=np.nan)
    return found, rows[["level", "channel", *numbers, "raw_estimate"]], against


def term_table(freed: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Name the terms of the tests of proportional odds.

    Parameters
    ----------
    freed : pandas.DataFrame
        As `assumptions.freed_terms` returns it.
    names : mapping of str to str
        What the terms are called.

    Returns
    -------
    pandas.DataFrame
        `term, statistic, df, p_value, p_adjusted, n`. The likelihood ratio is left out: whether
        it exists tells that nobody of some category gave some answer.
    """
    columns = ["term", "statistic", "df", "p_value", "p_adjusted", "n"]
    return freed[columns].assign(term=freed["term"].replace(dict(names)))


def beside(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Put the shares of two models side by side.

    Parameters
    ----------
    first, second : pandas.DataFrame
        As `shown_shares` returns them, the same levels.

    Returns
    -------
    pandas.DataFrame
        `level, first, first_interval, second, second_interval`, shares as text.
    """
    rows = {"level": first["level"]}
    for name, frame in (("first", first), ("second", second)):
        rows[name] = [HIDDEN if pd.isna(v) else f"{100 * v:.0f}%" for v in frame["estimate"]]
        rows[f"{name}_interval"] = [
            HIDDEN if pd.isna(low) else f"{100 * low:.0f}% to {100 * high:.0f}%"
            for low, high in zip(frame["conf_low"], frame["conf_high"], strict=True)
        ]
    return pd.DataFrame(rows)


def top_alone(
    model: ordinal.OrdinalFit, without: ordinal.OrdinalFit, terms: Sequence[str]
) -> tuple[pd.DataFrame | None, ordinal.ModelTest | None]:
    """Give the shares and the test of channels of a model of the top answers against the others.

    Parameters
    ----------
    model, without : OrdinalFit
        Models of all answers, with the channels and without.
    terms : sequence of str
        The terms of the channels.

    Returns
    -------
    tuple of pandas.DataFrame and ModelTest
        As `Margins.frame` and the likelihood ratio; None and None where everybody of some category
        gave a top answer or nobody did, so that there are no finite estimates.
    """
    try:
        top = assumptions.at_top(model)
        test = ordinal.compare(top, assumptions.at_top(without))
    except ValueError:
        return None, None
    return margins.by_terms(top, terms, top=1).frame(), test


def furthest(first: pd.DataFrame, second: pd.DataFrame) -> pd.Series:
    """Find the category whose share differs most between two models.

    Parameters
    ----------
    first, second : pandas.DataFrame
        As `satisfaction_tables.shown_shares` returns them, the same levels.

    Returns
    -------
    pandas.Series
        `level, apart, outside`: the difference, and how many levels have a share in the second
        model that lies outside their interval in the first.
    """
    apart = (first["estimate"] - second["estimate"]).abs()
    out = (second["estimate"] < first["conf_low"]) | (second["estimate"] > first["conf_high"])
    at = apart.fillna(-1.0).idxmax()
    return pd.Series({"level": first.loc[at, "level"], "apart": apart[at], "outside": out.sum()})
