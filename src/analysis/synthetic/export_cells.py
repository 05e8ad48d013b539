"""From simulated answers to the cells, times and columns of a Microsoft Forms export."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analysis.survey.codebook import Codebook, Question


def asked_questions(codebook: Codebook) -> list[Question]:
    """Return the questions that people answer: all but the times.

    Parameters
    ----------
    codebook : Codebook
        What is asked.

    Returns
    -------
    list of Question
        In the order of the form.
    """
    return [question for question in codebook.questions if question.kind != "date"]


def questions_reached(status: pd.Series, codebook: Codebook) -> pd.DataFrame:
    """Tell which questions each reply got to.

    Parameters
    ----------
    status : pandas.Series
        See `simulated_people.STATUSES`.
    codebook : Codebook
        An abandoned reply stops before the first of its `abandoned_without`.

    Returns
    -------
    pandas.DataFrame
        Boolean, a column a role.
    """
    reached, before_stop = {}, True
    for question in asked_questions(codebook):
        before_stop &= question.role not in codebook.cleaning.abandoned_without
        stopped = ["blank"] if before_stop else ["blank", "abandoned"]
        reached[question.role] = ~status.isin(stopped)
    return pd.DataFrame(reached)


def gate_role(question: Question, codebook: Codebook) -> str:
    """Return the role of the question whose answer decides whether this one is asked.

    Parameters
    ----------
    question : Question
        A question with `asked_if`.
    codebook : Codebook
        What is asked.

    Returns
    -------
    str
        A role.
    """
    return next(each.role for each in codebook.questions if each.id == question.asked_if_question)


def write_cells(
    people: pd.DataFrame,
    codebook: Codebook,
    parameters: Mapping[str, Any],
    *,
    fixed: set[tuple[int, str]],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Write each person's answers as the export's texts.

    Parameters
    ----------
    people : pandas.DataFrame
        What people say, in codes by role.
    codebook : Codebook
        Texts, routing and kinds of missing answer.
    parameters : mapping
        As `simulation.read_parameters` returns them.
    fixed : set of (int, str)
        Person and role of cells that are certainly answered.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    pandas.DataFrame
        `person` and a column of text for each role, empty where the form did not ask.
    """
    reached = questions_reached(people["status"], codebook)
    replies, given = {"person": people.index.to_numpy()}, {}
    kept = (people["status"] == "kept").to_numpy()
    for question in asked_questions(codebook):
        role = question.role
        asked = reached[role].to_numpy()
        if question.asked_if_question:
            gate = pd.Series(given[gate_role(question, codebook)])
            asked = asked & gate.isin(question.asked_if_answers).to_numpy()
        thought = people[role].notna().to_numpy()
        unsaid = _unsaid(question, parameters["nonresponse"].get(role, {}), len(people), rng)
        certain = np.zeros(len(people), dtype=bool)
        certain[[person for person, of in fixed if of == role]] = True
        silent = asked & thought & kept & ~certain & pd.notna(unsaid)
        says = asked & thought & ~silent
        texts = np.full(len(people), "", dtype=object)
        if question.missing and (asked & ~thought).any():
            texts[asked & ~thought] = question.missing["dont_know"][0]
        texts[silent] = unsaid[silent]
        texts[says] = _texts(people[_answer_columns(question)][says], question)
        replies[role] = pd.Series(texts, index=people.index, dtype=object)  # far faster than str
        given[role] = np.where(says, people[role].to_numpy(dtype=object), None)
    return pd.DataFrame(replies, index=people.index)


def _unsaid(
    question: Question, table: Mapping[str, float], n: int, rng: np.random.Generator
) -> np.ndarray:
    """Draw what stands in the cell instead of an answer; None where the answer is given."""
    uniform, drawn = rng.random(n), np.full(n, None, dtype=object)
    limit = 0.0
    for kind, share in table.items():
        text = "" if kind == "blank" else question.missing[kind][0]
        if question.separator and text:
            text += question.separator
        drawn[(uniform >= limit) & (uniform < limit + share)] = text
        limit += share
    return drawn


def _answer_columns(question: Question) -> list[str]:
    """Name the columns of people that say what stands in a question's cells."""
    if question.kind == "text":
        return [f"{question.role}_text"]
    return [question.role, *([_other_column(question)] if question.other_code else [])]


def _other_column(question: Question) -> str:
    return f"{'preferred' if question.role == 'preferred' else 'used'}_other"


