"""Sentences on who would use a video chat."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.chapters.video_chat.service_sentences import against_sentence, places_sentence
from analysis.privacy import Rule
from analysis.proportions import Share
from analysis.report import (
    Weighted,
    furthest_sentence,
    in_sentence,
    interval,
    listed,
    p_text,
    percent,
    range_text,
)
from analysis.survey import Survey
from analysis.survey.measures import top_answers


def answer_texts(
    survey: Survey,
    names: Mapping[str, str],
    overall: Share | None,
    weighted: Weighted | None,
    tests: pd.DataFrame,
    shares: pd.DataFrame,
    places: pd.DataFrame,
    against: pd.Series | None,
) -> list[str]:
    """Write the first paragraphs of the answer.

    Parameters
    ----------
    survey : Survey
        The survey.
    names : mapping of str to str
        What the groups of a grouping are called.
    overall, weighted
        As for `everybody_sentence`.
    tests, shares : pandas.DataFrame
        As `models.side_by_side` returns them.
    places : pandas.DataFrame
        As `places.asked_where` returns it.
    against : pandas.Series or None
        As `compared.against_preference` returns it.

    Returns
    -------
    list of str
        How many would use it, who they are, and where it would serve whom; "" of what is left
        out.
    """
    texts = places_sentence(places), against_sentence(against, said(survey), survey.words)
    return [
        everybody_sentence(survey, overall, weighted),
        who_sentences(tests, shares, names),
        " ".join(each for each in texts if each),
    ]


def said(survey: Survey) -> str:
    """Write the best answers on using a video chat as they follow "people".

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        A verb with the answers in quotes.

    Examples
    --------
    >>> from analysis import survey
    >>> said(survey.load("herts_2023"))
    'answered "likely" or "very likely"'
    """
    best = top_answers(survey, "video_use")
    return "answered " + " or ".join(f'"{in_sentence(each)}"' for each in best)


def everybody_sentence(survey: Survey, overall: Share | None, weighted: Weighted | None) -> str:
    """Say the share of everybody, and the weighted share beside it.

    Parameters
    ----------
    survey : Survey
        The survey.
    overall : Share or None
        Of the people who answered; None where it is hidden.
    weighted : Weighted or None
        As `report.weighted_share` returns it.

    Returns
    -------
    str
        One sentence with intervals and people; that it is hidden, where it is.

    Examples
    --------
    >>> from analysis import survey
    >>> from analysis.proportions import share
    >>> herts = survey.load("herts_2023")
    >>> print(everybody_sentence(herts, share(pd.Series([True, False] * 10)), None))
    50% of 20 people answered "likely" or "very likely" (95% interval 29.9% to 70.1%).
    """
    if overall is None:
        return (
            f"Too few people {said(survey)}, or too few gave another answer, for a share to be "
            "shown."
        )
    span = interval(overall.conf_low, overall.conf_high)
    share = f"{percent(overall.estimate)} of {overall.n:,} people {said(survey)}"
    text = f"{share} (95% interval {span})"
    if weighted is not None:
        span = interval(weighted.conf_low, weighted.conf_high)
        text += (
            f"; weighted to {_population(survey)}: {percent(weighted.estimate)} ({span}; "
            f"{weighted.n:,} people with a weight, who count as "
            f"{weighted.effective_n:,.0f})"
        )
        outside = not overall.conf_low <= weighted.estimate <= overall.conf_high
        text += ", outside the interval without weights" * outside
    return f"{text}."


def _population(survey: Survey) -> str:
    counts = survey.codebook.population_counts
    return f"the {counts.label}" if counts else "the population that the weights stand for"


def who_sentences(tests: pd.DataFrame, shares: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Say who would use it, of groups that are adjusted for each other.

    Parameters
    ----------
    tests, shares : pandas.DataFrame
        As `models.side_by_side` returns them.
    names : mapping of str to str
        What the groups of a grouping are called.

    Returns
    -------
    str
        What differs and what does not, and from where to where shares run; "" without tests.
    """
    if tests.empty:
        return ""
    differ = differ_sentence(tests, names, how="Adjusted for each other, ")
    return f"{differ} {range_sentences(shares, tests, names)}".strip()


def differ_sentence(tests: pd.DataFrame, names: Mapping[str, str], *, how: str = "") -> str:
    """Say between which groupings of people the share differs.

    Parameters
    ----------
    tests : pandas.DataFrame
        `grouping` (or `term`) and `p_adjusted`.
    names : mapping of str to str
        What the groups of a grouping are called.
    how : str
        Such as "Adjusted for each other, ", which the sentence begins with.

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
    text = f"The share differs between {listed(yes)}" if yes else ""
    if no:
        it = "it" if yes else "the share"
        start = f"{text}. These" if yes else "These"
        text = f"{start} data do not show that {it} differs between {listed(no)}"
    return f"{how}{text[:1].lower() if how else text[:1]}{text[1:]}, Holm-adjusted."


def range_sentences(shown: pd.DataFrame, tests: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Say from where to where adjusted shares run, for groupings that differ.

    Parameters
    ----------
    shown : pandas.DataFrame
        `variable, level, estimate, conf_low, conf_high, few`, as `report.shown_adjusted`.
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


def missing_sentence(asked: pd.Series, n: int, rule: Rule) -> str:
    """Say how many people did not know or did not answer.

    Parameters
    ----------
    asked : pandas.Series
        A row of `Survey.coverage`: `asked, dont_know, no_answer`.
    n : int
        People with a substantive answer.
    rule : Rule
        How few people are too few: then these are told with the others who gave no answer.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> asked = pd.Series({"asked": 1000, "dont_know": 50, "no_answer": 20})
    >>> print(missing_sentence(asked, 930, Rule(10)))
    Of 1,000 people asked, 930 gave one of the answers, 5.0% do not know, and 2.0% left it out.
    >>> print(missing_sentence(asked.replace(20, 5), 945, Rule(10)))
    Of 1,000 people asked, 945 gave one of the answers; the others do not know, or left it out.
    """
    if rule.few(asked[["dont_know", "no_answer"]].replace(0, np.inf)).any():
        return (
            f"Of {int(asked['asked']):,} people asked, {n:,} gave one of the answers; the others "
            "do not know, or left it out."
        )
    unsure, silent = (percent(asked[key] / asked["asked"], 1) for key in ("dont_know", "no_answer"))
    return (
        f"Of {int(asked['asked']):,} people asked, {n:,} gave one of the answers, {unsure} do not "
        f"know, and {silent} left it out."
    )


def top_sentence(far: pd.Series) -> str:
    """Say how far a model of the best answers alone moves shares, if there is one.

    Parameters
    ----------
    far : pandas.Series
        As `models.furthest_at_top` returns it.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> print(top_sentence(pd.Series(dtype=object)))
    A model of the best answers alone has no finite estimates, or none to be shown, with so few \
people.
    """
    if far.empty:
        return (
            "A model of the best answers alone has no finite estimates, or none to be shown, with "
            "so few people."
        )
    return furthest_sentence(far)
