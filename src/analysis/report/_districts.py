"""The share of some answers in each district, drawn together, with the test that they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import groups, ordinal
from analysis.numerics import outwards
from analysis.ordinal import ModelTest
from analysis.privacy import FINE, hide, outside_step, shown_predictions, tells_outside
from analysis.survey import Survey
from analysis.survey.codebook import Codebook
from analysis.survey.measures import top_answers

#: Columns of the distance of a district from everybody.
_GAPS = ("gap", "gap_low", "gap_high")


@dataclass(frozen=True, kw_only=True)
class DistrictShares:
    """Shares of the districts as far as they may be shown, and the test that they differ.

    `rows`: `level, n, raw_share, estimate, conf_low, conf_high, few, chance_lowest, chance_highest,
    gap, gap_low, gap_high, clear, size`, rounded; hidden numbers are NA (`with_gaps`). `spread`
    has `estimate, conf_low, conf_high` of the standard deviation of shares between districts.
    `overall` is everybody's share.
    """

    rows: pd.DataFrame
    test: ModelTest
    spread: pd.Series
    overall: float


def district_shares(
    answers: pd.Series,
    districts: pd.Series,
    codebook: Codebook,
    *,
    seed: int,
    named: Sequence[str],
    lowest: int = 3,
) -> DistrictShares | None:
    """Estimate the share of the named answers in each district, without ranking noise.

    Parameters
    ----------
    answers : pandas.Series
        Ordered Categorical; who has no answer is left out.
    districts : pandas.Series
        Categorical; who has none is left out.
    codebook : Codebook
        Its threshold.
    seed : int
        Of the random numbers behind the intervals: with the same one, the same people and answers
        have the same intervals wherever they stand.
    named : sequence of str
        The answers whose share is meant, by label, given or not.
    lowest : int
        How many ranks at each end the chances are about.

    Returns
    -------
    DistrictShares or None
        None if fewer than three districts answered, or everybody gave a named answer or nobody.

    Raises
    ------
    ValueError
        If an answer named is not a category of `answers`.

    Notes
    -----
    Shares and test are those of `groups.pooled_shares`: of the named answers against the others,
    so that nothing is supposed of how the others lie. Gaps are from the mean of all districts; or,
    where the two would tell of few who answered and named none, from the share of everybody who
    answered, and where exact ones would, unadjusted shares are hidden (`privacy.outside_step`).
    """
    people = pd.DataFrame({"answer": answers, "district": districts}).dropna()
    wanted = ordinal.on_scale(named, people["answer"].cat.categories, outcome="answer")
    yes = people["answer"].isin(wanted)
    if groups.pooling_obstacle(yes, people["district"]):
        return None
    found = groups.pooled_shares(
        yes, people["district"], rng=np.random.default_rng(seed), lowest=lowest
    )
    test = ModelTest(
        kind="likelihood ratio",
        statistic=found.statistic,
        df=1,
        p_value=found.p_value,
        n=len(people),
    )
    shown, gaps, overall = shown_predictions(found.groups, codebook), found.groups, found.overall
    everybody = answers.dropna().isin(wanted)
    if outside_step(everybody, people["district"], codebook) > FINE:
        shown["raw_share"] = hide(shown["raw_share"], np.ones(len(shown), dtype=bool))
    if tells_outside(everybody, people.index, codebook):
        overall = float(everybody.mean())
    gaps = gaps[list(_GAPS)] + (found.overall - overall)
    shown = with_gaps(shown, gaps, overall)
    return DistrictShares(rows=shown, test=test, spread=found.spread, overall=overall)


def rated_districts(
    answers: Mapping[str, pd.Series],
    districts: pd.Series | None,
    survey: Survey,
    *,
    seed: int,
) -> dict[str, DistrictShares]:
    """Estimate the share of the best answers in each district, for several ratings.

    Parameters
    ----------
    answers : mapping of str to pandas.Series
        What is rated, a role of the survey -> ordered Categorical.
    districts : pandas.Series or None
        Categorical; None if the survey did not ask.
    survey : Survey
        Its threshold, and which answers are the best.
    seed : int
        Of the random numbers behind the intervals: with the same one, the same people and answers
        have the same intervals wherever they stand.

    Returns
    -------
    dict
        What is rated -> `district_shares`, of the ratings for which two districts or more have
        enough people to be shown.
    """
    if districts is None:
        return {}
    found = {
        role: district_shares(
            each, districts, survey.codebook, seed=seed, named=top_answers(survey, role)
        )
        for role, each in answers.items()
    }
    return {
        name: each
        for name, each in found.items()
        if each is not None and each.rows["estimate"].notna().sum() > 1
    }


def ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Sort districts by their share, but for those whose share is in steps of five.

    Parameters
    ----------
    rows : pandas.DataFrame
        `estimate, few`, as `DistrictShares.rows`.

    Returns
    -------
    pandas.DataFrame
        From the highest share to the lowest; then those of which few people gave one kind of
        answer, in the order that they had, and hidden ones last. Rounded up, one of them would
        stand above districts that it lies below; at its own place it would tell what was rounded.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": [*"abc"], "estimate": [0.3, 0.28, 0.29],
    ...                      "few": [True, False, False]})
    >>> ranked(rows)["level"].tolist()
    ['c', 'b', 'a']
    """
    few, hidden = rows["few"].astype(bool), rows["estimate"].isna()
    place = rows["estimate"].where(~few & ~hidden)
    order = pd.DataFrame({"hidden": hidden, "few": few, "place": -place.astype(float)})
    return rows.loc[order.sort_values(["hidden", "few", "place"], kind="stable").index]


