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
    replies, faults = replies.copy(), []
    for entry in plan[plan["kind"] == "other_text"].itertuples():
        role, question = entry.detail, codebook.question(entry.detail)
        codes = people.loc[entry.person, role].split(";")
        code = simulated_text.pick([each for each in codes if each in texts], rng)
        written = f"{question.other_prefix} {simulated_text.pick(texts[code], rng)}"
        if question.separator:
            labels = {answer.code: answer.text for answer in question.answers}
            rest = [labels[each] for each in codes if each != code]
            written = "".join(each + question.separator for each in [*rest, written])
        replies.loc[entry.person, role] = written
        faults.append(fault("other_text", entry.person, f"{role}={code}"))
    return replies, faults


def plain_cells(
    replies: pd.DataFrame, people: pd.DataFrame, plan: pd.DataFrame, codebook: Codebook
) -> list[tuple[int, str]]:
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
    list of (int, str)
        Person and role.
    """
    twice = set(plan.loc[plan["kind"].isin(["identical", "broken_off"]), "person"])
    sent_once = (people["status"] == "kept") & ~people.index.isin(twice)
    cells = []
    for question in export_cells.asked_questions(codebook):
        if question.kind == "text":
            continue
        prefix = question.other_prefix or "\n"
        for person, text in replies.loc[sent_once, question.role].items():
            if text and prefix not in text:
                cells.append((int(person), question.role))
    return cells


def change_look(
    replies: pd.DataFrame,
    plain: list[tuple[int, str]],
    kind: str,
    count: int,
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, list[dict[str, Any]], list[tuple[int, str]]]:
    """Change the look of some cells; the words stay.

    Parameters
    ----------
    replies : pandas.DataFrame
        Texts by role, a row a person.
    plain : list of (int, str)
        Cells that may be changed.
    kind : str
        `stray_space`, `nbsp`, `case` or `curly_quote`.
    count : int
        How many cells to change.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    tuple of pandas.DataFrame, list and list
        The replies, the faults with the role as detail, and the cells left plain.

    Raises
    ------
    ValueError
        If fewer cells can be changed.
    """
    replies, faults, taken = replies.copy(), [], set()
    for k in rng.permutation(len(plain)):
        if len(faults) == count:
            break
        person, role = plain[k]
        before = replies.loc[person, role]
        after = _dressed(before, kind, rng)
        if after != before and match_key(after) == match_key(before):
            replies.loc[person, role] = after
            taken.add(plain[k])
            faults.append(fault(kind, person, role))
    if len(faults) < count:
        raise ValueError(f"{count} cells are to carry {kind!r}, but {len(faults)} fit; lower it")
    return replies, faults, [cell for cell in plain if cell not in taken]


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
    replies, faults = replies.copy(), []
    twice = set(plan.loc[plan["kind"].isin(["identical", "broken_off"]), "person"])
    roles = [question.role for question in export_cells.asked_questions(codebook)]
    kept = replies[(people["status"] == "kept") & ~people.index.isin(twice)]
    empty = [(int(i), role) for role in roles for i, text in kept[role].items() if text == ""]
    for k in rng.permutation(len(empty))[: table["count"]]:
        person, role = empty[k]
        replies.loc[person, role] = simulated_text.pick(table["texts"], rng)
        faults.append(fault("written_missing", person, role))
    return replies, faults
