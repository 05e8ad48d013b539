"""Small frames of people who are counted, a row for many, beside the same with a row a person."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

KINDS = {
    "used": pd.CategoricalDtype(["phone", "online", "in person"]),
    "preferred": pd.CategoricalDtype(["phone", "online", "in person"]),
    "place": pd.CategoricalDtype(["north", "south", "west", "nowhere"]),
    "age": pd.CategoricalDtype(["young", "middle", "old"], ordered=True),
    "first": pd.CategoricalDtype(["poor", "fair", "good"], ordered=True),
    "second": pd.CategoricalDtype(["poor", "fair", "good"], ordered=True),
}

#: Weights that binary numbers do not hold exactly, so that the order of a sum shows.
WEIGHTS = [0.1, 0.3, 0.7, 1.1, 2.3]


def _row(draw, complete):
    row = {name: draw(st.sampled_from(list(kind.categories))) for name, kind in KINDS.items()}
    row |= {name: float(draw(st.booleans())) for name in ("a1", "a2", "b1", "b2")}
    row["weight"] = draw(st.sampled_from(WEIGHTS))
    if not complete:
        for name in draw(st.lists(st.sampled_from([*KINDS, "a1", "b2"]), max_size=2)):
            row[name] = None
    return row


@st.composite
def counted(draw, *, complete=True, most=9):
    """Draw rows with `people`: among them rows that stand for nobody, and rows twice."""
    rows = draw(st.integers(2, 14))
    frame = pd.DataFrame([_row(draw, complete) for _ in range(rows)])
    frame = frame.astype(KINDS | dict.fromkeys(["a1", "a2", "b1", "b2"], float))
    people = draw(st.lists(st.integers(0, most), min_size=rows, max_size=rows))
    return frame.assign(people=[max(people[0], 1), *people[1:]])


def expanded(frame, *, seed=None):
    """Return the same people, a row each, in another order with a seed."""
    rows = frame.loc[frame.index.repeat(frame["people"])].drop(columns="people")
    if seed is not None:
        rows = rows.iloc[np.random.default_rng(seed).permutation(len(rows))]
    return rows.reset_index(drop=True)
