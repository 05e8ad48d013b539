"""Notes of the tables on satisfaction, and what their rows are called."""

from collections.abc import Sequence

import pandas as pd

from analysis.assumptions import FEWEST
from analysis.chapters.satisfaction.models import GroupBrant
from analysis.chapters.satisfaction.sentences import names_several
from analysis.ordinal import ModelTest
from analysis.survey import Survey
from analysis.survey.codebook import Words

#: What tests are called in the table of the parts of the model.
TEST_NAMES = {"score": "score, simulated p"}

#: What the models are called that compare who used what they prefer with the others.
GOT_MODELS = {"plain": "Channel and district", "reason": "Reason for contact too"}


def part_names(words: Words) -> dict[str, str]:
    """Say what the parts of the model are called.

    Parameters
    ----------
    words : Words
        How the survey speaks.

    Returns
    -------
    dict
        Part -> name.

    Examples
    --------
    >>> from analysis import survey
    >>> part_names(survey.load("herts_2023").words)["crossed"]
    'Both crossed'
    """
    names = {"channels": words.channels.capitalize(), "districts": words.districts.capitalize()}
    return names | {"crossed": "Both crossed"}


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


def spread_note(profile: pd.Series) -> str:
    """Say how far districts are apart by maximum likelihood.

    Parameters
    ----------
    profile : pandas.Series
        As `ordinal.spread_interval` returns it.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> print(spread_note(pd.Series({"estimate": 0.3, "conf_low": 0.1, "conf_high": 0.6})))
    Standard deviation between them by maximum likelihood 0.30, profile interval 0.10 to 0.60 \
(logit scale).
    """
    span = f"{profile['conf_low']:.2f} to {profile['conf_high']:.2f}"
    return (
        f"Standard deviation between them by maximum likelihood {profile['estimate']:.2f}, profile "
        f"interval {span} (logit scale)."
    )


def fit_note(found: GroupBrant, cells: Sequence[pd.DataFrame], words: Words) -> str:
    """Say what Brant's test finds, and how many cells of the model are small.

    Parameters
    ----------
    found : GroupBrant
        As `models.group_brant` returns it.
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
        As `models.wald_tests` returns them: of channels and of districts.
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
    channels, districts = tests
    return f"Wald tests, weighted: {words.channels} {channels}; {words.districts} {districts}."