def _texts(people: pd.DataFrame, question: Question) -> np.ndarray:
    """Return the text of each person's answer; each combination of codes is written once."""
    if question.kind == "text":
        return people[f"{question.role}_text"].to_numpy(dtype=object)
    labels = {answer.code: answer.text for answer in question.answers}
    if question.other_code:
        labels[question.other_code] = f"{question.other_prefix} \0"
    codes, found = pd.factorize(people[question.role])
    texts = (
        [labels[each] for each in found]
        if question.kind != "multiple"
        else [
            "".join(labels[code] + question.separator for code in each.split(";")) for each in found
        ]
    )
    written = np.array(texts, dtype=object)[codes]
    if question.other_code:
        others = people[_other_column(question)].to_numpy(dtype=object)
        for i in np.flatnonzero(np.array(["\0" in text for text in texts], dtype=bool)[codes]):
            written[i] = written[i].replace("\0", others[i])
    return written


def draw_times(
    people: pd.DataFrame,
    plan: pd.DataFrame,
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw when each person began and finished.

    Parameters
    ----------
    people : pandas.DataFrame
        With `status`.
    plan : pandas.DataFrame
        Kinds of dirt and the persons they are planted on; see `dirt.plan`.
    codebook : Codebook
        Its opening and closing day, and what counts as too fast.
    parameters : mapping
        As `simulation.read_parameters` returns them.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    pandas.DataFrame
        `started` and `submitted`, local times without offset.
    """
    table, dirt = parameters["fieldwork"], parameters["dirt"]
    status, n = people["status"].to_numpy(), len(people)
    day = _weighted(table["days"], n, rng)
    early = people.index.isin(plan.loc[plan["kind"] == "early", "person"])
    twice = people.index.isin(plan.loc[plan["kind"].isin(["identical", "broken_off"]), "person"])
    closing = (codebook.closes - codebook.opens).days
    day = np.where(twice, np.minimum(day, closing - 1), day)
    day = np.where(early, -rng.integers(1, dirt["test"]["days_early"] + 1, n), day)
    day = np.where(status == "late", closing + rng.integers(1, dirt["late"]["days"] + 1, n), day)
    hour = table["hours"]["first"] + _weighted(table["hours"]["weights"], n, rng)
    second = rng.integers(0, 3600, n)
    seconds = table["seconds"]
    beyond = seconds["median_beyond"] * np.exp(seconds["sigma"] * rng.standard_normal(n))
    taken = seconds["least"] + np.round(beyond).astype(int)
    hasty = rng.integers(dirt["speeder"]["least_seconds"], codebook.cleaning.speeder_seconds, n)
    fast = plan.loc[plan["kind"] == "speeder", "person"]
    taken = np.where(
        people.index.isin(fast) | np.isin(status, ["blank", "abandoned"]), hasty, taken
    )
    midnight = np.datetime64(datetime.combine(codebook.opens, time.min), "us")
    submitted = midnight + _seconds(86_400 * day + 3_600 * hour + second)
    edges = {
        "last_in_time": (codebook.closes, time.fromisoformat(table["edges"]["last_in_time"])),
        "first_too_late": (
            codebook.closes + timedelta(days=1),
            time.fromisoformat(table["edges"]["first_too_late"]),
        ),
    }
    for kind, (edge_day, edge_time) in edges.items():
        for person in plan.loc[plan["kind"] == kind, "person"]:
            submitted[person] = datetime.combine(edge_day, edge_time)
    started = submitted - _seconds(taken)
    return pd.DataFrame({"started": started, "submitted": submitted}, index=people.index)


def _seconds(counts: np.ndarray) -> np.ndarray:
    return counts.astype("timedelta64[s]").astype("timedelta64[us]")


def _weighted(weights: list[float], n: int, rng: np.random.Generator) -> np.ndarray:
    limits = np.cumsum(np.array(weights, dtype=float) / sum(weights))
    return np.searchsorted(np.round(limits[:-1], 9), rng.random(n), side="right")


def forms_export(replies: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Lay the replies out as Microsoft Forms exports them.

    Parameters
    ----------
    replies : pandas.DataFrame
        Times and texts by role, in the order of the export.
    codebook : Codebook
        Headers, and the columns that Forms adds of itself: number, e-mail and name.

    Returns
    -------
    pandas.DataFrame
        All text.
    """
    number, *added = codebook.file.ignored_columns
    columns = {number: [str(i) for i in range(1, len(replies) + 1)]}
    for question in codebook.questions:
        if question.kind == "date":
            times = replies[question.role].dt.strftime(codebook.file.datetime_format)
            columns[question.column] = times.array
    for name in added:
        columns[name] = ["anonymous" if name == added[0] else ""] * len(replies)
    for question in asked_questions(codebook):
        columns[question.column] = replies[question.role].array
    return pd.DataFrame(columns, dtype="str")
