"""Sentences on ratings: the answer, how many rate something well, and which groups differ."""

from collections.abc import Mapping

import pandas as pd

from analysis.chapters.ratings.district_sentences import between_districts_sentence
from analysis.chapters.ratings.pair_sentences import pair_texts
from analysis.chapters.ratings.people import Rating
from analysis.paired import RankCorrelation
from analysis.report import DistrictShares, at_start, interval, listed, p_text, percent
from analysis.survey.codebook import Words


def answer_texts(
    overall: pd.DataFrame,
    ratings: Mapping[str, Rating],
    taus: Mapping[tuple[str, str], RankCorrelation],
    compared: Mapping[str, DistrictShares],
    words: Words,
) -> list[str]:
    """Say how people rate things, whether districts differ, and what goes together.

    Parameters
    ----------
    overall : pandas.DataFrame
        As `tables.overall_shares` returns it, a row a rating.
    ratings : mapping of str to Rating
        As `people.rated` returns it, in the order of the rows.
    taus : mapping of tuple to RankCorrelation
        As `tables.correlations` returns it.
    compared : mapping of str to DistrictShares
        As `district_tables.compared_districts` returns it.
    words : Words
        The survey's.

    Returns
    -------
    list of str
        A paragraph each; "" where a part does not apply.
    """
    rated = [
        rated_sentence(row, each.best)
        for (_, row), each in zip(overall.iterrows(), ratings.values(), strict=True)
    ]
    between = between_districts_sentence(compared, ratings, words.districts)
    together, experience = pair_texts(ratings, taus, words.satisfaction)
    return [" ".join(rated), between, f"{together} {experience}".strip()]


def rated_title(overall: pd.DataFrame, ratings: Mapping[str, Rating]) -> str:
    """Head the figure of all answers.

    Parameters
    ----------
    overall, ratings
        As for `answer_texts`.

    Returns
    -------
    str
        The finding: the share of the best answers, rating by rating; without a share that may be
        shown, what is rated.
    """
    shown = [
        (each, percent(share))
        for each, share in zip(ratings.values(), overall["estimate"], strict=True)
        if not pd.isna(share)
    ]
    if not shown:
        return f"Answers on {listed([each.noun for each in ratings.values()])}"
    if len({each.best for each, _ in shown}) > 1:
        return f"Rated: {listed([f'{each.noun} {each.best} {share}' for each, share in shown])}"
    return f"Rated {shown[0][0].best}: {listed([f'{each.noun} {share}' for each, share in shown])}"


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
    if pd.isna(row["estimate"]):
        return (
            f"{row['question']}: too few people say {best}, or too few say something else, for the "
            "share to be shown."
        )
    said = (
        f"{row['question']}: {percent(row['estimate'])} of {int(row['n']):,} people say {best} "
        f"(95% interval {interval(row['conf_low'], row['conf_high'], 'whole percent')})"
    )
    if pd.isna(row.get("weighted")):
        return f"{said}."
    ends = interval(row["weighted_low"], row["weighted_high"], "whole percent")
    people = f"{int(row['n_weighted']):,} people, effective n {row['effective_n']:,.0f}"
    outside = not row["conf_low"] <= row["weighted"] <= row["conf_high"]
    said += f"; weighted to the population {percent(row['weighted'])} ({ends}; {people})"
    return said + ", outside that interval" * outside + "."


def differing_sentence(tests: pd.DataFrame, what: str) -> str:
    """Say which tests of a family found a difference.

    Parameters
    ----------
    tests : pandas.DataFrame
        `test, p_adjusted, apart`; the names of the tests follow "between", `apart` says where
        the groups differ most.
    what : str
        What is compared, as it stands inside a sentence.

    Returns
    -------
    str
        One sentence; "" without tests.

    Examples
    --------
    >>> tests = pd.DataFrame({"test": ["districts", "ages"], "p_adjusted": [0.2, 0.01],
    ...                       "apart": ["", "from 20% of old to 30% of young say good"]})
    >>> print(differing_sentence(tests, "visibility"))
    Visibility differs between ages (Holm-adjusted p = 0.010; from 20% of old to 30% of young say \
good); these data do not show that it differs between districts (p = 0.200).
    """
    if tests.empty:
        return ""
    sure, rest = tests[tests["p_adjusted"] < 0.05], tests[tests["p_adjusted"] >= 0.05]
    if sure.empty:
        between = _with_p_values(rest, first="Holm-adjusted ")
        return f"These data do not show that {what} differs between {between}."
    said = f"{at_start(what)} differs between {_with_p_values(sure, first='Holm-adjusted ')}"
    if rest.empty:
        return f"{said}."
    return f"{said}; these data do not show that it differs between {_with_p_values(rest)}."


def _with_p_values(tests: pd.DataFrame, first: str = "") -> str:
    """List tests with their p-values, the first one after a word of its own."""
    named = [
        f"{row.test} ({first * (at == 0)}{p_text(row.p_adjusted)}{_apart(row)})"
        for at, row in enumerate(tests.itertuples())
    ]
    return listed(named, most=9)


def _apart(row: object) -> str:
    return f"; {row.apart}" if row.apart and row.p_adjusted < 0.05 else ""


def differing_title(what: str, tests: pd.DataFrame, between: str) -> str:
    """Head a figure of a rating by groups.

    Parameters
    ----------
    what : str
        What is rated, as it stands inside a sentence.
    tests : pandas.DataFrame
        As for `differing_sentence`.
    between : str
        The groups, as they stand after "between".

    Returns
    -------
    str
        The finding; without a test of these groups, what is shown.

    Examples
    --------
    >>> tests = pd.DataFrame({"test": ["ages"], "p_adjusted": [0.2], "apart": [""]})
    >>> differing_title("visibility", tests, "ages")
    'Visibility: no difference between ages that these data can show'
    >>> differing_title("visibility", tests, "districts")
    'Visibility: districts'
    """
    mine = tests[tests["test"] == between]
    if mine.empty:
        return f"{at_start(what)}: {between}"
    row = next(mine.itertuples())
    if row.p_adjusted < 0.05:
        return f"{at_start(what)} differs between {between} ({p_text(row.p_adjusted)}{_apart(row)})"
    return f"{at_start(what)}: no difference between {between} that these data can show"
