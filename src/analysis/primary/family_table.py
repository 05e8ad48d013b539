"""The primary comparisons as a table, and in a sentence."""

import pandas as pd

from analysis.primary.family import Primary
from analysis.survey.codebook import Words
from analysis.survey.wording import at_start


def comparison_names(words: Words) -> dict[str, str]:
    """Say what the primary comparisons are called.

    Parameters
    ----------
    words : Words
        How the survey speaks.

    Returns
    -------
    dict
        Comparison -> name.

    Examples
    --------
    >>> from analysis import survey
    >>> comparison_names(survey.load("herts_2023").words)["districts"]
    'Experience by district'
    """
    rated = at_start(words.satisfaction)
    return {
        "shift": f"{at_start(words.channels)} that people {words.used} and {words.preferred}",
        "channels": f"{rated} by {words.channel}",
        "districts": f"{rated} by {words.district}",
        "got": f"{rated} by whether people {words.used} what they {words.preferred}",
    }


def shown_family(plan: Primary, words: Words) -> pd.DataFrame:
    """Give the primary comparisons as a table.

    Parameters
    ----------
    plan : Primary
        As `family.primary` returns it.
    words : Words
        How the survey speaks.

    Returns
    -------
    pandas.DataFrame
        `term, status, test, statistic, df, p_value, p_adjusted, n`, statistic and df as text; "-"
        for the test of a difference of shares, which has an estimate instead (notebook 04).
    """
    rows, statistic = plan.family, plan.family["statistic"]
    told = [f"{each:.2f}" if pd.notna(each) else "-" for each in statistic]
    df = rows["df"].astype(int).astype("str")
    return rows.replace({"term": comparison_names(words)}).assign(statistic=told, df=df)
