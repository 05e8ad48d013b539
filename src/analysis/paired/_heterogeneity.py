"""How far groups of people, such as districts, shift differently."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.groups import BetweenTest, means_test, normal_normal
from analysis.numerics import holm
from analysis.paired._checks import Answers, check_conf_level
from analysis.paired._pairs import Pairs, read_pairs
from analysis.paired._shifts import group_name
from analysis.patterns import with_people


@dataclass(frozen=True, kw_only=True)
class Heterogeneity:
    """What `heterogeneity` found: one test, the spread of each answer, the shift of each group."""

    test: BetweenTest
    answers: pd.DataFrame
    groups: pd.DataFrame

    def __str__(self) -> str:
        return str(self.test)

    __repr__ = __str__


def heterogeneity(
    used: Answers,
    preferred: Answers,
    *,
    by: pd.Series,
    weights: pd.Series | None = None,
    frequency: pd.Series | None = None,
    conf_level: float = 0.95,
) -> Heterogeneity:
    """Compare the shifts of groups of people, and draw those of small groups together.

    Parameters
    ----------
    used, preferred, weights, frequency
        As for `shifts`.
    by : pandas.Series
        Categorical, the group of each person, none missing.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Heterogeneity
        `test`: all answers at once. `answers`, a row an answer: `answer, estimate` (the
        standard deviation between groups), `conf_low, conf_high, statistic, df, p_value,
        p_adjusted` (Holm), `n`. `groups`, a row an answer and group: the group, `answer,
        raw_estimate` (the group's own shift), `estimate` (shrunken), `std_error, conf_low,
        conf_high, weight` (of the own shift in the shrunken one), `n`, then `n_used,
        n_preferred`, people without weights.

    Raises
    ------
    ValueError
        As `shifts`; or if there are fewer than three groups.

    Notes
    -----
    The tests are `groups.means_test`. For the shrinkage the sampling variance of a group's shift
    is s^2 c_g, with s^2 pooled within groups and c_g = sum w^2 / (sum w)^2, 1 / n_g without
    weights: a variance of a group's own would be 0 where nobody in a small group moved.
    s^2 is at least 1 / n, also for an answer to or from which nobody moved.
    `groups.normal_normal` does the rest.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone"] * 30, dtype=kinds)
    >>> preferred = pd.Series(["phone"] * 24 + ["online"] * 6, dtype=kinds)
    >>> area = pd.Series(np.repeat(["north", "south", "west"], 10), dtype="category")
    >>> heterogeneity(used, preferred, by=area)
    Between 3 groups: chi2(2.3) = 16.95, p < 0.001; n = 30
    """
    check_conf_level(conf_level)
    pairs = read_pairs(used, preferred, weights=weights, frequency=frequency, by=by)
    pairs = pairs.counted()
    if len(pairs.groups) < 3:
        raise ValueError(
            f"the groups are {pairs.groups}; a spread needs three or more, compare two with shifts"
        )
    answers, groups = [], []
    for at, answer in enumerate(pairs.labels):
        test = _test(pairs, pairs.difference[:, [at]])
        spread, rows = _shrunken(pairs, at, conf_level)
        row = {"answer": answer, **spread, "statistic": test.statistic, "df": test.df}
        answers.append({**row, "p_value": test.p_value, "p_adjusted": np.nan, "n": pairs.n})
        rows.insert(0, "answer", answer)
        rows.insert(0, group_name(by), pairs.groups)
        groups.append(rows)
    table = pd.DataFrame(answers)
    table["p_adjusted"] = holm(table["p_value"])
    shifts = pd.concat(groups, ignore_index=True)
    for frame in (table, shifts):
        frame["answer"] = pd.Categorical(frame["answer"], categories=pairs.labels)
    shifts[shifts.columns[0]] = pd.Categorical(shifts.iloc[:, 0], categories=pairs.groups)
    return Heterogeneity(test=_test(pairs, pairs.difference), answers=table, groups=shifts)


def heterogeneities(
    used: Answers,
    preferred: Answers,
    groupings: pd.DataFrame,
    *,
    frequency: pd.Series | None = None,
) -> tuple[dict[str, Heterogeneity], pd.DataFrame]:
    """Compare the shifts by several groupings of the same people.

    Parameters
    ----------
    used, preferred
        As for `shifts`.
    groupings : pandas.DataFrame
        Categorical, a column a grouping; who is missing in one is left out of that one alone.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).

    Returns
    -------
    tuple of dict and pandas.DataFrame
        What `heterogeneity` finds, by column; and a row a grouping: `grouping, statistic, df,
        p_value, p_adjusted` (Holm), `n, n_groups`. A grouping with fewer than three groups is in
        neither.

    Raises
    ------
    ValueError
        As `shifts`.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone"] * 30, dtype=kinds)
    >>> preferred = pd.Series(["phone"] * 24 + ["online"] * 6, dtype=kinds)
    >>> area = np.repeat(["north", "south", "west"], 10)
    >>> frame = pd.DataFrame({"area": area, "sex": ["f", "m"] * 15}).astype("category")
    >>> found, tests = heterogeneities(used, preferred, frame)
    >>> list(found), tests["n"].tolist()
    (['area'], [30])
    """
    found, rows = {}, []
    groupings, frequency = with_people(groupings, frequency)
    for name, group in groupings.items():
        known = group.dropna()
        if known.nunique() < 3:
            continue
        here = used.loc[known.index], preferred.loc[known.index]
        times = None if frequency is None else frequency.loc[known.index]
        found[name] = heterogeneity(*here, by=known, frequency=times)
        rows.append({"grouping": name, **vars(found[name].test)})
    order = ["grouping", "statistic", "df", "p_value", "p_adjusted", "n", "n_groups"]
    tests = pd.DataFrame(rows, columns=order)
    if rows:
        tests["p_adjusted"] = holm(tests["p_value"])
    return found, tests


def _test(pairs: Pairs, values: np.ndarray) -> BetweenTest:
    return means_test(
        values,
        pairs.group,
        frequency=pairs.people,
        weight=pairs.each,
    )


def _shrunken(pairs: Pairs, at: int, conf_level: float) -> tuple[dict, pd.DataFrame]:
    """Return the spread of one answer, and a row a group."""
    d, number, count = pairs.difference[:, at], pairs.group, len(pairs.groups)
    weight = np.bincount(number, pairs.weight, count)
    mean = np.bincount(number, pairs.weight * d, count) / weight
    within = pairs.weight @ (d - mean[number]) ** 2 / weight.sum()
    within *= pairs.n / max(pairs.n - count, 1)
    people = {
        "n": np.bincount(number, pairs.people, count).astype(int),
        "n_used": np.bincount(number, pairs.people * pairs.used[:, at], count).astype(int),
        "n_preferred": np.bincount(number, pairs.people * pairs.preferred[:, at], count).astype(
            int
        ),
    }
    variance = max(within, 1 / pairs.n) * np.bincount(number, pairs.weight_squared, count)
    found = normal_normal(mean, variance / weight**2, widest=1.0, conf_level=conf_level)
    rows = found.groups.assign(**people)
    rows.insert(0, "raw_estimate", mean)
    return found.spread.to_dict(), rows
