"""How districts differ in plain sentences."""

import pandas as pd

from analysis.primary import DistrictVerdict
from analysis.primary.district_sentences import verdict_short
from analysis.report import in_sentence, listed
from analysis.survey.codebook import Words


def short_texts(words: Words, verdict: DistrictVerdict | None, tests: pd.DataFrame) -> list[str]:
    """Answer in plain words on what districts differ.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    verdict : DistrictVerdict or None
        As `primary.district_verdict` returns it.
    tests : pandas.DataFrame
        As `profiles.Profiles.tests`.

    Returns
    -------
    list of str
        The verdict, then the measures besides on which districts differ.

    Examples
    --------
    >>> tests = pd.DataFrame({"measure": ["Ease", "Hours"], "status": "secondary",
    ...                       "p_adjusted": [0.01, 0.5]})
    >>> short_texts(Words(), None, tests)
    ['', 'Of 2 other things asked, districts differ on 1: ease.']
    """
    others = tests[tests["status"] == "secondary"]
    clear = [in_sentence(each) for each in others.loc[others["p_adjusted"] < 0.05, "measure"]]
    if others.empty:
        return [verdict_short(words, verdict)]
    things = f"{len(others)} other things asked" if len(others) > 1 else "one other thing asked"
    if not clear:
        said = f"That they differ on any of {things} is not shown."
    else:
        said = f"Of {things}, {words.districts} differ on {len(clear)}: {listed(clear, most=8)}."
    return [verdict_short(words, verdict), said]
