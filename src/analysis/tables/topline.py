"""The topline: the answers of everybody to every closed question."""

import numpy as np
import pandas as pd

from analysis import proportions
from analysis.population import Weighing
from analysis.privacy import (
    HIDDEN_NUMBER,
    ToldShare,
    hidden_weighted,
    round_people,
    rounded_out,
    rule_of,
    told_share,
    weights_tell,
)
from analysis.survey import Survey
from analysis.tables.asked import Asked, hidden_answers

#: What the table says of each answer, without weights.
PLAIN = ["estimate", "conf_low", "conf_high"]

#: And with them.
WEIGHTED = ["weighted", "weighted_low", "weighted_high", "n_weighted"]

COLUMNS = ["question", "wording", "asked", "answer", "people", *PLAIN, "n", "effective_n"]


def answer_rows(asked: Asked, survey: Survey, weighing: Weighing | None) -> pd.DataFrame:
    """Tell the answers of everybody to one question.

    Parameters
    ----------
    asked : Asked
        The question.
    survey : Survey
        The survey.
    weighing : Weighing, optional
        As `population.weigh` returns it.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, and with weights `WEIGHTED`: a row an answer, in order, and after those of a
        rating one for the best of them together. `people` is rounded to the threshold;
        shares are in whole percent, intervals rounded outwards. Shares that no notebook shows
        of the same people come from the rounded count, and their intervals hold those of all
        counts that it may stand for. Hidden numbers are NA. The
        effective n is Kish's of the people with a weight; without weights it is n.
    """
    yes = _chosen(asked)
    hidden = hidden_answers(asked, survey)
    secret = np.array([name in hidden for name in yes.columns])
    rows = _plain(asked, survey, yes, secret)
    if weighing is None:
        return rows.assign(effective_n=rows["n"])[COLUMNS]
    heavy = _weighted(asked, survey, yes, weighing, rows["estimate"].isna().to_numpy())
    return pd.concat([rows, heavy], axis=1)[[*COLUMNS, *WEIGHTED]]


def _chosen(asked: Asked) -> pd.DataFrame:
    """Return indicators of the answers, and of the best ones together."""
    if asked.several:
        return asked.answers.astype(bool)
    chosen = pd.get_dummies(asked.answers).set_axis(asked.labels, axis=1)
    if asked.best_label:
        chosen[asked.best_label] = asked.answers.isin(asked.best)
    return chosen


def _plain(asked: Asked, survey: Survey, yes: pd.DataFrame, secret: np.ndarray) -> pd.DataFrame:
    rule, n = rule_of(survey.codebook), len(yes)
    counts = yes.sum().astype(int)
    if asked.best_label:
        secret = np.where(yes.columns == asked.best_label, not rule.splits(yes.iloc[:, -1]), secret)
    told = [
        None if hide else told_share(int(count), n, rule=rule, exact=asked.exact)
        for count, hide in zip(counts, secret, strict=True)
    ]
    rows = pd.DataFrame(
        {name: [_number(each, name) for each in told] for name in PLAIN}, dtype=float
    )
    people = [
        HIDDEN_NUMBER if each is None else round_people(int(count), rule=rule)
        for count, each in zip(counts, told, strict=True)
    ]
    question = asked.question
    return rounded_out(rows).assign(
        question=question.role,
        wording=question.wording,
        asked=asked.who,
        answer=list(yes.columns),
        people=people,
        n=n,
    )


def _number(told: ToldShare | None, name: str) -> float:
    return HIDDEN_NUMBER if told is None else getattr(told, name)


def _weighted(
    asked: Asked, survey: Survey, yes: pd.DataFrame, weighing: Weighing, secret: np.ndarray
) -> pd.DataFrame:
    """Return weighted shares of the people who have a weight; hidden where the others are."""
    rule, mine = rule_of(survey.codebook), weighing.people(yes)
    hidden = np.ones(len(secret), dtype=bool)
    alone = len(yes.columns) - bool(asked.best_label)
    spans = [slice(0, alone), *([slice(alone, None)] if asked.best_label else [])]
    for span in spans:
        of_all = not asked.several and span.start == 0
        hidden[span] = hidden_weighted(
            yes.sum().to_numpy()[span], len(yes), mine.sum().to_numpy()[span], len(mine),
            rule=rule, complete=of_all,
            together=[name in asked.best for name in yes.columns[span]] if of_all else None,
        )  # fmt: skip
    names = [*WEIGHTED, "effective_n"]
    if weights_tell(len(yes), len(mine), rule=rule):
        return pd.DataFrame(HIDDEN_NUMBER, index=range(len(secret)), columns=names)
    found = rounded_out(proportions.shares(mine.astype(float), weights=weighing.weights))
    rows = found.rename(columns=dict(zip(PLAIN, WEIGHTED[:3], strict=True)))
    for name in WEIGHTED[:3]:
        rows[name] = np.where(hidden | secret, HIDDEN_NUMBER, rows[name])
    return rows.assign(n_weighted=len(mine), effective_n=rows["effective_n"].round())[names]
