"""Plant faults in simulated replies, and write down every one."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from analysis import export_cells, simulated_text
from analysis.codebook import Codebook
from analysis.wording import match_key

#: Kinds of fault in the order of the record: replies that leave, replies to be flagged, cells.
KINDS = (
    "blank", "test", "late", "no_connection", "abandoned", "double",
    "speeder", "straight_line", "contradiction",
    "other_text", "stray_space", "nbsp", "case", "curly_quote", "written_missing",
    "personal", "html", "formula",
)  # fmt: skip

#: Kinds for which the reply leaves the data.
EXCLUDED = KINDS[:6]

_CHANNEL_ROLES = ("used", "used_last", "preferred")


def rewrite_open_answers(
    people: pd.DataFrame,
    plan: pd.DataFrame,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put trials, personal details, HTML, formulas and decoys into open answers.

    Parameters
    ----------
    people : pandas.DataFrame
        With open answers.
    plan : pandas.DataFrame
        See `dirt_plan.plan`.
    parameters : mapping
        As `simulate.read_parameters` returns them.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    tuple of pandas.DataFrame
        The people with new answers, and the faults: `kind`, `reply`, `detail`. Decoys are no
        fault.
    """
    people, dirt, faults = people.copy(), parameters["dirt"], []
    decoys = parameters["open"]["decoys"]["texts"]
    for entry in plan.itertuples():
        person, role = entry.person, "change"
        if entry.kind == "decoy":
            decoy = decoys[int(entry.detail)]
            people.loc[person, ["change", "change_text"]] = [decoy["theme"], decoy["change"]]
        elif entry.kind == "test_text":
            answer = dirt["test"]["open_answers"][int(entry.detail)]
            people.loc[person, ["change", "change_text"]] = [simulated_text.UNCODABLE, answer]
            people.loc[person, ["change_why", "change_why_text"]] = [None, ""]
        elif entry.kind in ("personal", "html", "formula"):
            if entry.kind != "formula" and people.loc[person, "change_why_text"]:
                role = ("change", "change_why")[int(rng.integers(0, 2))]
            template = dirt[entry.kind]["texts"][int(entry.detail)]
            details = {}
            if entry.kind == "personal":
                details = _details(template, int(entry.detail), dirt["personal"], rng)
            answer = people.loc[person, f"{role}_text"].rstrip(".!")
            people.loc[person, f"{role}_text"] = template.format(answer=answer, **details)
            if "{answer}" not in template:
                people.loc[person, role] = simulated_text.UNCODABLE
            listed = " | ".join(f"{name}={text}" for name, text in details.items())
            faults.append(_fault(entry.kind, person, f"{role}: {listed}" if listed else role))
    return people, _faults(faults)


def misreport(
    people: pd.DataFrame, plan: pd.DataFrame, codebook: Codebook
) -> tuple[pd.DataFrame, set[tuple[int, str]]]:
    """Change what straight-liners tick and what people who contradict themselves say.

    Parameters
    ----------
    people : pandas.DataFrame
        True answers.
    plan : pandas.DataFrame
        See `dirt_plan.plan`.
    codebook : Codebook
        The ratings of `straight_line`, and the answer that claims agreement.

    Returns
    -------
    tuple of pandas.DataFrame and set
        Answers as given, and the cells (person, role) that are certainly answered.
    """
    people, fixed = people.copy(), set()
    for entry in plan.itertuples():
        if entry.kind == "straight_line":
            for role in codebook.cleaning.straight_line:
                people.loc[entry.person, role] = codebook.question(role).codes[int(entry.detail)]
                fixed.add((entry.person, role))
        elif entry.kind == "contradiction":
            people.loc[entry.person, "was_preferred"] = codebook.cleaning.was_preferred_yes
            for role in ("was_preferred", "used_last", "preferred"):
                fixed.add((entry.person, role))
        elif entry.kind == "other_text":
            fixed.add((entry.person, entry.detail))
    return people, fixed


