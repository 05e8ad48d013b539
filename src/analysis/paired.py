"""Two answers of the same people compared: the channel used and the channel preferred.

For person i and channel k let d_ik = 1[i prefers k] - 1[i used k]. The shift of channel k is the
mean of d_k. Questions with one answer and with several are the same in these terms.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from analysis.proportions import Share, share
from analysis.report import p_text


@dataclass(frozen=True, kw_only=True)
class PairedTest:
    """Result of a test on a square table of two answers by the same people."""

    name: str
    statistic: float
    df: int
    p_value: float
    n: int
    n_discordant: int

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row, unrounded."""
        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        return (
            f"{self.name}: chi2({self.df}) = {self.statistic:.2f}, {p_text(self.p_value)}; "
            f"n = {self.n:,}, of whom {self.n_discordant:,} gave different answers"
        )

    __repr__ = __str__


def counts(used: pd.Series, preferred: pd.Series) -> pd.DataFrame:
    """Count people by their two answers.

    Parameters
    ----------
    used, preferred : pandas.Series
        Categorical, the same people in the same order, the same categories; no missing value.

    Returns
    -------
    pandas.DataFrame
        Square table of counts with every category, used in rows and preferred in columns.

    Raises
    ------
    ValueError
        If the people or the categories differ, or an answer is missing.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone", "phone", "online"], dtype=kinds)
    >>> preferred = pd.Series(["phone", "online", "online"], dtype=kinds)
    >>> counts(used, preferred).to_numpy().tolist()
    [[1, 1], [0, 1]]
    """
    if list(used.cat.categories) != list(preferred.cat.categories):
        raise ValueError(
            f"used has the categories {list(used.cat.categories)}, preferred "
            f"{list(preferred.cat.categories)}; give both the same list"
        )
    _check_people(used, preferred)
    labels = list(used.cat.categories)
    size = len(labels)
    cells = used.cat.codes.to_numpy(dtype=int) * size + preferred.cat.codes.to_numpy(dtype=int)
    table = np.bincount(cells, minlength=size * size).reshape(size, size)
    return pd.DataFrame(
        table, index=pd.Index(labels, name="used"), columns=pd.Index(labels, name="preferred")
    )


def stuart_maxwell(table: pd.DataFrame) -> PairedTest:
    """Test marginal homogeneity: that the two answers have the same distribution.

    Parameters
    ----------
    table : pandas.DataFrame
        Square table of counts, shape (k, k), as `counts` returns it. One person counts once.

    Returns
    -------
    PairedTest
        Chi-squared with the rank of the covariance as degrees of freedom: a category that
        nobody chose changes nothing. Without discordant people: statistic 0, df 0, p 1.

    Raises
    ------
    ValueError
        If the labels of rows and columns differ or a count is negative or not finite.

    Notes
    -----
    With d the differences of the margins, S_kk = n_k. + n_.k - 2 n_kk and S_kl = -(n_kl + n_lk),
    the statistic is d' S+ d (Stuart 1955, Biometrika 42; Maxwell 1970, Brit. J. Psychiatry 116).
    `SquareTable` of statsmodels adds 0.5 to empty cells unless told otherwise and counts empty
    categories; that is why this function exists.

    Examples
    --------
    >>> labels = ["phone", "online", "in person"]
    >>> table = pd.DataFrame([[20, 10, 0], [3, 30, 15], [0, 5, 40]], index=labels, columns=labels)
    >>> stuart_maxwell(table)
    Stuart-Maxwell: chi2(2) = 8.77, p = 0.012; n = 123, of whom 33 gave different answers
    """
    cells = _square(table)
    moved = cells - np.diag(np.diag(cells))
    difference = moved.sum(axis=1) - moved.sum(axis=0)
    exchanged = moved + moved.T
    covariance = np.diag(exchanged.sum(axis=1)) - exchanged
    df = int(np.linalg.matrix_rank(covariance))
    statistic = float(difference @ linalg.pinvh(covariance) @ difference)
    return _paired_test("Stuart-Maxwell", statistic, df, cells)


