"""Agreement beyond chance between two answers of the same people."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from analysis.numerics import interval
from analysis.paired._square import square_cells


@dataclass(frozen=True, kw_only=True)
class Kappa:
    """Cohen's kappa with its interval; `observed` and `expected` are shares of agreement."""

    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    observed: float
    expected: float
    n: int

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row, unrounded."""
        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        span = interval(self.conf_low, self.conf_high, "number")
        return f"kappa = {self.estimate:.2f} ({span}); n = {self.n:,}"

    __repr__ = __str__


def kappa(table: pd.DataFrame, *, conf_level: float = 0.95) -> Kappa:
    """Measure the agreement of two answers beyond what their margins give by chance.

    Parameters
    ----------
    table : pandas.DataFrame
        Square table of counts, shape (k, k), as `counts` returns it. One person counts once.
    conf_level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    Kappa
        Between -1 and 1; 0 is agreement by chance.

    Raises
    ------
    ValueError
        If the table is none of counts, or everybody gave one and the same answer to one of the
        questions: nothing can agree or disagree beyond chance then.

    Notes
    -----
    (p_o - p_e) / (1 - p_e) with p_o the share on the diagonal and p_e the one expected from the
    margins (Cohen 1960, Educ. Psychol. Meas. 20); standard error for an interval, not for a test
    against 0, by Fleiss, Cohen and Everitt (1969, Psychol. Bull. 72), from statsmodels. Where
    that standard error is 0, as if everybody agrees, the interval is made from Wilson's interval
    of p_o, with p_e as it is.

    Examples
    --------
    >>> kappa(pd.DataFrame([[20, 5], [10, 15]]))
    kappa = 0.40 (0.15 to 0.65); n = 50
    """
    cells = square_cells(table)
    n = int(cells.sum())
    if not n:
        raise ValueError("the table holds nobody; check the base")
    shares = cells / n
    observed = float(np.trace(shares))
    expected = float(shares.sum(axis=1) @ shares.sum(axis=0))
    for margin in (cells.sum(axis=1), cells.sum(axis=0)):
        if margin.max() == n:
            label = table.index[int(margin.argmax())]
            raise ValueError(
                f"all {n} people gave the answer {label!r}; agreement beyond chance has no value"
            )
    found = cohens_kappa(cells)
    estimate, std_error = float(found.kappa), float(found.std_kappa)
    reach = stats.norm.isf((1 - conf_level) / 2) * std_error
    low, high = estimate - reach, estimate + reach
    if not std_error > 1e-9:
        ends = proportion_confint(round(observed * n), n, alpha=1 - conf_level, method="wilson")
        low, high = ((end - expected) / (1 - expected) for end in ends)
    return Kappa(
        estimate=estimate,
        std_error=std_error,
        conf_low=max(float(low), -1.0),
        conf_high=min(float(high), 1.0),
        observed=observed,
        expected=expected,
        n=n,
    )
