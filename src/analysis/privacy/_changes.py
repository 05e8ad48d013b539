"""What may be told of a share that moved between two versions of nearly the same data."""

from analysis.privacy._rule import rule_of
from analysis.survey.codebook import Codebook


def may_tell_change(before: float, now: float, n: int, codebook: Codebook) -> bool:
    """Tell whether a share moved so far that at least the threshold of people must have moved it.

    Parameters
    ----------
    before, now : float
        Two shares of people in whole percents, 0.55 for 55%.
    n : int
        The people that the second one is of.
    codebook : Codebook
        Has the disclosure threshold.

    Returns
    -------
    bool
        False where fewer people than the threshold, by coming, going or another answer, could have
        moved it as far: then the two versions beside each other could tell what these said.

    Notes
    -----
    Let m people of at most n + m be new, gone or changed. They move the share by at most
    m / (n - m), and whole percents by up to a point more. For m below the threshold t that is less
    than 1 + 100 t / (n - t) points.

    Examples
    --------
    >>> from analysis import survey
    >>> codebook = survey.load("herts_2023").codebook
    >>> [may_tell_change(0.55, now, 712, codebook) for now in (0.56, 0.57, 0.58, 0.52)]
    [False, False, True, True]
    >>> may_tell_change(0.2, 0.9, 15, codebook)
    False
    """
    fewest = rule_of(codebook).people()
    if n <= fewest:
        return False
    return round(100 * abs(now - before)) > 1 + 100 * fewest / (n - fewest)
