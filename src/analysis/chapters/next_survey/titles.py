"""Titles of the figures of planning."""

import pandas as pd

from analysis.chapters.next_survey.assumed import Assumed
from analysis.chapters.next_survey.invitations import Strata
from analysis.survey import Survey


def detectable_words(plan: Assumed, marks: pd.DataFrame, survey: Survey) -> dict[str, str]:
    """Give the words of the figure of detectable effects, as `figures.curves` takes them.

    Parameters
    ----------
    plan : Assumed
        What is assumed.
    marks : pandas.DataFrame
        The second of `lines.detectable`.
    survey : Survey
        The survey, for its words.

    Returns
    -------
    dict
        `title, subtitle, across, up`.
    """
    return {
        "title": detectable_title(marks, survey),
        "subtitle": detectable_subtitle(plan),
        "across": f"People ({survey.words.district})",
        "up": "Points",
    }


def traded_words(here: Strata, marks: pd.DataFrame, survey: Survey) -> dict[str, str]:
    """Give the words of the figure of allocations, as `figures.curves` takes them.

    Parameters
    ----------
    here : Strata
        As `invitations.strata` returns it.
    marks : pandas.DataFrame
        The second of `lines.traded`.
    survey : Survey
        The survey, for its words.

    Returns
    -------
    dict
        `title, subtitle, across, up, shares`.
    """
    return {
        "title": traded_title(marks, survey),
        "subtitle": traded_subtitle(here),
        "across": "Share of everybody: give or take, points",
        "up": f"Widest interval among {survey.words.districts}: give or take, points",
        "shares": "both",
    }


def detectable_title(marks: pd.DataFrame, survey: Survey) -> str:
    """Say in a title what the districts of this survey could see.

    Parameters
    ----------
    marks : pandas.DataFrame
        The second of `lines.detectable`.
    survey : Survey
        The survey, for its words.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> from analysis import survey
    >>> marks = pd.DataFrame({"level": ["", "A", "", "B"], "x": [45, 45, 150, 150],
    ...                       "y": [0.2, 0.21, 0.11, 0.12]})
    >>> detectable_title(marks, survey.load("herts_2023"))
    'With 45 to 150 people, one of the districts is seen if it lies 12 to 21 points from everybody \
else'
    """
    named = marks[marks["level"] != ""].dropna(subset=["y"])
    if named.empty:
        return f"No difference of one of the {survey.words.districts} can be seen"
    sizes, effects = named["x"], 100 * named["y"]
    return (
        f"With {sizes.min():.0f} to {sizes.max():.0f} people, one of the {survey.words.districts} "
        f"is seen if it lies {effects.min():.0f} to {effects.max():.0f} points from everybody else"
    )


def detectable_subtitle(plan: Assumed) -> str:
    """Say what the figure of detectable effects shows.

    Parameters
    ----------
    plan : Assumed
        What is assumed.

    Returns
    -------
    str
        One line.
    """
    differ = f"{100 * plan.discordant:.0f}% of people give different answers, "
    return (
        "The least effect seen with power 80%, 5% level, two-sided; supposed: "
        f"{differ if plan.asked_twice else ''}a share near {100 * plan.share:.0f}%"
    )


def traded_title(marks: pd.DataFrame, survey: Survey) -> str:
    """Say in a title what the narrowest widest interval gains and costs, beside Neyman's.

    Parameters
    ----------
    marks : pandas.DataFrame
        The second of `lines.traded`.
    survey : Survey
        The survey, for its words.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> from analysis import survey
    >>> marks = pd.DataFrame({"level": ["Neyman", "Narrowest widest interval"],
    ...                       "x": [0.040, 0.042], "y": [0.146, 0.126]})
    >>> traded_title(marks, survey.load("herts_2023"))
    'The widest interval among districts can reach 2.0 points less to either side, that of all \
then 0.2 more'
    """
    rows = marks.set_index("level")
    gain = rows["y"]["Neyman"] - rows["y"]["Narrowest widest interval"]
    cost = rows["x"]["Narrowest widest interval"] - rows["x"]["Neyman"]
    return (
        f"The widest interval among {survey.words.districts} can reach {100 * gain:.1f} points "
        f"less to either side, that of all then {100 * cost:.1f} more"
    )


def traded_subtitle(here: Strata) -> str:
    """Say what the figure of allocations shows.

    Parameters
    ----------
    here : Strata
        As `invitations.strata` returns it.

    Returns
    -------
    str
        One line.
    """
    mean = (here.rows["population"] @ here.rows["response"]) / here.rows["population"].sum()
    return (
        f"{here.invitations:,} invitations, {100 * mean:.0f}% replied to if spread by population "
        "(supposed); how far 95% intervals reach to either side"
    )
