"""Numbers of specifications as they are stored: rounded, so that two tell of no few people."""

import numpy as np
import pandas as pd

from analysis.numerics import outwards

#: Shares and differences of shares are stored in whole percent or points.
WHOLE = 0.01

#: No p-value is stored smaller: `numerics.p_text` writes it as below this.
LEAST_P = 0.001

#: Units of estimates that are a share or a difference of shares; others are numbers on a scale.
_SHARES = ("share", "difference of shares")

#: Numbers of estimates, rounded to the nearest; `conf_low` and `conf_high` are rounded outwards.
_SIZES = ("estimate", "lowest", "median", "highest")

#: Shares of specifications, not of people: as many decimals as give their number back.
_OF_SPECIFICATIONS = ("same_low", "same_high", "same_sign", "same_conclusion")


def rounded(table: pd.DataFrame, units: pd.Series, *, people: int) -> pd.DataFrame:
    """Round what would tell of the few people in whom two specifications differ.

    Parameters
    ----------
    table : pandas.DataFrame
        Any of the tables of `curves.Curve`, with `claim`.
    units : pandas.Series
        The unit of each claim, by its name, as `claims.Claim` has it.
    people : int
        Of what numbers of people become multiples.

    Returns
    -------
    pandas.DataFrame
        The same columns. Shares and differences in whole percent or points, numbers on another
        scale to two figures and no finer than two decimals, ends of intervals outwards;
        `variance`, a share of it, to two decimals; p-values to three (from 0.1 two), 0.001 or more,
        on the side of 0.05 on which they are. Within a claim the rows of specifications are in the
        order of what is left, and those of choices too: their order would else tell what is not.

    Notes
    -----
    What is concluded of these numbers has been concluded before: `conclusion`, `same`, `flips`,
    `verdict` and shares of specifications are those of the numbers as they were.

    Examples
    --------
    >>> table = pd.DataFrame({"claim": ["a", "b"], "estimate": [0.564, 1.234], "n": [712, 1118]})
    >>> table = table.assign(conf_low=[0.527, 0.086], p_value=[1e-9, 0.0499])
    >>> shown = rounded(table, pd.Series({"a": "share", "b": "log odds"}), people=10)
    >>> shown[["estimate", "conf_low", "p_value", "n"]].to_numpy().tolist()
    [[0.56, 0.52, 0.001, 710.0], [1.2, 0.08, 0.049, 1120.0]]
    """
    shown, unit = table.copy(), table["claim"].map(units).to_numpy()
    for name in _SIZES:
        if name in shown:
            values = shown[name].to_numpy(dtype=float)
            step = _steps(values, unit)
            shown[name] = np.round(np.round(values / step) * step, 9) + 0.0
    for at, name in enumerate(("conf_low", "conf_high")):
        if name in shown:
            values = shown[name].to_numpy(dtype=float)
            shown[name] = outwards(values, values, step=_steps(values, unit))[at]
    for name in _OF_SPECIFICATIONS:
        if name in shown:
            shown[name] = shown[name].round(3)
    for name in (each for each in ("p_value", "p_median", "p_share") if each in shown):
        shown[name] = shown[name].map(_p_value)
    if "n" in shown:
        shown["n"] = (shown["n"] / people).round().astype(int) * people
    if "variance" in shown:
        shown["variance"] = shown["variance"].round(2) + 0.0
    return _in_order(shown)


def _steps(values: np.ndarray, unit: np.ndarray) -> np.ndarray:
    """Return of what each number becomes a multiple: on a scale of two figures, or of 0.01."""
    size = np.floor(np.log10(np.maximum(np.abs(np.nan_to_num(values)), WHOLE)))
    return np.where(np.isin(unit, _SHARES), WHOLE, np.maximum(10.0 ** (size - 1), WHOLE))


def _p_value(p_value: float) -> float:
    """Round a p-value; one below 0.05 stays below."""
    if np.isnan(p_value):
        return p_value
    shown = max(round(p_value, 3 if p_value < 0.1 else 2), LEAST_P)
    return shown - LEAST_P if p_value < 0.05 <= shown else shown


def _in_order(shown: pd.DataFrame) -> pd.DataFrame:
    """Order specifications by what they show, choices by their share of the variance."""
    order = pd.DataFrame({"claim": pd.factorize(shown["claim"])[0]}, index=shown.index)
    if "number" in shown:
        order = order.join(shown[["estimate", "conf_low", "conf_high", "number"]])
    elif "variance" in shown:
        order = order.assign(variance=-shown["variance"], choice=shown["choice"])
    at = order.sort_values(list(order), kind="stable").index
    return shown.loc[at].reset_index(drop=True)
