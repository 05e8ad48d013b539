"""Who leaves, in a fixed order.

Each rule returns a boolean Series of all replies, True for the rows that it is about.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cleaning.columns import Columns
from analysis.survey.codebook import Codebook
from analysis.survey.exclusions import Ledger, exclude
from analysis.survey.wording import match_key, tidy

#: Steps in their order, each with its reason; replies sent again leave last, see `doubles`.
STEPS = (
    ("blank", "no question was answered"),
    ("test", "a trial: an open answer is a test text, or sent before the opening date"),
    ("late", "sent after the closing date"),
    ("no_connection", "does not belong to the population, by its own answer"),
    ("abandoned", "broke off before the questions on contact"),
)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Replies as they were sent: `frame` in codes, `columns` as written, `blank` cells."""

    frame: pd.DataFrame
    columns: Columns
    blank: pd.DataFrame


def take_out(sent: Sent, codebook: Codebook) -> tuple[pd.DataFrame, Ledger]:
    """Take out what is no reply of the population, step by step.

    Parameters
    ----------
    sent : Sent
        The replies of an export, or of a part of it.
    codebook : Codebook
        The rules.

    Returns
    -------
    tuple of pandas.DataFrame and Ledger
        `raw_row` of the replies kept; and who left.
    """
    kept, ledger = sent.frame[["raw_row"]], Ledger(rows_in=len(sent.frame))
    rules = {
        "blank": _blank_replies,
        "test": _test_replies,
        "late": _late_replies,
        "no_connection": _replies_without_connection,
        "abandoned": _abandoned_replies,
    }
    for step, reason in STEPS:
        rows = rules[step](sent, codebook)
        kept, ledger = leave(kept, ledger, rows, step=step, reason=reason)
    return kept, ledger


def leave(
    kept: pd.DataFrame, ledger: Ledger, rows: pd.Series | None, *, step: str, reason: str
) -> tuple[pd.DataFrame, Ledger]:
    """Take rows out; None for a step that does not apply."""
    if rows is None:
        rows = pd.Series(False, index=kept.index)
        reason = f"does not apply: the survey has no rule or question for it ({reason})"
    return exclude(kept, ledger, rows.loc[kept.index], step=step, reason=reason)


def _blank_replies(sent: Sent, codebook: Codebook) -> pd.Series:
    """Mark rows without an answer to any question; times, numbers, weights, ids, waves are none.

    Parameters
    ----------
    sent : Sent
        The replies.
    codebook : Codebook
        What was asked.

    Returns
    -------
    pandas.Series
        Boolean.
    """
    asked = [
        question
        for question in codebook.questions
        if question.kind != "number" and codebook.asks_people(question)
    ]
    sources = [tidy(name) for question in asked for name in question.source_columns]
    return sent.blank[sources].all(axis=1)


def _test_replies(sent: Sent, codebook: Codebook) -> pd.Series | None:
    """Mark trials of the form: an open answer that is a test text, or sent before the opening.

    Parameters
    ----------
    sent : Sent
        The replies.
    codebook : Codebook
        Its `test_texts` are compared with the whole answer, so "test the line" is no trial.

    Returns
    -------
    pandas.Series or None
        Boolean; None if the survey has neither test texts nor an opening date.
    """
    texts = {match_key(text) for text in codebook.cleaning.test_texts}
    early = codebook.opens is not None and codebook.has("submitted")
    if not texts and not early:
        return None
    rows = pd.Series(False, index=sent.frame.index)
    for question in codebook.questions:
        if question.kind == "text" and question.role != "respondent":
            column = sent.columns[question.column]
            keys = pc.utf8_trim(column.match_keys, ".! ")
            tests = pc.is_in(keys, pa.array(sorted(texts), type=keys.type))
            rows |= column.spread(tests.to_numpy(zero_copy_only=False))
    if early:
        rows |= sent.frame["submitted"] < _moment(codebook, codebook.opens)
    return rows


def _late_replies(sent: Sent, codebook: Codebook) -> pd.Series | None:
    """Mark replies sent after the end of the closing day in the survey's own time zone.

    Parameters
    ----------
    sent : Sent
        The replies. Times without an offset are local.
    codebook : Codebook
        Its `closes` is the last day that counts, to midnight.

    Returns
    -------
    pandas.Series or None
        Boolean; None if the survey has no closing date or no time of submission.
    """
    if codebook.closes is None or not codebook.has("submitted"):
        return None
    return sent.frame["submitted"] >= _moment(codebook, codebook.closes + timedelta(days=1))


def _moment(codebook: Codebook, day: object) -> pd.Timestamp:
    """Return the start of a day as the export's own clock shows it: local, without offset."""
    local = datetime.combine(day, time.min, tzinfo=ZoneInfo(codebook.timezone))
    return pd.Timestamp(local).tz_localize(None)


def _replies_without_connection(sent: Sent, codebook: Codebook) -> pd.Series | None:
    """Mark people who say that they have no tie to the area.

    Parameters
    ----------
    sent : Sent
        The replies.
    codebook : Codebook
        Its `no_connection` lists the answers that mean no tie.

    Returns
    -------
    pandas.Series or None
        Boolean; None if the survey did not ask. Who did not answer stays.
    """
    if not codebook.has("connection") or not codebook.cleaning.no_connection:
        return None
    return sent.frame["connection"].isin(codebook.cleaning.no_connection)


def _abandoned_replies(sent: Sent, codebook: Codebook) -> pd.Series | None:
    """Mark replies that left every question of `abandoned_without` empty.

    Parameters
    ----------
    sent : Sent
        The replies.
    codebook : Codebook
        Its `abandoned_without` lists the roles; "don't know" is an answer here.

    Returns
    -------
    pandas.Series or None
        Boolean; None if the survey has no such rule.
    """
    roles = codebook.cleaning.abandoned_without
    if not roles:
        return None
    return sent.frame[codebook.columns_of(roles)].isin(["no_answer", "not_asked"]).all(axis=1)
