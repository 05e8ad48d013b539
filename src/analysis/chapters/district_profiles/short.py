"""How districts differ in plain sentences."""

import pandas as pd

from analysis.primary import DistrictVerdict
from analysis.primary.district_sentences import verdict_short
from analysis.report import in_sentence, listed
from analysis.survey.codebook import Words

#: So many measures are named, with the districts that stand out on them where there are no more.
_NAMED = 3


def short_texts(
    words: Words, verdict: DistrictVerdict | None, tests: pd.DataFrame, gaps: pd.DataFrame
) -> list[str]:
    """Answer in plain words on what districts differ.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    verdict : DistrictVerdict or None
        As `primary.district_verdict` returns it.
    tests : pandas.DataFrame
        As `profiles.Profiles.tests`.
    gaps : pandas.DataFrame
        As `profiles.largest_gaps` returns it, all of each district.

    Returns
    -------
    list of str
        The verdict, then the measures besides on which districts differ, and which stand out.

    Examples
    --------
    >>> tests = pd.DataFrame({"measure": ["Ease", "Hours"], "status": "secondary",
    ...                       "p_adjusted": [0.01, 0.5]})
    >>> gaps = pd.DataFrame({"level": ["North"], "measure": ["Ease"], "gap": [0.1],
    ...                      "credible": [True]})
    >>> short_texts(Words(), None, tests, gaps)
    ['', 'Of 2 other things compared, districts differ on 1: ease (higher in North).']
    """
    others = tests[tests["status"] == "secondary"]
    differing = list(others.loc[others["p_adjusted"] < 0.05, "measure"])
    few = len(differing) <= _NAMED
    clear = [_named(each, gaps) if few else in_sentence(each) for each in differing]
    if others.empty:
        return [verdict_short(words, verdict)]
    things = (
        f"{len(others)} other things compared" if len(others) > 1 else "one other thing compared"
    )
    if not clear:
        said = f"That they differ on any of {things} is not shown."
    else:
        said = (
            f"Of {things}, {words.districts} differ on {len(clear)}: {listed(clear, most=_NAMED)}."
        )
    return [verdict_short(words, verdict), said]


def _named(measure: str, gaps: pd.DataFrame) -> str:
    """Name a measure, and the districts that stand out on it."""
    mine = gaps[(gaps["measure"].astype("str") == measure) & gaps["credible"].astype(bool)]
    ends = {"higher": mine[mine["gap"] > 0], "lower": mine[mine["gap"] < 0]}
    told = [
        f"{end} in {listed(list(rows['level'].astype('str')), most=3)}"
        for end, rows in ends.items()
        if len(rows)
    ]
    return in_sentence(measure) + f" ({', '.join(told)})" * bool(told)
