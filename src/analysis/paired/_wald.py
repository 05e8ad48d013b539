"""One test of whether any answer shifts, for single and multiple choice, weighted or not."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.numerics import p_text, quadratic_form
from analysis.paired._blocks import read_blocks
from analysis.paired._checks import Answers
from analysis.paired._mcnemar import swap_p
from analysis.weights import Weights


@dataclass(frozen=True, kw_only=True)
class ShiftTest:
    """Result of the global Wald test; `df_denominator` is None without weights."""

    statistic: float
    df: int
    df_denominator: int | None
    p_value: float
    n: int
    n_discordant: int

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row, unrounded."""
        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        name = f"chi2({self.df})"
        if self.df_denominator is not None:
            name = f"F({self.df}, {self.df_denominator:,})"
        return (
            f"Wald: {name} = {self.statistic:.2f}, {p_text(self.p_value)}; "
            f"n = {self.n:,}, of whom {self.n_discordant:,} gave different answers"
        )

    __repr__ = __str__


def shift_test(
    used: Answers,
    preferred: Answers,
    *,
    weights: pd.Series | Weights | None = None,
    frequency: pd.Series | None = None,
) -> ShiftTest:
    """Test whether the shifts of all answers are 0.

    Parameters
    ----------
    used, preferred, weights, frequency
        As for `shifts`.

    Returns
    -------
    ShiftTest
        Without weights chi-squared on the rank of the covariance; with weights F. Without
        discordant people: statistic 0, df 0, p 1.

    Raises
    ------
    ValueError
        As `shifts`; or if there are weights and no more people than answers that vary.

    Notes
    -----
    W = m' V+ m with m the shifts and V their covariance, as in `shifts`. Without weights W is
    chi-squared, and Bhapkar's statistic for questions with one answer. With weights F = W / r on
    (r, n - r) degrees of freedom, as `regTermTest` of R's `survey` gives it for a design without
    strata and clusters. Where all people moved alike in some direction, V is 0 in it; then
    V + m m' / n takes its place, with n Kish's effective number of people: without weights that is
    the covariance under the hypothesis, and W is Stuart and Maxwell's statistic. The chi-squared
    test rejects too often in small samples (docs/coverage.md): p is not below `swap_p`, and below
    a few hundred people `permutation_test` is better.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone"] * 8 + ["online"] * 4, dtype=kinds)
    >>> preferred = pd.Series(["phone"] * 2 + ["online"] * 10, dtype=kinds)
    >>> shift_test(used, preferred)
    Wald: chi2(1) = 12.00, p = 0.031; n = 12, of whom 6 gave different answers
    """
    block = read_blocks(used, preferred, weights=weights, frequency=frequency)[0]
    pairs, mean, covariance = block.pairs, block.mean, block.covariance
    statistic, rank = quadratic_form(mean, covariance)
    if np.isinf(statistic):
        covariance = covariance + np.outer(mean, mean) / pairs.effective_n
        statistic, rank = quadratic_form(mean, covariance)
    numbers = {"n": pairs.n, "n_discordant": pairs.n_discordant}
    if not rank:
        return ShiftTest(statistic=0.0, df=0, df_denominator=None, p_value=1.0, **numbers)
    left = None
    if weights is None:
        p_value = float(stats.chi2.sf(statistic, rank))
    else:
        statistic, left = statistic / rank, pairs.n - rank
        if left < 1:
            raise ValueError(
                f"{pairs.n} people are too few for a weighted test of {rank} shifts; combine "
                "answers"
            )
        p_value = float(stats.f.sf(statistic, rank, left))
    return ShiftTest(
        statistic=statistic,
        df=rank,
        df_denominator=left,
        p_value=max(p_value, swap_p(pairs.n_discordant)),
        **numbers,
    )
