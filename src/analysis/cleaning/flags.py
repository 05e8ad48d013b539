"""Replies that stay but are doubtful; each flag is a column of the responses."""

import pandas as pd

from analysis.survey.codebook import MISSING, Codebook

#: Name and meaning of each flag.
FLAGS = {
    "speeder": "answered faster than the questions can be read",
    "straight_liner": "ticked the same position on every rating",
    "contradiction": "says that the channel used was the preferred one, but names another",
}


def add(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Add the flag columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        Coded replies that were kept.
    codebook : Codebook
        What was asked, and the rules.

    Returns
    -------
    pandas.DataFrame
        A copy with a boolean column `flag_<name>` for each of `FLAGS` that the survey has a
        rule and the questions for.
    """
    found = {
        "speeder": _speeders(frame, codebook),
        "straight_liner": _straight_liners(frame, codebook),
        "contradiction": _contradictions(frame, codebook),
    }
    return frame.assign(
        **{f"flag_{name}": rows for name, rows in found.items() if rows is not None}
    )


def flag_names(responses: pd.DataFrame) -> list[str]:
    """List the flags that responses carry.

    Parameters
    ----------
    responses : pandas.DataFrame
        Cleaned responses.

    Returns
    -------
    list of str
        Names as in `FLAGS`.
    """
    return [name for name in FLAGS if f"flag_{name}" in responses]


def _speeders(frame: pd.DataFrame, codebook: Codebook) -> pd.Series | None:
    """Mark replies finished in less than `speeder_seconds`.

    Parameters
    ----------
    frame : pandas.DataFrame
        Coded replies with `started` and `submitted` as times.
    codebook : Codebook
        Its `speeder_seconds`; 0 switches the flag off.

    Returns
    -------
    pandas.Series or None
        Boolean; None if the survey has no such rule or question. Who has no time, or one of the
        end before the start, as when clocks go back, is not marked.
    """
    if not (codebook.cleaning.speeder_seconds and {"started", "submitted"} <= set(frame)):
        return None
    seconds = (frame["submitted"] - frame["started"]).dt.total_seconds()
    return (seconds >= 0) & (seconds < codebook.cleaning.speeder_seconds)


def _straight_liners(frame: pd.DataFrame, codebook: Codebook) -> pd.Series | None:
    """Mark replies with the same position on every rating of `straight_line`, all answered.

    Parameters
    ----------
    frame : pandas.DataFrame
        Coded replies.
    codebook : Codebook
        Its `straight_line` lists the roles.

    Returns
    -------
    pandas.Series or None
        Boolean; None if the survey has no such rule. Some people mean the same answer
        everywhere: the flag is a doubt, not a finding.
    """
    roles = codebook.cleaning.straight_line
    if not roles:
        return None
    positions = pd.DataFrame(
        {
            role: pd.Categorical(frame[role]).set_categories(codebook.question(role).codes).codes
            for role in roles
        },
        index=frame.index,
    )
    return (positions >= 0).all(axis=1) & positions.eq(positions.iloc[:, 0], axis=0).all(axis=1)


def _contradictions(frame: pd.DataFrame, codebook: Codebook) -> pd.Series | None:
    """Mark who says that the channel used was the preferred one, but prefers another.

    Parameters
    ----------
    frame : pandas.DataFrame
        Coded replies.
    codebook : Codebook
        Its `was_preferred_yes` is the answer that claims agreement.

    Returns
    -------
    pandas.Series or None
        Boolean; None if the survey has no such rule or question.
    """
    yes = codebook.cleaning.was_preferred_yes
    if not (yes and {"was_preferred", "used_last", "preferred"} <= set(frame)):
        return None
    used, preferred = (frame[role].astype("str") for role in ("used_last", "preferred"))
    both = ~used.isin(MISSING) & ~preferred.isin(MISSING)
    return (frame["was_preferred"] == yes) & both & (used != preferred)
