"""Do groups of people answer alike? Pearson's test, corrected for weights."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg, stats

from analysis.numerics import holm, p_text
from analysis.patterns import people_of, with_people
from analysis.proportions._linearised import linearised_cells
from analysis.weights import Weights


@dataclass(frozen=True, kw_only=True)
class RaoScott:
    """Result of Rao and Scott's test of a table of groups by answers."""

    statistic: float
    df: float
    df_denominator: float
    p_value: float
    n: int

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row, unrounded."""
        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        return (
            f"Rao-Scott F({self.df:.1f}, {self.df_denominator:,.0f}) = {self.statistic:.2f}, "
            f"{p_text(self.p_value)}; n = {self.n:,}"
        )

    __repr__ = __str__


def rao_scott(
    answers: pd.Series,
    by: pd.Series,
    *,
    weights: Weights | None = None,
    frequency: pd.Series | None = None,
) -> RaoScott:
    """Test whether groups of people give the same answers.

    Parameters
    ----------
    answers : pandas.Series
        Categorical or boolean, an answer a person, none missing.
    by : pandas.Series
        Categorical, the group of each person; who has none is left out.
    weights : Weights, optional
        Of these people and perhaps more.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`). `Weights` bring their
        own: beside them it need not be given, and must be the same.

    Returns
    -------
    RaoScott
        F with fractional degrees of freedom; answers and groups without people are left out. A
        table with one row or column gives statistic 0, df 0 and p 1.

    Raises
    ------
    ValueError
        If nobody is left, somebody has no weight, or the margins of raked weights fix the table.

    Notes
    -----
    Pearson's statistic of the weighted table, divided by the trace of its generalised design
    effects, with Satterthwaite's degrees of freedom (Rao and Scott 1984, Ann. Stat. 12; Thomas
    and Rao 1987, JASA 82): R's `svychisq(statistic = "F")`. Without weights it is close to
    Pearson's test: the statistic is Pearson's by its degrees of freedom times (n - 1) / n. The
    denominator has the degrees of freedom of all people with a weight. Cells without people can
    leave fewer contrasts than degrees of freedom (R then stops); those that are left are tested.
    Where each group gave one answer alone, no cell varies as linearised: then the design effects
    without weights are 1, and the test is Pearson's.

    Examples
    --------
    >>> answers = pd.Series(pd.Categorical(["yes"] * 30 + ["no"] * 20 + ["yes"] * 10 + ["no"] * 40))
    >>> by = pd.Series(pd.Categorical(["a"] * 50 + ["b"] * 50))
    >>> rao_scott(answers, by)
    Rao-Scott F(1.0, 99) = 16.50, p < 0.001; n = 100
    """
    answers, frequency = with_people(answers, frequency)
    by = by.reindex(answers.index)
    kept = by.notna() & answers.notna()
    if not kept.any():
        raise ValueError("nobody has both an answer and a group; check the base")
    rows, columns = (
        pd.Categorical(each[kept]).remove_unused_categories() for each in (answers, by)
    )
    n_rows, n_columns = len(rows.categories), len(columns.categories)
    cells = pd.Series(columns.codes.astype(int) * n_rows + rows.codes, index=answers.index[kept])
    times = None if frequency is None else frequency[kept]
    people = people_of(times, cells) if weights is None else weights.people_at(cells.index, times)
    n = int(people.sum())
    everybody = n if weights is None else weights.n
    if min(n_rows, n_columns) < 2:
        return RaoScott(statistic=0.0, df=0.0, df_denominator=0.0, p_value=1.0, n=n)
    share, cov = linearised_cells(cells, n_rows * n_columns, weights=weights, frequency=times)
    table = share.reshape(n_columns, n_rows)
    independent = np.outer(table.sum(axis=1), table.sum(axis=0))
    pearson = everybody * ((table - independent) ** 2 / independent).sum()
    contrast = np.kron(_centred(n_columns), _centred(n_rows))
    inverse = np.divide(1.0, share, out=np.zeros_like(share), where=share > 0)
    simple = contrast.T @ (inverse[:, None] * contrast) / everybody
    true = contrast.T @ (inverse[:, None] * cov * inverse) @ contrast
    effects = linalg.pinvh(simple) @ true
    trace = float(np.trace(effects))
    if trace < 1e-9 and weights is None:
        effects = np.eye((n_rows - 1) * (n_columns - 1))
        trace = float(len(effects))
    if trace < 1e-9:
        raise ValueError(
            f"the weights' margins fix the table of {answers.name!r} by {by.name!r}: it is known, "
            "not estimated, and there is nothing to test"
        )
    df = trace**2 / float(np.trace(effects @ effects))
    statistic = float(pearson / trace)
    below = df * (everybody - 1)
    return RaoScott(
        statistic=statistic,
        df=df,
        df_denominator=below,
        p_value=float(stats.f.sf(statistic, df, below)),
        n=n,
    )


def family(tests: Mapping[str, RaoScott]) -> pd.DataFrame:
    """Put the tests of one family into a table and adjust them for each other.

    Parameters
    ----------
    tests : mapping of str to RaoScott
        Name -> test.

    Returns
    -------
    pandas.DataFrame
        `test, statistic, df, p_value, p_adjusted` (Holm), `n`, a row a test.
    """
    table = pd.concat([test.to_frame().assign(test=name) for name, test in tests.items()])
    table["p_adjusted"] = holm(table["p_value"])
    columns = ["test", "statistic", "df", "p_value", "p_adjusted", "n"]
    return table[columns].reset_index(drop=True)


def _centred(size: int) -> np.ndarray:
    """Return contrasts of the categories from their mean, shape (size, size - 1)."""
    return (np.eye(size) - 1 / size)[:, 1:]
