"""Sentences on single channels: which can be told apart, and between which shares run."""

import pandas as pd

from analysis.chapters.satisfaction.tables import named_rows
from analysis.ordinal import ModelTest
from analysis.primary import Primary
from analysis.report import in_sentence, listed, p_text, range_text
from analysis.survey import Survey


def channel_texts(
    survey: Survey, channels: pd.DataFrame, plan: Primary, without: ModelTest | None
) -> list[str]:
    """Say which channels can be told apart, and between which the shares run.

    Parameters
    ----------
    survey : Survey
        The survey.
    channels : pandas.DataFrame
        As `tables.shown_channels` returns it.
    plan : Primary
        As `primary.primary` returns it.
    without : ModelTest or None
        As `models.without_other` returns it.

    Returns
    -------
    list of str
        Two texts; the second is "" if channels do not differ, both if they are left out.
    """
    if channels.empty:
        return ["", ""]
    other = survey.other_channel
    which = apart_sentence(channels, reference(survey), without=without, other=other)
    start = f"Of {survey.words.channels} with enough people to be named"
    differ = plan.differ("channels")
    what = "adjusted share" if plan.made.holds_more else "share"
    run = range_text(start, named_rows(channels, aside=other), what=what)
    return [which, run if differ else ""]


def reference(survey: Survey) -> str:
    """Say what a channel is compared with: everybody, or who did not name it.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        As it follows "differs from".

    Examples
    --------
    >>> from analysis import survey
    >>> reference(survey.load("herts_2023")), reference(survey.load("ape11"))
    ('everybody', 'the same people without it')
    """
    return "the same people without it" if names_several(survey) else "everybody"


def names_several(survey: Survey) -> bool:
    """Tell whether people could name several channels that they used.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    bool
        False if the question takes one answer.

    Examples
    --------
    >>> from analysis import survey
    >>> names_several(survey.load("herts_2023")), names_several(survey.load("ape11"))
    (False, True)
    """
    return survey.codebook.question(survey.used_role).kind == "multiple"


def apart_sentence(
    shown: pd.DataFrame, reference: str, *, without: ModelTest | None = None, other: str = ""
) -> str:
    """Name the categories that can be told from the others, and say what rests on the rest.

    Parameters
    ----------
    shown : pandas.DataFrame
        `level, apart`, and `estimate`: a category without one cannot be shown.
    reference : str
        What a category is compared with.
    without : ModelTest, optional
        The test without the people of the category that gathers all others.
    other : str
        What that category is called.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> shown = pd.DataFrame({"level": ["Phone", "Web"], "estimate": 0.5,
    ...                       "apart": [False, True]})
    >>> apart_sentence(shown, "everybody")
    'One by one, with intervals that hold together, 1 of 2 differs from everybody: web.'
    """
    names = [
        f'"{each}"' if each == other else in_sentence(each)
        for each in shown.loc[shown["apart"], "level"]
    ]
    known = int(shown["estimate"].notna().sum())
    of = f"{known}" + " that can be shown" * (known < len(shown))
    found = f"{len(names) or 'none'} of {of} {'differ' if len(names) > 1 else 'differs'}"
    which = f"{found} from {reference}" + f": {listed(names)}" * bool(names)
    text = f"One by one, with intervals that hold together, {which}."
    if without is not None:
        alone = f"{p_text(without.p_value)} (unadjusted)"
        text += f' Without the people of "{other}" the test gives {alone}.'
    return text