def plant(
    replies: pd.DataFrame,
    people: pd.DataFrame,
    plan: pd.DataFrame,
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Plant the faults of cells and the double submissions; write down all faults of replies.

    Parameters
    ----------
    replies : pandas.DataFrame
        Texts by role and times, a row a person.
    people : pandas.DataFrame
        True answers.
    plan : pandas.DataFrame
        See `dirt_plan.plan`.
    codebook : Codebook
        Texts of the answers.
    parameters : mapping
        As `simulate.read_parameters` returns them.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    tuple of pandas.DataFrame
        The replies, more than there are people, and the faults: `kind`, `reply`, `detail`.
    """
    dirt = parameters["dirt"]
    faults = [
        _fault(status, person, "")
        for person, status in people["status"].items()
        if status not in ("kept", "test")
    ]
    for entry in plan.itertuples():
        if entry.kind in ("early", "test_text"):
            detail = "before the opening" if entry.kind == "early" else "open answer"
            faults.append(_fault("test", entry.person, detail))
        elif entry.kind in ("speeder", "contradiction"):
            faults.append(_fault(entry.kind, entry.person, ""))
        elif entry.kind == "straight_line":
            faults.append(_fault(entry.kind, entry.person, f"position {int(entry.detail) + 1}"))
    replies, more = _other_texts(replies, people, plan, codebook, dirt["other_text"]["texts"], rng)
    faults += more
    blanks = people.index[people["status"] == "blank"][: dirt["blank"]["with_spaces"]]
    replies.loc[blanks, "change"] = "  "
    plain = _plain_cells(replies, people, plan, codebook)
    for kind in ("curly_quote", "nbsp", "case", "stray_space"):
        replies, more, plain = _format(replies, plain, kind, dirt[kind]["count"], rng)
        faults += more
    replies, more = _write_missing(replies, people, plan, codebook, dirt["written_missing"], rng)
    faults += more
    replies, more = _submit_twice(replies, plan, codebook, dirt["double"], rng)
    return replies, _faults(faults + more)


def _fault(kind: str, reply: int, detail: str) -> dict[str, Any]:
    return {"kind": kind, "reply": int(reply), "detail": detail}


def _faults(faults: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(faults), columns=["kind", "reply", "detail"])


def _details(template: str, table: Mapping[str, Any], rng: np.random.Generator) -> dict[str, str]:
    """Invent the personal details that a template calls for."""
    kinds = ("name", "phone", "email", "postcode", "plate", "reference")
    return {
        kind: simulated_text.filled(table[kind][number % len(table[kind])], rng)
        for kind in kinds
        if f"{{{kind}}}" in template
    }


def _other_texts(
    replies: pd.DataFrame,
    people: pd.DataFrame,
    plan: pd.DataFrame,
    codebook: Codebook,
    texts: Mapping[str, Any],
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Write free text behind "Other" in place of a listed channel."""
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
        faults.append(_fault("other_text", entry.person, f"{role}={code}"))
    return replies, faults


def _plain_cells(
    replies: pd.DataFrame, people: pd.DataFrame, plan: pd.DataFrame, codebook: Codebook
) -> list[tuple[int, str]]:
    """List answered cells of closed questions, without free text, of replies sent once."""
    twice = set(plan.loc[plan["kind"].isin(["identical", "broken_off"]), "person"])
    cells = []
    for question in export_cells.asked_questions(codebook):
        if question.kind == "text":
            continue
        prefix = question.other_prefix or "\n"
        for person, text in replies[question.role].items():
            if people.loc[person, "status"] == "kept" and person not in twice and text:
                cells += [] if prefix in text else [(int(person), question.role)]
    return cells


def _format(
    replies: pd.DataFrame,
    plain: list[tuple[int, str]],
    kind: str,
    count: int,
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, list[dict[str, Any]], list[tuple[int, str]]]:
    """Change the look of some cells; the words stay."""
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
            faults.append(_fault(kind, person, role))
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


def _write_missing(
    replies: pd.DataFrame,
    people: pd.DataFrame,
    plan: pd.DataFrame,
    codebook: Codebook,
    table: Mapping[str, Any],
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Write "-" or the like into empty cells of replies sent once."""
    replies, faults = replies.copy(), []
    twice = set(plan.loc[plan["kind"].isin(["identical", "broken_off"]), "person"])
    roles = [question.role for question in export_cells.asked_questions(codebook)]
    kept = [i for i in people.index[people["status"] == "kept"] if i not in twice]
    empty = [(int(i), role) for role in roles for i in kept if replies.loc[i, role] == ""]
    for k in rng.permutation(len(empty))[: table["count"]]:
        person, role = empty[k]
        replies.loc[person, role] = simulated_text.pick(table["texts"], rng)
        faults.append(_fault("written_missing", person, role))
    return replies, faults


def _submit_twice(
    replies: pd.DataFrame,
    plan: pd.DataFrame,
    codebook: Codebook,
    table: Mapping[str, Any],
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Send replies again unchanged, or put before a reply one that broke off."""
    roles = [question.role for question in export_cells.asked_questions(codebook)]
    last = max(roles.index(role) for role in _CHANNEL_ROLES)
    faults, added = [], []
    for entry in plan[plan["kind"].isin(["identical", "broken_off"])].itertuples():
        reply, taken = replies.loc[entry.person].copy(), int(rng.integers(60, 300))
        if entry.kind == "identical":
            later = int(rng.integers(taken + 1, 60 * table["minutes"] + 1))
            reply["submitted"] = reply["submitted"] + timedelta(seconds=later)
            detail = "sent again unchanged"
        else:
            reply["submitted"] = reply["started"] - timedelta(seconds=int(rng.integers(15, 300)))
            reply[roles[last + 1 :]] = ""
            detail = "broke off; the complete reply came after"
        reply["started"] = reply["submitted"] - timedelta(seconds=taken)
        faults.append(_fault("double", len(replies) + len(added), detail))
        added.append(reply)
    frame = pd.DataFrame(added, columns=replies.columns)
    frame.index = range(len(replies), len(replies) + len(added))
    return pd.concat([replies, frame.astype(replies.dtypes)]), faults
