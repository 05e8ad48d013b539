"""E-values of the association of channels with satisfaction."""

from itertools import combinations

import numpy as np
import pandas as pd

from analysis import margins, ordinal, privacy
from analysis.margins import Margins
from analysis.numerics import correlation, critical_value
from analysis.ordinal import OrdinalFit
from analysis.primary.designs import GATHERED, Design
from analysis.report import in_sentence
from analysis.sensitivity import EValue, e_value, ratio_of_odds, ratio_of_shares
from analysis.survey import Survey, measures


def e_values(survey: Survey, made: Design, *, rare: bool) -> dict[str, EValue]:
    """Give the E-values of the channels that lie furthest apart, of those that may be named.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers, and which terms; there are terms of channels.
    rare : bool
        Whether few people gave one of the best answers, so that odds ratios are risk ratios.

    Returns
    -------
    dict
        What is associated -> E-value. Of one answer each: the channel with the highest share
        against the one with the lowest, from the ratio of adjusted shares and from the odds ratio,
        with intervals that hold for all pairs. Of several answers: the channel of which having
        named it goes furthest with the share, against not having. Empty if fewer than two may be
        named.
    """
    fitted = ordinal.fit(made.formula, made.people)
    best = measures.top_answers(survey, "satisfaction")
    found = margins.by_terms(fitted, made.terms, answers=best)
    exact = found.frame().replace({"level": survey.labels(survey.used_role)})
    shown = privacy.shown_predictions(exact, survey.codebook)
    aside = shown["level"].isin([survey.other_channel, GATHERED])
    named = shown.index[~aside & ~shown["few"].astype(bool) & shown["estimate"].notna()]
    if len(named) < 2:
        return {}
    levels = shown.loc[named, "level"].astype("str").tolist()
    if made.terms != [survey.used_role]:
        return _alone(found, named, levels)
    share = found.estimate[named, -1]
    ends = int(share.argmax()), int(share.argmin())
    ends_of = f"highest and lowest {survey.words.channel} shown"
    told = f"{levels[ends[0]]} against {in_sentence(levels[ends[1]])} ({ends_of})"
    odds = _odds(fitted, survey.used_role, levels, ends)
    ratios = [ratio_of_odds(each, common=not rare) for each in odds]
    return {
        f"{told}: ratio of adjusted shares": e_value(*_ratio(found, named, ends)),
        f"{told}: from the odds ratio": e_value(*ratios),
    }


def _ratio(found: Margins, named: pd.Index, ends: tuple[int, int]) -> tuple[float, float, float]:
    """Return the ratio of two shares with an interval that holds for all pairs."""
    share, slopes = found.estimate[named, -1], found.gradient[named, -1]
    pairs = combinations(range(len(named)), 2)
    logs = np.array([slopes[a] / share[a] - slopes[b] / share[b] for a, b in pairs])
    two = slopes[list(ends)]
    return _of_shares(share[list(ends)], two @ found.cov @ two.T, logs @ found.cov @ logs.T)


def _alone(found: Margins, named: pd.Index, levels: list[str]) -> dict[str, EValue]:
    """Compare having named a channel with not having, of the one that goes furthest."""
    share, others = found.estimate[named, -1], found.reference[named, -1]
    slopes, other_slopes = found.gradient[named, -1], found.reference_gradient[named, -1]
    logs = slopes / share[:, None] - other_slopes / others[:, None]
    at = int(np.abs(np.log(share / others)).argmax())
    two = np.array([slopes[at], other_slopes[at]])
    ratio = _of_shares(
        np.array([share[at], others[at]]), two @ found.cov @ two.T, logs @ found.cov @ logs.T
    )
    return {f"{levels[at]}, named or not: ratio of adjusted shares": e_value(*ratio)}


def _of_shares(
    shares: np.ndarray, cov: np.ndarray, together: np.ndarray
) -> tuple[float, float, float]:
    """Return the ratio of two shares, its interval one of several that hold together."""
    return ratio_of_shares(
        float(shares[0]),
        float(shares[1]),
        var_first=float(cov[0, 0]),
        var_second=float(cov[1, 1]),
        cov=float(cov[0, 1]),
        critical=critical_value([correlation(together)[0]], 0.95),
    )


def _odds(
    fitted: OrdinalFit, term: str, levels: list[str], ends: tuple[int, int]
) -> tuple[float, float, float]:
    """Return the odds ratio of two channels, its interval one that holds for all pairs."""
    size = len(fitted.cov)
    rows = np.zeros((len(levels), size))
    for at, level in enumerate(levels):
        name = f"{term}[T.{level}]"
        if name in fitted.cov.columns:
            rows[at, list(fitted.cov.columns).index(name)] = 1.0
    pairs = list(combinations(range(len(levels)), 2))
    contrasts = np.array([rows[a] - rows[b] for a, b in pairs])
    cov = np.nan_to_num(fitted.cov.to_numpy())
    critical = critical_value([correlation(contrasts @ cov @ contrasts.T)[0]], 0.95)
    mine = rows[ends[0]] - rows[ends[1]]
    log_odds = float(mine @ fitted.parameters)
    reach = critical * float(np.sqrt(mine @ cov @ mine))
    return tuple(float(np.exp(log_odds + each)) for each in (0.0, -reach, reach))
