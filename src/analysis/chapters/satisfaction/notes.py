"""Notes of the tables on satisfaction, and what their rows are called."""

from collections.abc import Sequence

import pandas as pd

from analysis.assumptions import FEWEST
from analysis.chapters.satisfaction.boundaries import GroupBrant
from analysis.chapters.satisfaction.channel_sentences import names_several, reference
from analysis.ordinal import ModelTest
from analysis.primary.designs import GATHERED, Design
from analysis.report import at_start, listed, p_text
from analysis.survey import Survey, bases
from analysis.survey.codebook import Words


def term_names(survey: Survey) -> dict[str, str]:
    """Say what the terms of the model are called.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    dict
        Term -> name: of one question, or of each channel that people could name.

    Examples
    --------
    >>> from analysis import survey
    >>> term_names(survey.load("herts_2023"))["used_last"]
    'Channel'
    """
    words, names = survey.words, survey.labels(survey.used_role)
    if not names_several(survey):
        names |= {survey.used_role: words.channel.capitalize()}
    return names | {"district": words.district.capitalize()}


def baseline(survey: Survey, channels: pd.DataFrame) -> str:
    """Say which channel the odds of the others are compared with.

    Parameters
    ----------
    survey : Survey
        The survey.
    channels : pandas.DataFrame
        As `tables.shown_channels` returns it, in the order of the codebook.

    Returns
    -------
    str
        To be added to a caption; "" where people could name several.

    Examples
    --------
    >>> from analysis import survey
    >>> baseline(survey.load("herts_2023"), pd.DataFrame({"level": ["Web", "Post"]}))
    ', against Web'
    """
    return "" if names_several(survey) else f", against {channels['level'].iloc[0]}"


def gathered_note(survey: Survey, made: Design) -> str:
    """Say that channels of few people are gathered, or have no term of their own.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers, and which terms.

    Returns
    -------
    str
        A sentence that begins with a space; "" if every channel used has a term.
    """
    words, several = survey.words, names_several(survey)
    if several and len(made.terms) < len(bases.channel_terms(survey, survey.used_role)):
        rare = "few people, or nearly all, named have no term"
        return f" {words.channels.capitalize()} that {rare}."
    if not several and GATHERED in made.people[survey.used_role].cat.categories:
        return f" {words.channels.capitalize()} that few people used are one category."
    return ""


def got_models(made: Design, words: Words) -> dict[str, str]:
    """Say what the models hold equal that compare who used what they prefer with the others.

    Parameters
    ----------
    made : Design
        Which terms they have besides.
    words : Words
        How the survey speaks.

    Returns
    -------
    dict
        `plain` and `reason` -> what else is in the model.
    """
    terms = [words.channel] * bool(made.terms)
    terms += [words.district] * ("together" not in made.left_out)
    plain = at_start(" and ".join(terms)) or "Nothing else"
    return {"plain": plain, "reason": "Reason for contact" + " too" * bool(terms)}


def bars_subtitle(words: Words, by_group: pd.DataFrame) -> str:
    """Say what the figure of the answers shows.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    by_group : pandas.DataFrame
        As `tables.answers_by_group` returns it.

    Returns
    -------
    str
        Without a full stop.
    """
    if by_group.empty:
        return "Answers of everybody"
    groups = f"by group of {words.channels} from rounded counts"
    return f"Answers, and {groups}; hatched: a range, or hidden"


def got_note(
    compared: pd.DataFrame, p_adjusted: float, status: str = "primary", *, left_out: str = ""
) -> str:
    """Say how many people used what they prefer, and what the plan's test gives.

    Parameters
    ----------
    compared : pandas.DataFrame
        As `got.compared` returns it, with a row or more.
    p_adjusted : float
        Of the last row, among the comparisons of its status.
    status : str
        "primary" or "secondary".
    left_out : str
        Who is not counted, as `preferences.left_out_sentence` says it.

    Returns
    -------
    str
        Three sentences, and that one.

    Examples
    --------
    >>> got_note(pd.DataFrame({"n": [500], "n_yes": [300]}), 0.02)
    '300 of 500 people did. Shares as if the two were alike in what the model holds. The last row \
is the primary comparison: Holm-adjusted p = 0.020.'
    """
    first = compared.iloc[0]
    said = (
        f"{int(first['n_yes']):,} of {int(first['n']):,} people did. Shares as if the two were "
        f"alike in what the model holds. The last row is the {status} comparison: Holm-adjusted "
        f"{p_text(p_adjusted)}."
    )
    return f"{said} {left_out}".strip()


def base_text(survey: Survey, made: Design) -> str:
    """Say who the people are whom the headlines are about.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers.

    Returns
    -------
    str
        Such as "people who told channel, experience and district".
    """
    words = survey.words
    told = [words.channel] * ("channels" not in made.left_out) + [words.satisfaction]
    told += [words.district] * ("districts" not in made.left_out)
    return f"people who told {listed(told)}"


def fit_note(found: GroupBrant, cells: Sequence[pd.DataFrame], words: Words) -> str:
    """Say what Brant's test finds, and how many cells of the model are small.

    Parameters
    ----------
    found : GroupBrant
        As `boundaries.group_brant` returns it.
    cells : sequence of pandas.DataFrame
        `expected` of the cells of each term of the channels.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        Two sentences.
    """
    brant = "Brant's test cannot be made."
    if found.test is not None:
        brant = f"Groups of fifty people or more: {found.test}."
    expected = pd.concat(cells)["expected"]
    small = f"{(expected < FEWEST).sum()} of {len(expected)} cells of {words.channels} by answer"
    return f"{brant} {small} have an expected count below {FEWEST:.0f}."


def weighted_note(tests: Sequence[ModelTest], words: Words) -> str:
    """Say what the tests with weights find.

    Parameters
    ----------
    tests : sequence of ModelTest
        As `models.wald_tests` returns them: of channels, and of districts if they are in the
        model.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One sentence; "" without weights.

    Examples
    --------
    >>> from analysis import survey
    >>> test = ModelTest(kind="Wald", statistic=9.0, df=2, p_value=0.011, n=100)
    >>> print(weighted_note([test, test], survey.load("herts_2023").words))
    Wald tests, weighted: channels chi2(2) = 9.00, p = 0.011; n = 100; districts chi2(2) = 9.00, \
p = 0.011; n = 100.
    """
    if not tests:
        return ""
    named = zip((words.channels, words.districts), tests, strict=False)
    return f"Wald tests, weighted: {'; '.join(f'{name} {test}' for name, test in named)}."


def channels_subtitle(shares: str, survey: Survey) -> str:
    """Say below the title what is drawn, and where the line is not what a channel is compared with.

    Parameters
    ----------
    shares : str
        How the shares were made, such as "Adjusted".
    survey : Survey
        The survey.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> from analysis import survey
    >>> channels_subtitle("Adjusted", survey.load("herts_2023"))
    'Adjusted share with 95% interval, one by one; n: who used it'
    >>> channels_subtitle("Adjusted", survey.load("ape11"))
    'Adjusted share with 95% interval, one by one; n: who did it. Each is tested against the same \
people without it, not against the line'
    """
    said = f"{shares} share with 95% interval, one by one; n: who {survey.words.used_short.lower()}"
    if names_several(survey):
        return f"{said} it. Each is tested against {reference(survey)}, not against the line"
    return f"{said} it"
