"""How far codes agree with other codes of the same answers."""

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

COLUMNS = [
    "level", "precision", "precision_low", "precision_high", "recall", "recall_low",
    "recall_high", "f1", "f1_low", "f1_high", "n_true", "n_found", "n",
]  # fmt: skip


def compare_codes(
    coded: pd.DataFrame, truth: pd.DataFrame, *, conf_level: float = 0.95
) -> pd.DataFrame:
    """Compare the themes found with the true ones, theme by theme.

    Parameters
    ----------
    coded : pandas.DataFrame
        Boolean, a row an answer and a column a theme, as `Coded.indicators`.
    truth : pandas.DataFrame
        The same of what is true; answers that are not in both are left out.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row a theme: `level`, then `precision` (share of the answers found that are true),
        `recall` (share of the true answers that are found) and `f1` with `_low` and `_high`, and
        `n_true, n_found, n` answers. A share of nothing is NA.

    Raises
    ------
    ValueError
        If the themes differ, or no answer is in both.

    Notes
    -----
    Wilson's intervals. F1 = 2 J / (1 + J), where J is the share of answers both found and true
    among those found or true: its interval is that of J, brought to the scale of F1.

    Examples
    --------
    >>> coded = pd.DataFrame({"a": [True, True, False, False]})
    >>> truth = pd.DataFrame({"a": [True, False, True, False]})
    >>> compare_codes(coded, truth)[["level", "precision", "recall", "f1", "n_true", "n"]]
      level  precision  recall   f1  n_true  n
    0     a        0.5     0.5  0.5       2  4
    """
    if set(coded.columns) != set(truth.columns):
        wrong = sorted(set(coded.columns) ^ set(truth.columns))
        raise ValueError(f"themes {wrong} are in one of the two codings alone; give both the same")
    shared = coded.index.intersection(truth.index)
    if shared.empty:
        raise ValueError("no answer is in both codings; check the rows")
    rows = []
    for theme in coded.columns:
        found = coded.loc[shared, theme].to_numpy(dtype=bool)
        true = truth.loc[shared, theme].to_numpy(dtype=bool)
        both, either = int((found & true).sum()), int((found | true).sum())
        row = {"level": theme, "n_true": int(true.sum()), "n_found": int(found.sum())}
        row |= _share("precision", both, int(found.sum()), conf_level)
        row |= _share("recall", both, int(true.sum()), conf_level)
        jaccard = _share("f1", both, either, conf_level)
        row |= {name: 2 * value / (1 + value) for name, value in jaccard.items()}
        rows.append(row | {"n": len(shared)})
    table = pd.DataFrame(rows)[COLUMNS]
    table["level"] = pd.Categorical(table["level"], categories=list(coded.columns))
    return table


def _share(name: str, count: int, n: int, conf_level: float) -> dict[str, float]:
    if not n:
        return {name: np.nan, f"{name}_low": np.nan, f"{name}_high": np.nan}
    low, high = proportion_confint(count, n, alpha=1 - conf_level, method="wilson")
    return {name: count / n, f"{name}_low": float(low), f"{name}_high": float(high)}
