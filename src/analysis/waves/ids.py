"""Whether the same people answered two waves, as far as ids tell."""

from collections.abc import Sequence

import pandas as pd

from analysis.errors import SurveyError
from analysis.privacy import rule_of, with_stricter_rule
from analysis.survey.codebook import Codebook

#: What people would do to the intervals who answered both waves.
_OVERLAP = (
    "If some people answered both and mostly gave the same answer twice, the intervals are too "
    "wide and the p-values too large; if they mostly gave another, too narrow and too small."
)


def different_people(
    ids: Sequence[pd.Series | None], books: tuple[Codebook, Codebook], labels: tuple[str, str]
) -> str:
    """Say what ids tell of people who answered both waves; refuse waves that share some.

    Parameters
    ----------
    ids : sequence of two pandas.Series or None
        The id of each reply of a wave, "" for none; None where the survey has no ids.
    books : tuple of Codebook
        The codebooks of the waves, the later one second.
    labels : tuple of str
        What the waves are called.

    Returns
    -------
    str
        One sentence or two.

    Raises
    ------
    SurveyError
        If ids stand in both waves, and the later codebook does not say that they begin again: all
        intervals and tests take the two for independent samples.

    Examples
    --------
    >>> from analysis import survey
    >>> book = survey.load("herts_2023").codebook
    >>> ids = [pd.Series(["a", "b"]), pd.Series(["c", ""])]
    >>> different_people(ids, (book, book), ("2023", "2025"))
    'No id stands in both waves, so the two are taken for independent samples.'
    """
    known = [each for each in ids if each is not None]
    if len(known) < 2:
        return (
            "No id tells whether somebody answered both waves, and the intervals suppose that the "
            f"two are independent samples. {_OVERLAP}"
        )
    if books[1].waves.ids_restart:
        return (
            "Ids begin again in each wave, so equal ones are taken for different people, and the "
            f"two waves for independent samples. {_OVERLAP}"
        )
    sets = [set(each[each != ""]) for each in known]
    both = len(sets[0] & sets[1])
    if both:
        few = rule_of(with_stricter_rule(*books)).few(both)
        raise SurveyError(
            f"{'some' if few else f'{both:,}'} ids of {labels[0]} stand in {labels[1]} too, so the "
            "two are not independent samples and nothing was compared; if equal ids are other "
            "people, write ids_restart = true in [waves] of the later codebook"
        )
    return "No id stands in both waves, so the two are taken for independent samples."
