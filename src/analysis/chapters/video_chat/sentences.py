"""Tests and models of who would use a video chat: groups one by one, and side by side."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.proportions import Share
from analysis.report import in_sentence, interval, listed, p_text, percent, points, range_text
from analysis.survey import Survey
from analysis.survey.codebook import Words

#: Headings of the comparison of people who used another channel than the one they prefer.
COMPARED = {
    "model": "Comparison",
    "share_yes": "Another",
    "share_no": "That one",
    "estimate": "Difference, points",
}


def said(best: Sequence[str]) -> str:
    """Write the highest answers as they follow "people".

    Parameters
    ----------
    best : sequence of str
        Labels.

    Returns
    -------
    str
        A verb with the answers in quotes.

    Examples
    --------
    >>> said(["Likely", "Very likely"])
    'answered "likely" or "very likely"'
    """
    return "answered " + " or ".join(f'"{in_sentence(each)}"' for each in best)


def likely_sentence(
    overall: Share, weighted: pd.Series | None, answered: str, population: str
) -> str:
    """Say the share of everybody, and the weighted share.

    Parameters
    ----------
    overall : Share
        Of the people who answered.
    weighted : pandas.Series or None
        `estimate, conf_low, conf_high, n, effective_n`.
    answered : str
        What the share did, as `said` writes it.
    population : str
        What the weights bring people to.

    Returns
    -------
    str
        One sentence with intervals and people.

    Examples
    --------
    >>> from analysis.proportions import share
    >>> print(likely_sentence(share(pd.Series([True, False] * 10)), None, "would", "all"))
    50% of 20 people would (95% interval 29.9% to 70.1%).
    """
    span = interval(overall.conf_low, overall.conf_high)
    text = f"{percent(overall.estimate)} of {overall.n:,} people {answered} (95% interval {span})"
    if weighted is not None:
        span = interval(weighted["conf_low"], weighted["conf_high"])
        text += (
            f"; weighted to {population}: {percent(weighted['estimate'])} ({span}; "
            f"{int(weighted['n']):,} people with a weight, who count as "
            f"{weighted['effective_n']:,.0f})"
        )
    return f"{text}."


def differ_sentence(
    tests: pd.DataFrame, names: Mapping[str, str], *, what: str = "The share", how: str = ""
) -> str:
    """Say between which groupings of people a share differs.

    Parameters
    ----------
    tests : pandas.DataFrame
        `grouping` (or `term`) and `p_adjusted`.
    names : mapping of str to str
        What the groups of a grouping are called.
    what : str
        What is compared.
    how : str
        Such as "Adjusted for each other, "; what it stands before then has a small letter.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> tests = pd.DataFrame({"grouping": ["age", "sex"], "p_adjusted": [0.0001, 0.4]})
    >>> print(differ_sentence(tests, {"age": "age groups", "sex": "sexes"}))
    The share differs between age groups (p < 0.001). These data do not show that it differs \
between sexes (p = 0.400), Holm-adjusted.
    """
    column = "grouping" if "grouping" in tests else "term"
    cells = {
        row[column]: f"{names[row[column]]} ({p_text(row['p_adjusted'])})"
        for _, row in tests.iterrows()
    }
    clear = set(tests.loc[tests["p_adjusted"] < 0.05, column])
    yes = [cell for key, cell in cells.items() if key in clear]
    no = [cell for key, cell in cells.items() if key not in clear]
    start = how + (in_sentence(what) if how else what)
    positive = f"{start} differs between {listed(yes)}" if yes else ""
    if not no:
        return f"{positive}, Holm-adjusted."
    it = "it" if yes else in_sentence(what)
    negative = f"do not show that {it} differs between {listed(no)}, Holm-adjusted."
    return (
        f"{positive}. These data {negative}"
        if yes
        else f"{how or ''}These data {negative}".replace(", These", ", these")
    )


def range_sentences(shown: pd.DataFrame, tests: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Say from where to where adjusted shares run, for groupings that differ.

    Parameters
    ----------
    shown : pandas.DataFrame
        `variable, level, estimate, conf_low, conf_high, few`, as `video_tables.shown_adjusted`.
    tests : pandas.DataFrame
        `term, p_adjusted`.
    names : mapping of str to str
        What the groups of a grouping are called.

    Returns
    -------
    str
        A sentence for each grouping that differs; "" if none does.
    """
    clear = tests.loc[tests["p_adjusted"] < 0.05, "term"]
    texts = []
    for term in clear:
        rows = shown[(shown["variable"] == term) & ~shown["few"]]
        texts.append(range_text(f"Between {names[term]}", rows, proper=True))
    return " ".join(each for each in texts if each)


