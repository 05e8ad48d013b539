"""Plant faults in simulated replies, and write down every one."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.survey.codebook import Codebook
from analysis.synthetic import dirt_cells, export_cells, simulated_text
from analysis.synthetic.simulated_text import UNCODABLE

#: Kinds of fault in the order of the record: replies that leave, replies to be flagged, cells.
KINDS = (
    "blank", "test", "late", "no_connection", "abandoned", "double",
    "speeder", "straight_line", "contradiction",
    "other_text", "stray_space", "nbsp", "case", "curly_quote", "written_missing",
    "personal", "html", "formula",
)  # fmt: skip

#: Kinds for which the reply leaves the data.
EXCLUDED = KINDS[:6]

#: What the record says of a double submission.
SENT_AGAIN, BROKE_OFF = "sent again unchanged", "broke off; the complete reply came after"

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
        As `simulation.read_parameters` returns them.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    tuple of pandas.DataFrame
        The people with new answers, and the faults: `kind`, `reply`, `detail`. Decoys are no
        fault.
    """
    dirt, faults = parameters["dirt"], []
    decoys = parameters["open"]["decoys"]["texts"]
    cells = _cells(people, ("change", "change_text", "change_why", "change_why_text"))
    for entry in plan.itertuples():
        person, role = entry.person, "change"
        if entry.kind == "decoy":
            decoy = decoys[int(entry.detail)]
            cells["change"][person], cells["change_text"][person] = decoy["theme"], decoy["change"]
        elif entry.kind == "test_text":
            answer = dirt["test"]["open_answers"][int(entry.detail)]
            cells["change"][person], cells["change_text"][person] = UNCODABLE, answer
            cells["change_why"][person], cells["change_why_text"][person] = None, ""
        elif entry.kind in ("personal", "html", "formula"):
            if entry.kind != "formula" and cells["change_why_text"][person]:
                role = ("change", "change_why")[int(rng.integers(0, 2))]
            template = dirt[entry.kind]["texts"][int(entry.detail)]
            details = {}
            if entry.kind == "personal":
                details = _details(template, int(entry.detail), dirt["personal"], rng)
            answer = cells[f"{role}_text"][person].rstrip(".!")
            cells[f"{role}_text"][person] = template.format(answer=answer, **details)
            if "{answer}" not in template:
                cells[role][person] = UNCODABLE
            listed = " | ".join(f"{name}={text}" for name, text in details.items())
            faults.append(
                dirt_cells.fault(entry.kind, person, f"{role}: {listed}" if listed else role)
            )
    return _with_cells(people, cells), _faults(faults)


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
    fixed: set[tuple[int, str]] = set()
    cells = _cells(people, (*codebook.cleaning.straight_line, "was_preferred"))
    for entry in plan.itertuples():
        if entry.kind == "straight_line":
            for role in codebook.cleaning.straight_line:
                cells[role][entry.person] = codebook.question(role).codes[int(entry.detail)]
                fixed.add((entry.person, role))
        elif entry.kind == "contradiction":
            cells["was_preferred"][entry.person] = codebook.cleaning.was_preferred_yes
            for role in ("was_preferred", "used_last", "preferred"):
                fixed.add((entry.person, role))
        elif entry.kind == "other_text":
            fixed.add((entry.person, entry.detail))
    return _with_cells(people, cells), fixed


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
        As `simulation.read_parameters` returns them.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    tuple of pandas.DataFrame
        The replies, more than there are people, and the faults: `kind`, `reply`, `detail`.
    """
    dirt = parameters["dirt"]
    faults = [
        dirt_cells.fault(status, person, "")
        for person, status in people.loc[~people["status"].isin(["kept", "test"]), "status"].items()
    ]
    for entry in plan.itertuples():
        if entry.kind in ("early", "test_text"):
            detail = "before the opening" if entry.kind == "early" else "open answer"
            faults.append(dirt_cells.fault("test", entry.person, detail))
        elif entry.kind in ("speeder", "contradiction"):
            faults.append(dirt_cells.fault(entry.kind, entry.person, ""))
        elif entry.kind == "straight_line":
            faults.append(
                dirt_cells.fault(entry.kind, entry.person, f"position {int(entry.detail) + 1}")
            )
    replies, more = dirt_cells.write_other_texts(
        replies, people, plan, codebook, dirt["other_text"]["texts"], rng
    )
    faults += more
    blanks = people.index[people["status"] == "blank"][: dirt["blank"]["with_spaces"]]
    replies.loc[blanks, "change"] = "  "
    plain = dirt_cells.plain_cells(replies, people, plan, codebook)
    for kind in ("curly_quote", "nbsp", "case", "stray_space"):
        replies, more, plain = dirt_cells.change_look(
            replies, plain, kind, dirt[kind]["count"], rng
        )
        faults += more
    replies, more = dirt_cells.write_missing(
        replies, people, plan, codebook, dirt["written_missing"], rng
    )
    faults += more
    replies, more = _submit_twice(replies, plan, codebook, dirt["double"], rng)
    return replies, _faults(faults + more)


def _cells(people: pd.DataFrame, columns: Iterable[str]) -> dict[str, np.ndarray]:
    """Copy columns as arrays of objects: a cell of a text column is dear to write."""
    return {name: people[name].to_numpy(dtype=object).copy() for name in columns}


def _with_cells(people: pd.DataFrame, cells: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Put columns back, each with the type it had."""
    return people.assign(**{
        name: pd.Series(values, index=people.index, dtype=people[name].dtype)
        for name, values in cells.items()
    })  # fmt: skip


def _faults(faults: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(faults), columns=["kind", "reply", "detail"])


def _details(
    template: str, number: int, table: Mapping[str, Any], rng: np.random.Generator
) -> dict[str, str]:
    """Invent the personal details that a template calls for, taking the patterns in turn."""
    kinds = ("name", "phone", "email", "postcode", "plate", "reference")
    return {
        kind: simulated_text.filled(table[kind][number % len(table[kind])], rng)
        for kind in kinds
        if f"{{{kind}}}" in template
    }


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
    twice = plan[plan["kind"].isin(["identical", "broken_off"])]
    again = replies.loc[twice["person"]].set_axis(range(len(replies), len(replies) + len(twice)))
    same, taken, moved = (twice["kind"] == "identical").to_numpy(), [], []
    for identical in same:
        taken.append(int(rng.integers(60, 300)))
        least, most = (taken[-1] + 1, 60 * table["minutes"] + 1) if identical else (15, 300)
        moved.append(int(rng.integers(least, most)))
    shift = pd.to_timedelta(np.array(moved, dtype=np.int64), unit="s")
    submitted = (again["submitted"] + shift).where(same, again["started"] - shift)
    started = submitted - pd.to_timedelta(np.array(taken, dtype=np.int64), unit="s")
    again = again.assign(started=started, submitted=submitted)
    again.loc[~same, roles[last + 1 :]] = ""
    faults = [
        dirt_cells.fault("double", reply, SENT_AGAIN if identical else BROKE_OFF)
        for reply, identical in zip(again.index, same, strict=True)
    ]
    return pd.concat([replies, again.astype(replies.dtypes)]), faults
