"""Sentences on digital channels by age and disability, made from the tables of notebook 06."""

from collections.abc import Mapping

import pandas as pd

from analysis.chapters.digital.tables import with_and_without_absent
from analysis.privacy import HIDDEN
from analysis.proportions import Share
from analysis.report import in_sentence, interval, listed, p_text, percent, points
from analysis.survey import Survey
from analysis.survey.codebook import Words


def digital_channels(words: Words) -> str:
    """Write what the digital channels are called, in the plural.

    Parameters
    ----------
    words : Words
        With `digital_groups`.

    Returns
    -------
    str
        Such as ``"digital channels"``.
    """
    return f"{listed([in_sentence(each) for each in words.digital_groups])} {words.channels}"


def answer_text(
    survey: Survey,
    names: Mapping[str, str],
    people: pd.DataFrame,
    gaps: pd.DataFrame,
    tests: pd.DataFrame,
) -> str:
    """Write the paragraph of the answer that is about digital channels.

    Parameters
    ----------
    survey : Survey
        The survey.
    names : mapping of str to str
        What the groups of a grouping are called.
    people : pandas.DataFrame
        As `people.answered_both` returns it.
    gaps : pandas.DataFrame
        As `tables.every_gap` returns it.
    tests : pandas.DataFrame
        As `models.gap_tests` returns it.

    Returns
    -------
    str
        The gap of everybody, the groups at both ends, and what differs; "" of nobody.
    """
    if people.empty:
        return ""
    texts = [
        gap_sentence(gaps.iloc[0], survey.words),
        on_offer_sentence(with_and_without_absent(survey, people), survey.not_offered),
        ends_sentence(gaps[gaps["variable"] == "age"], survey.words),
        between_groups_sentence(tests, names),
    ]
    return " ".join(each for each in texts if each)


def gap_sentence(row: pd.Series, words: Words) -> str:
    """Say the shares of everybody that used and that prefer a digital channel.

    Parameters
    ----------
    row : pandas.Series
        A row of `tables.shown_gaps`.
    words : Words
        The survey's words.

    Returns
    -------
    str
        One sentence with the interval of the gap; "" where it is hidden.
    """
    if pd.isna(row["estimate"]):
        return ""
    span = interval(row["conf_low"], row["conf_high"], "whole points")
    known = row["weighted"] not in ("", HIDDEN)
    weighted = f"; with weights: {row['weighted'].replace(', ', ' and ')}" if known else ""
    return (
        f"Of {int(row['n']):,} people {percent(row['share_used'])} {words.used} one of the "
        f"{digital_channels(words)}, and {percent(row['share_preferred'])} {words.preferred} one: "
        f"{points(row['estimate'], 0)} points (95% interval {span}{weighted})."
    )


def ends_sentence(shown: pd.DataFrame, words: Words) -> str:
    """Name the groups of people that use digital channels least and most often.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `tables.shown_gaps` returns it, of one grouping.
    words : Words
        The survey's words.

    Returns
    -------
    str
        One sentence; "" with fewer than two groups shown.
    """
    rows = shown.dropna(subset=["estimate"]).sort_values("share_used", kind="stable")
    if len(rows) < 2:
        return ""
    cells = [
        f"{row.level} ({percent(row.share_used)} {words.used}, {percent(row.share_preferred)} "
        f"{words.preferred})"
        for row in rows.iloc[[0, -1]].itertuples()
    ]
    of = " that may be shown" * (len(rows) < len(shown))
    return f"Groups{of} run from {cells[0]} to {cells[1]}."


def between_groups_sentence(tests: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Say what differs between groups of people: use, preference, and the gap between them.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `models.gap_tests` returns it.
    names : mapping of str to str
        What the groups of a grouping are called.

    Returns
    -------
    str
        A sentence a grouping.

    Examples
    --------
    >>> tests = pd.DataFrame({"grouping": ["age"] * 3, "test": ["used", "prefer", "gap"],
    ...                       "p_adjusted": [0.0001, 0.01, 0.4]})
    >>> print(between_groups_sentence(tests, {"age": "age groups"}))
    Between age groups use (p < 0.001) and preference (p = 0.010) differ; these data do not show \
that the gap (p = 0.400) does, Holm-adjusted.
    """
    about, texts = {"used": "use", "prefer": "preference", "gap": "the gap"}, []
    for by, rows in tests.groupby("grouping", sort=False):
        cells = [f"{about[row.test]} ({p_text(row.p_adjusted)})" for row in rows.itertuples()]
        clear = (rows["p_adjusted"] < 0.05).to_numpy()
        yes, no = ([c for c, each in zip(cells, clear, strict=True) if each == w] for w in (1, 0))
        text = f"Between {names[str(by)]} "
        if yes:
            text += f"{listed(yes)} {'differ' if len(yes) > 1 else 'differs'}"
        if no:
            does = "does" if yes and len(no) == 1 else "do" if yes else "differs"
            text += f"{'; ' if yes else ''}these data do not show that {_either(no)} {does}"
        texts.append(f"{text}, Holm-adjusted.")
    return " ".join(texts)


def _either(cells: list[str]) -> str:
    return listed(cells).replace(" and ", " or ")


def elsewhere_sentence(away: Share | None, back: Share | None, words: Words) -> str:
    """Say how many users of digital channels would rather not, and how many others would.

    Parameters
    ----------
    away, back : Share or None
        As `models.elsewhere` returns them.
    words : Words
        The survey's words.

    Returns
    -------
    str
        One or two sentences; a remark if both are hidden.
    """
    texts = []
    if away is not None:
        texts.append(
            f"Of people who {words.used} one of the {digital_channels(words)}, "
            f"{_cell(away)} {words.preferred} another way."
        )
    if back is not None:
        texts.append(
            f"Of people who {words.used} another way, {_cell(back)} {words.preferred} one of the "
            f"{digital_channels(words)}."
        )
    remark = (
        f"Too few people {words.used} one way and {words.preferred} another for more to be said."
    )
    return " ".join(texts) or remark


def _cell(share: Share) -> str:
    span = interval(share.conf_low, share.conf_high)
    return f"{percent(share.estimate)} ({span}; {share.n:,} people)"


def on_offer_sentence(rows: pd.DataFrame, missing: list[str]) -> str:
    """Say whether a gap is there without the people who prefer a channel that was not on offer.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `tables.with_and_without_absent` returns it.
    missing : list of str
        What was not on offer.

    Returns
    -------
    str
        One sentence, without numbers that would tell of the few who are left out; "" if all was
        on offer, nobody prefers what was not, or nobody prefers anything else.
    """
    if not missing or len(rows) < 2 or rows["n"].iloc[0] == rows["n"].iloc[1]:
        return ""
    named = listed([in_sentence(each) for each in missing])
    clear = ((rows["simultaneous_low"] > 0) | (rows["simultaneous_high"] < 0)).tolist()
    states = ["leaves out 0" if each else "holds 0" for each in clear]
    link = "too" if clear[0] == clear[1] else f"while that of all {states[0]}"
    left = "; that people would rather have more of the channels there are is not shown"
    return (
        f"Without the people who prefer a channel that was not on offer ({named}) the interval of "
        f"the gap {states[1]}{' ' if link == 'too' else ', '}{link}{left * (not clear[1])}."
    )
