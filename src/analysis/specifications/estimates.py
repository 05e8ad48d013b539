"""What a specification gives of a headline: an estimate, its interval and its test."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One number of one specification; NaN where it cannot be had, and `failed` says why.

    `p_value` is unadjusted. `scores` are what a permutation needs (`Scores`).
    """

    estimate: float = float("nan")
    conf_low: float = float("nan")
    conf_high: float = float("nan")
    p_value: float = float("nan")
    n: int = 0
    failed: str = ""
    scores: "Scores | None" = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Scores:
    """What each person adds to the statistic of a test, under no difference.

    `rows` are the numbers of the raw replies. For paired answers `values` change sign with a
    person's two answers swapped, and `labels` is None; else `labels` says which group a person is
    in, and the sums of `values` by group are compared.
    """

    rows: np.ndarray
    values: np.ndarray
    labels: np.ndarray | None = None
