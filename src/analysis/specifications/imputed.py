"""Covariates that people did not tell, filled in several times from people who answered alike."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

#: How often what is missing is filled in.
TIMES = 5


def impute(
    frame: pd.DataFrame, columns: Sequence[str], *, alike: str, rng: np.random.Generator
) -> pd.DataFrame:
    """Fill in what people did not tell, once, by drawing from others with the same answer.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a person; `columns` Categorical.
    columns : sequence of str
        What is filled in, each from the people who told it.
    alike : str
        Column of the answer, none missing: donors gave the same. The outcome belongs here, or
        the association with it would be drawn towards none.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    pandas.DataFrame
        The same rows without a missing value in `columns`.

    Notes
    -----
    The approximate Bayesian bootstrap (Rubin and Schenker 1986, JASA 81, 366-374): donors are drawn
    with replacement from those of the same answer, values from these, so that what is unknown of
    the donors' distribution counts. Where nobody with the same answer told, everybody who did is a
    donor. It supposes that within an answer who told is a matter of chance.

    Examples
    --------
    >>> people = pd.DataFrame({"rating": [1, 1, 2], "sex": pd.Categorical(["f", None, "m"])})
    >>> filled = impute(people, ["sex"], alike="rating", rng=np.random.default_rng(1))
    >>> filled["sex"].tolist()
    ['f', 'f', 'm']
    """
    found = {}
    answers = pd.factorize(frame[alike])[0]
    for column in columns:
        codes = frame[column].cat.codes.to_numpy().copy()
        for answer in range(answers.max() + 1):
            here = answers == answer
            wanted, donors = here & (codes < 0), codes[here & (codes >= 0)]
            donors = donors if len(donors) else codes[codes >= 0]
            if wanted.any() and len(donors):
                pool = rng.choice(donors, len(donors))
                codes[wanted] = rng.choice(pool, int(wanted.sum()))
        found[column] = pd.Categorical.from_codes(codes, dtype=frame[column].dtype)
    return frame.assign(**found)


def pooled(estimates: Sequence[float], errors: Sequence[float]) -> tuple[float, float]:
    """Combine the estimates of several imputations by Rubin's rules.

    Parameters
    ----------
    estimates, errors : sequence of float
        One each an imputation.

    Returns
    -------
    tuple of float
        The mean, and its standard error: the square root of W + (1 + 1 / m) B, W the mean of the
        squared errors and B the variance between the m estimates (Rubin 1987).

    Examples
    --------
    >>> pooled([1.0, 3.0], [1.0, 1.0])
    (2.0, 2.0)
    """
    m = len(estimates)
    between = np.var(estimates, ddof=1) if m > 1 else 0.0
    within = np.mean(np.square(errors))
    return float(np.mean(estimates)), float(np.sqrt(within + (1 + 1 / m) * between))


def pooled_p(p_values: Sequence[float]) -> float:
    """Combine the tests of several imputations: the median of their p-values.

    Parameters
    ----------
    p_values : sequence of float
        One each an imputation, of a test of several parameters.

    Returns
    -------
    float
        The median (Eekhout, van de Wiel and Heymans 2017, BMC Med. Res. Methodol. 17, 129).

    Examples
    --------
    >>> pooled_p([0.02, 0.3, 0.05])
    0.05
    """
    return float(np.median(p_values))
