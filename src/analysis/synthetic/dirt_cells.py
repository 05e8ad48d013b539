"""Faults of single cells: free text for a listed answer, formatting, missing written out."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.survey.codebook import Codebook
from analysis.survey.wording import match_key
from analysis.synthetic import export_cells, simulated_text


def fault(kind: str, reply: int, detail: str) -> dict[str, Any]:
    """Make one entry of the record of faults.

    Parameters
    ----------
    kind : str
        One of `dirt.KINDS`.
    reply : int
        Index of the reply.
    detail : str
        What to look for, and where.

    Returns
    -------
    dict
        `kind`, `reply`, `detail`.
    """
    return {"kind": kind, "reply": int(reply), "detail": detail}


def write_other_texts(
    replies: pd.DataFrame,
    people: pd.DataFrame,
    plan: pd.DataFrame,
    codebook: Codebook,
    texts: Mapping[str, Any],
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Write free text behind "Other" in place of a listed channel.

    Parameters
    ----------
    replies : pandas.DataFrame
        Texts by role, a row a person.
    people : pandas.DataFrame
        True answers.
    plan : pandas.DataFrame
        Its entries of kind `other_text` name the role in `detail`.
    codebook : Codebook
        Texts of the answers.
    texts : mapping
        Channel -> what people write for it.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    tuple of pandas.DataFrame and list
        The replies, and the faults with `role=code` as detail.
    """
    faults, changed, planned = [], {}, plan[plan["kind"] == "other_text"]
    answers = {role: people[role].to_numpy(dtype=object) for role in planned["detail"].unique()}
    for entry in planned.itertuples():
        role, question = entry.detail, codebook.question(entry.detail)
        codes = answers[role][entry.person].split(";")
        code = simulated_text.pick([each for each in codes if each in texts], rng)
        written = f"{question.other_prefix} {simulated_text.pick(texts[code], rng)}"
        if question.separator:
            labels = {answer.code: answer.text for answer in question.answers}
            rest = [labels[each] for each in codes if each != code]
            written = "".join(each + question.separator for each in [*rest, written])
        changed.setdefault(role, {})[entry.person] = written
        faults.append(fault("other_text", entry.person, f"{role}={code}"))
    return _rewritten(replies, changed), faults


def plain_cells(
    replies: pd.DataFrame, people: pd.DataFrame, plan: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """List answered cells of closed questions, without free text, of replies sent once.

    Parameters
    ----------
    replies : pandas.DataFrame
        Texts by role, a row a person.
    people : pandas.DataFrame
        With `status`.
    plan : pandas.DataFrame
        Who sends a reply twice.
    codebook : Codebook
        What is asked.

    Returns
    -------
    pandas.DataFrame
        A row a cell: `person`, and `role` as Categorical.
    """
    once = _sent_once(people, plan)
    closed = [each for each in export_cells.asked_questions(codebook) if each.kind != "text"]
    plain = {}
    for question in closed:
        written, texts = pd.factorize(replies[question.role])
        prefix = question.other_prefix or "\n"
        fits = np.array([text != "" and prefix not in text for text in texts], dtype=bool)
        plain[question.role] = np.flatnonzero(fits[written] & once)
    return _cells(plain)


def _sent_once(people: pd.DataFrame, plan: pd.DataFrame) -> np.ndarray:
    twice = plan.loc[plan["kind"].isin(["identical", "broken_off"]), "person"]
    return (people["status"] == "kept").to_numpy() & ~people.index.isin(twice)


def _cells(persons: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Return cells from the persons of each role, one role after another."""
    roles = np.repeat(np.arange(len(persons)), [len(each) for each in persons.values()])
    return pd.DataFrame({
        "person": np.concatenate(list(persons.values())),
        "role": pd.Categorical.from_codes(roles, list(persons)),
    })  # fmt: skip


def change_look(
    replies: pd.DataFrame,
    plain: pd.DataFrame,
    kind: str,
    count: int,
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, list[dict[str, Any]], pd.DataFrame]:
    """Change the look of some cells; the words stay.

    Parameters
    ----------
    replies : pandas.DataFrame
        Texts by role, a row a person.
    plain : pandas.DataFrame
        Cells that may be changed, as `plain_cells` returns them.
    kind : str
        `stray_space`, `nbsp`, `case` or `curly_quote`.
    count : int
        How many cells to change.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    tuple of pandas.DataFrame, list and pandas.DataFrame
        The replies, the faults with the role as detail, and the cells left plain.

    Raises
    ------
    ValueError
        If fewer cells can be changed.
    """
    faults, taken, changed = [], [], {}
    persons, codes = plain["person"].to_numpy(), plain["role"].cat.codes.to_numpy()
    roles = list(plain["role"].cat.categories)
    texts = {role: replies[role].to_numpy() for role in roles}
    for k in rng.permutation(len(plain)):
        if len(faults) == count:
            break
        person, role = int(persons[k]), roles[codes[k]]
        before = texts[role][person]
        after = _dressed(before, kind, rng)
        if after != before and match_key(after) == match_key(before):
            changed.setdefault(role, {})[person] = after
            taken.append(k)
            faults.append(fault(kind, person, role))
    if len(faults) < count:
        raise ValueError(f"{count} cells are to carry {kind!r}, but {len(faults)} fit; lower it")
    left = np.ones(len(plain), dtype=bool)
    left[taken] = False
    return _rewritten(replies, changed), faults, plain[left].reset_index(drop=True)


def _rewritten(replies: pd.DataFrame, changed: Mapping[str, Mapping[int, str]]) -> pd.DataFrame:
    """Write cells given as role -> person -> text, a column at a time."""
    columns = {}
    for role, texts in changed.items():
        written = replies[role].to_numpy(dtype=object).copy()
        written[list(texts)] = list(texts.values())
        columns[role] = pd.Series(written, index=replies.index, dtype=object)
    return replies.assign(**columns)


def _dressed(text: str, kind: str, rng: np.random.Generator) -> str:
    way = int(rng.integers(0, 3))
    if kind == "curly_quote":
        return text.replace("'", "\u2019")
    if kind == "nbsp":
        return text.replace(" ", "\u00a0", 1) if " " in text else text
    if kind == "case":
        return (text.upper(), text.lower(), text.swapcase())[way]
    inner = text.replace(" ", "  ", 1) if " " in text else f"{text} "
    return (f" {text}", f"{text}  ", inner)[way]


def write_missing(
    replies: pd.DataFrame,
    people: pd.DataFrame,
    plan: pd.DataFrame,
    codebook: Codebook,
    table: Mapping[str, Any],
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Write "-" or the like into empty cells of replies sent once.

    Parameters
    ----------
    replies : pandas.DataFrame
        Texts by role, a row a person.
    people : pandas.DataFrame
        With `status`.
    plan : pandas.DataFrame
        Who sends a reply twice.
    codebook : Codebook
        What is asked.
    table : mapping
        `count` and `texts`.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    tuple of pandas.DataFrame and list
        The replies, and the faults with the role as detail.
    """
    once = _sent_once(people, plan)
    roles = [question.role for question in export_cells.asked_questions(codebook)]
    empty = _cells(
        {role: np.flatnonzero((replies[role] == "").to_numpy() & once) for role in roles}
    )
    faults, changed = [], {}
    chosen = empty.iloc[rng.permutation(len(empty))[: table["count"]]]
    for person, role in zip(chosen["person"].tolist(), chosen["role"].tolist(), strict=True):
        changed.setdefault(role, {})[person] = simulated_text.pick(table["texts"], rng)
        faults.append(fault("written_missing", person, role))
    return _rewritten(replies, changed), faults
