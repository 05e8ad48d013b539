"""What may be shown of shares of people."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.privacy._rounding import rounded_out
from analysis.privacy._rule import Rule, rule_of
from analysis.privacy._suppression import hide_small
from analysis.survey.codebook import Codebook

SHARE_NUMBERS = ("estimate", "conf_low", "conf_high")


#: Shares are shown in hundredths, and in fiftieths or twentieths where those would tell of few.
FINE, MIDDLE, COARSE = 0.01, 0.02, 0.05


def outside_step(everybody: pd.Series, inside: pd.Series, codebook: Codebook) -> float:
    """Say to what shares of groups are rounded, so that they tell of nobody who is in no group.

    Parameters
    ----------
    everybody : pandas.Series
        Boolean, a value a person who answered; their share is told in whole percent, with Wilson's
        interval.
    inside : pandas.Series
        The group of each person who is in one. Its share is told with Wilson's interval.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    float
        0.01, 0.02 or 0.05: the finest that leaves few outside as many values as the threshold
        (`outside_told`), else the last.

    Examples
    --------
    >>> from analysis import survey
    >>> yes, codebook = pd.Series([True, False] * 550), survey.load("herts_2023").codebook
    >>> [outside_step(yes, pd.Series([*"abc"] * n), codebook) for n in (30, 365)]
    [0.01, 0.02]
    """
    outside, counts, rule = *_counted(everybody, inside), rule_of(codebook)
    how = {"shares": counts, "everybody": _both(everybody), "rule": rule, "interval": True}
    told = [step for step in (FINE, MIDDLE) if not outside_told(*outside, **how, step=step)]
    return told[0] if told else COARSE


def tells_outside(everybody: pd.Series, inside: pd.Index, codebook: Codebook) -> bool:
    """Tell whether the share of all who are in a group would tell of few who are in none.

    Parameters
    ----------
    everybody : pandas.Series
        Boolean, a value a person who answered; how many are a yes is known.
    inside : pandas.Index
        The people who are in a group. Their share is told in whole percent, without an interval.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    bool
        As `outside_told`.

    Examples
    --------
    >>> from analysis import survey
    >>> yes, codebook = pd.Series([True, False] * 450), survey.load("herts_2023").codebook
    >>> [tells_outside(yes, yes.index[:n], codebook) for n in (890, 900)]
    [True, False]
    """
    outside, counts = _counted(everybody, pd.Series("", index=inside))
    return outside_told(*outside, shares=counts, rule=rule_of(codebook))


def _counted(everybody: pd.Series, inside: pd.Series) -> tuple[tuple[int, int], list[list[int]]]:
    """Return who outside is a yes and who is not, and who is a yes of how many of each group."""
    mine, theirs = everybody.reindex(inside.index), everybody[~everybody.index.isin(inside.index)]
    counts = mine.astype(float).groupby(inside.astype("str")).agg(["sum", "size"]).astype(int)
    return (int(theirs.sum()), int((~theirs).sum())), counts.to_numpy().tolist()


def _both(yes: pd.Series) -> tuple[int, int]:
    return int(yes.sum()), len(yes)


def outside_told(
    yes: int,
    no: int,
    *,
    shares: Iterable[Sequence[int]],
    everybody: Sequence[int] | None = None,
    rule: Rule,
    interval: bool = False,
    step: float = FINE,
) -> bool:
    """Tell whether rounded shares tell of few people who are in no group.

    Parameters
    ----------
    yes, no : int
        Who are in no group and are a yes, and who are not.
    shares : iterable of sequence of two int
        Who are a yes in each group, and how many are in it.
    everybody : sequence of two int, optional
        The same of all people, if their share is told in whole percent with Wilson's interval; else
        readers know how many of them are a yes.
    rule : Rule
        How few people are too few.
    interval : bool
        True if Wilson's interval is told beside the share of each group.
    step : float
        What shares of groups are rounded to, and their intervals outwards.

    Returns
    -------
    bool
        Whether somebody is in no group, few of these are a yes or few are not, and all counts that
        the shares may stand for leave them fewer values than the threshold: one of 250 people may
        be that of two or three counts, one of 90 is that of a single one.

    Examples
    --------
    >>> outside_told(3, 20, shares=[(40, 120)], everybody=(43, 143), rule=Rule(10))
    True
    >>> outside_told(3, 20, shares=[(400, 1200)], everybody=(403, 1223), rule=Rule(10))
    False
    """
    if not yes + no or rule.enough(yes, no):
        return False
    values = _alike(*everybody, interval=True, step=FINE) if everybody is not None else 1
    values += sum(_alike(*each, interval=interval, step=step) - 1 for each in shares)
    return bool(rule.few(values))


def _alike(yes: int, n: int, *, interval: bool, step: float) -> int:
    """Count the numbers of people of whom the same share is told."""
    far = int(step * n) + 2
    people = np.arange(max(0, yes - far), min(n, yes + far) + 1)
    low, high = proportion_confint(people, n, method="wilson") if interval else (people / n,) * 2
    shares = pd.DataFrame({"estimate": people / n, "conf_low": low, "conf_high": high})
    told = rounded_out(shares, step=step)[list(SHARE_NUMBERS) if interval else ["estimate"]]
    return int((told == told[people == yes].iloc[0]).all(axis=1).sum())


def shown_shares(table: pd.DataFrame, codebook: Codebook, *, step: float = FINE) -> pd.DataFrame:
    """Hide shares that rest on few people, and round the others to whole percent.

    Parameters
    ----------
    table : pandas.DataFrame
        As `proportions.shares` returns it, of rows that add up to everybody.
    codebook : Codebook
        Its threshold.
    step : float
        What shares are rounded to, else than to whole percent.

    Returns
    -------
    pandas.DataFrame
        `level` or `answer`, `estimate, conf_low, conf_high, n, share_step`.
    """
    first = "level" if "level" in table else "answer"
    counted = table.assign(n_no=table["n"] - table["n_yes"])
    shown = hide_small(
        counted.drop(columns="n"),
        counts=["n_yes", "n_no"] if first == "level" else ["n_yes"],
        values=list(SHARE_NUMBERS),
        rule=rule_of(codebook),
        complete=True,
    ).assign(n=table["n"])
    return rounded_out(shown, step=step)[[first, *SHARE_NUMBERS, "n"]].assign(share_step=step)