def bowker(table: pd.DataFrame) -> PairedTest:
    """Test symmetry: that each change of answer is as frequent as its opposite.

    Parameters
    ----------
    table : pandas.DataFrame
        Square table of counts, shape (k, k), as `counts` returns it. One person counts once.

    Returns
    -------
    PairedTest
        Chi-squared; the degrees of freedom count the pairs of categories with at least one
        person. Without discordant people: statistic 0, df 0, p 1.

    Raises
    ------
    ValueError
        If the labels of rows and columns differ or a count is negative or not finite.

    Notes
    -----
    Sum over k < l of (n_kl - n_lk)^2 / (n_kl + n_lk) (Bowker 1948, JASA 43). statsmodels counts
    pairs without people among the degrees of freedom.

    Examples
    --------
    >>> labels = ["phone", "online", "in person"]
    >>> table = pd.DataFrame([[20, 10, 0], [3, 30, 15], [0, 5, 40]], index=labels, columns=labels)
    >>> bowker(table)
    Bowker: chi2(2) = 8.77, p = 0.012; n = 123, of whom 33 gave different answers
    """
    cells = _square(table)
    upper = np.triu_indices_from(cells, k=1)
    there, back = cells[upper], cells.T[upper]
    together = there + back
    some = together > 0
    statistic = float((((there - back)[some]) ** 2 / together[some]).sum())
    return _paired_test("Bowker", statistic, int(some.sum()), cells)


def agreement(
    used: pd.Series | pd.DataFrame,
    preferred: pd.Series | pd.DataFrame,
    *,
    conf_level: float = 0.95,
) -> Share:
    """Give the share of people whose two answers are the same.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As for `shifts`. With several answers, the two are the same if every channel agrees.
    conf_level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    Share
        With Wilson's score interval.

    Raises
    ------
    ValueError
        As `shifts`.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone", "phone", "online", "online"], dtype=kinds)
    >>> preferred = pd.Series(["phone", "online", "online", "online"], dtype=kinds)
    >>> agreement(used, preferred)
    75.0% of 4 (30.1% to 95.4%)
    """
    before, after, _ = _indicators(used, preferred)
    return share((before == after).all(axis=1), conf_level=conf_level)


def shifts(
    used: pd.Series | pd.DataFrame,
    preferred: pd.Series | pd.DataFrame,
    *,
    conf_level: float = 0.95,
) -> pd.DataFrame:
    """Compare the share that prefers each channel with the share that used it.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        One answer each: two Categorical Series with the same categories. Several answers: two
        frames of indicators 0 and 1, shape (people, channels), same columns. The same people in
        the same order, no missing value.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row a channel: `channel, share_used, share_preferred, estimate` (the shift, a
        difference of shares), `conf_low, conf_high, statistic` (McNemar's chi-squared without
        correction, 1 df), `p_value` (exact), `p_adjusted` (Holm over the channels), `n`, then
        the counts `n_used, n_preferred, n_both, n_used_only, n_preferred_only`.

    Raises
    ------
    ValueError
        If people or channels differ, an answer is missing, or an indicator is not 0 or 1.

    Notes
    -----
    The interval is Wald's with one person added to each kind of discordant pair: with b who
    used only and c who prefer only, b' = (b + 1)/(n + 2) and c' likewise, it is
    c' - b' +- z sqrt((b' + c' - (c' - b')^2) / (n + 2)) (Bonett and Price 2012, J. Educ. Behav.
    Stat. 37). The exact p-value doubles the binomial tail of min(b, c) in b + c.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone"] * 8 + ["online"] * 4, dtype=kinds)
    >>> preferred = pd.Series(["phone"] * 2 + ["online"] * 10, dtype=kinds)
    >>> shifts(used, preferred)[["channel", "estimate", "n_used_only", "p_value"]]
      channel  estimate  n_used_only  p_value
    0   phone      -0.5            6  0.03125
    1  online       0.5            0  0.03125
    """
    before, after, channels = _indicators(used, preferred)
    n = len(before)
    both = (before & after).sum(axis=0)
    used_only, preferred_only = (before & ~after).sum(axis=0), (after & ~before).sum(axis=0)
    share_before, share_after = (used_only + 1) / (n + 2), (preferred_only + 1) / (n + 2)
    centre = share_after - share_before
    reach = stats.norm.isf((1 - conf_level) / 2) * np.sqrt(
        (share_before + share_after - centre**2) / (n + 2)
    )
    discordant = used_only + preferred_only
    p_value = np.array(
        [
            mcnemar([[a, b], [c, n - a - b - c]], exact=True).pvalue
            for a, b, c in zip(both, used_only, preferred_only, strict=True)
        ]
    )
    return pd.DataFrame(
        {
            "channel": pd.Categorical(channels, categories=channels),
            "share_used": (both + used_only) / n,
            "share_preferred": (both + preferred_only) / n,
            "estimate": (preferred_only - used_only) / n,
            "conf_low": np.maximum(centre - reach, -1.0),
            "conf_high": np.minimum(centre + reach, 1.0),
            "statistic": (preferred_only - used_only) ** 2 / np.maximum(discordant, 1),
            "p_value": p_value,
            "p_adjusted": multipletests(p_value, method="holm")[1],
            "n": n,
            "n_used": both + used_only,
            "n_preferred": both + preferred_only,
            "n_both": both,
            "n_used_only": used_only,
            "n_preferred_only": preferred_only,
        }
    )


