"""What the figure of the notebook on robustness finds."""

from analysis.specifications.curves import INCONCLUSIVE, ROBUST
from analysis.specifications.stored import Stored


def curves_title(stored: Stored) -> str:
    """Say how many headlines hold under all choices.

    Parameters
    ----------
    stored : Stored
        The specifications.

    Returns
    -------
    str
        One sentence without a full stop.
    """
    holds = int((stored.claims["verdict"] == ROBUST).sum())
    of = int((stored.claims["verdict"] != INCONCLUSIVE).sum())
    return f"{holds} of {of} conclusions {'stays' if holds == 1 else 'stay'} under other choices"
