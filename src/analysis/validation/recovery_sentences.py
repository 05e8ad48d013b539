"""Sentences about what models recover, made from the table of the simulation."""

import numpy as np
import pandas as pd
from scipy import optimize, special, stats

from analysis.report import listed, percent


def failures(frame: pd.DataFrame, what: str) -> str:
    """Say in how many runs there was nothing to count.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a part of the simulation, with `link, spread, method, runs, failed`.
    what : str
        What a run makes, such as ``"fit"``.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "link": "logit", "spread": [0.2, 0.4], "method": "random", "runs": [99, 100],
    ...     "failed": [1, 0],
    ... })
    >>> failures(table, "fit")
    'Of 200 runs 1 gave no fit (random, logit, spread 0.2: 1); rates are of the others.'
    """
    total, failed = int((frame["runs"] + frame["failed"]).sum()), int(frame["failed"].sum())
    if not failed:
        return f"Each of {total:,} runs gave a {what}."
    where = [
        f"{row.method}, {row.link}, spread {row.spread:g}: {row.failed}"
        for row in frame[frame["failed"] > 0].itertuples()
    ]
    return (
        f"Of {total:,} runs {failed:,} gave no {what} ({'; '.join(where)}); rates are of the "
        "others."
    )


def bias(spread: float, mean_error: float, mc_error: float) -> str:
    """Say in which direction the maximum-likelihood spread errs on average.

    Parameters
    ----------
    spread : float
        The true standard deviation.
    mean_error, mc_error : float
        The average estimate less the truth, and its Monte Carlo error.

    Returns
    -------
    str
        A sentence; a bias within two Monte Carlo errors has no direction.

    Examples
    --------
    >>> bias(0.4, -0.02, 0.003)
    'Where the true spread is 0.4, the estimate is too small by 0.020 on average (5% of it).'
    >>> bias(0.4, 0.005, 0.003)
    'Where the true spread is 0.4, no bias shows in these runs (+0.005 on average).'
    """
    where = f"Where the true spread is {spread:g}"
    if abs(mean_error) <= 2 * mc_error:
        return f"{where}, no bias shows in these runs ({mean_error:+.3f} on average)."
    direction = "small" if mean_error < 0 else "large"
    part = (
        f" ({percent(abs(mean_error) / spread)} of it)"
        if spread
        else ", since it cannot fall below 0"
    )
    return f"{where}, the estimate is too {direction} by {abs(mean_error):.3f} on average{part}."


def known_limits(groups: int) -> tuple[float, float]:
    """Return what maximum likelihood finds of a spread whose groups are known without error.

    Parameters
    ----------
    groups : int
        How many groups.

    Returns
    -------
    tuple of float
        The average estimate over the true standard deviation, and the coverage of the 95% profile
        interval: with q chi-squared on groups - 1, sqrt(q / groups) and the chance of
        q - groups - groups log(q / groups) < 3.84.

    Examples
    --------
    >>> [round(each, 3) for each in known_limits(10)]
    [0.923, 0.926]
    """
    law, bound = stats.chi2(groups - 1), stats.chi2.isf(0.05, 1)
    ratio = np.sqrt(2 / groups) * np.exp(
        special.gammaln(groups / 2) - special.gammaln((groups - 1) / 2)
    )

    def excess(q: float) -> float:
        return q - groups - groups * np.log(q / groups) - bound

    low, high = (optimize.brentq(excess, *ends) for ends in ((1e-9, groups), (groups, 50 * groups)))
    return float(ratio), float(law.cdf(high) - law.cdf(low))


def weighted_sentence(rows: pd.DataFrame) -> str:
    """Say so if weighted intervals hold the truth too seldom.

    Parameters
    ----------
    rows : pandas.DataFrame
        The table "channels" of docs/recovery.csv.

    Returns
    -------
    str
        A sentence after a space, or nothing.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "method": ["weighted"], "term": ["average"], "estimate": [0.93], "mc_error": [0.003]
    ... })
    >>> weighted_sentence(table), weighted_sentence(table.assign(estimate=0.948))
    (' Weighted intervals are a little too short: linearisation needs many people.', '')
    """
    found = rows[(rows["method"] == "weighted") & (rows["term"] == "average")]
    if not (found["estimate"] < 0.95 - 2 * found["mc_error"]).all():
        return ""
    return " Weighted intervals are a little too short: linearisation needs many people."


def zeros(rows: pd.DataFrame) -> str:
    """Say how often no spread is found though there is one.

    Parameters
    ----------
    rows : pandas.DataFrame
        The table "spread" of docs/recovery.csv.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> zeros(pd.DataFrame({
    ...     "method": ["share of runs at 0"], "spread": [0.2], "estimate": [0.125]
    ... }))
    'It is 0 in 12.5% of the runs with a true spread of 0.2: districts may differ all the same.'
    """
    shares = rows[(rows["method"] == "share of runs at 0") & (rows["spread"] > 0)]
    named = [
        f"{percent(row.estimate, 1)} of the runs with a true spread of {row.spread:g}"
        for row in shares.itertuples()
    ]
    return f"It is 0 in {listed(named)}: districts may differ all the same."


def few_groups(rows: pd.DataFrame) -> str:
    """Say how far intervals with weights and groups fall short.

    Parameters
    ----------
    rows : pandas.DataFrame
        The table "weights and groups" of docs/recovery.csv.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> few_groups(pd.DataFrame({
    ...     "term": ["effects, t", "effects, normal", "spread, t", "at"],
    ...     "estimate": [0.935, 0.891, 0.9, 0.1],
    ... }))
    'With t they hold 90.0% to 93.5%, with the normal 89.1%: ten groups are few for a sandwich.'
    """
    spans = []
    for law in ("t", "normal"):
        found = rows.loc[rows["term"].str.endswith(f", {law}"), "estimate"]
        ends = dict.fromkeys(percent(each, 1) for each in (found.min(), found.max()))
        spans.append(" to ".join(ends))
    short = (rows["term"].str.endswith(", t") & (rows["estimate"] < 0.945)).any()
    few = ": ten groups are few for a sandwich" * bool(short)
    return f"With t they hold {spans[0]}, with the normal {spans[1]}{few}."
