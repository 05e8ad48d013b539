"""What people use and prefer in a few plain sentences."""

import pandas as pd

from analysis.chapters.preferred_vs_used.people import same_words
from analysis.chapters.preferred_vs_used.tables import told_shifts
from analysis.privacy import rule_of
from analysis.proportions import Share
from analysis.report import (
    at_start,
    give_or_take,
    give_or_take_points,
    how_many,
    in_sentence,
    listed,
    percent,
    shares_margin,
)
from analysis.survey import Survey
from analysis.survey.codebook import Words

#: So many channels are named where they are in no groups.
_NAMED = 4


def short_texts(
    survey: Survey,
    same: Share | None,
    visible: tuple[pd.DataFrame, pd.DataFrame],
    weighted: pd.DataFrame,
    *,
    n: int,
) -> list[str]:
    """Answer in plain words how people get in touch, and how they would rather.

    Parameters
    ----------
    survey : Survey
        The survey.
    same : Share or None
        As `people.same_twice` returns it.
    visible : tuple of pandas.DataFrame
        As `tables.visible_shifts` returns them.
    weighted : pandas.DataFrame
        As `weighted.weighted_shares` returns it.
    n : int
        The people who answered both questions.

    Returns
    -------
    list of str
        What is used and preferred, in the largest groups of channels or channels; the same with
        weights; what a group includes that could not be used; and how many gave the same answer
        twice. "" where nothing may be shown.
    """
    rows = _rows(survey, *visible)
    return [
        shares_sentence(rows, survey.words, n),
        weighted_sentence(rows, weighted),
        offer_sentence(survey, rows),
        same_plain(survey, same),
    ]


def _rows(survey: Survey, channels: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return the groups of channels, or the channels, that a short answer names."""
    grouped = survey.channel_groups != survey.words.channels
    rows = groups if grouped else told_shifts(channels, groups)[0]
    rows = rows[rows["channel"] != survey.other_channel].dropna(subset=["estimate"])
    size = rows[["share_used", "share_preferred"]].max(axis=1)
    kept = size.sort_values(ascending=False, kind="stable").index[:_NAMED]
    return rows.loc[kept].sort_values("share_used", ascending=False, kind="stable")


def shares_sentence(rows: pd.DataFrame, words: Words, n: int) -> str:
    """Say what is used and what is preferred, and where the two differ.

    Parameters
    ----------
    rows : pandas.DataFrame
        `channel, share_used, share_preferred, differs`, the most used first.
    words : Words
        How the survey speaks.
    n : int
        The people who answered both questions.

    Returns
    -------
    str
        Three sentences; "" without rows.

    Examples
    --------
    >>> from analysis import survey
    >>> rows = pd.DataFrame({"channel": ["Phone", "Web"], "share_used": [0.52, 0.35],
    ...     "share_preferred": [0.36, 0.4], "differs": [True, False]})
    >>> print(shares_sentence(rows, survey.load("herts_2023").words, 734))
    Phone: 52% used most recently, 36% would prefer; web: 35% and 40%. Each is of 734 people, give \
or take 4 points. The two differ by more than chance for phone.
    """
    if rows.empty:
        return ""
    first, *others = [
        (row.channel, percent(row.share_used), percent(row.share_preferred))
        for row in rows.itertuples()
    ]
    said = f"{at_start(first[0])}: {first[1]} {words.used}, {first[2]} {words.preferred}"
    said = "; ".join([said, *(f"{in_sentence(c)}: {used} and {pref}" for c, used, pref in others)])
    clear = [in_sentence(each) for each in rows.loc[rows["differs"].astype(bool), "channel"]]
    which = f"for {listed(clear)}" if clear else "for none of them"
    shares = [*rows["share_used"], *rows["share_preferred"]]
    spread = give_or_take_points(shares_margin(shares, n))
    people = f"Each is of {n:,} people, {spread}"
    return f"{said}. {people}. The two differ by more than chance {which}."


def weighted_sentence(rows: pd.DataFrame, weighted: pd.DataFrame) -> str:
    """Say the same shares with weights.

    Parameters
    ----------
    rows : pandas.DataFrame
        As for `shares_sentence`.
    weighted : pandas.DataFrame
        `channel, weighted_used, weighted_preferred, used_margin, preferred_margin`.

    Returns
    -------
    str
        One sentence; "" without weights.

    Examples
    --------
    >>> rows = pd.DataFrame({"channel": ["Phone", "Web"]})
    >>> heavy = rows.assign(weighted_used=[0.45, 0.44], weighted_preferred=[0.3, 0.5])
    >>> heavy = heavy.assign(used_margin=[5, 6], preferred_margin=[4, 6])
    >>> weighted_sentence(rows, heavy)
    'Weighted to the population: phone 45% and 30%; web 44% and 50%, each give or take 6 points.'
    """
    mine = weighted[weighted["channel"].isin(rows["channel"])]
    mine = mine.dropna(subset=["weighted_used", "weighted_preferred"]).set_index("channel")
    named = [
        f"{in_sentence(each)} {percent(mine.loc[each, 'weighted_used'])} and "
        f"{percent(mine.loc[each, 'weighted_preferred'])}"
        for each in rows["channel"]
        if each in mine.index
    ]
    if not named:
        return ""
    spread = give_or_take_points(int(mine[["used_margin", "preferred_margin"]].max(axis=None)))
    return f"Weighted to the population: {'; '.join(named)}, each {spread}."


def offer_sentence(survey: Survey, rows: pd.DataFrame) -> str:
    """Say which groups include a channel that was not on offer, so that it could only be preferred.

    Parameters
    ----------
    survey : Survey
        The survey.
    rows : pandas.DataFrame
        `channel`, those that are named.

    Returns
    -------
    str
        One sentence; "" where every channel could be used.

    Examples
    --------
    >>> from analysis import survey
    >>> offer_sentence(survey.load("herts_2023"), pd.DataFrame({"channel": ["Digital"]}))
    'Digital includes private video chat, which was not on offer.'
    """
    groups = survey.codebook.question("preferred").groups
    parts = [
        f"{at_start(groups[each])} includes {in_sentence(each)}, which was not on offer"
        for each in survey.not_offered
        if groups.get(each) in set(rows["channel"]) and groups[each] != each
    ]
    return f"{'; '.join(parts)}." if parts else ""


def same_plain(survey: Survey, same: Share | None) -> str:
    """Say how many gave the same answer to both questions.

    Parameters
    ----------
    survey : Survey
        The survey.
    same : Share or None
        As `people.same_twice` returns it.

    Returns
    -------
    str
        One sentence; "" where few did and few did not.
    """
    said = "" if same is None else how_many(same, rule_of(survey.codebook))
    if not said:
        return ""
    who = f"{at_start(said)} of {same.n:,} {same_words(survey)}"
    return f"{who}, {give_or_take(same)}." if said[0].isdigit() else f"{who}."
