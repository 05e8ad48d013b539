"""What the Python peers share of the rule for doubles: pairs close in time, how many count."""

import numpy as np


def near(moments: np.ndarray, within: int) -> np.ndarray:
    """Count for each of sorted times those after it that are close."""
    return np.searchsorted(moments, moments + within, side="right") - np.arange(1, len(moments) + 1)


def each_pair(moments: np.ndarray, within: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of all pairs of sorted times that are close."""
    here = near(moments, within)
    one = np.repeat(np.arange(len(here)), here)
    return one, one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(here) - here, here)


def of(n: int) -> int:
    """Count the pairs of so many; columns of numbers will do as well."""
    return n * (n - 1) // 2


def limit(
    best: np.ndarray, expected: np.ndarray, alike: np.ndarray, least: np.ndarray, allowed: float
) -> float:
    """Return up to which number expected by chance pairs count; -1 if none does.

    `best` is sorted, of each reply that may leave; `expected` is sorted, with how many groups of
    so improbable answers are `alike` by chance; `least` is what so many pairs cannot show.
    """
    sums = np.concatenate([[0.0], np.cumsum(alike)])
    by_chance = sums[np.searchsorted(expected, best, side="right")] + least
    fine = np.flatnonzero(by_chance <= allowed * np.searchsorted(best, best, side="right"))
    return float(best[fine[-1]]) if len(fine) else -1.0
