"""Repeated submissions of one person."""

from datetime import timedelta

import numpy as np
import pandas as pd

from analysis.cleaning import answer_codes
from analysis.errors import SurveyError
from analysis.survey.codebook import Codebook
from analysis.survey.wording import clipped, match_key, tidy

#: More replies than this under one respondent are no person's.
_MOST_REPLIES_OF_ONE = 5


def double_replies(frame: pd.DataFrame, raw: pd.DataFrame, codebook: Codebook) -> pd.Series | None:
    """Mark repeated submissions of one person, but for the first complete one.

    Parameters
    ----------
    frame, raw : pandas.DataFrame
        The coded replies and their raw rows, same index.
    codebook : Codebook
        With a question of role `respondent`, replies of one respondent are doubles. Without,
        replies within `double_within_minutes` that agree are.

    Returns
    -------
    pandas.Series or None
        Boolean; None if the survey has neither.

    Notes
    -----
    Of the replies of one person the one with most cells filled in stays, the earliest of those.
    Without a respondent, a reply leaves only if it agrees with one that stays: both filled in at
    least a third of the cells that the fuller one did, and no cell differs.
    """
    minutes = codebook.cleaning.double_within_minutes
    answers = _answers_as_written(raw, codebook)
    filled = (answers != "").sum(axis=1)
    order = pd.DataFrame({"filled": -filled, "row": frame["raw_row"]})
    order = order.sort_values(["filled", "row"]).index
    if codebook.has("respondent"):
        person = answers[tidy(codebook.question("respondent").column)]
        _refuse_shared_respondents(person)
        same = person.mask(person == "", frame["raw_row"].astype(str))
        return same.loc[order].duplicated().reindex(frame.index)
    if not (minutes and codebook.has("submitted")):
        return None
    agreeing = _agreeing_pairs(answers, filled, frame["submitted"], timedelta(minutes=minutes))
    leaves = pd.Series(False, index=frame.index)
    kept: set = set()
    for reply in order:
        leaves[reply] = not kept.isdisjoint(agreeing.get(reply, ()))
        if not leaves[reply]:
            kept.add(reply)
    return leaves


def _refuse_shared_respondents(person: pd.Series) -> None:
    """Raise if one value of the respondent's column stands for many people, as "anonymous" does."""
    counts = person[person != ""].value_counts()
    if len(counts) and counts.iloc[0] > _MOST_REPLIES_OF_ONE:
        raise SurveyError(
            f"{counts.iloc[0]} replies have the respondent {clipped(str(counts.index[0]))}; "
            "nobody replies so often: take the role respondent from this question"
        )


def _answers_as_written(raw: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    asked = [q for q in codebook.questions if q.kind not in ("date", "number", "weight")]
    columns = [tidy(name) for question in asked for name in question.source_columns]
    keys = raw[columns].apply(
        lambda column: column.map({text: match_key(text) for text in column.unique()})
    )
    return keys.mask(answer_codes.blank_cells(raw, codebook)[columns], "")


def _agreeing_pairs(
    answers: pd.DataFrame, filled: pd.Series, times: pd.Series, within: timedelta
) -> dict[object, set]:
    """Map each reply to those that follow or precede it closely and never disagree with it.

    All pairs at distance 1, 2, 3, ... in time are compared at once, until no pair is close.
    """
    order = times.sort_values(kind="stable").index
    cells, moments = answers.loc[order].to_numpy(dtype=object), times.loc[order].to_numpy()
    most = filled.loc[order].to_numpy()
    pairs: dict[object, set] = {}
    for step in range(1, len(order)):
        close = moments[step:] - moments[:-step] <= within
        if not close.any():
            break
        one, two = cells[:-step], cells[step:]
        both = (one != "") & (two != "")
        differ = (both & (one != two)).any(axis=1)
        enough = 3 * both.sum(axis=1) >= np.maximum(most[:-step], most[step:])
        for first in (close & ~differ & enough).nonzero()[0]:
            pairs.setdefault(order[first], set()).add(order[first + step])
            pairs.setdefault(order[first + step], set()).add(order[first])
    return pairs
