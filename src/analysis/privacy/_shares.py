"""What may be shown of shares of people."""

from collections.abc import Iterable

import pandas as pd

from analysis.privacy._rounding import rounded_out
from analysis.privacy._rule import Rule, rule_of
from analysis.privacy._suppression import hide_small
from analysis.survey.codebook import Codebook

SHARE_NUMBERS = ("estimate", "conf_low", "conf_high")


#: Shares are shown in hundredths, and in twentieths where those would tell of few.
FINE, COARSE = 0.01, 0.05


def tells_outside(
    everybody: pd.Series, inside: pd.Series, codebook: Codebook, *, together: bool = False
) -> bool:
    """Tell whether shares of groups and of everybody would tell of few who are in no group.

    Parameters
    ----------
    everybody : pandas.Series
        Boolean, a value a person who answered; their share is known.
    inside : pandas.Series
        The group of each person who is in one.
    codebook : Codebook
        Its threshold.
    together : bool
        True if only the share of all groups together is known besides.

    Returns
    -------
    bool
        Whether somebody is in none, few of these are a yes or few are not, and shares in whole
        percent leave the difference fewer values than the threshold: one of 250 people is that of
        two or three counts, one of 90 of a single one.

    Examples
    --------
    >>> from analysis import survey
    >>> yes, codebook = pd.Series([True] * 600), survey.load("herts_2023").codebook
    >>> halves = pd.Series([*"ab"] * 295)
    >>> tells_outside(yes, halves, codebook), tells_outside(yes[:300], halves[:290], codebook)
    (False, True)
    """
    outside = everybody[~everybody.index.isin(inside.index)]
    sizes = [len(inside)] if together else inside.value_counts()
    kinds = int(outside.sum()), int((~outside).sum())
    return outside_told(*kinds, sizes=(*sizes, len(everybody)), rule=rule_of(codebook))


def outside_told(yes: int, no: int, *, sizes: Iterable[int], rule: Rule) -> bool:
    """Tell whether shares in whole percent tell of few people who are in no group.

    Parameters
    ----------
    yes, no : int
        Who are in no group and are a yes, and who are not.
    sizes : iterable of int
        How many people each share is of: those of groups, and that of everybody.
    rule : Rule
        How few people are too few.

    Returns
    -------
    bool
        As `tells_outside` does it for answers.

    Examples
    --------
    >>> outside_told(3, 20, sizes=[120, 143], rule=Rule(10))
    True
    >>> outside_told(0, 0, sizes=[143, 143], rule=Rule(10))
    False
    """
    values = 1 + sum(int(FINE * people) for people in sizes)
    return bool(yes + no > 0 and rule.few(values) and not rule.enough(yes, no))


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
        `level` or `answer`, `estimate, conf_low, conf_high, n`.
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
    return rounded_out(shown, step=step)[[first, *SHARE_NUMBERS, "n"]]
