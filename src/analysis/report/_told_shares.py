"""Shares as text that rest on rounded counts, or on few people of one kind."""

import pandas as pd

from analysis.numerics import interval, percent
from analysis.privacy import Rule, ToldShare
from analysis.proportions import Share


def how_many(share: Share, rule: Rule) -> str:
    """Say how many people a share is of, where few are on one side by a bound.

    Parameters
    ----------
    share : Share
        Any share.
    rule : Rule
        The fewest people that a shown number may rest on.

    Returns
    -------
    str
        A percentage, or the bound that the rule allows; "" if few are on both sides, or of nobody.

    Examples
    --------
    >>> shares = [Share(estimate=0.5, conf_low=0.4, conf_high=0.6, n_yes=yes, n=60)
    ...           for yes in (30, 9, 51)]
    >>> [how_many(each, Rule(10)) for each in shares]
    ['50%', 'fewer than 10', 'all but fewer than 10']
    >>> how_many(Share(estimate=0.5, conf_low=0.2, conf_high=0.8, n_yes=7, n=14), Rule(10))
    ''
    """
    yes, others = share.n_yes, share.n - share.n_yes
    if rule.enough(yes, others):
        return percent(share.estimate)
    if rule.few(yes) and rule.few(others):
        return ""
    few = f"fewer than {rule.people()}"
    return few if rule.few(yes) else f"all but {few}"


def told_text(told: ToldShare | pd.Series, *, digits: int = 0) -> str:
    """Write a share as far as it is told: a number, or the range that rounding leaves.

    Parameters
    ----------
    told : ToldShare or pandas.Series
        The share, with its `low` and `high`, `conf_low` and `conf_high`.
    digits : int
        Decimals of an exact share; a range is in whole percent.

    Returns
    -------
    str
        Such as "12%" or "8% to 13%".

    Examples
    --------
    >>> from analysis.privacy import Rule, told_share
    >>> told_text(told_share(23, 187, rule=Rule(10), exact=True), digits=1)
    '12.3%'
    >>> told_text(told_share(23, 187, rule=Rule(10), exact=False))
    '8% to 13%'
    """
    if told.low == told.high:
        return percent(told.low, digits)
    return interval(told.low, told.high, "whole percent")


def told_interval(told: ToldShare | pd.Series) -> str:
    """Write the interval of a share: in whole percent where the share is a range.

    Parameters
    ----------
    told : ToldShare or pandas.Series
        The share, with its `low` and `high`, `conf_low` and `conf_high`.

    Returns
    -------
    str
        Such as "8.3% to 17.8%" or "4% to 19%".

    Examples
    --------
    >>> from analysis.privacy import Rule, told_share
    >>> told_interval(told_share(23, 187, rule=Rule(10), exact=True))
    '8.3% to 17.8%'
    >>> told_interval(told_share(23, 187, rule=Rule(10), exact=False))
    '4% to 19%'
    """
    kind = "percent" if told.low == told.high else "whole percent"
    return interval(told.conf_low, told.conf_high, kind)
