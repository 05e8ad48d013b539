"""Repeated submissions of one person."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.cleaning import keys, respondents, same_replies
from analysis.cleaning.columns import Columns, blank_texts
from analysis.cleaning.keys import Keys
from analysis.survey.codebook import Codebook
from analysis.survey.wording import tidy

#: An open answer or a number counts as one of so many that people give.
_OPEN_CHOICES = 100

#: The ledger's reasons.
SAME = "the same reply sent again; the first complete one stays"
LAST = "another reply of the same respondent; the last one stays"


@dataclass(frozen=True, kw_only=True)
class Doubles:
    """Which replies leave as doubles, and how many of them at most by mere chance.

    `by_chance` is None where the respondent's id tells, and not the answers.
    """

    rows: pd.Series
    reason: str
    by_chance: float | None = None


def find_doubles(
    frame: pd.DataFrame, answers: pd.DataFrame, ids: np.ndarray | None, codebook: Codebook
) -> Doubles | None:
    """Find repeated submissions of one person, but for the one that stays.

    Parameters
    ----------
    frame : pandas.DataFrame
        The coded replies that are looked at.
    answers : pandas.DataFrame
        Whole numbers that stand for what they answered, 0 for nothing, in the order of the
        export: no times, weights, ids or waves; same index.
    ids : numpy.ndarray or None
        A number a respondent, 0 for nobody's; None if the survey has no question of role
        `respondent`.
    codebook : Codebook
        Replies of one respondent are doubles. Without a respondent, replies within
        `double_within_minutes` that are the same are, unless so many people answer alike; see
        `same_replies.find_same`. With a question of role `wave`, replies of different waves are
        no doubles.

    Returns
    -------
    Doubles or None
        None if the survey has neither.

    Raises
    ------
    SurveyError
        If an id is not one person's; see `respondents.refuse_shared`.

    Examples
    --------
    >>> from analysis import cleaning, survey
    >>> herts = survey.load("herts_2023")
    >>> found = cleaning.clean(herts.read_raw(), herts.codebook).doubles
    >>> int(found.rows.sum()), found.by_chance < 0.1
    (18, True)

    Notes
    -----
    Of the replies of one person the one with most cells filled in stays, the earliest of those;
    the last one, if the codebook says so. Without a respondent, a reply leaves only beside one
    that stays: two replies that differ may begin alike.
    """
    filled = np.zeros(len(frame), dtype=np.int64)
    for name in answers:
        filled += answers[name].to_numpy() != 0
    order = frame.index[np.lexsort([frame["raw_row"].to_numpy(), -filled])]
    if ids is not None:
        if codebook.has("wave"):
            waves = pd.factorize(frame["wave"])[0] + 1
            ids = keys.combined([ids, waves])
        ids = pd.Series(ids, index=frame.index)
        respondents.refuse_shared(ids, answers, codebook)
        last = codebook.cleaning.last_reply_counts
        order = respondents.last_first(frame) if last else order
        rows = ids.loc[order].duplicated().reindex(frame.index) & (ids != 0)
        return Doubles(rows=rows, reason=LAST if last else SAME)
    if not (codebook.cleaning.double_within_minutes and codebook.has("submitted")):
        return None
    beside, by_chance = _same_within_waves(frame, answers, order, codebook)
    leaving: set = set()
    for reply in order[order.isin(list(beside))]:
        if not beside[reply] <= leaving:
            leaving.add(reply)
    rows = pd.Series(frame.index.isin(list(leaving)), index=frame.index)
    return Doubles(rows=rows, reason=SAME, by_chance=by_chance)


def _same_within_waves(
    frame: pd.DataFrame, answers: pd.DataFrame, order: pd.Index, codebook: Codebook
) -> tuple[dict, float]:
    """Find replies that are the same, wave by wave: reply -> those beside it, and by chance."""
    waves = frame["wave"] if codebook.has("wave") else pd.Series("", index=frame.index)
    rank = pd.Series(range(len(order)), index=order)
    within = pd.Timedelta(minutes=codebook.cleaning.double_within_minutes)
    beside, by_chance = {}, 0.0
    for _, part in frame.groupby(waves):
        same = same_replies.find_same(
            answers.loc[part.index],
            part["submitted"],
            rank.reindex(part.index),
            within=within,
            choices=_choices(codebook),
        )
        beside |= same.beside
        by_chance += same.by_chance
    return beside, by_chance


def _choices(codebook: Codebook) -> dict[str, int]:
    """Count the answers of the question that each column of the export belongs to."""
    return {
        tidy(name): len(question.answers) or _OPEN_CHOICES
        for question in codebook.questions
        for name in question.source_columns
    }


def answers_as_written(columns: Columns, codebook: Codebook) -> dict[str, Keys]:
    """Give numbers to what people answered, without times, weights, ids and waves.

    Parameters
    ----------
    columns : Columns
        Of the export.
    codebook : Codebook
        What was asked.

    Returns
    -------
    dict of str to Keys
        By column, in the order of the export.
    """
    asked = {
        tidy(name): question
        for question in codebook.questions
        if codebook.asks_people(question)
        for name in question.source_columns
    }
    return {
        name: Keys.of(columns[name], blank_texts(columns[name], asked[name], codebook))
        for name in columns.names
        if name in asked
    }
