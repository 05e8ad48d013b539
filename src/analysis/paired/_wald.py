"""One test of whether any answer shifts, for single and multiple choice, weighted or not."""

from dataclasses import dataclass

import pandas as pd
from scipy import stats

from analysis.numerics import p_text, quadratic_form
from analysis.paired._pairs import Answers, read_pairs


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
    weights: pd.Series | None = None,
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
        discordant people: statistic 0, df 0, p 1. Infinite if all people moved alike.

    Raises
    ------
    ValueError
        As `shifts`; or if there are weights and no more people than answers that vary.

    Notes
    -----
    W = m' V+ m with m the shifts and V their covariance (`Pairs.moments`). Without weights W is
    chi-squared, and Bhapkar's statistic for questions with one answer. With weights F = W / r on
    (r, n - r) degrees of freedom, as `regTermTest` of R's `survey` gives it for a design without
    strata and clusters. The chi-squared test rejects too often in small samples
    (docs/coverage.md): below a few hundred people use `permutation_test`.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone"] * 8 + ["online"] * 4, dtype=kinds)
    >>> preferred = pd.Series(["phone"] * 2 + ["online"] * 10, dtype=kinds)
    >>> shift_test(used, preferred)
    Wald: chi2(1) = 12.00, p < 0.001; n = 12, of whom 6 gave different answers
    """
    pairs = read_pairs(used, preferred, weights=weights, frequency=frequency).collapsed()
    statistic, rank = quadratic_form(*pairs.moments())
    numbers = {"n": pairs.n, "n_discordant": pairs.n_discordant}
    if not rank:
        return ShiftTest(statistic=0.0, df=0, df_denominator=None, p_value=1.0, **numbers)
    if not pairs.weighted:
        p_value = float(stats.chi2.sf(statistic, rank))
        return ShiftTest(
            statistic=statistic, df=rank, df_denominator=None, p_value=p_value, **numbers
        )
    left = pairs.n - rank
    if left < 1:
        raise ValueError(
            f"{pairs.n} people are too few for a weighted test of {rank} shifts; combine answers"
        )
    p_value = float(stats.f.sf(statistic / rank, rank, left))
    return ShiftTest(
        statistic=statistic / rank, df=rank, df_denominator=left, p_value=p_value, **numbers
    )
