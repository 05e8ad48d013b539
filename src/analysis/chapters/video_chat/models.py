"""Tests and models of who would use a video chat: groups one by one, and side by side."""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis import assumptions, margins, ordinal, proportions
from analysis.ordinal import OrdinalFit
from analysis.population import Weighing
from analysis.privacy import shown_predictions
from analysis.report import (
    Parts,
    adjusted,
    furthest,
    likelihood_ratios,
    shown_adjusted,
    with_labels,
)
from analysis.survey.codebook import Codebook

#: What tables of likelihood ratios say of each term.
_RATIOS = ["term", "test", "statistic", "df", "p_value", "p_adjusted", "n"]

#: What tables of adjusted shares say of each group.
ADJUSTED_COLUMNS = [
    "level", "n", "n_low", "n_high", "raw_share", "estimate", "conf_low", "conf_high", "difference",
    "p_shown",
]  # fmt: skip


def share_tests(
    yes: pd.Series, groups: pd.DataFrame, weighing: Weighing | None = None
) -> pd.DataFrame:
    """Test for each grouping whether its groups have the same share: one family.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    groups : pandas.DataFrame
        Categorical, a column a grouping, none missing.
    weighing : Weighing, optional
        For a second family with weights.

    Returns
    -------
    pandas.DataFrame
        `grouping, statistic, df, p_value, p_adjusted, n`, and `p_weighted` if anybody has a
        weight: Rao and Scott's test, adjusted by Holm's method over the groupings.
    """
    plain = {name: proportions.rao_scott(yes, by) for name, by in groups.items()}
    table = proportions.family(plain).rename(columns={"test": "grouping"})
    if weighing is None:
        return table
    heavy = weighing.people(yes)
    if heavy.empty:
        return table
    weighted = {
        name: proportions.rao_scott(heavy, by[heavy.index], weights=weighing.weights)
        for name, by in groups.items()
    }
    return table.assign(p_weighted=proportions.family(weighted)["p_adjusted"].to_numpy())


def formula(names: Iterable[str]) -> str:
    """Write the model of all answers with some groupings side by side.

    Examples
    --------
    >>> formula(["age", "channel"])
    'video_use ~ age + channel'
    """
    return f"video_use ~ {' + '.join(names) or '1'}"


def side_by_side(
    people: pd.DataFrame,
    names: Iterable[str],
    codebook: Codebook,
    parts: Parts,
    *,
    answers: Sequence[str],
) -> tuple[OrdinalFit | None, pd.DataFrame, pd.DataFrame]:
    """Fit the model of all answers, test its terms, and give adjusted shares.

    Parameters
    ----------
    people : pandas.DataFrame
        As `people.told` returns them.
    names : iterable of str
        The groupings.
    codebook : Codebook
        Its threshold.
    parts : Parts
        What is left out.
    answers : sequence of str
        The answers whose share is meant, by label.

    Returns
    -------
    tuple
        The model, the likelihood ratios of its terms, and `report.shown_adjusted`. None and
        empty tables where the part "model" is left out.
    """
    terms = list(names)
    if not parts.has("model"):
        empty = pd.DataFrame(columns=["variable", *ADJUSTED_COLUMNS, "few"])
        return None, pd.DataFrame(columns=_RATIOS), empty
    model = ordinal.fit(formula(terms), people)
    tests = likelihood_ratios(people, "video_use", terms)
    return model, tests, shown_adjusted(*adjusted(model, terms, answers=answers), codebook)


def odds_tests(model: OrdinalFit) -> pd.DataFrame:
    """Test proportional odds term by term; empty with two answers, whose odds are proportional.

    Parameters
    ----------
    model : OrdinalFit
        As `side_by_side` returns it.

    Returns
    -------
    pandas.DataFrame
        As `assumptions.freed_terms`.
    """
    if len(model.answers) < 3:
        return pd.DataFrame(columns=["term", "statistic", "df", "p_value", "p_adjusted", "n"])
    return assumptions.freed_terms(model)


def top_alone(
    people: pd.DataFrame, model: OrdinalFit, terms: Iterable[str], *, answers: Sequence[str]
) -> pd.DataFrame:
    """Give the shares of a model of the best answers against the others.

    Parameters
    ----------
    people : pandas.DataFrame
        As `people.told` returns them.
    model : OrdinalFit
        The model of all their answers.
    terms : iterable of str
        Its categorical predictors.
    answers : sequence of str
        The best answers, by label.

    Returns
    -------
    pandas.DataFrame
        As `Margins.frame`, a row a group; empty where the model has no finite estimates.
    """
    two = people.assign(video_use=pd.Categorical(people["likely"], [False, True], ordered=True))
    if ordinal.obstacle(formula(terms), two):
        return pd.DataFrame()
    binary = assumptions.against_others(model, answers=answers)
    return adjusted(binary, list(terms), answers=[margins.NAMED])[0]


def furthest_at_top(shown: pd.DataFrame, top: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """Find the group whose adjusted share differs most in a model of the best answers alone.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `shown_adjusted` returns it.
    top : pandas.DataFrame
        As `top_alone` returns it, the same groups.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.Series
        `level, apart` and `outside`: how many groups have a share in that model outside their
        interval in the first. Empty without such a model, or where no share can be shown.
    """
    if top.empty or shown["estimate"].isna().all():
        return pd.Series(dtype=object)
    parts = [shown_predictions(rows, codebook) for _, rows in top.groupby("variable", sort=False)]
    second = with_labels(pd.concat(parts, ignore_index=True))
    return furthest(shown.reset_index(drop=True), second)
