"""Sentences on ratings: the answer, how many rate something well, and which groups differ."""

from collections.abc import Mapping

import pandas as pd

from analysis.chapters.ratings.district_sentences import between_districts_sentence
from analysis.chapters.ratings.pair_sentences import pair_texts
from analysis.paired import RankCorrelation
from analysis.report import in_sentence, interval, listed, p_text, percent
from analysis.survey.codebook import Words


def answer_texts(
    overall: pd.DataFrame,
    best: Mapping[str, str],
    taus: Mapping[tuple[str, str], RankCorrelation],
    p_adjusted: pd.Series,
    words: Words,
) -> list[str]:
    """Say how people rate two things, whether districts differ, and what goes together.

    Parameters
    ----------
    overall : pandas.DataFrame
        As `tables.overall_shares` returns it, a row a rating.
    best : mapping of str to str
        What is rated, in the order of the rows -> as `best_answers` returns it.
    taus : mapping of tuple to RankCorrelation
        As `paired.pairwise` returns it, of the ratings and perhaps of "satisfaction".
    p_adjusted : pandas.Series
        Of the tests that districts differ, by what is rated; empty if none was compared.
    words : Words
        The survey's.

    Returns
    -------
    list of str
        A paragraph each; "" where a part does not apply.
    """
    rated = [
        rated_sentence(row, each)
        for (_, row), each in zip(overall.iterrows(), best.values(), strict=True)
    ]
    between = between_districts_sentence(p_adjusted.to_dict(), words.districts)
    together, experience = pair_texts(tuple(best), taus, words.satisfaction)
    return [" ".join(rated), between, f"{together} {experience}".strip()]


def rated_title(overall: pd.DataFrame, best: Mapping[str, str]) -> str:
    """Head the figure of all answers.

    Parameters
    ----------
    overall, best
        As for `answer_texts`.

    Returns
    -------
    str
        The finding: the share of the best answers, rating by rating.

    Examples
    --------
    >>> overall = pd.DataFrame({"estimate": [0.28, 0.5]})
    >>> best = dict.fromkeys(["visibility", "accessibility"], "good or very good")
    >>> rated_title(overall, best)
    'Rated good or very good: visibility 28% and accessibility 50%'
    """
    alike = len(set(best.values())) == 1
    ends = [
        f"{name} {'' if alike else answers + ' '}{percent(share)}"
        for (name, answers), share in zip(best.items(), overall["estimate"], strict=True)
    ]
    return f"Rated {next(iter(best.values())) if alike else ''}".strip() + f": {' and '.join(ends)}"


def rated_sentence(row: pd.Series, best: str) -> str:
    """Say how many rate something well, without and with weights.

    Parameters
    ----------
    row : pandas.Series
        A row of `tables.overall_shares`.
    best : str
        As `measures.best_answers` returns it.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> row = pd.Series({"question": "Visibility", "estimate": 0.75, "conf_low": 0.3,
    ...                  "conf_high": 0.95, "n": 4})
    >>> rated_sentence(row, "good or very good")
    'Visibility: 75% of 4 people say good or very good (95% interval 30% to 95%).'
    """
    said = (
        f"{row['question']}: {percent(row['estimate'])} of {int(row['n']):,} people say {best} "
        f"(95% interval {interval(row['conf_low'], row['conf_high'], 'whole percent')})"
    )
    if "weighted" not in row:
        return f"{said}."
    ends = interval(row["weighted_low"], row["weighted_high"], "whole percent")
    people = f"{int(row['n_weighted']):,} people, effective n {row['effective_n']:,.0f}"
    return f"{said}; weighted to the population {percent(row['weighted'])} ({ends}; {people})."


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
        One sentence; "" without tests.

    Examples
    --------
    >>> tests = pd.DataFrame({"test": ["districts", "ages"], "p_adjusted": [0.2, 0.01]})
    >>> print(differing_sentence(tests, "Visibility"))
    Visibility differs between ages (Holm-adjusted p = 0.010); these data do not show that it \
differs between districts (p = 0.200).
    """
    if tests.empty:
        return ""
    sure, rest = tests[tests["p_adjusted"] < 0.05], tests[tests["p_adjusted"] >= 0.05]
    if sure.empty:
        between = _with_p_values(rest, first="Holm-adjusted ")
        return f"These data do not show that {in_sentence(what)} differs between {between}."
    said = f"{what} differs between {_with_p_values(sure, first='Holm-adjusted ')}"
    if rest.empty:
        return f"{said}."
    return f"{said}; these data do not show that it differs between {_with_p_values(rest)}."


def _with_p_values(tests: pd.DataFrame, first: str = "") -> str:
    """List tests with their p-values, the first one after a word of its own."""
    named = [
        f"{row.test} ({first * (at == 0)}{p_text(row.p_adjusted)})"
        for at, row in enumerate(tests.itertuples())
    ]
    return listed(named, most=9)


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
