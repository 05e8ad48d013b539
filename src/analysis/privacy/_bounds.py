"""Intervals widened, and p-values bounded, from which a small count could be worked out."""

import numpy as np
import pandas as pd

from analysis.numerics import p_text
from analysis.paired import difference, mcnemar_p
from analysis.privacy._marks import HIDDEN
from analysis.privacy._rule import Rule

#: Bounds of a p-value that would tell a small count.
LADDER = (0.001, 0.01, 0.05)

#: The people behind a shift, by their two answers.
JOINT = ["n_both", "n_used_only", "n_preferred_only"]

SHIFT_COUNTS = ["n_used", "n_preferred"]

SHIFT_NUMBERS = [
    *SHIFT_COUNTS, "share_used", "share_preferred", "estimate", "conf_low", "conf_high",
]  # fmt: skip


def widened_shifts(shifts: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Widen the intervals, and bound the p-values, that a small count could be worked out from.

    Parameters
    ----------
    shifts : pandas.DataFrame
        As `paired.shifts` returns it.
    rule : Rule
        How few people are too few.

    Returns
    -------
    pandas.DataFrame
        `channel`, counts, shares, `estimate, conf_low, conf_high` (simultaneous; see
        `shown_shifts`), `p_adjusted, n, p_shown`. Nothing is hidden yet.
    """
    rough = rule.few(shifts[JOINT]).any(axis=1)
    low, high = shifts["simultaneous_low"], shifts["simultaneous_high"]
    told = np.array([_told(row, rule) for _, row in shifts.iterrows()])
    return shifts.assign(
        conf_low=low.mask(rough, told[:, 0]),
        conf_high=high.mask(rough, told[:, 1]),
        p_shown=[
            _bound_of_all(least, most) if each else bounded_p(p, coarse=False)
            for p, most, least, each in zip(
                shifts["p_adjusted"], told[:, 2], told[:, 3], rough, strict=True
            )
        ],
    ).rename(columns={"answer": "channel"})[
        ["channel", *SHIFT_NUMBERS, "p_adjusted", "n", "p_shown"]
    ]


def _bound_of_all(least: float, most: float) -> str:
    """Write the bound that all of some p-values keep; hidden if they lie on both sides of 0.05."""
    return HIDDEN if least < LADDER[-1] <= most else bounded_p(most, coarse=True)


def _told(row: pd.Series, rule: Rule) -> tuple[float, float, float, float]:
    """Return interval, largest and smallest p-value of many counts of people, of a rare one.

    Every number who may have named the channel twice, next to the true one and with a small
    count too, has an interval and a p-value of its own. What is told holds all of them.
    """
    n, used, preferred = int(row["n"]), int(row["n_used"]), int(row["n_preferred"])
    both = np.arange(max(0, used + preferred - n), min(used, preferred) + 1)
    kinds = np.column_stack([both, used - both, preferred - both])
    rough = rule.few(kinds).any(axis=1)
    run = np.cumsum(np.diff(rough, prepend=rough[:1]) != 0)
    mine = kinds[run == run[both == row["n_both"]][0]]
    low, high = difference.adjusted_wald_interval(*mine.T, n, _critical(row))
    p_values = mcnemar_p(mine[:, 1], mine[:, 2], mid_p=False)
    factor = row["p_adjusted"] / max(row["p_value"], 1e-300)
    floor, ceiling = np.floor(low.min() * 100 + 1e-9), np.ceil(high.max() * 100 - 1e-9)
    most, least = (min(p * max(factor, 1.0), 1.0) for p in (p_values.max(), p_values.min()))
    return floor / 100 + 0.0, ceiling / 100 + 0.0, most, least


def _critical(row: pd.Series) -> float:
    """Return the critical value that a simultaneous interval was made with."""
    n = row["n"] + 2
    used, preferred = (row["n_used_only"] + 1) / n, (row["n_preferred_only"] + 1) / n
    centre = preferred - used
    reach = max(row["simultaneous_high"] - centre, centre - row["simultaneous_low"])
    return float(reach / np.sqrt((used + preferred - centre**2) / n))


def bounded_p(p_value: float, *, coarse: bool) -> str:
    """Write a p-value in a table's cell, or only the bound that it keeps.

    Parameters
    ----------
    p_value : float
        Between 0 and 1.
    coarse : bool
        True where the exact value would tell a small count.

    Returns
    -------
    str
        Three decimals; if coarse, the next higher of `LADDER`, or that none is.

    Examples
    --------
    >>> bounded_p(0.0234, coarse=False), bounded_p(0.0234, coarse=True), bounded_p(0.3, coarse=True)
    ('0.023', '< 0.05', '0.05 or more')
    """
    if coarse:
        return next((f"< {bound}" for bound in LADDER if p_value < bound), "0.05 or more")
    return p_text(p_value).removeprefix("p ").removeprefix("= ")
