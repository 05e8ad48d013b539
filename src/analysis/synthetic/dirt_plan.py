"""Which people carry which fault: drawn once, so that kinds do not meet on one reply."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.survey.codebook import Codebook


def plan(
    people: pd.DataFrame,
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Choose the people for every kind of dirt that concerns a reply or an open answer.

    Parameters
    ----------
    people : pandas.DataFrame
        True answers and open answers.
    codebook : Codebook
        Its code for other channels.
    parameters : mapping
        As `simulation.read_parameters` returns them.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    pandas.DataFrame
        `kind`, `person`, `detail`; nobody stands in it twice but for the last two kinds, which
        concern times and the people who are left out anyway.

    Raises
    ------
    ValueError
        If fewer people fit a kind than are to be chosen.
    """
    dirt, pool = parameters["dirt"], _Pool(people, rng)
    asked = people["asked"].to_numpy(dtype=bool)
    disagree = asked & (people["used_last"] != people["preferred"]).to_numpy()
    wrote = people["change"].notna().to_numpy() & (people["change"] != "uncodable").to_numpy()
    anyone = np.ones(len(people), dtype=bool)
    pool.take("last_in_time", [""], anyone)
    pool.take("identical", [""] * dirt["double"]["identical"], anyone)
    pool.take("broken_off", [""] * dirt["double"]["broken_off"], asked)
    pool.take("speeder", [""] * dirt["speeder"]["count"], anyone)
    positions = _positions(dirt["straight_line"], rng)
    pool.take("straight_line", positions, asked)
    pool.take("contradiction", [""] * dirt["contradiction"]["count"], disagree)
    for role in ("used", "used_last", "preferred"):
        texts, other = dirt["other_text"]["texts"], codebook.question(role).other_code
        given, answers = pd.factorize(people[role])
        several = [set(answer.split(";")) for answer in answers]
        fits = [other not in each and not each.isdisjoint(texts) for each in several] + [False]
        pool.take("other_text", [role] * dirt["other_text"][role], np.array(fits)[given] & asked)
    pool.take("decoy", list(range(len(parameters["open"]["decoys"]["texts"]))), wrote)
    for kind in ("personal", "html", "formula"):
        pool.take(kind, list(range(len(dirt[kind]["texts"]))), wrote)
    tests = people.index[people["status"] == "test"]
    early = dirt["test"]["early"]
    pool.put("early", tests[:early])
    pool.put("test_text", tests[early:])
    pool.put("first_too_late", people.index[people["status"] == "late"][:1])
    return pool.to_frame()


class _Pool:
    """People whose replies are kept and who carry no fault yet."""

    def __init__(self, people: pd.DataFrame, rng: np.random.Generator) -> None:
        self.free = np.array(people["status"] == "kept", dtype=bool)
        self.rng = rng
        self.rows: list[dict[str, Any]] = []

    def take(self, kind: str, details: list[Any], fits: np.ndarray) -> None:
        """Choose a free person who fits for each detail."""
        candidates = self.rng.permutation(np.flatnonzero(self.free & fits))
        if len(candidates) < len(details):
            raise ValueError(
                f"{len(details)} people are to carry {kind!r}, but {len(candidates)} fit; "
                "lower the count in simulation.toml or raise the number of replies"
            )
        for person, detail in zip(candidates, details, strict=False):
            self.rows.append({"kind": kind, "person": int(person), "detail": str(detail)})
            self.free[person] = False

    def put(self, kind: str, persons: pd.Index) -> None:
        """Note people who are given, whether free or not."""
        for i, person in enumerate(persons):
            self.rows.append({"kind": kind, "person": int(person), "detail": str(i)})

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame(self.rows, columns=["kind", "person", "detail"])


def _positions(table: Mapping[str, Any], rng: np.random.Generator) -> list[int]:
    limits = np.round(np.cumsum(table["positions"]), 9)[:-1]
    return [int((value >= limits).sum()) for value in rng.random(table["count"])]
