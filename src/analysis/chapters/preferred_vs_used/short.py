"""What people use and prefer in a few plain sentences."""

import pandas as pd

from analysis.chapters.preferred_vs_used.tables import told_shifts
from analysis.privacy import rule_of
from analysis.proportions import Share
from analysis.report import at_start, give_or_take, how_many, in_sentence, margin, percent
from analysis.survey import Survey
from analysis.survey.codebook import Words

#: So many channels are named where they are in no groups.
_NAMED = 4


def short_texts(
    survey: Survey, same: Share | None, visible: tuple[pd.DataFrame, pd.DataFrame], *, n: int
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
    n : int
        The people who answered both questions.

    Returns
    -------
    list of str
        What is used and preferred, in the largest groups of channels or channels; and how many
        gave the same answer twice. "" where nothing may be shown.
    """
    return [
        shares_sentence(_rows(survey, *visible), survey.words, n),
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
    """Say what is used and what is preferred.

    Parameters
    ----------
    rows : pandas.DataFrame
        `channel, share_used, share_preferred, estimate, conf_low, conf_high`, the most used first.
    words : Words
        How the survey speaks.
    n : int
        The people who answered both questions.

    Returns
    -------
    str
        One sentence; "" without rows.

    Examples
    --------
    >>> from analysis import survey
    >>> rows = pd.DataFrame({"channel": ["Phone", "Web"], "share_used": [0.52, 0.35],
    ...     "share_preferred": [0.36, 0.4], "estimate": [-0.16, 0.05], "conf_low": [-0.2, 0.01],
    ...     "conf_high": [-0.12, 0.09]})
    >>> print(shares_sentence(rows, survey.load("herts_2023").words, 734))
    Phone: 52% used most recently, 36% would prefer; web: 35% and 40% (of 734 people; each \
difference give or take 4 points).
    """
    if rows.empty:
        return ""
    first, *others = [
        (row.channel, percent(row.share_used), percent(row.share_preferred))
        for row in rows.itertuples()
    ]
    said = f"{at_start(first[0])}: {first[1]} {words.used}, {first[2]} {words.preferred}"
    said = "; ".join([said, *(f"{in_sentence(c)}: {used} and {pref}" for c, used, pref in others)])
    widest = max(rows.itertuples(), key=margin)
    return f"{said} (of {n:,} people; each difference {give_or_take(widest)})."


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
    who = f"{at_start(said)} of {same.n:,} gave the same answer to both questions"
    return f"{who}, {give_or_take(same)}." if said[0].isdigit() else f"{who}."
