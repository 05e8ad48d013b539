"""The two populations of the study of coverage: made up, nine channels, one answer each."""

import numpy as np
import pandas as pd
from scipy import optimize

from analysis.validation.coverage_page import AGREEMENT, PREFERRED, USED

SEED = 20231015

CHANNELS = [f"channel {number}" for number in range(1, len(USED) + 1)]


def joint(used: np.ndarray, preferred: np.ndarray, agreement: float) -> np.ndarray:
    """Return a joint distribution of two answers with given margins and agreement.

    Parameters
    ----------
    used, preferred : numpy.ndarray
        Shares, shape (channels,), each adding up to 1.
    agreement : float
        Share on the diagonal: more than two independent answers would give, and less than the
        sum of the smaller shares.

    Returns
    -------
    numpy.ndarray
        Shape (channels, channels), used in rows: a part of the people stays, in proportion to the
        smaller share of each channel, and the others answer twice independently.

    Examples
    --------
    >>> table = joint(np.array([0.5, 0.3, 0.2]), np.array([0.4, 0.3, 0.3]), 0.6)
    >>> table.sum(axis=1).round(6).tolist(), round(float(np.trace(table)), 6)
    ([0.5, 0.3, 0.2], 0.6)
    """

    def at(part: float) -> np.ndarray:
        stay = part * np.minimum(used, preferred)
        return np.diag(stay) + np.outer(used - stay, preferred - stay) / (1 - stay.sum())

    return at(optimize.brentq(lambda part: np.trace(at(part)) - agreement, 0.0, 0.999))


#: The two populations, by name.
POPULATIONS = {
    "no shift": joint(USED, USED, AGREEMENT),
    "shift": joint(USED, PREFERRED, AGREEMENT),
}


def generator(population: str, n: int, part: int) -> np.random.Generator:
    """Return the source of randomness of a part of the study: the same each time."""
    return np.random.default_rng([SEED, n, list(POPULATIONS).index(population), part])


def draw_counts(population: str, n: int, runs: int, part: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the true shifts, and tables of counts of shape (runs, channels, channels)."""
    cells = POPULATIONS[population]
    counts = generator(population, n, part).multinomial(n, cells.ravel(), size=runs)
    return cells.sum(axis=0) - cells.sum(axis=1), counts.reshape(runs, *cells.shape)


def kinds(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return who named each channel twice, as used only and as preferred only."""
    both = np.diagonal(counts, axis1=-2, axis2=-1)
    return both, counts.sum(axis=-1) - both, counts.sum(axis=-2) - both


def people_of(cells: np.ndarray) -> tuple[pd.Series, pd.Series]:
    """Return the two answers of people whose cells of a flattened table are given."""
    kinds, size = pd.CategoricalDtype(CHANNELS), len(CHANNELS)
    return tuple(
        pd.Series(pd.Categorical.from_codes(codes, dtype=kinds))
        for codes in (cells // size, cells % size)
    )