def places_sentence(places: pd.DataFrame, most: int = 3) -> str:
    """Name the places that most people would use it in.

    Parameters
    ----------
    places : pandas.DataFrame
        As `places.shown_places` returns it, most first.
    most : int
        How many are named.

    Returns
    -------
    str
        One sentence with intervals and people; a remark if none can be shown, "" of no places.

    Examples
    --------
    >>> places = pd.DataFrame({"level": ["Library"], "estimate": [0.5], "conf_low": [0.4],
    ...                        "conf_high": [0.6], "n": [90]})
    >>> places_sentence(places)
    'Of 90 people asked where, 50% (40% to 60%) ticked library.'
    """
    if places.empty:
        return ""
    known = places.dropna(subset=["estimate"]).head(most)
    if known.empty:
        return "Too few people ticked any place for it to be shown."
    cells = [
        f"{percent(row.estimate)} ({interval(row.conf_low, row.conf_high, 'whole percent')}) "
        f"ticked {in_sentence(row.level)}"
        for row in known.itertuples()
    ]
    return f"Of {int(known['n'].iloc[0]):,} people asked where, {listed(cells)}."


def against_sentence(row: pd.Series, answered: str, words: Words) -> str:
    """Say whether people who used a channel against their preference answer otherwise.

    Parameters
    ----------
    row : pandas.Series
        As `models.shown_compared` returns it: first who used what they prefer, second who
        used another one.
    answered : str
        What the shares did.
    words : Words
        The survey's words.

    Returns
    -------
    str
        One sentence; a remark if it cannot be shown.

    Examples
    --------
    >>> row = pd.Series({"share_first": 0.3, "share_second": 0.35, "estimate": 0.05,
    ...     "conf_low": -0.03, "conf_high": 0.13, "p_value": 0.2, "n_first": 300, "n_second": 200})
    >>> from analysis import survey
    >>> print(against_sentence(row, "would", survey.load("herts_2023").words))
    Of 200 people who used another channel than the one they prefer 35% would, of 300 who used \
that one 30%: +5 points (95% interval -3 to +13; p = 0.200).
    """
    if pd.isna(row["estimate"]):
        return f"Too few people used another {words.channel} than they prefer for this to be shown."
    span = interval(row["conf_low"], row["conf_high"], "whole points")
    return (
        f"Of {int(row['n_second']):,} people who used another {words.channel} than the one they "
        f"prefer {percent(row['share_second'])} {answered}, of {int(row['n_first']):,} who used "
        f"that one {percent(row['share_first'])}: {points(row['estimate'], 0)} points "
        f"(95% interval {span}; {p_text(row['p_value'])})."
    )


def missing_sentence(asked: pd.Series, n: int) -> str:
    """Say how many people did not know or did not answer.

    Parameters
    ----------
    asked : pandas.Series
        A row of `Survey.coverage`: `asked, dont_know, no_answer`.
    n : int
        People with a substantive answer.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> print(missing_sentence(pd.Series({"asked": 1000, "dont_know": 50, "no_answer": 20}), 930))
    Of 1,000 people asked, 930 gave one of the answers, 5.0% do not know, and 2.0% left it out.
    """
    unsure, silent = (percent(asked[key] / asked["asked"], 1) for key in ("dont_know", "no_answer"))
    return (
        f"Of {int(asked['asked']):,} people asked, {n:,} gave one of the answers, {unsure} do not "
        f"know, and {silent} left it out."
    )


def population_name(survey: Survey) -> str:
    """Write what weights bring people to.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        The population that the codebook names, if it names one.
    """
    counts = survey.codebook.population_counts
    return f"the {counts.label}" if counts else "the population that the weights stand for"


def adjusted_title(shown: pd.DataFrame, tests: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Head the figure of adjusted shares with what differs most.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `report.shown_adjusted` returns it.
    tests : pandas.DataFrame
        `term, p_adjusted`.
    names : mapping of str to str
        What the groups of a grouping are called.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> shown = pd.DataFrame({"variable": ["age"] * 2, "level": ["young", "old"], "few": False,
    ...                       "estimate": [0.6, 0.2]})
    >>> tests = pd.DataFrame({"term": ["age"], "p_adjusted": [0.001]})
    >>> adjusted_title(shown, tests, {"age": "age groups"})
    'Between age groups, the adjusted share runs from 20% (old) to 60% (young)'
    """
    least = tests.loc[tests["p_adjusted"].idxmin()]
    rows = shown[(shown["variable"] == least["term"]) & ~shown["few"]].dropna(subset=["estimate"])
    if least["p_adjusted"] >= 0.05 or len(rows) < 2:
        return "These data do not show that any of these groupings differs"
    ends = rows.sort_values("estimate", kind="stable").iloc[[0, -1]]
    cells = [f"{percent(row.estimate)} ({row.level})" for row in ends.itertuples()]
    return f"Between {names[least['term']]}, the adjusted share runs from {' to '.join(cells)}"


def places_title(places: pd.DataFrame) -> str:
    """Head the figure of places.

    Parameters
    ----------
    places : pandas.DataFrame
        As `places.shown_places` returns it, most first.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> places_title(pd.DataFrame({"level": ["Library", "Shop"], "estimate": [0.5, 0.2]}))
    'Most often: library (50%); least often: shop (20%)'
    """
    known = places.dropna(subset=["estimate"])
    most, least = (
        f"{in_sentence(row.level)} ({percent(row.estimate)})"
        for row in known.iloc[[0, -1]].itertuples()
    )
    return f"Most often: {most}; least often: {least}"
