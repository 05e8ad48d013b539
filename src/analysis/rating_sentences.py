"""Sentences on ratings of everybody: how many rate something well, and what goes with it."""

import pandas as pd

from analysis.proportions import Share
from analysis.rank_correlation import RankCorrelation
from analysis.report import interval, p_text, percent
from analysis.sentences import in_sentence, listed


def best_answers(answers: pd.Series) -> str:
    """Name the two best answers of an ordered question.

    Parameters
    ----------
    answers : pandas.Series
        Ordered Categorical.

    Returns
    -------
    str
        Such as ``"good or very good"``.

    Examples
    --------
    >>> scale = pd.CategoricalDtype(["Poor", "Fair", "Good"], ordered=True)
    >>> best_answers(pd.Series(["Poor"], dtype=scale))
    'fair or good'
    """
    return " or ".join(in_sentence(each) for each in answers.cat.categories[-2:])


def rated_sentence(what: str, share: Share, best: str, weighted: pd.Series | None) -> str:
    """Say how many rate something well, without and with weights.

    Parameters
    ----------
    what : str
        What is rated.
    share : Share
        The share of the people who answered.
    best : str
        As `best_answers` returns it.
    weighted : pandas.Series, optional
        `estimate, conf_low, conf_high, n` with weights.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from analysis.proportions import share
    >>> found = share(pd.Series([True, True, True, False]))
    >>> rated_sentence("Visibility", found, "good or very good", None)
    'Visibility: 75% of 4 people say good or very good (95% interval 30.1% to 95.4%).'
    """
    said = (
        f"{what}: {percent(share.estimate)} of {share.n:,} people say {best} "
        f"(95% interval {interval(share.conf_low, share.conf_high)})"
    )
    if weighted is None:
        return f"{said}."
    ends = interval(weighted["conf_low"], weighted["conf_high"], "whole percent")
    return f"{said}; weighted to the population {percent(weighted['estimate'])} ({ends})."


def together_sentence(names: tuple[str, str], found: RankCorrelation) -> str:
    """Say how closely two ratings go together.

    Parameters
    ----------
    names : tuple of str
        What is rated.
    found : RankCorrelation
        Of the two.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> found = RankCorrelation(estimate=0.31, std_error=0.03, conf_low=0.25, conf_high=0.37,
    ...                         statistic=9.0, p_value=1e-9, n=500)
    >>> print(together_sentence(("visibility", "accessibility"), found))
    People who rate visibility higher tend to rate accessibility higher: tau-b = 0.31 (95% \
interval 0.25 to 0.37), p < 0.001; n = 500.
    """
    first, second = names
    if found.conf_low <= 0 <= found.conf_high:
        return f"These data do not show that {first} and {second} go together: {found}."
    way = "higher" if found.estimate > 0 else "lower"
    return f"People who rate {first} higher tend to rate {second} {way}: {found}."


def differing_sentence(tests: pd.DataFrame, what: str) -> str:
    """Say which tests of a family found a difference.

    Parameters
    ----------
    tests : pandas.DataFrame
        `test, p_adjusted`; the names of the tests follow "between".
    what : str
        What is compared.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> tests = pd.DataFrame({"test": ["districts", "ages"], "p_adjusted": [0.2, 0.01]})
    >>> print(differing_sentence(tests, "Visibility"))
    Visibility differs between ages (Holm-adjusted p = 0.010); these data do not show that it \
differs between districts (p = 0.200).
    """
    parts = [
        [f"{row.test} ({{}}{p_text(row.p_adjusted)})" for row in part.itertuples()]
        for part in (tests[tests["p_adjusted"] < 0.05], tests[tests["p_adjusted"] >= 0.05])
    ]
    sure, rest = (
        listed(
            [name.format("Holm-adjusted " if at == 0 else "") for at, name in enumerate(part)], 9
        )
        for part in parts
    )
    if not parts[0]:
        return f"These data do not show that {in_sentence(what)} differs between {rest}."
    said = f"{what} differs between {sure}"
    if not parts[1]:
        return f"{said}."
    rest = rest.replace("Holm-adjusted ", "")
    return f"{said}; these data do not show that it differs between {rest}."


def district_title(what: str, rows: pd.DataFrame, p_adjusted: float, districts: str) -> str:
    """Head a figure of a rating by district.

    Parameters
    ----------
    what : str
        What is rated.
    rows : pandas.DataFrame
        `level, estimate, few`, from the highest to the lowest; rows of few people are not named.
    p_adjusted : float
        Of the test that districts differ.
    districts : str
        The survey's word for them.

    Returns
    -------
    str
        The finding; without a difference no district is named.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["North", "South"], "estimate": [0.4, 0.3], "few": False})
    >>> district_title("visibility", rows, 0.01, "districts")
    'Visibility, partly pooled, runs from 30% in South to 40% in North'
    >>> district_title("visibility", rows, 0.3, "districts")
    'Visibility: no difference between districts that these data can show'
    """
    named = rows[~rows["few"].astype(bool)]
    if p_adjusted >= 0.05 or len(named) < 2:
        return f"{what.capitalize()}: no difference between {districts} that these data can show"
    first, last = named.iloc[0], named.iloc[-1]
    ends = f"{percent(last['estimate'])} in {last['level']}"
    return (
        f"{what.capitalize()}, partly pooled, runs from {ends} to {percent(first['estimate'])} in "
        f"{first['level']}"
    )


def together_title(names: tuple[str, str], found: RankCorrelation) -> str:
    """Head a figure of two ratings.

    Parameters
    ----------
    names : tuple of str
        What is rated.
    found : RankCorrelation
        Of the two.

    Returns
    -------
    str
        The finding.

    Examples
    --------
    >>> found = RankCorrelation(estimate=0.31, std_error=0.03, conf_low=0.25, conf_high=0.37,
    ...                         statistic=9.0, p_value=1e-9, n=500)
    >>> together_title(("visibility", "accessibility"), found)
    'Visibility and accessibility go together: tau-b 0.31 (0.25 to 0.37), 500 people'
    """
    ends = f"{found.conf_low:.2f} to {found.conf_high:.2f}"
    verb = "go together" if found.conf_low > 0 or found.conf_high < 0 else "need not go together"
    return (
        f"{names[0].capitalize()} and {names[1]} {verb}: tau-b {found.estimate:.2f} ({ends}), "
        f"{found.n:,} people"
    )


def differing_title(what: str, test: pd.Series) -> str:
    """Head a figure of a rating by groups.

    Parameters
    ----------
    what : str
        What is rated.
    test : pandas.Series
        `test` (what stands after "between") and `p_adjusted`.

    Returns
    -------
    str
        The finding.

    Examples
    --------
    >>> differing_title("visibility", pd.Series({"test": "ages", "p_adjusted": 0.2}))
    'Visibility: no difference between ages that these data can show'
    """
    if test["p_adjusted"] < 0.05:
        return f"{what.capitalize()} differs between {test['test']} ({p_text(test['p_adjusted'])})"
    return f"{what.capitalize()}: no difference between {test['test']} that these data can show"


def prefixed(what: str, answers: pd.Series) -> pd.Series:
    """Put what was asked before short answers, so that they can stand alone in a table.

    Parameters
    ----------
    what : str
        What was asked.
    answers : pandas.Series
        Categorical.

    Returns
    -------
    pandas.Series
        The same answers with longer names.

    Examples
    --------
    >>> prefixed("Contact", pd.Series(["Yes"], dtype="category")).tolist()
    ['Contact: yes']
    """
    names = {each: f"{what}: {in_sentence(each)}" for each in answers.cat.categories}
    return answers.cat.rename_categories(names)
