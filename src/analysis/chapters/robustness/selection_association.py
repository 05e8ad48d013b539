"""Associations with satisfaction: by who answered, and by what was not measured."""

from functools import partial

import numpy as np
import pandas as pd
from scipy import stats

from analysis import margins, ordinal
from analysis.chapters.robustness import selection_channels
from analysis.chapters.robustness.selection_headline import Headline
from analysis.margins import Margins
from analysis.ordinal import OrdinalFit
from analysis.population import Weighing
from analysis.primary import got, no_satisfaction
from analysis.primary.designs import design_of
from analysis.report import at_start, weighted_row
from analysis.sensitivity import (
    Contrast,
    EValue,
    Shifted,
    e_value,
    ratio_of_odds,
    ratio_of_shares,
    shifted_contrast,
)
from analysis.survey import Survey, measures

#: An outcome that fewer have is rare: then an odds ratio is nearly the ratio of shares.
RARE = 0.15


def got_preferred(
    survey: Survey, responses: pd.DataFrame, weighing: Weighing | None
) -> Headline | str:
    """Take the difference in satisfaction of who used what they prefer, adjusted.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    Headline or str
        Of the largest model, as in notebook 04, or the reason why there is none.
    """
    reason = _no_got(survey, responses)
    if reason:
        return reason
    made, words = design_of(survey, responses), survey.words
    people = got.got_people(survey, made)
    formula = list(got.got_formulas(survey, made).values())[-1]
    found, heavy = _got_margins(survey, formula, people), None
    if weighing is not None:
        mine = weighing.people(people).assign(weight=weighing.weights.weights)
        if len(mine) and not ordinal.obstacle(formula, mine, weights="weight"):
            heavy = _got_margins(survey, formula, mine, weights="weight")
    weighted = None
    if heavy is not None:
        row = margins.differences(heavy).iloc[0]
        weighted = weighted_row(row, mine.index, len(people), weighing, survey.codebook)
    noun = survey.codebook.noun("satisfaction")
    who = f"people who {words.used} what they {words.preferred} and {words.satisfied}"
    return Headline(
        key="got_preferred",
        name=at_start(f"{noun} by whether people used what they prefer"),
        who=who,
        they=who,
        n=len(people),
        shifted=_shifted(found),
        difference=True,
        heavy=None if weighted is None else _shifted(heavy),
        weighted=weighted,
    )


def e_values(survey: Survey, responses: pd.DataFrame) -> dict[str, EValue]:
    """Give the E-values of the associations with satisfaction that may be shown.

    Parameters
    ----------
    survey, responses
        As for `got_preferred`.

    Returns
    -------
    dict
        What is associated -> E-value: having used what one prefers, from the ratio of adjusted
        shares and from the odds ratio; the channels with the highest and lowest share, whose
        interval holds for all pairs of channels. Empty without satisfaction.
    """
    if no_satisfaction(survey, responses):
        return {}
    made, words, found = design_of(survey, responses), survey.words, {}
    rare = _share(survey, made.people) < RARE
    if not _no_got(survey, responses):
        people = got.got_people(survey, made)
        formula = list(got.got_formulas(survey, made).values())[-1]
        fitted = ordinal.fit(formula, people)
        pair = _contrast(_margins_of(survey, fitted))
        name = f"{words.used_short} what they {words.preferred}"
        found[f"{name}: ratio of adjusted shares"] = e_value(*_ratio(pair))
        row = fitted.coefficients.set_index("term").loc["got"]
        odds = np.exp(row[["estimate", "conf_low", "conf_high"]].astype(float))
        ratios = [ratio_of_odds(each, common=not rare) for each in odds]
        found[f"{name}: from the odds ratio"] = e_value(*ratios)
    if made.terms and "channels" not in made.left_out:
        found |= selection_channels.e_values(survey, made, rare=rare)
    return found


def _no_got(survey: Survey, responses: pd.DataFrame) -> str:
    reason = no_satisfaction(survey, responses)
    return reason or got.no_comparison(survey, design_of(survey, responses))


def _share(survey: Survey, people: pd.DataFrame) -> float:
    return float(people["satisfaction"].isin(measures.top_answers(survey, "satisfaction")).mean())


def _got_margins(
    survey: Survey, formula: str, people: pd.DataFrame, *, weights: str | None = None
) -> Margins:
    return _margins_of(survey, ordinal.fit(formula, people, weights=weights))


def _margins_of(survey: Survey, fitted: OrdinalFit) -> Margins:
    best = measures.top_answers(survey, "satisfaction")
    return margins.indicators(fitted, ["got"], answers=best)


def _contrast(found: Margins) -> Contrast:
    """Take the two shares of one indicator, with their covariance."""
    slopes = np.array([found.gradient[0, -1], found.reference_gradient[0, -1]])
    cov = slopes @ found.cov @ slopes.T
    return Contrast(
        first=float(found.estimate[0, -1]),
        second=float(found.reference[0, -1]),
        var_first=float(cov[0, 0]),
        var_second=float(cov[1, 1]),
        cov=float(cov[0, 1]),
    )


def _shifted(found: Margins) -> partial[Shifted]:
    critical = float(stats.t.isf(0.025, found.df))
    return partial(shifted_contrast, contrast=_contrast(found), critical=critical)


def _ratio(pair: Contrast) -> tuple[float, float, float]:
    how = {"var_first": pair.var_first, "var_second": pair.var_second, "cov": pair.cov}
    return ratio_of_shares(pair.first, pair.second, **how)
