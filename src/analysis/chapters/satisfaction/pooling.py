"""The shares of the districts drawn together, and how many of the lowest are spoken of."""

from collections.abc import Sequence, Sized

import numpy as np

from analysis import groups
from analysis.chapters.satisfaction.designs import Design
from analysis.groups import Pooled


def pooled_districts(
    made: Design, *, answers: Sequence[str], rng: np.random.Generator
) -> Pooled | None:
    """Draw the districts' shares towards everybody's, whatever channels their people used.

    Parameters
    ----------
    made : Design
        As `designs.design_of` returns it.
    answers : sequence of str
        The answers whose share is meant, by label.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    Pooled or None
        As `groups.pooled_shares`; None where districts are left out.
    """
    if "districts" in made.left_out:
        return None
    yes, by = made.people["satisfaction"].isin(answers), made.people["district"]
    lowest = lowest_places(by.dropna().unique())
    return groups.pooled_shares(yes, by, rng=rng, lowest=lowest)


def lowest_places(districts: Sized) -> int:
    """Say how many of the lowest places are spoken of: three, or a third of few districts.

    Parameters
    ----------
    districts : sized
        All of them.

    Returns
    -------
    int
        At most 3; 0 if there are fewer than three districts.

    Examples
    --------
    >>> lowest_places("ab"), lowest_places("abcdefgh"), lowest_places("abcdefghijkl")
    (0, 2, 3)
    """
    return min(3, len(districts) // 3)
