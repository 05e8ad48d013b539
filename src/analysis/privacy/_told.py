"""A share told as far as its counts allow: exactly, or as the range that rounding leaves."""

from dataclasses import dataclass

from statsmodels.stats.proportion import proportion_confint

from analysis.privacy._rounding import behind_rounded, round_people
from analysis.privacy._rule import Rule


@dataclass(frozen=True, kw_only=True)
class ToldShare:
    """A share from `low` to `high`, the same number where it is exact.

    `estimate` is that of the rounded counts where they are rounded. `conf_low` and `conf_high`
    hold the intervals of all counts that the rounded ones may stand for.
    """

    estimate: float
    low: float
    high: float
    conf_low: float
    conf_high: float
    exact: bool


def told_share(
    people: int, n: int, *, rule: Rule, exact: bool, conf_level: float = 0.95
) -> ToldShare | None:
    """Tell the share of some people of a base that readers know.

    Parameters
    ----------
    people, n : int
        How many of how many.
    rule : Rule
        How few people are too few, and what counts are rounded to.
    exact : bool
        Whether the exact number of people gives no small count away.
    conf_level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    ToldShare or None
        With Wilson's intervals; None if fewer people than the threshold are counted.

    Examples
    --------
    >>> round(told_share(23, 187, rule=Rule(10), exact=True).low, 3)
    0.123
    >>> told = told_share(23, 187, rule=Rule(10), exact=False)
    >>> [round(each, 3) for each in (told.low, told.high, told.estimate)]
    [0.08, 0.128, 0.107]
    """
    if rule.few(people):
        return None
    if exact:
        return _told_between(
            (people, people), (n - people, n - people), people / n, True, conf_level
        )
    rounded = round_people(people, rule=rule)
    least, most = (min(int(each), n) for each in behind_rounded(rounded, rule=rule))
    return _told_between(
        (least, most), (n - most, n - least), min(rounded / n, 1.0), False, conf_level
    )


def told_split(
    people: int,
    others: int,
    *,
    rule: Rule,
    exact: bool,
    spans: tuple[tuple[int, int], tuple[int, int]] | None = None,
    conf_level: float = 0.95,
) -> ToldShare | None:
    """Tell the share of some people of two kinds whose total readers do not know.

    Parameters
    ----------
    people, others : int
        How many of this kind, and of the other.
    rule, exact, conf_level
        As for `told_share`.
    spans : tuple, optional
        The fewest and the most that a table tells of each kind; else what rounding leaves.

    Returns
    -------
    ToldShare or None
        None if fewer people than the threshold are of either kind.

    Examples
    --------
    >>> told = told_split(15, 14, rule=Rule(10), exact=False)
    >>> [round(each, 3) for each in (told.low, told.high)]
    [0.517, 0.706]
    """
    if not rule.enough(people, others):
        return None
    if exact:
        return told_share(people, people + others, rule=rule, exact=True, conf_level=conf_level)
    one, two = (round_people(each, rule=rule) for each in (people, others))
    if spans is None:
        spans = [tuple(int(end) for end in behind_rounded(each, rule=rule)) for each in (one, two)]
    return _told_between(*spans, one / (one + two), False, conf_level)


def _told_between(
    people: tuple[int, int],
    others: tuple[int, int],
    estimate: float,
    exact: bool,
    conf_level: float,
) -> ToldShare:
    """Return the share of between so many people and so many, with the others of the base.

    The share, and both ends of its interval, rise with the people and fall with the others.
    """
    ends = ((people[0], people[0] + others[1]), (people[1], people[1] + others[0]))
    spans = [proportion_confint(*end, alpha=1 - conf_level, method="wilson") for end in ends]
    return ToldShare(
        estimate=float(estimate),
        low=ends[0][0] / ends[0][1],
        high=ends[1][0] / ends[1][1],
        conf_low=float(spans[0][0]),
        conf_high=float(spans[1][1]),
        exact=exact,
    )
