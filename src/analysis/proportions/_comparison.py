"""Compare the shares of groups of people, answer by answer."""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.proportions._linearised import chosen, grouped, linearised, linearised_variance
from analysis.weights import Weights


def compare(
    answers: pd.Series | pd.DataFrame, second: pd.Series, *, conf_level: float = 0.95
) -> pd.DataFrame:
    """Compare the answers of two groups of people, answer by answer.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        One answer a person, Categorical, or indicators 1 and 0 of several; none missing.
    second : pandas.Series
        Boolean, True for people of the second group; every person of `answers` has one.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row an answer: `answer, share_first, share_second, estimate` (second less first),
        `conf_low, conf_high, p_value, p_adjusted` (Holm), `n_first, n_second`, and the people
        who gave the answer, `yes_first, yes_second`.

    Raises
    ------
    ValueError
        If one of the groups is empty, or somebody is in neither.

    Notes
    -----
    Newcombe's interval from two Wilson intervals (1998, Stat. Med. 17, method 10 for independent
    shares), from statsmodels, and Fisher's exact test.

    Examples
    --------
    >>> answers = pd.Series(pd.Categorical(["a", "b", "a", "a"]))
    >>> rows = compare(answers, pd.Series([False, False, True, True]))
    >>> rows[["answer", "share_first", "share_second", "estimate"]]
      answer  share_first  share_second  estimate
    0      a          0.5           1.0       0.5
    1      b          0.5           0.0      -0.5
    """
    frame = chosen(answers)
    lost = frame.index.difference(second.index)
    if len(lost):
        raise ValueError(f"{len(lost)} of {len(frame)} people are in neither group; select first")
    yes, here = frame.to_numpy(dtype=bool), second.reindex(frame.index).to_numpy(dtype=bool)
    n_first, n_second = int((~here).sum()), int(here.sum())
    if not n_first or not n_second:
        raise ValueError(f"the groups hold {n_first} and {n_second} people; two are compared")
    rows = []
    for answer, column in zip(frame.columns, yes.T, strict=True):
        yes_first, yes_second = int(column[~here].sum()), int(column[here].sum())
        low, high = confint_proportions_2indep(
            yes_second, n_second, yes_first, n_first, method="newcomb", alpha=1 - conf_level
        )
        table = [[yes_first, n_first - yes_first], [yes_second, n_second - yes_second]]
        rows.append(
            {
                "answer": answer,
                "share_first": yes_first / n_first,
                "share_second": yes_second / n_second,
                "estimate": yes_second / n_second - yes_first / n_first,
                "conf_low": float(low),
                "conf_high": float(high),
                "p_value": float(stats.fisher_exact(table).pvalue),
                "p_adjusted": np.nan,
                "n_first": n_first,
                "n_second": n_second,
                "yes_first": yes_first,
                "yes_second": yes_second,
            }
        )
    table = pd.DataFrame(rows)
    table["p_adjusted"] = multipletests(table["p_value"], method="holm")[1]
    table["answer"] = pd.Categorical(table["answer"], categories=list(frame.columns))
    return table


def contrasts(
    answers: pd.Series | pd.DataFrame,
    by: pd.Series,
    *,
    weights: Weights | None = None,
    conf_level: float = 0.95,
) -> pd.DataFrame:
    """Compare the share of each group of people with that of everybody else.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        One answer a person, Categorical, or indicators 1 and 0 of several; none missing.
    by : pandas.Series
        Categorical, the group of each person; who has none is left out.
    weights : Weights, optional
        Of these people and perhaps more.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row a group and answer: `level, answer, estimate` (the group less the others),
        `std_error, conf_low, conf_high, statistic, df, p_value, p_adjusted` (Holm over all
        rows), `n`.

    Raises
    ------
    ValueError
        If `by` is not Categorical, somebody has no weight, or everybody is in one group.

    Notes
    -----
    Linearised standard error of the difference (Taylor; with the residuals of the margins if
    weights are raked), t with n - 1 degrees of freedom. A side where nobody or everybody gave
    the answer has no linearised error: q / (m + q^2) stands in, the distance of Wilson's limit
    by q, with q the quantile of the interval and m Kish's effective n of that side. Groups of
    few people are tested too kindly all the same: use `compare`, which is exact, without weights.

    Examples
    --------
    >>> answers = pd.Series(pd.Categorical(["a", "b", "a", "b", "b", "a"]))
    >>> by = pd.Series(pd.Categorical(["x", "x", "x", "y", "y", "y"]))
    >>> contrasts(answers, by)[["level", "answer", "estimate"]].round(3)
      level answer  estimate
    0     x      a     0.333
    1     x      b    -0.333
    2     y      a    -0.333
    3     y      b     0.333
    """
    yes = chosen(answers)[grouped(by, answers.index).notna()]
    by, rows = grouped(by, yes.index), []
    quantile = float(stats.t.ppf((1 + conf_level) / 2, len(yes) - 1))
    for level in by.cat.remove_unused_categories().cat.categories:
        here = by == level
        if here.all():
            raise ValueError(f"everybody is in {level!r}; there is nobody to compare with")
        parts = [linearised(yes[side], weights=weights) for side in (here, ~here)]
        estimate = parts[0].estimates - parts[1].estimates
        influence = parts[0].influence.sub(parts[1].influence, fill_value=0.0)
        variance = linearised_variance(influence.to_numpy())
        for part in parts:
            bare = part.estimates.isin([0.0, 1.0]).to_numpy()
            variance = variance + bare * (quantile / (part.effective_n + quantile**2)) ** 2
        error = np.sqrt(variance)
        rows.append(
            pd.DataFrame(
                {
                    "level": level,
                    "answer": list(yes.columns),
                    "estimate": estimate.to_numpy(),
                    "std_error": error,
                    "conf_low": estimate.to_numpy() - quantile * error,
                    "conf_high": estimate.to_numpy() + quantile * error,
                    "statistic": np.divide(
                        estimate, error, where=error > 0, out=np.zeros(len(error))
                    ),
                    "df": len(yes) - 1,
                    "n": int(here.sum()),
                }
            )
        )
    table = pd.concat(rows, ignore_index=True)
    p_value = 2 * stats.t.sf(table["statistic"].abs(), table["df"])
    table.insert(8, "p_value", p_value)
    table.insert(9, "p_adjusted", multipletests(p_value, method="holm")[1])
    table["level"] = pd.Categorical(table["level"], categories=list(by.cat.categories))
    return table
