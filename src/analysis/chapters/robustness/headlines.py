"""The headline on robustness."""

from types import SimpleNamespace

from analysis.chapters.robustness.sentences import least_robust
from analysis.numerics import percent
from analysis.report import findings
from analysis.specifications.curves import INCONCLUSIVE, ROBUST
from analysis.specifications.stored import Stored


def headline_rows(stored: Stored) -> list[dict]:
    """Make the headline: how many headlines hold, and which holds least.

    Parameters
    ----------
    stored : Stored
        The specifications.

    Returns
    -------
    list of dict
        As `findings.row`: ``robustness``, the share of specifications that conclude as the report
        does, of the headline where they are fewest; none without a headline.
    """
    if stored.claims.empty:
        return []
    least, claimed = least_robust(stored), stored.claims["verdict"] != INCONCLUSIVE
    holds, share = int((stored.claims["verdict"] == ROBUST).sum()), least["same_conclusion"]
    said = (
        f"{holds} of {int(claimed.sum())} conclusions stay the same in at least nine of ten other "
        f'ways to analyse the replies; least of all "{least["about"]}": '
        f"{percent(share)} of {least['specifications']:,} specifications conclude as the report "
        "does."
    )
    numbers = SimpleNamespace(estimate=share, conf_low=float("nan"), conf_high=float("nan"))
    how = {"n": int(least["specifications"]), "unit": "share of specifications"}
    return [findings.row("robustness", said, numbers, base="specifications", **how)]