def coarse_note(rows: pd.DataFrame) -> str:
    """Say that districts in steps of five have no place in a list.

    Parameters
    ----------
    rows : pandas.DataFrame
        As for `ranked`.

    Returns
    -------
    str
        One sentence; "" if there are none.
    """
    coarse = (rows["few"].astype(bool) & rows["estimate"].notna()).any()
    reason = "since few people gave one kind of answer"
    return f"Last, without a place: shares in steps of five, {reason}." if coarse else ""


def with_gaps(shown: pd.DataFrame, gaps: pd.DataFrame, overall: float) -> pd.DataFrame:
    """Put gaps beside the shares or shifts of districts, in whole points.

    Parameters
    ----------
    shown : pandas.DataFrame
        A row a district: `estimate, conf_low, conf_high`, NA where hidden, and `few`, of which few
        people gave one kind of answer.
    gaps : pandas.DataFrame
        `gap, gap_low, gap_high` of the same districts, exact.
    overall : float
        The share or shift of everybody.

    Returns
    -------
    pandas.DataFrame
        With `gap, gap_low, gap_high` rounded, intervals outwards; `clear`, whether the exact
        interval leaves out 0; and `size`, the distance from 0 to a thousandth, by which gaps are
        sorted. Of few the gap is what readers work out, the shown estimate less everybody's as it
        is shown, and so is its interval: it tells nothing else. It is not clear, and has no size.

    Examples
    --------
    >>> shown = pd.DataFrame({"level": [*"ab"], "estimate": [0.45, 0.5], "conf_low": [0.4, 0.3],
    ...                       "conf_high": [0.49, 0.6], "few": [False, True]})
    >>> gaps = pd.DataFrame({"gap": [0.047, 0.1], "gap_low": [0.004, 0], "gap_high": [0.0899, 0.2]})
    >>> with_gaps(shown, gaps, 0.401)[["gap", "gap_low", "gap_high", "clear", "size"]]
        gap  gap_low  gap_high  clear   size
    0  0.05      0.0      0.09   True  0.047
    1  0.10     -0.1      0.20  False    NaN
    """
    few, secret = shown["few"].astype(bool), shown["estimate"].isna()
    exact = gaps.set_axis(list(_GAPS), axis=1).set_axis(shown.index).astype(float)
    exact = hide(exact, few | secret)
    clear = (exact["gap_low"] > 0) | (exact["gap_high"] < 0)
    size = exact["gap"].abs().round(3)
    ends = outwards(exact["gap_low"], exact["gap_high"])
    rounded = (exact.round(2) + 0.0).assign(gap_low=ends[0], gap_high=ends[1])
    told = few & ~secret
    coarse = shown.loc[told, ["estimate", "conf_low", "conf_high"]] - round(overall, 2)
    rounded.loc[told, list(_GAPS)] = coarse.astype(float).round(2).to_numpy() + 0.0
    return shown.assign(**rounded, clear=clear, size=size)
