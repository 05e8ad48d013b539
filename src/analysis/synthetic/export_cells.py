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
    replies, given = pd.DataFrame({"person": people.index}, index=people.index), {}
    kept = (people["status"] == "kept").to_numpy()
    for question in asked_questions(codebook):
        role = question.role
        asked = reached[role]
        if question.asked_if_question:
            asked = asked & given[gate_role(question, codebook)].isin(question.asked_if_answers)
        unsaid = _unsaid(question, parameters["nonresponse"].get(role, {}), len(people), rng)
        texts, answers = [], []
        for i, person in enumerate(people.itertuples()):
            code = getattr(person, role)
            text, answer = "", None
            if asked.iloc[i]:
                if pd.isna(code):
                    text = question.missing["dont_know"][0] if question.missing else ""
                elif unsaid[i] is not None and kept[i] and (person.Index, role) not in fixed:
                    text = unsaid[i]
                else:
                    text, answer = _text(person, question), code
            texts.append(text)
            answers.append(answer)
        replies[role] = np.array(texts, dtype=object)
        given[role] = pd.Series(answers, index=people.index, dtype=object)
    return replies


def _unsaid(
    question: Question, table: Mapping[str, float], n: int, rng: np.random.Generator
) -> list[str | None]:
    """Draw what stands in the cell instead of an answer; None where the answer is given."""
    uniform, drawn = rng.random(n), np.full(n, None, dtype=object)
    limit = 0.0
    for kind, share in table.items():
        text = "" if kind == "blank" else question.missing[kind][0]
        if question.separator and text:
            text += question.separator
        drawn[(uniform >= limit) & (uniform < limit + share)] = text
        limit += share
    return list(drawn)


def _text(person: Any, question: Question) -> str:
    if question.kind == "text":
        return getattr(person, f"{question.role}_text")
    texts = {answer.code: answer.text for answer in question.answers}
    if question.other_code:
        side = "preferred" if question.role == "preferred" else "used"
        texts[question.other_code] = f"{question.other_prefix} {getattr(person, f'{side}_other')}"
    code = getattr(person, question.role)
    if question.kind != "multiple":
        return texts[code]
    return "".join(texts[each] + question.separator for each in code.split(";"))


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
    midnight = datetime.combine(codebook.opens, time.min)
    submitted = [
        midnight + timedelta(days=int(d), hours=int(h), seconds=int(s))
        for d, h, s in zip(day, hour, second, strict=True)
    ]
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
    started = [end - timedelta(seconds=int(s)) for end, s in zip(submitted, taken, strict=True)]
    return pd.DataFrame({"started": started, "submitted": submitted}, index=people.index)


def _weighted(weights: list[float], n: int, rng: np.random.Generator) -> np.ndarray:
    limits = np.cumsum(np.array(weights, dtype=float) / sum(weights))
    return (rng.random(n)[:, None] >= np.round(limits[:-1], 9)).sum(axis=1)


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
            columns[question.column] = list(times)
    for name in added:
        columns[name] = ["anonymous" if name == added[0] else ""] * len(replies)
    for question in asked_questions(codebook):
        columns[question.column] = list(replies[question.role])
    return pd.DataFrame(columns, dtype="str")