def _paired_test(name: str, statistic: float, df: int, cells: np.ndarray) -> PairedTest:
    return PairedTest(
        name=name,
        statistic=statistic if df else 0.0,
        df=df,
        p_value=float(stats.chi2.sf(statistic, df)) if df else 1.0,
        n=int(cells.sum()),
        n_discordant=int(cells.sum() - np.trace(cells)),
    )


def _square(table: pd.DataFrame) -> np.ndarray:
    """Check a square table and return its cells."""
    if list(table.index) != list(table.columns):
        raise ValueError(
            f"rows are {list(table.index)}, columns {list(table.columns)}; "
            "a paired table has the same labels in the same order"
        )
    cells = table.to_numpy(dtype=float)
    bad = cells[~np.isfinite(cells) | (cells < 0)]
    if bad.size:
        raise ValueError(f"{bad[0]} is not a count of people; give counts from 0 upwards")
    return cells


def _check_people(used: pd.Series | pd.DataFrame, preferred: pd.Series | pd.DataFrame) -> None:
    if not used.index.equals(preferred.index):
        raise ValueError(
            f"used holds {len(used)} people, preferred {len(preferred)}, and they are not the "
            "same in the same order; take both from one frame"
        )
    if not used.index.is_unique:
        twice = used.index[used.index.duplicated()][0]
        raise ValueError(f"person {twice} stands twice; one person counts once")
    missing = int(np.asarray(used.isna()).sum() + np.asarray(preferred.isna()).sum())
    if missing:
        raise ValueError(f"{missing} answers are missing; leave those people out first")
    if not len(used):
        raise ValueError("nobody answered both questions; there is nothing to compare")


def _indicators(
    used: pd.Series | pd.DataFrame, preferred: pd.Series | pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Bring both kinds of question to boolean arrays of shape (people, channels)."""
    _check_people(used, preferred)
    frames = [
        pd.get_dummies(answer, dtype=float) if isinstance(answer, pd.Series) else answer
        for answer in (used, preferred)
    ]
    if list(frames[0].columns) != list(frames[1].columns):
        raise ValueError(
            f"used has the channels {list(frames[0].columns)}, preferred "
            f"{list(frames[1].columns)}; give both the same list"
        )
    for frame in frames:
        cells = frame.to_numpy(dtype=float)
        bad = cells[(cells != 0) & (cells != 1)]
        if bad.size:
            raise ValueError(f"an indicator is {bad[0]}; use 1 for chosen and 0 for not chosen")
    before, after = (frame.to_numpy(dtype=float).astype(bool) for frame in frames)
    return before, after, list(frames[0].columns)
